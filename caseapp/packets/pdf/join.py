"""Sheets laid over pages, and what is drawn on a page after its own content."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.typesetting.join import saved

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


def add_resource(page: pikepdf.Page, category: Name, name: Name, value: pikepdf.Object) -> None:
    """Give one page a resource. Pages of one file share a dictionary, so the page gets its own copies first."""
    resources = _copied(page.obj.get(Name.Resources))
    entries = _copied(resources.get(category))
    entries[name] = value
    resources[category] = entries
    page.obj[Name.Resources] = resources


def _copied(dictionary: pikepdf.Object | None) -> Dictionary:
    return Dictionary() if dictionary is None else Dictionary(dict(dictionary.items()))


def append_content(pdf: Pdf, page: pikepdf.Page, operators: bytes) -> None:
    """Draw after the page's own content, whatever state that content leaves behind."""
    contents = page.obj.get(Name.Contents, Array())
    streams = list(contents) if isinstance(contents, Array) else [contents]
    opening = pdf.make_indirect(Stream(pdf, b"q\n"))
    closing = pdf.make_indirect(Stream(pdf, b"\nQ\nq\n" + operators + b"\nQ\n"))
    page.obj[Name.Contents] = Array([opening, *streams, closing])
