"""The pages of a clean PDF that an exhibit shows, made ready for the packet. Runs in a child process.

A page that already fits stays as it is. Else it is drawn as one picture of itself, in page space, so that whatever
its content leaves behind stays inside; what is marked on it moves along. Page numbers find their place free of words.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf
from PIL import Image

from caseapp.packets.pdf.scanned import dots_of_scans
from caseapp.packets.pdf.seen import seen_page
from caseapp.packets.pdf.viewing import BAND, FROM_EDGE, FROM_SIDE, PAD, SIZE, VisiblePage, visible

_PICTURE = "Page"
_SCALE, _LARGEST = 0.75, 1_500
# A number of so many digits, and letters, as wide as they come.
_WIDEST_NUMBER = 60.0
# Darker than the paper by no more than this, a place holds no words.
_CONTRAST = 48
# And by no more than this, it may be moved off the paper.
_FAINT = 12
_LEAST_MARGIN = 6.0
_LEAST_PAPER = 144.0
_LOW = 432.0
_ALMOST = 0.01
_POINTS = ("/QuadPoints", "/Vertices", "/L", "/CL")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placing:
    """Where a page comes to stand on its paper, both as seen: how large, and how far its lower left corner is from
    that of the paper."""

    width: float
    height: float
    scale: float
    left: float
    bottom: float

    def is_nothing(self, seen: VisiblePage) -> bool:
        same_size = abs(self.width - seen.width) < _ALMOST and abs(self.height - seen.height) < _ALMOST
        return same_size and self.scale == 1 and abs(self.left) < _ALMOST and abs(self.bottom) < _ALMOST


def bind(
    folder: Path,
    *,
    head: str,
    file: str,
    clean: str,
    out: str,
    pages: Sequence[int],
    paper: Sequence[float] | None,
    position: str,
    spots: Sequence[Sequence[float]],
) -> dict[str, Any]:
    """Write `out`: the sheets of `head`, then `pages` (from 1) of `file`, on paper of that size (None: their own).
    `file` is the clean copy with passages marked on it, `clean` the copy itself, for who compares the pages later.

    What is told of the pages is in plain values, each page by its number in `out`. `spots` are boxes on pages of
    `file`, as (page, left, bottom, right, top); told is where they come to stand, and how far below the paper's edge.
    """
    with (
        Pdf.open(folder / file) as source,
        Pdf.open(folder / head) as sheets,
        Pdf.new() as made,
        closing(pypdfium2.PdfDocument(folder / file)) as drawn,
    ):
        placings = [_placing(drawn, source, page, paper, position) for page in pages]
        numbers = {source.pages[page - 1].objgen: len(sheets.pages) + place for place, page in enumerate(pages, 1)}
        made.pages.extend(sheets.pages)
        leaves = [_Leaf(source, source.pages[page - 1], placing) for page, placing in zip(pages, placings, strict=True)]
        shown = dict(zip(pages, leaves, strict=True))
        by_page = dict(zip(numbers.values(), leaves, strict=True))
        targets = {objgen: (number, by_page[number]) for objgen, number in numbers.items()}
        numbered = dict(zip(pages, by_page, strict=True))
        placed = [_spot(numbered[int(page)], shown[int(page)], box) for page, *box in spots]
        links, dropped = _links(by_page, targets)
        bookmarks = list(_bookmarks(source, targets))
        for leaf in leaves:
            leaf.place()
            made.pages.append(leaf.page)
        made.save(folder / out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return {
        "seen": [{"box": _rounded(*shown[page].box)} | looks for page, looks in _looks(folder / clean, pages)],
        "spots": placed,
        "links": links,
        "links_dropped": dropped,
        "bookmarks": bookmarks,
        "scans": dots_of_scans(folder / clean, pages),
    }


def _spot(number: int, leaf: "_Leaf", box: Sequence[float]) -> list[float]:
    """Page, box, and how far below the upper edge."""
    left, bottom, right, top = box
    moved = (*leaf.moved(left, bottom), *leaf.moved(right, top))
    return [number, *_rounded(*moved), leaf.depth_of(left, top)]


def _looks(clean: Path, pages: Sequence[int]) -> Iterator[tuple[int, dict[str, str]]]:
    with closing(pypdfium2.PdfDocument(clean)) as document:
        for page in pages:
            with closing(document[page - 1]) as opened:
                yield page, seen_page(opened)


def _placing(
    drawn: pypdfium2.PdfDocument, source: Pdf, page: int, paper: Sequence[float] | None, position: str
) -> Placing:
    seen = visible(source.pages[page - 1])
    width, height = _paper_for(seen, paper)
    scale = min(1.0, width / seen.width, height / seen.height)
    left, bottom = (width - scale * seen.width) / 2, (height - scale * seen.height) / 2
    if paper is None:
        bottom = 0.0 if position.startswith("top") else height - seen.height
    placing = Placing(width, height, scale, left, bottom)
    with closing(drawn[page - 1]) as opened:
        scale_seen = min(_SCALE, _LARGEST / max(seen.width, seen.height))
        picture = opened.render(scale=scale_seen, grayscale=True).to_pil().convert("L")
    return _clear(placing, seen, picture, position)


def _paper_for(seen: VisiblePage, paper: Sequence[float] | None) -> tuple[float, float]:
    """Upright or lying, whichever shows the page larger; upright where it is the same. A page that keeps its own size
    gets as much paper around it as a page number needs: if it is as low as a photograph, a strip of its own."""
    if paper is None:
        strip = BAND if seen.height < _LOW else 0.0
        return max(seen.width, _LEAST_PAPER), seen.height + strip
    short, long = sorted(paper)
    upright, lying = min(short / seen.width, long / seen.height), min(long / seen.width, short / seen.height)
    return (long, short) if min(lying, 1) > min(upright, 1) else (short, long)


def _clear(placing: Placing, seen: VisiblePage, picture: Image.Image, position: str) -> Placing:
    """Moved, and shrunk as far as it must be, so that the page number covers nothing."""
    ink = _ink(picture, seen)
    if ink is None or not _covers(_number_box(placing, position), placing, picture, seen):
        return placing
    low, high = ink[1], ink[3]
    free = placing.height - BAND - _LEAST_MARGIN
    scale = min(placing.scale, free / (high - low))
    left = (placing.width - scale * seen.width) / 2
    if position.startswith("top"):
        bottom = min(placing.height - BAND - high * scale, (placing.height - seen.height * scale) / 2)
    else:
        bottom = max(BAND - low * scale, (placing.height - seen.height * scale) / 2)
        bottom = min(bottom, placing.height - _LEAST_MARGIN - high * scale)
    return Placing(placing.width, placing.height, scale, left, bottom)


def _number_box(placing: Placing, position: str) -> Box:
    """Where the number will stand on the paper, with the white around it."""
    edge, _, side = position.partition("-")
    bottom = FROM_EDGE if edge == "bottom" else placing.height - FROM_EDGE - SIZE
    left = {
        "center": (placing.width - _WIDEST_NUMBER) / 2,
        "left": FROM_SIDE,
        "right": placing.width - FROM_SIDE - _WIDEST_NUMBER,
    }[side]
    return (left - PAD, bottom - PAD, left + _WIDEST_NUMBER + PAD, bottom + SIZE + PAD)


def _covers(number: Box, placing: Placing, picture: Image.Image, seen: VisiblePage) -> bool:
    """Whether anything but the ground of the page lies where the number will stand."""
    left, bottom, right, top = (
        (value - shift) / placing.scale for value, shift in zip(number, (placing.left, placing.bottom) * 2, strict=True)
    )
    x, y = picture.width / seen.width, picture.height / seen.height
    place = (int(left * x), int((seen.height - top) * y), int(right * x) + 1, int((seen.height - bottom) * y) + 1)
    place = (max(place[0], 0), max(place[1], 0), min(place[2], picture.width), min(place[3], picture.height))
    if place[0] >= place[2] or place[1] >= place[3]:
        return False
    darkest, _brightest = picture.crop(place).getextrema()
    return _ground(picture) - float(darkest) > _CONTRAST  # type: ignore[arg-type]


def _ground(picture: Image.Image) -> int:
    """How bright the paper of the page is: as the brightest quarter of it."""
    return sorted(picture.resize((16, 16)).tobytes())[-64]


def _ink(picture: Image.Image, seen: VisiblePage) -> Box | None:
    """The box of all that stands out from the ground of the page, as seen, from its lower left corner."""
    ground = _ground(picture)
    box = picture.point([255 if abs(value - ground) > _FAINT else 0 for value in range(256)]).getbbox()
    if box is None:
        return None
    x, y = seen.width / picture.width, seen.height / picture.height
    return (box[0] * x, seen.height - box[3] * y, box[2] * x, seen.height - box[1] * y)


class _Leaf:
    """A page, and how it moves in its own page space: scaled, then shifted."""

    def __init__(self, source: Pdf, page: pikepdf.Page, placing: Placing) -> None:
        self._source = source
        self.page = page
        self._placing = placing
        self._before = visible(page)
        self._after = self._sheet()
        x, y = self._after.point(placing.left, placing.bottom)
        fx, fy = self._after.point(
            placing.left + placing.scale * self._before.width, placing.bottom + placing.scale * self._before.height
        )
        self.box: Box = (min(x, fx), min(y, fy), max(x, fx), max(y, fy))
        left, bottom, _, _ = self._seen_box()
        self.move = (placing.scale, self.box[0] - placing.scale * left, self.box[1] - placing.scale * bottom)

    def _sheet(self) -> VisiblePage:
        """The paper, turned as the page is."""
        turned = int(self.page.obj.get(Name.Rotate, 0)) % 360
        width, height = self._placing.width, self._placing.height
        blank = Dictionary(
            Type=Name.Page, MediaBox=Array(_rounded(0, 0, *((height, width) if turned % 180 else (width, height))))
        )
        blank[Name.Rotate] = turned
        return visible(pikepdf.Page(blank))

    def moved(self, x: float, y: float) -> tuple[float, float]:
        scale, right, up = self.move
        return scale * x + right, scale * y + up

    def depth_of(self, x: float | None, y: float | None) -> float:
        """How far below the paper's upper edge, as seen, a point of the page comes to stand (None: at the edge)."""
        corner = self._before.point(0.0, self._before.height)
        point = (corner[0] if x is None else x, corner[1] if y is None else y)
        _, up = self._after.seen_at(*self.moved(*point))
        return round(max(self._after.height - up, 0.0), 2)

    def place(self) -> None:
        for annotation in self.page.obj.get(Name.Annots, Array()):
            self._move_annotation(annotation)
        if self._placing.is_nothing(self._before):
            return
        picture = self._picture()
        scale, right, up = self.move
        content = f"q {scale:.6f} 0 0 {scale:.6f} {right:.3f} {up:.3f} cm /{_PICTURE} Do Q".encode()
        page = self.page.obj
        page[Name.Contents] = self._source.make_indirect(pikepdf.Stream(self._source, content))
        page[Name.Resources] = Dictionary(XObject=Dictionary({f"/{_PICTURE}": picture}))
        for name in ("/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Group"):
            if name in page:
                del page[name]
        turned = int(page.get(Name.Rotate, 0)) % 180
        size = (self._placing.height, self._placing.width) if turned else (self._placing.width, self._placing.height)
        page[Name.MediaBox] = Array(_rounded(0, 0, *size))

    def _picture(self) -> pikepdf.Object:
        """The page's content as one picture of it; as compressed as it was."""
        page = self.page.obj
        contents = page.get(Name.Contents, Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        picture = pikepdf.Stream(self._source, b"")
        if len(streams) == 1:
            only: Any = streams[0]
            picture.write(only.read_raw_bytes(), filter=only.get(Name.Filter), decode_parms=only.get(Name.DecodeParms))
        else:
            picture.write(b"\n".join(stream.read_bytes() for stream in streams))
        picture[Name.Type], picture[Name.Subtype] = Name.XObject, Name.Form
        picture[Name.BBox] = Array(_rounded(*self._seen_box()))
        picture[Name.Resources] = page.get(Name.Resources, Dictionary())
        if Name.Group in page:
            picture[Name.Group] = page[Name.Group]
        return self._source.make_indirect(picture)

    def _seen_box(self) -> Box:
        x, y = self._before.point(0, 0)
        fx, fy = self._before.point(self._before.width, self._before.height)
        return (min(x, fx), min(y, fy), max(x, fx), max(y, fy))

    def _move_annotation(self, annotation: pikepdf.Object) -> None:
        annotation[Name.Rect] = Array(_rounded(*self.rect(annotation)))
        for name in _POINTS:
            if name in annotation:
                annotation[Name(name)] = Array(self._points(annotation[Name(name)]))
        if Name.InkList in annotation:
            annotation[Name.InkList] = Array([Array(self._points(stroke)) for stroke in annotation[Name.InkList]])

    def rect(self, annotation: pikepdf.Object) -> Box:
        """Where an annotation comes to stand."""
        left, bottom, right, top = (float(value) for value in annotation[Name.Rect])
        return (*self.moved(left, bottom), *self.moved(right, top))

    def _points(self, values: pikepdf.Object) -> list[float]:
        flat = [float(value) for value in values]
        return [round(value, 3) for x, y in zip(flat[0::2], flat[1::2], strict=False) for value in self.moved(x, y)]


def _rounded(*values: float) -> list[float]:
    return [round(value, 3) for value in values]


Targets = Mapping[Any, tuple[int, _Leaf]]


def _links(leaves: dict[int, _Leaf], targets: Targets) -> tuple[list[Any], int]:
    """The links within the file are taken out, to be made again when all pages have their place. Told: those that
    lead to pages which are shown, and how many of the others there were."""
    found: list[Any] = []
    dropped = 0
    for number, leaf in leaves.items():
        annotations = leaf.page.obj.get(Name.Annots)
        if annotations is None:
            continue
        kept = []
        for annotation in annotations:
            destination = _destination(annotation)
            if destination is None:
                kept.append(annotation)
                continue
            target = _target(destination, targets)
            if target is None:
                dropped += 1
            else:
                found.append([number, _rounded(*leaf.rect(annotation)), *target])
        leaf.page.obj[Name.Annots] = Array(kept)
    return found, dropped


def _destination(annotation: pikepdf.Object) -> pikepdf.Object | None:
    if annotation.get(Name.Subtype) != Name.Link:
        return None
    action = annotation.get(Name.A)
    if action is not None and action.get(Name.S) == Name.GoTo:
        return action.get(Name.D)
    return annotation.get(Name.Dest)


def _target(destination: pikepdf.Object, targets: Targets) -> tuple[int, float] | None:
    """Page and depth, as seen from its top, of an explicit destination."""
    if not isinstance(destination, Array) or not destination or not isinstance(destination[0], Dictionary):
        return None
    found = targets.get(destination[0].objgen)
    if found is None:
        return None
    number, leaf = found
    is_told = len(destination) > 3 and destination[1] == Name.XYZ
    x, y = (None if value is None else float(value) for value in (list(destination)[2:4] if is_told else (None, None)))
    return number, leaf.depth_of(x, y)


def _bookmarks(source: Pdf, targets: Targets) -> Iterator[list[Any]]:
    """The outline, flat and in its order, as much of it as leads to pages that are shown."""
    if Name.Outlines not in source.Root:
        return
    with source.open_outline() as outline:
        waiting = [(item, 0) for item in reversed(outline.root)]
        while waiting:
            item, level = waiting.pop()
            waiting += [(child, level + 1) for child in reversed(item.children)]
            target = _target_of(item, targets)
            if target is not None:
                yield [item.title, level, *target]


def _target_of(item: OutlineItem, targets: Targets) -> tuple[int, float] | None:
    destination: Any = item.destination
    if destination is None and item.action is not None and item.action.get(Name.S) == Name.GoTo:
        destination = item.action.get(Name.D)
    return _target(destination, targets) if isinstance(destination, Array) else None
