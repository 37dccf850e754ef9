"""How a text is laid before a person who marks where its article starts and ends. Pure.

A text may have 100,000 lines, or one of 5 MB: only the pieces around its ends, around the marks and around one
place of choice are shown, and a long piece shows its beginning and its end.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

SHOWN_WHOLE = 160  # pieces
REACH = 20  # pieces shown on each side of a mark
LONG = 700  # characters of a piece that are shown whole
EDGE = 300

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Piece:
    """A paragraph, or its part on one side of a mark."""

    number: int
    start: int
    end: int
    head: str
    hidden: int
    tail: str
    is_start: bool
    is_end: bool
    is_outside: bool


@dataclass(frozen=True)
class Gap:
    """Pieces that are not shown, from number `first` to number `last`."""

    count: int
    first: int
    last: int
    is_outside: bool

    @property
    def middle(self) -> int:
        return (self.first + self.last) // 2


@dataclass(frozen=True)
class Leftover:
    """What falls away on one side."""

    characters: int
    paragraphs: int
    head: str
    hidden: int
    tail: str


def spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Every line with words in it, cut where the article starts and ends."""
    found: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        first, last = line.span()
        cuts = [first, *sorted({cut for cut in (start, end) if first < cut < last}), last]
        found.extend((a, b) for a, b in pairwise(cuts) if not text[a:b].isspace())
    return found


def laid_out(text: str, start: int, end: int, around: int | None = None) -> list[Piece | Gap]:
    """The pieces and gaps to show for an article [start, end); `around` is the number of a piece, from 1."""
    pieces = spans(text, start, end)
    starts = [first for first, _ in pieces]
    first = max(bisect_right(starts, start) - 1, 0)
    if pieces[first][1] <= start:
        first += 1
    last = max(bisect_right(starts, end - 1) - 1, 0)
    laid: list[Piece | Gap] = []
    shown_until = 0
    for a, b in _windows(len(pieces), {0, first, last, len(pieces) - 1} | ({around - 1} if around else set())):
        if a > shown_until:
            outside = pieces[a - 1][1] <= start or pieces[shown_until][0] >= end
            laid.append(Gap(a - shown_until, shown_until + 1, a, outside))
        for index in range(a, b):
            laid.append(_piece(text, index, pieces[index], index == first, index == last, start, end))
        shown_until = b
    return laid


def leftovers(text: str, start: int, end: int) -> tuple[Leftover, Leftover]:
    """What falls away before and after the article."""
    return _leftover(text[:start]), _leftover(text[end:])


def _windows(total: int, centres: set[int]) -> list[tuple[int, int]]:
    """Half-open ranges of pieces to show: all of a short text, else the neighbourhood of each centre, joined."""
    if total <= SHOWN_WHOLE:
        return [(0, total)]
    ranges: list[tuple[int, int]] = []
    for centre in sorted(min(centre, total - 1) for centre in centres):
        first, last = max(0, centre - REACH), min(total, centre + REACH + 1)
        if ranges and first <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(last, ranges[-1][1]))
        else:
            ranges.append((first, last))
    return ranges


def _piece(text: str, index: int, span: tuple[int, int], is_start: bool, is_end: bool, start: int, end: int) -> Piece:
    first, last = span
    head, hidden, tail = _shortened(text, first, last)
    return Piece(index + 1, first, last, head, hidden, tail, is_start, is_end, last <= start or first >= end)


def _shortened(text: str, start: int, end: int) -> tuple[str, int, str]:
    """The text between, or its beginning, how many characters are not shown, and its end."""
    if end - start <= LONG:
        return text[start:end], 0, ""
    return text[start : start + EDGE], end - start - 2 * EDGE, text[end - EDGE : end]


def _leftover(text: str) -> Leftover:
    words = text.strip()
    head, hidden, tail = _shortened(words, 0, len(words))
    return Leftover(len(text), sum(not line.group().isspace() for line in _LINE.finditer(text)), head, hidden, tail)
