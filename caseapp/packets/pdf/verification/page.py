"""One page of a volume as PDFium reads it: words, stamp, links, annotations, looks."""

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from caseapp.packets.pdf.seen import Box, ink, letters

_AROUND = 2.0
"""Points around the stamp that its white ground covers too."""


_KINDS = {
    getattr(pdfium, f"FPDF_ANNOT_{kind.upper()}"): kind
    for kind in (
        "Link", "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline",
        "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup",
    )
}  # fmt: skip
MARKS = frozenset(_KINDS.values())
"""What may stand on a page: a link, or what a reader marked there."""


@dataclass(frozen=True)
class Stamp:
    """The last words of a page, where they are its number. `box` and `angle` are as seen, the origin at the lower
    left; `size` is the size of the type; `covered` are other words that stand below."""

    box: Box
    angle: float
    size: float
    covered: str


@dataclass(frozen=True)
class Link:
    """`target` is the page from 1 (0: nowhere) and `y` the height there, if it names one; or an address outside."""

    box: Box
    target: int
    y: float | None
    address: str


@dataclass(frozen=True)
class Page:
    """`visible` is the box in page space that can be seen; `width` and `height` are as seen, and so is `clean`, where
    the page of a file stands on it."""

    visible: Box
    clean: Box | None
    width: float
    height: float
    near_stamp: str
    stamp: Stamp | None
    words: str
    links: tuple[Link, ...]
    kinds: Mapping[str, int]
    looks: str
    letters: str


@dataclass(frozen=True)
class Expected:
    """What decides how a page is read: its stamp, where its words stand, and where the page of a file is on it."""

    stamp: str
    position: str
    band: float
    body: Box
    is_ours: bool
    clean_box: Box | None


def read_page(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, expected: Expected) -> Page:
    words = page.get_textpage()
    try:
        visible = Box(*page.get_bbox())
        turned = page.get_rotation()
        stamp, start = _stamp(words, visible, turned, expected.stamp)
        width, height = page.get_size()
        whole = "" if expected.is_ours else words.get_text_range(0, start)
        return Page(
            visible=visible,
            width=width,
            height=height,
            clean=seen_box(expected.clean_box, visible, turned) if expected.clean_box else None,
            near_stamp="" if stamp else words.get_text_bounded(*_where_it_should_be(visible, turned, expected)),
            stamp=stamp,
            words=words.get_text_bounded(*expected.body) if expected.is_ours else whole,
            links=tuple(_links(pdf, page)),
            kinds=_kinds(page),
            looks=ink(page, expected.clean_box) if expected.clean_box else "",
            letters=letters(whole) if expected.clean_box else "",
        )
    finally:
        words.close()


def _stamp(words: pypdfium2.PdfTextPage, visible: Box, turned: int, wanted: str) -> tuple[Stamp | None, int]:
    """The stamp, drawn after everything else on the page, and how many characters stand before it."""
    wanted = "".join(wanted.split())
    found: list[int] = []
    count = words.count_chars()
    for index in range(count - 1, -1, -1):
        if len(found) == len(wanted):
            break
        letter = chr(pdfium.FPDFText_GetUnicode(words.raw, index))
        if not letter.isspace() and letter != "\0":
            if letter != wanted[-1 - len(found)]:
                return None, count
            found.insert(0, index)
    if not wanted or len(found) < len(wanted):
        return None, count
    boxes = [Box(*words.get_charbox(index)) for index in found]
    box = Box(
        min(each.left for each in boxes),
        min(each.bottom for each in boxes),
        max(each.right for each in boxes),
        max(each.top for each in boxes),
    )
    angle, size = _type(words, found[0])
    around = (box.left - _AROUND, box.bottom - _AROUND, box.right + _AROUND, box.top + _AROUND)
    there = "".join(words.get_text_bounded(*around).split())
    covered = there.removesuffix(wanted) if there.endswith(wanted) else there.replace(wanted, "", 1)
    return Stamp(seen_box(box, visible, turned), (angle - turned) % 360, size, covered), found[0]


def _type(words: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """The direction of a letter in page space, in degrees to the left, and the size of its type."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(words.raw, index, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(words.raw, index)
    return math.degrees(math.atan2(matrix.b, matrix.a)), size * math.hypot(matrix.a, matrix.b)


def seen_box(box: Box, visible: Box, turned: int) -> Box:
    """A box of page space as it is seen, the page turned by so many degrees to the right."""
    one, other = (_seen_point(x, y, visible, turned) for x, y in ((box.left, box.bottom), (box.right, box.top)))
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


def _seen_point(x: float, y: float, visible: Box, turned: int) -> tuple[float, float]:
    if turned == 90:
        return y - visible.bottom, visible.right - x
    if turned == 180:
        return visible.right - x, visible.top - y
    if turned == 270:
        return visible.top - y, x - visible.left
    return x - visible.left, y - visible.bottom


def _where_it_should_be(visible: Box, turned: int, expected: Expected) -> Box:
    """In page space, the strip at the edge, and the third of it, where the forum has its numbers."""
    edge, _, side = expected.position.partition("-")
    wide, high = visible.right - visible.left, visible.top - visible.bottom
    if turned % 180:
        wide, high = high, wide
    thirds = {"left": (0.0, wide / 3), "center": (wide / 3, wide * 2 / 3), "right": (wide * 2 / 3, wide)}
    left, right = thirds.get(side, (0.0, wide))
    bottom, top = (0.0, expected.band) if edge == "bottom" else (high - expected.band, high)
    corners = [_page_point(x, y, visible, turned) for x, y in ((left, bottom), (right, top))]
    (x, y), (z, w) = corners
    return Box(min(x, z), min(y, w), max(x, z), max(y, w))


def _page_point(x: float, y: float, visible: Box, turned: int) -> tuple[float, float]:
    """The way back from `_seen_point`."""
    if turned == 90:
        return visible.right - y, x + visible.bottom
    if turned == 180:
        return visible.right - x, visible.top - y
    if turned == 270:
        return y + visible.left, visible.top - x
    return x + visible.left, y + visible.bottom


def _links(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[Link]:
    position, raw = ctypes.c_int(0), pdfium.FPDF_LINK()
    while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(position), ctypes.byref(raw)):
        box = pdfium.FS_RECTF()
        pdfium.FPDFLink_GetAnnotRect(raw, ctypes.byref(box))
        destination = pdfium.FPDFLink_GetDest(pdf.raw, raw)
        action = pdfium.FPDFLink_GetAction(raw)
        target = pdfium.FPDFDest_GetDestPageIndex(pdf.raw, destination) + 1 if destination else 0
        address = "" if _stays_inside(destination, action) else _address(pdf, action)
        yield Link(Box(box.left, box.bottom, box.right, box.top), target, height_of(destination), address)


def height_of(destination: Any) -> float | None:
    """The height on its page that a destination names."""
    if not destination:
        return None
    has_x, has_y, has_zoom = (ctypes.c_int(0) for _ in range(3))
    x, y, zoom = (ctypes.c_float(0) for _ in range(3))
    pdfium.FPDFDest_GetLocationInPage(destination, has_x, has_y, has_zoom, x, y, zoom)
    return y.value if has_y.value else None


def _stays_inside(destination: Any, action: Any) -> bool:
    """A link may name its place itself or through an action; an action of another kind may name one elsewhere."""
    return bool(destination) and (not action or pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO)


def _address(pdf: pypdfium2.PdfDocument, action: Any) -> str:
    """The web address of an action; for any other kind of action, a word that is no address."""
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return "action"
    size = pdfium.FPDFAction_GetURIPath(pdf.raw, action, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf.raw, action, buffer, size)
    return buffer.value.decode("utf-8", "replace")


def _kinds(page: pypdfium2.PdfPage) -> Counter[str]:
    """How many annotations of each kind there are."""
    kinds: Counter[str] = Counter()
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        kinds[_KINDS.get(pdfium.FPDFAnnot_GetSubtype(annotation), "?")] += 1
        pdfium.FPDFPage_CloseAnnot(annotation)
    return kinds


def same_box(one: Sequence[float], other: Sequence[float], within: float) -> bool:
    return all(abs(a - b) < within for a, b in zip(one, other, strict=True))
