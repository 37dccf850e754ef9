"""Rules that suggest a theme: a word, a phrase, or a pattern.

A pattern is words in a row, of which any may end in an asterisk for whatever endings, and `near/5` between rows that
stand at most five words apart, in either order: `off duty near/10 kill*`. That is all there is, so that no rule takes
long: nothing here is a regular expression that a person wrote. Case, accents and endings make no difference.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _

from caseapp.library.suggesting.stems import Stem, stems_of

MOST_WORDS = 12
FARTHEST = 50
LEAST_PREFIX = 3
_NEAR = re.compile(r"near/(\d{1,3})", re.IGNORECASE)


class UnusableRule(ValueError):
    """str() says what is wrong with it, for the person who typed it."""


class Span(NamedTuple):
    """Words of a passage, by their numbers, half-open."""

    first: int
    end: int


@dataclass(frozen=True)
class _Word:
    form: str
    is_prefix: bool

    def fits(self, stem: Stem) -> bool:
        return stem.plain.startswith(self.form) if self.is_prefix else stem.form == self.form


@dataclass(frozen=True)
class Rule:
    """Rows of words; between each and the next at most as many other words as `gaps` says."""

    rows: tuple[tuple[_Word, ...], ...]
    gaps: tuple[int, ...]

    def may_match(self, forms: Set[str]) -> bool:
        """Cheaper than looking: whether the passage has all the words without an asterisk."""
        return all(word.is_prefix or word.form in forms for row in self.rows for word in row)

    def match(self, stems: Sequence[Stem]) -> list[Span]:
        """Where it stands in a passage: for each place of the first row the nearest of the others."""
        found = _places(self.rows[0], stems)
        for row, gap in zip(self.rows[1:], self.gaps, strict=True):
            found = _joined(found, _places(row, stems) if found else [], gap)
        return found


@lru_cache(maxsize=4096)
def read_rule(kind: str, text: str, language: str) -> Rule:
    """Raises UnusableRule. The language is that of the passage, by whose endings both are compared."""
    if kind != "pattern":
        row = tuple(_Word(stem.form, is_prefix=False) for stem in stems_of(text, language))
        if kind == "word" and len(row) > 1:
            raise UnusableRule(_("This is more than one word. Choose “Phrase” for words in a row."))
        return _checked(Rule((row,), ()))
    parts = _NEAR.split(text)
    gaps = tuple(int(number) for number in parts[1::2])
    if any(not 1 <= gap <= FARTHEST for gap in gaps):
        raise UnusableRule(_("Words can be 1 to %(n)d words apart, as in near/5.") % {"n": FARTHEST})
    return _checked(Rule(tuple(_row(part, language) for part in parts[::2]), gaps))


def _row(text: str, language: str) -> tuple[_Word, ...]:
    words: list[_Word] = []
    for written in text.split():
        is_prefix = written.endswith("*")
        stems = stems_of(written.removesuffix("*"), language)
        if "*" in written.removesuffix("*") or (is_prefix and (not stems or len(stems[-1].plain) < LEAST_PREFIX)):
            raise UnusableRule(
                _("An asterisk stands at the end of a word, after at least %(n)d letters, as in kill*.")
                % {"n": LEAST_PREFIX}
            )
        words.extend(_Word(stem.form, is_prefix=False) for stem in stems)
        if is_prefix:
            words[-1] = _Word(stems[-1].plain, is_prefix=True)
    return tuple(words)


def _checked(rule: Rule) -> Rule:
    if not all(rule.rows):
        if rule.gaps:
            raise UnusableRule(_("On each side of near/5 there must be words."))
        raise UnusableRule(_("There are no words in this rule."))
    if sum(map(len, rule.rows)) > MOST_WORDS:
        raise UnusableRule(_("A rule can have up to %(n)d words.") % {"n": MOST_WORDS})
    return rule


def _places(row: Sequence[_Word], stems: Sequence[Stem]) -> list[Span]:
    return [
        Span(first, first + len(row))
        for first in range(len(stems) - len(row) + 1)
        if all(word.fits(stem) for word, stem in zip(row, stems[first : first + len(row)], strict=True))
    ]


def _joined(ones: Sequence[Span], others: Sequence[Span], gap: int) -> list[Span]:
    """Each of the ones with the nearest of the others, where at most `gap` words stand between the two."""
    starts, ends = [other.first for other in others], [other.end for other in others]
    found = []
    for one in ones:
        after, before = bisect_left(starts, one.end), bisect_right(ends, one.first) - 1
        neighbours = [*others[max(0, before) : before + 1], *others[after : after + 1]]
        beside = [Span(min(one.first, other.first), max(one.end, other.end)) for other in neighbours]
        near = [span for span, other in zip(beside, neighbours, strict=True) if _between(one, other) <= gap]
        if near:
            found.append(min(near, key=lambda span: span.end - span.first))
    return found


def _between(one: Span, other: Span) -> int:
    return max(other.first - one.end, one.first - other.end)
