"""Passages of a clean PDF's text, found again on its pages and marked there.

Nothing is searched for. The page is read once more in the same order, and its letters are laid beside those of the
stored text one by one; what then stands beside a passage is the passage, the third of five equal ones too. White
space, hyphens and accents, in which two readings may differ, are set aside. If the letters differ the passage is not
marked at all.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.core.refused import Refused
from caseapp.intake.pdf.letters import Box, as_read, on_page
from caseapp.intake.pdf.order import Line
from caseapp.intake.pdf.text import lines_of
from caseapp.typesetting.join import add_resource, append_content, saved

PLAIN_COLOUR = "#6b6b6b"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SET_ASIDE = re.compile("[-\u2010\u2011\u00ad\u0640\ufffe]")
_LIGHTEST_ALONE = 0.80  # relative luminance of a wash; three of them over one another still let black text be read
_MOST_WASHES = 3
_RULE = 0.9  # points, of the line below a passage
_STEP = 1.3  # from one line below overlapping passages to the next
_DEEPEST = 4
_TICK = 0.6
_LEAST_SEEN = 0.1  # points, below which nobody would see a mark
_MOST_SHARED = 0.4  # of a line's height, beyond which two lines lie over one another and are not parted
_WASH, _RULES = "PassageWash", "PassageRules"


class PassageNotOnPage(Refused):
    """`page` counts from 1."""

    def __init__(self, page: int) -> None:
        super().__init__("passage-not-on-page", page=page)


class Spot(NamedTuple):
    """A stretch of one line under a passage. `page` counts from 1; the box is in page space.

    `turn` counts the quarter turns to the left in which the line runs, as in `letters.Word`.
    """

    page: int
    box: Box
    turn: int


@dataclass(frozen=True)
class Marking:
    """How a passage is drawn: its stretches, and the colours of its themes, the first of which is the wash."""

    spots: tuple[Spot, ...]
    colours: tuple[str, ...] = ()


class _Letter(NamedTuple):
    """A letter of a page. `place` numbers it in its line, from the left as it is seen."""

    text: str
    line: int
    place: int


def mark(
    folder: Path,
    *,
    file: str,
    out: str,
    text: str,
    pages: Sequence[Sequence[Any]],
    passages: Sequence[Sequence[int]],
    colours: Sequence[Sequence[str]],
) -> list[list[Any]]:
    """Write `file` with its passages marked to `out`, and give their spots, as plain values. For the child process."""
    found = boxes(folder / file, text, pages, passages)
    with Pdf.open(folder / file) as pdf:
        draw(pdf, [Marking(spots, tuple(own)) for spots, own in zip(found, colours, strict=True)])
        (folder / out).write_bytes(saved(pdf))
    return [[[spot.page, list(spot.box), spot.turn] for spot in spots] for spots in found]


def boxes(
    path: Path, text: str, pages: Sequence[Sequence[Any]], passages: Sequence[Sequence[int]]
) -> list[tuple[Spot, ...]]:
    """For each passage (start and end in the text) its spots, in reading order. Raises `PassageNotOnPage`.

    `pages` are the rows of the page map: start, end and label.
    """
    found: list[list[Spot]] = [[] for _ in passages]
    with closing(pypdfium2.PdfDocument(path)) as document:
        for number, (start, end, *_) in enumerate(pages, 1):
            here = [place for place, (first, last) in enumerate(passages) if first < end and last > start]
            if not here:
                continue
            if number > len(document):
                raise PassageNotOnPage(number)
            with closing(document[number - 1]) as page:
                lines = lines_of(page)
            aligned = _Page(number, lines, text[start:end])
            for place in here:
                first, last = passages[place]
                piece = (max(first, start) - start, min(last, end) - start)
                found[place].extend(aligned.spots(*piece, goes_on=last > end))
    for spots, (first, _) in zip(found, passages, strict=True):
        if not spots:
            raise PassageNotOnPage(_page_of(pages, first))
    return [tuple(spots) for spots in found]


def _page_of(pages: Sequence[Sequence[Any]], offset: int) -> int:
    return next((number for number, (_, end, *_) in enumerate(pages, 1) if offset < end), len(pages))


class _Page:
    """The letters of a page beside those of its stored text."""

    def __init__(self, number: int, lines: Sequence[Line], text: str) -> None:
        self.number = number
        self.lines = lines
        self.letters = list(_letters_on(lines))
        self.stored = "".join(map(_bare, text))
        self.offsets = [offset for offset, character in enumerate(text) for _ in _bare(character)]
        self.seen = "".join(letter.text for letter in self.letters)
        self.agrees = self.seen == self.stored
        self.rising = sorted(lines, key=lambda line: line.y0)
        self.tallest = max((line.y1 - line.y0 for line in lines), default=0.0)

    def spots(self, start: int, end: int, *, goes_on: bool) -> Iterator[Spot]:
        """Where the passage stands that the stored text has between these offsets; none if it has no letters here.

        `goes_on` says that it runs on over the end of the page.
        """
        first, last = bisect_left(self.offsets, start), bisect_left(self.offsets, end)
        if first == last:
            return
        begins = self._aligned(first, last)
        places: dict[int, list[int]] = {}
        for letter in self.letters[begins : begins + last - first]:
            places.setdefault(letter.line, []).append(letter.place)
        final = None if goes_on else next(reversed(places))
        for line, marked in places.items():
            yield from self._on_line(line, sorted(set(marked)), goes_on=line != final)

    def _aligned(self, first: int, last: int) -> int:
        """The place on the page of the letter that the stored text has at `first`.

        Where another version read the page in another order, a passage that stands once in both is still sure.
        """
        if self.agrees:
            return first
        passage = self.stored[first:last]
        if _stands_once(passage, self.stored) and _stands_once(passage, self.seen):
            return self.seen.find(passage)
        raise PassageNotOnPage(self.number)

    def _on_line(self, number: int, marked: Sequence[int], *, goes_on: bool) -> Iterator[Spot]:
        """One stretch for letters that are next to one another as they are seen, with the hyphen at a line's end."""
        line = self.lines[number]
        seen = _seen_boxes(line)
        if line.turn is None:  # letters that stand askew have no stretch that would hold them and nothing else
            yield from (Spot(self.number, seen[place][1], 0) for place in marked)
            return
        bare = [place for place, (character, _) in enumerate(seen) if _bare(character)]
        rank = {place: order for order, place in enumerate(bare)}
        start = marked[0]
        for before, after in [*pairwise(marked), (marked[-1], None)]:
            if after is not None and rank[after] == rank[before] + 1:
                continue
            is_last = goes_on and after is None and before == bare[-1]
            yield self._spot(number, [box for _, box in seen[start : None if is_last else before + 1]])
            if after is not None:
                start = after

    def _spot(self, number: int, shapes: Sequence[Box]) -> Spot:
        line = self.lines[number]
        left, right = min(box.left for box in shapes), max(box.right for box in shapes)
        bottom, top = min(box.bottom for box in shapes), max(box.top for box in shapes)
        if right - left < _LEAST_SEEN or top - bottom < _LEAST_SEEN:
            raise PassageNotOnPage(self.number)
        for other in self._near(bottom, top):
            if other is not line and other.turn == line.turn and other.x0 < right and other.x1 > left:
                bottom, top = _parted(bottom, top, other)
        return Spot(self.number, on_page(Box(left, bottom, right, top), line.turn), line.turn or 0)

    def _near(self, bottom: float, top: float) -> list[Line]:
        """The lines that may touch this height."""
        first = bisect_left(self.rising, bottom - self.tallest, key=lambda line: line.y0)
        return self.rising[first : bisect_left(self.rising, top, key=lambda line: line.y0)]


def _parted(bottom: float, top: float, other: Line) -> tuple[float, float]:
    """The height of a stretch up to the middle of what it shares with the line above or below it."""
    most = _MOST_SHARED * (top - bottom)
    if bottom < other.y0 < top < other.y1 and top - other.y0 <= most:
        return bottom, (top + other.y0) / 2
    if other.y0 < bottom < other.y1 < top and other.y1 - bottom <= most:
        return (bottom + other.y1) / 2, top
    return bottom, top


def _letters_on(lines: Sequence[Line]) -> Iterator[_Letter]:
    for number, line in enumerate(lines):
        begins = _first_places(line)
        for word in line.words:
            order = _from_left(word.boxes, word.turn)
            for letter, place in zip(word.text, order, strict=True):
                for bare in _bare(letter):
                    yield _Letter(bare, number, begins[id(word)] + place)


def _first_places(line: Line) -> dict[int, int]:
    """For each word of the line the place of its leftmost letter."""
    begins: dict[int, int] = {}
    place = 0
    for word in sorted(line.words, key=lambda word: word.x0):
        begins[id(word)] = place
        place += len(word.text)
    return begins


def _from_left(shapes: Sequence[Box], turn: int | None) -> list[int]:
    """For each letter of a word how many stand on its left. Letters of one shape keep their order."""
    lefts = [as_read(box, turn).left for box in shapes]
    places = [0] * len(shapes)
    for place, index in enumerate(sorted(range(len(shapes)), key=lambda index: (lefts[index], index))):
        places[index] = place
    return places


def _seen_boxes(line: Line) -> list[tuple[str, Box]]:
    """The letters of a line from the left, each with its box as it is read."""
    seen: list[tuple[str, Box]] = []
    for word in sorted(line.words, key=lambda word: word.x0):
        shapes = [as_read(box, word.turn) for box in word.boxes]
        order = sorted(range(len(shapes)), key=lambda index: (shapes[index].left, index))
        seen.extend((word.text[index], shapes[index]) for index in order)
    return seen


@cache
def _bare(character: str) -> str:
    """The letters of a character that count when two readings are compared."""
    plain = _SET_ASIDE.sub("", unicodedata.normalize("NFKD", character))
    return "".join(letter for letter in plain if not letter.isspace() and unicodedata.category(letter) not in _UNSEEN)


_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cc"})


def _stands_once(passage: str, text: str) -> bool:
    first = text.find(passage)
    return first >= 0 and text.find(passage, first + 1) < 0


def draw(pdf: Pdf, markings: Sequence[Marking]) -> None:
    """Mark passages on their pages: a wash, lines below, and an annotation each. Neither covers what is dark.

    The lines are in the annotation too, in the very same place: drawn twice they look as drawn once, so that nothing
    changes whether a program shows annotations or not. Where passages overlap each has its line at a depth of its
    own, and ticks where it begins and ends.
    """
    depths = _depths(markings)
    # A wash multiplies, so that overlaps are seen; a line keeps the darker of its own colour and what is there.
    wash, darker = (
        pdf.make_indirect(Dictionary(Type=Name.ExtGState, BM=mode, ca=1, CA=1, SMask=Name("/None")))
        for mode in (Name.Multiply, Name.Darken)
    )
    drawn: dict[int, list[str]] = {}
    for marking, depth in zip(markings, depths, strict=True):
        colours = [_safe(colour) for colour in marking.colours] or [PLAIN_COLOUR]
        for number, spots in _by_page(marking.spots):
            ends = (spots[0] is marking.spots[0], spots[-1] is marking.spots[-1])
            rules = f"q /{_RULES} gs {''.join(_rules(spots, colours, depth, ends))}Q"
            washes = "".join(_washes(spots, colours[0])) if depth < _MOST_WASHES else ""
            drawn.setdefault(number, []).append(f"q /{_WASH} gs {washes}Q {rules}")
            _annotate(pdf, pdf.pages[number - 1], spots, colours[0], _appearance(pdf, rules, darker))
    for number, operators in sorted(drawn.items()):
        page = pdf.pages[number - 1]
        add_resource(page, Name.ExtGState, Name(f"/{_WASH}"), wash)
        add_resource(page, Name.ExtGState, Name(f"/{_RULES}"), darker)
        append_content(pdf, page, f"/Artifact BMC {' '.join(operators)} EMC".encode())


def _appearance(pdf: Pdf, operators: str, darker: pikepdf.Object) -> Stream:
    return Stream(
        pdf,
        operators.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        Resources=Dictionary(ExtGState=Dictionary({f"/{_RULES}": darker})),
    )


def _safe(colour: str) -> str:
    return colour if _COLOUR.fullmatch(colour) else PLAIN_COLOUR


def _by_page(spots: Iterable[Spot]) -> Iterator[tuple[int, list[Spot]]]:
    pages: dict[int, list[Spot]] = {}
    for spot in spots:
        pages.setdefault(spot.page, []).append(spot)
    yield from pages.items()


def _depths(markings: Sequence[Marking]) -> list[int]:
    """For each passage a depth at which no other one lies that it overlaps; long passages lie lowest."""
    depths = [0] * len(markings)
    taken: dict[int, list[tuple[Box, int]]] = {}
    order = sorted(range(len(markings)), key=lambda index: (-len(markings[index].spots), index))
    for index in order:
        spots = markings[index].spots
        used = {depth for spot in spots for box, depth in taken.get(spot.page, []) if _overlap(box, spot.box)}
        depths[index] = next(depth for depth in range(len(markings) + 1) if depth not in used)
        for spot in spots:
            taken.setdefault(spot.page, []).append((spot.box, depths[index]))
    return depths


def _overlap(one: Box, other: Box) -> bool:
    return (
        min(one.right, other.right) - max(one.left, other.left) > 0.1
        and min(one.top, other.top) - max(one.bottom, other.bottom) > 0.1
    )


def _washes(spots: Sequence[Spot], colour: str) -> Iterator[str]:
    yield f"{_operands(_wash(colour))} rg "
    for spot in spots:
        yield f"{_rectangle(spot.box)} re f "


def _rules(spots: Sequence[Spot], colours: Sequence[str], depth: int, ends: tuple[bool, bool]) -> Iterator[str]:
    """The lines below a passage, one for each of its colours, with a tick at its very beginning and end."""
    for number, colour in enumerate(colours[:_MOST_WASHES]):
        yield f"{_operands(_channels(colour))} rg "
        for spot in spots:
            seen = as_read(spot.box, spot.turn)
            bottom = seen.bottom - _RULE - min(depth + number, _DEEPEST) * _STEP
            shapes = [Box(seen.left, bottom, seen.right, bottom + _RULE)]
            if number == 0:
                shapes += _ticks(seen, bottom, ends[0] and spot is spots[0], ends[1] and spot is spots[-1])
            for shape in shapes:
                yield f"{_rectangle(on_page(shape, spot.turn))} re f "


def _ticks(seen: Box, bottom: float, is_first: bool, is_last: bool) -> list[Box]:
    top = seen.bottom + (seen.top - seen.bottom) * 0.3
    ticks = []
    if is_first:
        ticks.append(Box(seen.left, bottom, seen.left + _TICK, top))
    if is_last:
        ticks.append(Box(seen.right - _TICK, bottom, seen.right, top))
    return ticks


def _annotate(pdf: Pdf, page: pikepdf.Page, spots: Sequence[Spot], colour: str, shown: Stream) -> None:
    below = _RULE + _DEEPEST * _STEP  # on whichever side that is
    rect = Array(
        [
            round(min(spot.box.left for spot in spots) - below, 2),
            round(min(spot.box.bottom for spot in spots) - below, 2),
            round(max(spot.box.right for spot in spots) + below, 2),
            round(max(spot.box.top for spot in spots) + below, 2),
        ]
    )
    shown[Name.BBox] = rect
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Highlight,
        Rect=rect,
        QuadPoints=Array([round(value, 2) for spot in spots for value in _quad(spot)]),
        C=Array([round(channel, 4) for channel in _channels(colour)]),
        F=4,
        AP=Dictionary(N=pdf.make_indirect(shown)),
    )
    annotations = list(page.obj.get(Name.Annots, Array()))
    page.obj[Name.Annots] = Array([*annotations, pdf.make_indirect(annotation)])


def _quad(spot: Spot) -> list[float]:
    """The corners as readers expect them: upper left, upper right, lower left, lower right, as the text is read."""
    seen = as_read(spot.box, spot.turn)
    corners = [
        (seen.left, seen.top),
        (seen.right, seen.top),
        (seen.left, seen.bottom),
        (seen.right, seen.bottom),
    ]
    return [value for x, y in corners for value in on_page(Box(x, y, x, y), spot.turn)[:2]]


def _wash(colour: str) -> tuple[float, ...]:
    """The colour thinned with white until text over it is easily read, also where washes lie over one another."""
    thinned = [
        tuple(1 - strength * (1 - channel) for channel in _channels(colour))
        for strength in (0.30, 0.25, 0.20, 0.15, 0.10)
    ]
    return next((wash for wash in thinned if _luminance(wash) >= _LIGHTEST_ALONE), thinned[-1])


def _luminance(channels: Sequence[float]) -> float:
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))


def _rectangle(box: Box) -> str:
    return _operands((box.left, box.bottom, box.right - box.left, box.top - box.bottom))


def _operands(values: Iterable[float]) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)
