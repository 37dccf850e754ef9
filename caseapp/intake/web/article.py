"""The article in a page: trafilatura says which words it has, and the lines of the page with these words are kept.

Its own text would do, but for the spaces: it takes them off around emphasis and links and puts others in by rule. A
quotation must stand letter by letter as the page has it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from lxml import etree, html
from trafilatura import bare_extraction

from caseapp.intake.lines import Line, parted

_TOO_DEEP = "Excessive depth"
# No date is guessed from whatever figures stand on the page: a date that is wrong is worse than none.
_DATES = {"original_date": True, "extensive_search": False}
# Letters and digits from which a line can be told from others by itself.
_TELLING = 25
# A line that holds something more, such as a link that trafilatura took out of it, is known by pieces of it.
_PIECE, _PIECES, _ENOUGH_PIECES = 16, 8, 0.6
_SHORTEST_AMONG = 4


def tree_of(page: str) -> Any | None:
    """The page as a tree; nothing where the parser would leave out a part of it."""
    parser = html.HTMLParser(huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        return None
    return None if any(_TOO_DEEP in error.message for error in parser.error_log) else tree


def document_of(tree: Any, address: str) -> Any | None:
    """trafilatura's document: its `body` is the article, its other fields what the page says of itself."""
    return bare_extraction(
        copy(tree),
        url=address or None,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=dict(_DATES),
    )


def article_lines(lines: Sequence[Line], body: Any) -> list[Line]:
    return parted(lines, _kept([letters(line.text) for line in lines], letters("".join(body.itertext()))))


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _kept(keys: Sequence[str], article: str) -> list[int]:
    """The lines that tell by themselves, and between them the short ones that the article has there."""
    found = [_Found(number, *stretch) for number, key in enumerate(keys) if (stretch := _stretch(key, article))]
    anchors = _in_order(found)
    kept = [anchor.number for anchor in anchors]
    kept += [one.number for one in _elsewhere(found, anchors)]
    first, last = _Found(-1, 0, 0), _Found(len(keys), len(article), len(article))
    for before, after in pairwise((first, *anchors, last)):
        numbers, between = range(before.number + 1, after.number), article[before.end : after.start]
        if before is first and anchors:  # what is nearest to the article belongs to it rather than a menu far above
            kept += _among({number: keys[number][::-1] for number in reversed(numbers)}, between[::-1])
        else:
            kept += _among({number: keys[number] for number in numbers}, between)
    return kept


@dataclass(frozen=True)
class _Found:
    """A line of the page, by its number, and the stretch of the article that has its words."""

    number: int
    start: int
    end: int


def _stretch(key: str, article: str) -> tuple[int, int] | None:
    if len(key) < _TELLING:
        return None
    start = article.find(key)
    if start >= 0:
        return start, start + len(key)
    step = max((len(key) - _PIECE) // (_PIECES - 1), 1)
    offsets = range(0, len(key) - _PIECE + 1, step)
    starts = [found - at for at in offsets if (found := article.find(key[at : at + _PIECE])) >= 0]
    near = [start for start in starts if abs(start - median(starts)) <= len(key) / 2]
    if len(near) < _ENOUGH_PIECES * len(offsets):
        return None
    start = max(min(near), 0)
    return start, min(start + len(key), len(article))


def _in_order(found: Sequence[_Found]) -> list[_Found]:
    """Those that the article has in the order of the page, none overlapping the one before: as many words as can be.

    For each way to end, the best row so far is kept in a tree over the ends, so that thousands of lines take no time.
    """
    ends = sorted({one.end for one in found})
    best = [(0, -1)] * (len(ends) + 1)  # words of the best row that ends there or before, and its last line
    before: list[int] = []
    for place, one in enumerate(found):
        words, last = _best(best, bisect_right(ends, one.start))
        before.append(last)
        _keep_best(best, bisect_right(ends, one.end), (words + one.end - one.start, place))
    place = _best(best, len(ends))[1]
    row = []
    while place >= 0:
        row.append(found[place])
        place = before[place]
    return row[::-1]


def _best(best: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    found = (0, -1)
    while at > 0:
        found = max(found, best[at])
        at -= at & -at
    return found


def _keep_best(best: list[tuple[int, int]], at: int, row: tuple[int, int]) -> None:
    while at < len(best):
        best[at] = max(best[at], row)
        at += at & -at


def _elsewhere(found: Iterable[_Found], anchors: Sequence[_Found]) -> Iterator[_Found]:
    """Lines that the article has in another order, unless it has the same words where an anchor stands."""
    starts = [anchor.start for anchor in anchors]
    for one in set(found).difference(anchors):
        nearest = bisect_right(starts, one.end - 1) - 1
        if nearest < 0 or anchors[nearest].end <= one.start:
            yield one


def _among(keys: Mapping[int, str], stretch: str) -> list[int]:
    """The lines whose words stand in the stretch, in this order."""
    kept, place = [], 0
    for number, key in keys.items():
        start = stretch.find(key, place)
        if key and (start == place or (start > place and len(key) >= _SHORTEST_AMONG)):
            kept.append(number)
            place = start + len(key)
    return kept
