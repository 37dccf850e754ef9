"""PDF files put one after another with the same bytes every time, and what is drawn on a page after its own content."""

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream


def joined(files: Sequence[bytes]) -> bytes:
    """One PDF with the pages of all, and nothing else of theirs: no names, outlines or metadata."""
    with Pdf.new() as whole:
        for file in files:
            with Pdf.open(BytesIO(file)) as part:
                whole.pages.extend(part.pages)
        return saved(whole)


def saved(pdf: Pdf) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return target.getvalue()


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
