"""Where is this quote in this text: at one place exactly, at several, moved, or lost. Never a guess.

Offsets count code points of the stored text, half-open. The stored text is in NFC (see `readers.text`); a quote may
come in any form.

*Exact* means code point for code point. Where a quote is not found so, it is looked for again with these treated as
equal: runs of white space; curly and straight quotation marks; hyphens, dashes and runs of them; composed, decomposed
and compatible forms of characters (NFKD: the ellipsis and three points, the ligature fi and its letters); characters
that draw nothing. Upper and lower case stay different, and so do letters with and without an accent. Found so, it has
*moved*: the words are given back as the text has them, for a person to look at.

Places may overlap and each counts: "aa" stands at two places in "aaa". Whatever the text and the quote, the time
taken grows in proportion to their length.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, islice
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.letters import INVISIBLE, MARKS

CONTEXT = 64  # characters kept before and after a quote
MAX_PLACES = 100  # places that an ambiguous finding lists


class Place(NamedTuple):
    start: int
    end: int


class UnusableQuote(ValueError):
    """A quote or a selection that no anchor can be made of; str() says why."""


class BlankQuote(UnusableQuote):
    def __str__(self) -> str:
        return _("There are no words in this selection. Select the passage to be quoted.")


class OutsideText(UnusableQuote):
    def __init__(self, start: int, end: int, length: int) -> None:
        super().__init__(start, end, length)
        self.start, self.end, self.length = start, end, length

    def __str__(self) -> str:
        return _(
            "The selection from %(start)s to %(end)s does not lie in this text of %(length)s characters. "
            "Select the passage again."
        ) % {"start": f"{self.start:,}", "end": f"{self.end:,}", "length": f"{self.length:,}"}


class NoSuchOccurrence(UnusableQuote):
    def __init__(self, occurrence: int, count: int) -> None:
        super().__init__(occurrence, count)
        self.occurrence, self.count = occurrence, count

    def __str__(self) -> str:
        return ngettext(
            "These words stand in the text once; there is no occurrence %(occurrence)s.",
            "These words stand in the text %(count)s times; there is no occurrence %(occurrence)s.",
            self.count,
        ) % {"count": f"{self.count:,}", "occurrence": f"{self.occurrence:,}"}


@dataclass(frozen=True)
class Anchor:
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str

    def to_w3c(self) -> tuple[dict[str, str | int], dict[str, str | int]]:
        """The selectors of the W3C Web Annotation Data Model."""
        return (
            {"type": "TextQuoteSelector", "exact": self.quote, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        )


@dataclass(frozen=True)
class Exact:
    start: int
    end: int


@dataclass(frozen=True)
class Ambiguous:
    """`places` are the first of `count`; `exact` is false where they are equal to the quote only in the wider sense."""

    count: int
    places: tuple[Place, ...]
    exact: bool


@dataclass(frozen=True)
class Moved:
    start: int
    end: int
    found_text: str


@dataclass(frozen=True)
class Lost:
    pass


Finding = Exact | Ambiguous | Moved | Lost


def tidy(text: str, start: int, end: int) -> Place:
    """The selection without white space at its edges: what is stored, and what a person means by a loose drag."""
    if not 0 <= start < end <= len(text):
        raise OutsideText(start, end, len(text))
    selected = text[start:end]
    if not _has_words(selected):
        raise BlankQuote
    return Place(start + len(selected) - len(selected.lstrip()), end - len(selected) + len(selected.rstrip()))


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of a selection, tidied first."""
    start, end = tidy(text, start, end)
    return Anchor(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find(
    text: str, quote: str, prefix: str = "", suffix: str = "", start: int | None = None, occurrence: int | None = None
) -> Finding:
    """Where `quote` stands, without the white space at its edges.

    `occurrence`, counted from 1, says which place is meant. Without it a quote that stands at one place only is there,
    whatever stood around it. Among several places decide `prefix` and `suffix`, if they stand around one place only;
    then `start`, if the quote stands there with that prefix and suffix. Otherwise the finding is ambiguous.

    Raises BlankQuote, and NoSuchOccurrence where the quote stands in the text but not so often.
    """
    return Finder(text).find(quote, prefix, suffix, start, occurrence)


class Finder:
    """`find` in a text that is asked for many quotes: what it takes to look again is made once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _folded(self) -> "_Folded":
        return _Folded(self.text)

    def find(
        self,
        quote: str,
        prefix: str = "",
        suffix: str = "",
        start: int | None = None,
        occurrence: int | None = None,
    ) -> Finding:
        if not _has_words(quote):
            raise BlankQuote
        sought = _tidy_quote(_Sought(quote, prefix, suffix, start, occurrence))
        place = _settle(_Plain(self.text), sought)
        if isinstance(place, Place):
            return Exact(*place)
        if place is None:
            place = _settle(self._folded, sought)
        if isinstance(place, Place):
            return Moved(*place, found_text=self.text[place.start : place.end])
        return place or Lost()


def stand_alike(prefix: str, suffix: str, before: str, after: str) -> bool:
    """Whether what stood around a quote stands around it still, in the wider sense. Of the new text is given at least
    as much as was kept of the old; what begins or ends its text must do so still, or other words frame it now."""
    return _ends_alike(_fold(prefix), _fold(before), len(prefix)) and _ends_alike(
        _fold(suffix)[::-1], _fold(after)[::-1], len(suffix)
    )


def _ends_alike(kept: str, there: str, length: int) -> bool:
    return there.endswith(kept) if length >= CONTEXT else there.strip() == kept.strip()


def occurrence_at(text: str, quote: str, start: int) -> int:
    """Which occurrence of `quote`, counted from 1, stands at `start`: what `find` needs to find it there again."""
    return sum(1 for place in _Plain(text).places(quote) if place.start <= start)


@dataclass(frozen=True)
class _Sought:
    quote: str
    prefix: str
    suffix: str
    start: int | None
    occurrence: int | None


def _has_words(quote: str) -> bool:
    return bool(quote.strip() and _fold(quote).strip())


def _tidy_quote(sought: _Sought) -> _Sought:
    """The quote without the white space at its edges, which goes to the context if there is one."""
    quote = sought.quote.strip()
    before = sought.quote[: len(sought.quote) - len(sought.quote.lstrip())]
    after = sought.quote[len(before) + len(quote) :]
    return _Sought(
        quote,
        sought.prefix and sought.prefix + before,
        sought.suffix and after + sought.suffix,
        None if sought.start is None else sought.start + len(before),
        sought.occurrence,
    )


class _Plain:
    """A text as it is."""

    exact = True

    def __init__(self, text: str) -> None:
        self.text = text

    def places(self, quote: str, prefix: str = "", suffix: str = "") -> Iterator[Place]:
        for start in _starts(self.text, prefix + quote + suffix):
            yield Place(start + len(prefix), start + len(prefix) + len(quote))


class _Folded:
    """A text folded into one form for all that is treated as equal, with the way back to its own offsets."""

    exact = False

    def __init__(self, text: str) -> None:
        self.text = text
        pieces = _pieces(text)
        self.folded = "".join(pieces)
        # begins[i] is where the piece of character i begins in the folded text; the last one is the end of all.
        self.begins = array("L", accumulate(map(len, pieces), initial=0))

    def places(self, quote: str, prefix: str = "", suffix: str = "") -> Iterator[Place]:
        quote, prefix, suffix = _fold(quote), _fold(prefix), _fold(suffix)
        for start in _starts(self.folded, prefix + quote + suffix):
            place = self._unfold(start + len(prefix), start + len(prefix) + len(quote))
            if place:
                yield place

    def _unfold(self, start: int, end: int) -> Place | None:
        """None where a part of a character matched: the e of é, the f of the ligature fi."""
        first = bisect_right(self.begins, start) - 1
        behind = bisect_right(self.begins, end - 1)
        if self.begins[first] != start or self.begins[behind] != end:
            return None
        # What was folded into the last character has no piece of its own, and belongs to the place.
        while behind < len(self.text) and self.begins[behind + 1] == end and _FOLDS_INTO_LEFT.match(self.text, behind):
            behind += 1
        return Place(first, behind)


def _settle(view: _Plain | _Folded, sought: _Sought) -> Place | Ambiguous | None:
    """The one place that is meant, all that may be, or None where there is none."""
    places = list(islice(view.places(sought.quote), MAX_PLACES))
    if not places:
        return None
    if sought.occurrence is not None:
        return _numbered(view, sought.quote, sought.occurrence)
    if len(places) == 1:
        return places[0]
    agreeing = view.places(sought.quote, sought.prefix, sought.suffix)
    return _only_or_stated(agreeing, sought.start) or Ambiguous(_count(view, sought.quote), tuple(places), view.exact)


def _numbered(view: _Plain | _Folded, quote: str, occurrence: int) -> Place:
    place = next(islice(view.places(quote), occurrence - 1, None), None) if occurrence > 0 else None
    if place is None:
        raise NoSuchOccurrence(occurrence, _count(view, quote))
    return place


def _only_or_stated(places: Iterator[Place], start: int | None) -> Place | None:
    first_two = list(islice(places, 2))
    if len(first_two) == 1:
        return first_two[0]
    if start is None:
        return None
    return next((place for place in chain(first_two, places) if place.start == start), None)


def _count(view: _Plain | _Folded, quote: str) -> int:
    return sum(1 for _ in view.places(quote))


def _starts(text: str, words: str) -> Iterator[int]:
    """Every offset at which `words` stand, overlapping or not, in order.

    Looking for the next place anew after each would take quadratic time where the words overlap themselves, as in
    "aaaa…". Where two places lie `step` apart and that is at most half the words' length, the words repeat every
    `step` characters, so the next place is one step on if and only if the text goes on repeating (Fine and Wilf).
    """
    place = text.find(words)
    while place >= 0:
        yield place
        following = text.find(words, place + 1)
        step = following - place
        if 0 < step <= len(words) // 2:
            repeated = words[-step:]
            while text.startswith(repeated, place + len(words)):
                place += step
                yield place
            following = text.find(words, place + 1)
        place = following


_DASHES = "-‐‑‒–—―−﹘﹣－"  # the hyphen first, as a class of a regular expression wants it
_EQUAL = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›´`′ʼ＇", "'"),
    **dict.fromkeys(_DASHES, "-"),
}
_DASH_RUN = re.compile(f"[{_DASHES}]{{2,}}")
_FOLDS_INTO_LEFT = re.compile(f"[{_DASHES}{MARKS}]")
_SPACES_AND_INVISIBLE = re.compile(rf"[\s{INVISIBLE}]+")
_MARK_RUN = re.compile(f"[{MARKS}]+")
_LETTER_WITH_MARKS = re.compile(rf"[^\s{MARKS}]?[{MARKS}]+")


class _Forms(dict[str, str]):
    """The folded form of each character, worked out when it is first met."""

    def __missing__(self, character: str) -> str:
        decomposed = _EQUAL.get(character) or unicodedata.normalize("NFKD", character)
        form = self[character] = "".join(_EQUAL.get(part, part) for part in decomposed)
        return form


_FORMS = _Forms()


def _fold(text: str) -> str:
    return "".join(_pieces(text))


def _pieces(text: str) -> list[str]:
    """For each character what it adds to the folded text; a run that folds into one has it at its first character."""
    pieces = [_FORMS[character] for character in text]
    for run in _SPACES_AND_INVISIBLE.finditer(text):
        _fold_run(pieces, run, " " if any(map(str.isspace, run.group())) else "")
    for run in _DASH_RUN.finditer(text):
        _fold_run(pieces, run, "-")
    if not text.isascii():
        for run in _LETTER_WITH_MARKS.finditer(text):
            _fold_run(pieces, run, _in_canonical_order("".join(pieces[run.start() : run.end()])))
    return pieces


def _fold_run(pieces: list[str], run: re.Match[str], folded: str) -> None:
    start, end = run.span()
    pieces[start:end] = [folded, *[""] * (end - start - 1)]


def _in_canonical_order(decomposed: str) -> str:
    """Unicode's own order of marks, without the quadratic time that `normalize` takes for heaps of them."""
    return _MARK_RUN.sub(lambda run: "".join(sorted(run.group(), key=unicodedata.combining)), decomposed)
