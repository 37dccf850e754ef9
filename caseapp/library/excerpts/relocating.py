"""Where a passage that was quoted from one version of a text stands in a newer one, for a person to look at.

`anchors` says how it stands there. Where the words are gone, the passage that has most of them is shown, and it is
only that: something to look at. Nobody but a person ever says that it is the same.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import Enum
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz

from caseapp.library.excerpts.anchors import Ambiguous, Exact, Finder, Lost, Moved, Place, stand_alike

AROUND = 160  # characters shown on each side
MOST_SHOWN = 5  # places of those that may be meant
_ALIKE = 60  # of 100: less is no help to whoever looks
_NEAREST = 3  # paragraphs that are looked at letter by letter
_LONGEST = 4_000  # characters of a paragraph and of a quote that are
_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"\w{3,}")
_PARAGRAPH = re.compile(r"[^\n]+")


class Standing(Enum):
    """REFRAMED: word for word, but what stands around it is other than it was, and may turn what it says."""

    EXACT = "exact"
    REFRAMED = "reframed"
    AMBIGUOUS = "ambiguous"
    MOVED = "moved"
    LOST = "lost"


@dataclass(frozen=True)
class Candidate:
    """A place of the newer text with what stands around it."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Relocation:
    """`count` is how often the words stand there, of which `places` are the first."""

    standing: Standing
    count: int
    places: tuple[Candidate, ...]

    @property
    def as_plain(self) -> dict[str, Any]:
        places = [asdict(place) for place in self.places]
        return {"standing": self.standing.value, "count": self.count, "places": places}


def around(text: str, place: Place) -> tuple[str, str]:
    return text[max(0, place.start - AROUND) : place.start], text[place.end : place.end + AROUND]


class NewerText:
    """A text that is asked for many passages of an older version."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._finder = Finder(text)

    def relocate(self, quote: str, prefix: str, suffix: str) -> Relocation:
        match self._finder.find(quote, prefix, suffix):
            case Exact(start, end):
                is_alike = stand_alike(prefix, suffix, *around(self.text, Place(start, end)))
                return self._found(Standing.EXACT if is_alike else Standing.REFRAMED, 1, [Place(start, end)])
            case Ambiguous(count, places, _):
                return self._found(Standing.AMBIGUOUS, count, list(places[:MOST_SHOWN]))
            case Moved(start, end, _):
                return self._found(Standing.MOVED, 1, [Place(start, end)])
            case Lost():
                return self._found(Standing.LOST, 0, self._nearest(quote))

    def _found(self, standing: Standing, count: int, places: list[Place]) -> Relocation:
        return Relocation(standing, count, tuple(self._shown(*place) for place in places))

    def _shown(self, start: int, end: int) -> Candidate:
        before, after = around(self.text, Place(start, end))
        return Candidate(start, end, before, self.text[start:end], after)

    @cached_property
    def _paragraphs(self) -> list[tuple[Place, Counter[str]]]:
        found = _PARAGRAPH.finditer(self.text)
        return [(Place(*one.span()), Counter(_words(one.group()))) for one in found]

    def _nearest(self, quote: str) -> list[Place]:
        """The stretch of the text that is most like the quote, if any is."""
        if len(quote) > _LONGEST:
            return []
        wanted = Counter(_words(quote))
        shared = [((wanted & words).total(), place) for place, words in self._paragraphs]
        likely = sorted((row for row in shared if row[0]), key=lambda row: (-row[0], row[1].start))[:_NEAREST]
        alike = [found for _count, place in likely if (found := self._stretch(quote, place))]
        return [max(alike, key=lambda found: found[0])[1]] if alike else []

    def _stretch(self, quote: str, place: Place) -> tuple[float, Place] | None:
        paragraph = self.text[place.start : min(place.end, place.start + _LONGEST)]
        found = fuzz.partial_ratio_alignment(quote, paragraph, score_cutoff=_ALIKE)
        if found is None or found.dest_end <= found.dest_start:
            return None
        start, end = _whole_words(paragraph, *_to_its_ends(quote, paragraph, found.dest_start, found.dest_end))
        return (found.score, Place(place.start + start, place.start + end)) if start < end else None


def _words(text: str) -> Iterator[str]:
    return (word.group().casefold() for word in _WORD.finditer(text))


def _to_its_ends(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch grown to the quote's first and last word, where words that came in between pushed one out of it."""
    reach = max(len(quote) // 3, 20)
    low, high = max(0, start - reach), min(len(text), end + reach)
    there = [word.span() for word in _ANY_WORD.finditer(text, low, high)]
    wanted = _ANY_WORD.findall(quote)
    matcher = SequenceMatcher(None, wanted, [text[slice(*span)] for span in there], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if blocks and blocks[0].a == 0:
        start = min(start, there[blocks[0].b][0])
    if blocks and blocks[-1].a + blocks[-1].size == len(wanted):
        end = max(end, there[blocks[-1].b + blocks[-1].size - 1][1])
    return start, end


def _whole_words(text: str, start: int, end: int) -> Place:
    """The stretch grown to where its first and last words begin and end, without what stands around words."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Place(start, end)
