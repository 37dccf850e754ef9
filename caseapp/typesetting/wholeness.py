"""Whether an exhibit's pages hold all of its words, told without the words. Pure.

The builder writes down what the pages must hold (`account`): its lines in order, folded as in `readback`, cut into
stretches, each with the number of its letters and a digest. Who holds the file reads its pages in a row and compares
(`shortfall`). How a stretch is compared depends on what a reader can give back:

- `order`: letter for letter.
- `letters`: lines that hold right-to-left words, or are set from right to left: the same letters, in whatever order
  within the line. Brackets count as one, because they are mirrored there.
- `count`: lines of scripts that draw several letters as one shape, or one letter as several. The number of letters,
  give or take three tenths of those drawn so. That alone would let a paragraph go, so `landmarks` are kept of each
  such stretch: runs of five letters that the exhibit has nowhere else. Some of them must be found, once, and after
  those of the stretch before. Only some: a landmark comes back where each of its letters has a shape of its own.

An exhibit is read back `exact` if all its stretches are compared by order, `by-letters` if some are not, `by-count`
if some letters can only be counted.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import accumulate, groupby, islice, repeat
from math import ceil
from statistics import median_low
from typing import Any

from caseapp.typesetting.printed import LINE_ENDS
from caseapp.typesetting.readback import folded, has_shaped, reads_right_to_left

ORDER, LETTERS, COUNT = "order", "letters", "count"
_STRETCH = 3_000
_SMALL_STRETCH = 40
# Shorter than this, a stretch after counted letters could be found in the wrong place.
_FINDABLE = 40
_SLACK_SHARE = 0.3
_SLACK_LEAST = 4
_RUN = 5
_LANDMARKS, _FEWEST_LANDMARKS = 24, 8
# That no landmark of a stretch comes back says something where so many should, as the others of the exhibit did.
# (Measured on thirteen scripts: of those with 24, never fewer than three; the share is between a half and all.)
_TELLING = 9
_STACKED = re.compile(r"[\u0300-\u036f]{3}")
_LINES = re.compile(f"[{LINE_ENDS}]")
# PDFium turns around what comes in pairs where it thinks that it reads from the right.
_BRACKETS = str.maketrans(")]}>»›）］｝」』】》〉”’", "([{<«‹（［｛「『【《〈“‘")


@dataclass(frozen=True)
class Shortfall:
    """`letters` more (or, below nothing, fewer) than there should be; the place in `pages` where it begins."""

    letters: int
    page: int


@dataclass(frozen=True)
class _Stretch:
    mode: str
    text: str


def letters_of(text: str) -> str:
    """Folded letters, marks apart: so the letters of two lines are those of the one and those of the other."""
    return unicodedata.normalize("NFD", folded(text))


def account(lines: Iterable[str], turned: Iterable[bool] = repeat(False)) -> dict[str, Any]:
    """What the pages must hold, as plain values. `lines` in the order of the pages; each may have line ends inside.

    `turned` says of each whether it is set from right to left, whatever its letters.
    """
    told = zip(lines, turned, strict=False)
    stretches = list(_stretches((line, is_turned) for text, is_turned in told for line in _LINES.split(text)))
    modes = {stretch.mode for stretch in stretches}
    return {
        "read_back": "by-count" if COUNT in modes else "by-letters" if LETTERS in modes else "exact",
        "letters": sum(len(stretch.text) for stretch in stretches),
        "stretches": [_row(stretch) for stretch in stretches],
        "landmarks": _landmarks(stretches),
    }


def counted(lines: Iterable[str]) -> dict[str, Any]:
    """The same for a page whose words must not be told, not even by a digest: only how many letters it holds."""
    told = account(lines)
    slack = sum(fact for mode, _size, fact in told["stretches"] if mode == COUNT)
    return told | {"read_back": "by-count", "stretches": [[COUNT, told["letters"], slack]], "landmarks": []}


def shortfall(told: Mapping[str, Any], pages: Sequence[str]) -> Shortfall | None:
    """Where these pages, in a row, first hold something else than was told; nothing if they hold just that."""
    found = [letters_of(page) for page in pages]
    ends = list(accumulate(map(len, found)))
    there = "".join(found)
    place = _first_difference(told["stretches"], there)
    if place is None:
        place = _landmark_amiss(told["landmarks"], there)
    if place is None:
        return None
    return Shortfall(len(there) - told["letters"], min(bisect_right(ends, place), len(pages) - 1))


def _stretches(lines: Iterable[tuple[str, bool]]) -> Iterator[_Stretch]:
    pairs = ((_mode(line, is_turned), letters) for line, is_turned in lines if (letters := letters_of(line)))
    groups = [[mode, [text for _, text in group]] for mode, group in groupby(pairs, key=lambda pair: pair[0])]
    for mode, texts in _merged(groups):
        if mode == ORDER:
            whole = "".join(texts)
            yield from (_Stretch(ORDER, whole[at : at + _STRETCH]) for at in range(0, len(whole), _STRETCH))
        else:
            yield from (_Stretch(mode, text) for text in _gathered(texts))


def _mode(line: str, is_turned: bool) -> str:
    if has_shaped(line) or _STACKED.search(unicodedata.normalize("NFD", line)):
        return COUNT
    if not (is_turned or reads_right_to_left(line)):
        return ORDER
    # A mark after a letter of another direction may be given back beside another letter.
    return COUNT if any(unicodedata.combining(letter) for letter in folded(line)) else LETTERS


def _merged(groups: list[Any]) -> list[Any]:
    """Where letters can only be counted, what follows must be findable by itself; what is not is counted with them."""
    merged: list[Any] = []
    for mode, texts in groups:
        after_count = bool(merged) and merged[-1][0] == COUNT
        is_findable = mode == ORDER and sum(map(len, texts)) >= _FINDABLE
        if after_count and not is_findable:
            merged[-1][1].extend(texts)
        else:
            merged.append([mode, list(texts)])
    return merged


def _gathered(texts: Sequence[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _SMALL_STRETCH:
            yield "".join(held)
            held, size = [], 0
    if held:
        yield "".join(held)


def _row(stretch: _Stretch) -> list[Any]:
    size = len(stretch.text)
    if stretch.mode == COUNT:
        guessed = sum(has_shaped(letter) or unicodedata.combining(letter) > 0 for letter in stretch.text)
        return [COUNT, size, min(ceil(_SLACK_SHARE * guessed) + _SLACK_LEAST, ceil(size / 2))]
    return [stretch.mode, size, _digest(stretch.mode, stretch.text)]


def _digest(mode: str, letters: str) -> str:
    if mode == LETTERS:
        letters = "".join(sorted(letters.translate(_BRACKETS)))
    return sha256(letters.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _first_difference(stretches: Sequence[Sequence[Any]], there: str) -> int | None:
    at = least = most = 0  # where the next stretch should begin, and where it may
    for mode, size, fact in stretches:
        if mode == COUNT:
            at, least, most = at + size, least + size - fact, most + size + fact
            continue
        if least < most and size > _STRETCH:
            return at
        starts = range(max(0, least), min(most, len(there) - size) + 1)
        begins = next((start for start in starts if _digest(mode, there[start : start + size]) == fact), None)
        if begins is None:
            return at
        at = least = most = begins + size
    return None if least <= len(there) <= most else min(at, len(there))


def _landmarks(stretches: Sequence[_Stretch]) -> list[list[str]]:
    """For each counted stretch that has any, runs of its letters that stand nowhere else in the exhibit."""
    if all(stretch.mode != COUNT for stretch in stretches):
        return []
    streams = [_sure(stretch.text) for stretch in stretches]
    times = Counter(run for _, run in _runs("".join(streams)))
    chosen = []
    for stretch, stream in zip(stretches, streams, strict=True):
        own = [run for _, run in _runs(stream) if times[run] == 1] if stretch.mode == COUNT else []
        if len(own) >= _FEWEST_LANDMARKS:
            number = min(len(own), _LANDMARKS)
            chosen.append([_short_digest(own[place * len(own) // number]) for place in range(number)])
    return chosen


def _landmark_amiss(landmarks: Sequence[Sequence[str]], there: str) -> int | None:
    wanted = {mark for stretch in landmarks for mark in stretch}
    if not wanted:
        return None
    spots: dict[str, list[int]] = {}
    for spot, run in _runs(_sure(there)):
        mark = _short_digest(run)
        if mark in wanted:
            spots.setdefault(mark, []).append(spot)
    share = len(spots) / len(wanted)
    before = 0
    for stretch in landmarks:
        found = [spots[mark] for mark in stretch if mark in spots]
        doubled = sum(len(places) > 1 for places in found)
        middle = median_low(places[0] for places in found) if found else before
        if (
            (not found and share * len(stretch) >= _TELLING)
            or (doubled and doubled * 2 >= len(found))
            or middle < before
        ):
            return next(islice((at for at, letter in enumerate(there) if _is_sure(letter)), before, None), 0)
        before = middle
    return None


def _sure(letters: str) -> str:
    """Letters without their marks, of the scripts above. A shape without a name may come back as any other sign."""
    return "".join(filter(_is_sure, letters))


@cache
def _is_sure(letter: str) -> bool:
    return unicodedata.category(letter) == "Lo" and (has_shaped(letter) or reads_right_to_left(letter))


def _runs(letters: str) -> Iterator[tuple[int, str]]:
    return ((at, letters[at : at + _RUN]) for at in range(len(letters) - _RUN + 1))


def _short_digest(run: str) -> str:
    return sha256(run.encode()).hexdigest()[:12]
