"""Sheets laid over pages."""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Name, Pdf

from caseapp.typesetting.join import add_resource, append_content, saved

_NOTES = Name("/MarginNotes")


def laid_over(under: bytes, over: bytes, pages: Sequence[int]) -> bytes:
    """`over`'s pages, in order, on top of the pages of `under` with these numbers (from 1)."""
    with Pdf.open(BytesIO(under)) as base, Pdf.open(BytesIO(over)) as sheets:
        for number, sheet in zip(pages, sheets.pages, strict=True):
            page = base.pages[number - 1]
            form = base.copy_foreign(sheets.make_indirect(sheet.as_form_xobject()))
            add_resource(page, Name.XObject, _NOTES, form)
            append_content(base, page, b"/Artifact BMC /MarginNotes Do EMC")
        return saved(base)
