"""The objects of a file, each one: nothing that acts, reaches out, hides or names, and nothing that cannot be read.

The objects are walked with qpdf's library, which wrote the file; what PDFium counts by itself is compared too.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.page import MARKS
from caseapp.packets.pdf.verification.volume import Volume

_PROPERTIES = (
    "Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate", "Trapped",
)  # fmt: skip
_ALLOWED_PROPERTIES = {"Title", "Producer"}
_ROOT = {
    "/Type", "/Pages", "/Outlines", "/PageLabels", "/PageMode", "/PageLayout", "/OpenAction", "/Lang",
    "/ViewerPreferences", "/Version", "/Extensions",
}  # fmt: skip
_KEYS = {
    "/AA", "/AF", "/AcroForm", "/Collection", "/EF", "/EmbeddedFiles", "/JS", "/JavaScript", "/Metadata", "/OPI",
    "/Perms", "/PieceInfo", "/RichMediaContent", "/RichMediaSettings", "/SpiderInfo", "/Threads", "/Thumb",
    "/XFA",
}  # fmt: skip
_ACTIONS = {
    "/GoTo3DView", "/GoToDp", "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Named",
    "/Rendition", "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans",
}  # fmt: skip
_ANNOTATIONS = {
    "/3D", "/FileAttachment", "/Movie", "/Projection", "/Redact", "/RichMedia", "/Screen", "/Sound", "/TrapNet",
    "/Watermark", "/Widget",
}  # fmt: skip
_FILTERS_READ_ELSEWHERE = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode"}


def properties(volume: Volume) -> Iterator[Failure]:
    found = {name: value for name in _PROPERTIES if (value := str(volume.pdf.get_metadata_value(name)))}
    if found.get("Title") != volume.facts["document_title"]:
        yield volume.failure("metadata", "title")
    for name in sorted(found.keys() - _ALLOWED_PROPERTIES):
        yield volume.failure("metadata", "property", name=name)


def nothing_active(volume: Volume) -> Iterator[Failure]:
    """As PDFium counts."""
    if pdfium.FPDFDoc_GetAttachmentCount(volume.pdf.raw):
        yield volume.failure("active", "attached")
    if pdfium.FPDFDoc_GetJavaScriptActionCount(volume.pdf.raw) > 0:
        yield volume.failure("active", "script")
    for number, page in enumerate(volume.pages, start=1):
        if page.kinds.keys() - MARKS:
            yield volume.failure("active", "annotation", number)


def objects(volume: Volume, path: Path) -> Iterator[Failure]:
    name = volume.row["file"]
    try:
        with Pdf.open(path, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                yield volume.failure("objects", "file-locked", name=name)
            for what in sorted(set(_forbidden(pdf))):
                yield volume.failure("objects", "forbidden", name=name, what=what)
            if not _opens_at_first_page(pdf):
                yield volume.failure("objects", "opening", name=name)
            if not all(map(_is_readable, pdf.objects)):
                yield volume.failure("objects", "stream", name=name)
            if pdf.get_warnings():
                yield volume.failure("objects", "file-repaired", name=name)
    except pikepdf.PdfError:
        yield volume.failure("objects", "file-repaired", name=name)


def _forbidden(pdf: Pdf) -> Iterator[str]:
    """The names of what must not be there, as they stand in the file."""
    yield from (key.strip("/") for key in pdf.Root.keys() - _ROOT)
    info = pdf.trailer.get(Name.Info, Dictionary())
    yield from (f"Info {key.strip('/')}" for key in info.keys() - {f"/{name}" for name in _PROPERTIES})
    for thing in pdf.objects:
        yield from _inside(thing)


def _inside(thing: Any) -> Iterator[str]:
    """What stands in an object itself; another object that it only names is met by itself."""
    waiting = [thing]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Array):
            waiting += [item for item in here if _is_nested(item)]
        elif isinstance(here, Dictionary | Stream):
            entries = dict(here.items())
            yield from (key.strip("/") for key in entries.keys() & _KEYS)
            yield from _acting(entries)
            if isinstance(here, Stream) and {"/F", "/FFilter", "/FDecodeParms"} & entries.keys():
                yield "external stream"
            waiting += [item for item in entries.values() if _is_nested(item)]


def _is_nested(item: Any) -> bool:
    return isinstance(item, Array | Dictionary | Stream) and not item.is_indirect


def _acting(entries: Mapping[str, Any]) -> Iterator[str]:
    subtype, action = entries.get("/Subtype"), entries.get("/A")
    if str(subtype) in _ANNOTATIONS:
        yield str(subtype).strip("/")
    if str(entries.get("/S")) in _ACTIONS and ("/Type" not in entries or entries["/Type"] == Name.Action):
        yield str(entries["/S"]).strip("/")
    if isinstance(action, Dictionary) and action.get(Name.S) not in {Name.URI, Name.GoTo}:
        yield "action"
    if "/URI" in entries and not str(entries["/URI"]).lower().startswith(("http://", "https://")):
        yield "address that is not of the web"


def _opens_at_first_page(pdf: Pdf) -> bool:
    opening = pdf.Root.get(Name.OpenAction)
    if opening is None:
        return True
    return isinstance(opening, Array) and len(opening) > 0 and opening[0].objgen == pdf.pages[0].obj.objgen


def _is_readable(thing: Any) -> bool:
    """Pictures are read where the pages are drawn."""
    if not isinstance(thing, Stream):
        return True
    filters = thing.get(Name.Filter, Array())
    names = {str(one) for one in filters} if isinstance(filters, Array) else {str(filters)}
    if names & _FILTERS_READ_ELSEWHERE:
        return True
    try:
        thing.read_bytes()
    except pikepdf.PdfError:
        return False
    return True
