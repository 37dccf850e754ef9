"""Which facts two texts have in common, and how much that says. Pure.

Articles on one topic share their places, people and bodies, and the figures that everybody gives of a country. What
they do not share is most of the figures and days of a report: those belong to its event.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from caseapp.library.reuse.alignment import Text
from caseapp.library.reuse.signs import DATE, NAME, Sign, by_unit

SMALL = 0.5
"""Figures of one or two digits are often the same by chance."""
LEAST = 0.15
"""So much a fact counts that stands all over the library."""
MANY = 12
"""A report may well be told so often. What more texts than that know is known of the topic."""
ENOUGH, MOST = 2.5, 0.6
"""A report told again keeps so many of its figures and days, and most of those of the poorer text."""
ALL = 0.9
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPEECH = re.compile(r"[“\"«][^”\"»\n]{40,}[”\"»]")

_Key = tuple[str, str]
Others = Callable[[str, str], int]
"""Of a fact, by kind and value, in how many texts of the library it stands beside these two."""


@dataclass(frozen=True)
class CommonFacts:
    """`count` weighs each fact by how few other texts have it; `share` is of what the poorer of the two texts has;
    `paragraphs` says over how many of them the common facts are spread, in the text where these are fewer."""

    count: float = 0.0
    share: float = 0.0
    paragraphs: int = 0
    particular: tuple[tuple[int, int], ...] = ()
    """Where the first text gives the day of its event, or lets somebody speak."""

    @property
    def are_of_one_report(self) -> bool:
        """Most of what the poorer text knows, in more places than one. Who reports the same event by himself, or writes
        of it later, has a fact or two of it; a paragraph on the country has its own in one place."""
        return self.count >= ENOUGH and self.share >= (MOST if self.paragraphs > 1 else ALL)

    def is_particular(self, start: int, end: int) -> bool:
        return any(start <= first and last <= end for first, last in self.particular)


def common_facts(
    one: Text, other: Text, mine: Sequence[Sign], theirs: Sequence[Sign], others: Others = lambda _kind, _value: 0
) -> CommonFacts:
    here, there = _facts(mine), _facts(theirs)
    common = here.keys() & there.keys()
    rarity = {(kind, value): _rarity(others(kind, value)) for kind, value in here.keys() | there.keys()}
    poorer = min(_weight(here, rarity), _weight(there, rarity))
    return CommonFacts(
        sum(rarity[key] for key in common),
        _weight({key: here[key] for key in common}, rarity) / poorer if poorer else 0.0,
        min(_spread(one, mine, common), _spread(other, theirs, common)),
        (*_days(one, mine), *(match.span() for match in _SPEECH.finditer(one.text))),
    )


def _facts(signs: Iterable[Sign]) -> dict[_Key, Sign]:
    return {(sign.kind, sign.value): sign for sign in signs if sign.kind != NAME}


def _rarity(others: int) -> float:
    return 1.0 if others < MANY else max(LEAST, 1 - log2(others / MANY) / 3)


def _weight(facts: Mapping[_Key, Sign], rarity: Mapping[_Key, float]) -> float:
    return sum(rarity[key] * (1.0 if sign.is_rare else SMALL) for key, sign in facts.items())


def _spread(text: Text, signs: Sequence[Sign], common: set[_Key]) -> int:
    return sum(not common.isdisjoint(unit) for unit in by_unit(text, list(signs)))


def _days(text: Text, signs: Iterable[Sign]) -> Iterable[tuple[int, int]]:
    """Days without their year: who tells what is past says in which year it was."""
    for sign in signs:
        if sign.kind == DATE and not any(map(_YEAR.fullmatch, text.words.forms[sign.word + 1 : sign.word + 4])):
            yield text.words.spans[sign.word]
