"""Words that a line end divides: joined where the hyphen is surely the typesetter's, left as printed where it is not.

A hyphen too many can be seen; a compound joined by mistake is a word that nobody wrote. So the document itself is
asked: a word that it prints whole elsewhere is joined, a compound that it prints elsewhere keeps its hyphen. Where it
says nothing of a word, the hyphen falls only if the document is known to divide words, and both halves mean nothing
by themselves in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.intake.pdf.letters import Word

MARK = "\x1f"
"""Stands between a hyphen that ends a line and the next line's first word, until it is settled."""

_TYPESETTERS = "\u2010"
_HYPHENS = "-\u2010"
_CLASS = re.escape(_HYPHENS)
# Not in an address, whose hyphens are all its own.
_DIVIDED = re.compile(rf"(?<![\w/@.{_CLASS}])([^\W\d_]+(?:[{_CLASS}][^\W\d_]+)*)([{_CLASS}]){MARK}([^\W\d_]+)?")
_WORD = re.compile(rf"(?<![\w{_CLASS}])[^\W\d_]+(?![\w{_CLASS}])")
_COMPOUND = re.compile(rf"(?<![\w{_CLASS}])[^\W\d_]+(?:[{_CLASS}][^\W\d_]+)+(?![\w{_CLASS}])")
_LISTING = frozenset({"and", "or", "to", "y", "o", "e", "u", "et", "ou", "und", "oder", "bis"})
# Beginnings that English, Spanish, French and Portuguese set before a hyphen of its own.
_BEGINNINGS_WRITTEN = """
all anti auto bi by co contra counter cross cuasi de demi euro ex extra far foot full half hetero hyper infra inter
intra in long macro mega meta micro mid mini mono multi narco near neo neuro no non off old on over out para pan paleo
petro poly post pre pro proto pseudo quasi re self semi short sin sub super tele trans tri ultra un under uni up vice
well
"""
_BEGINNINGS = frozenset(_BEGINNINGS_WRITTEN.split())
_OWN_TYPESETTERS = re.compile(rf"[^\W\d_]{_TYPESETTERS}[^\W\d_]")
_PROVEN = 3
_SHORTEST = 2


@dataclass(frozen=True)
class Settled:
    """`kept` counts the words whose hyphen may be the typesetter's and was left."""

    pages: list[str]
    kept: int


def ends_with_hyphen(word: Word) -> bool:
    return len(word.text) > 1 and word.text[-1] in _HYPHENS and word.text[-2].isalpha()


def settle(pages: Sequence[str]) -> Settled:
    """The pages without the marks."""
    if not any(MARK in page for page in pages):
        return Settled(list(pages), 0)
    known = _known(pages)
    kept = 0

    def settled(divided: re.Match[str]) -> str:
        nonlocal kept
        left, hyphen, right = divided.group(1), divided.group(2), divided.group(3) or ""
        if right.casefold() in _LISTING:
            return f"{left}{hyphen} {right}"
        if right[:1].islower():
            if known.is_surely_one_word(left, hyphen, right):
                return left + right
            kept += not known.is_compound(left, right)
        return left + hyphen + right

    done = [_DIVIDED.sub(settled, page).replace(MARK, "") for page in pages]
    return Settled(done, kept)


@dataclass(frozen=True)
class _Known:
    """What a document says of its words: those it prints whole, and its compounds, in small letters."""

    words: frozenset[str]
    compounds: frozenset[str]
    has_own_typesetters: bool
    divides: bool

    def is_compound(self, left: str, right: str) -> bool:
        return _plain(f"{left}-{right}") in self.compounds

    def is_surely_one_word(self, left: str, hyphen: str, right: str) -> bool:
        if self.is_compound(left, right):
            return False
        if hyphen == _TYPESETTERS and not self.has_own_typesetters:
            return True
        if _plain(left + right) in self.words:
            return True
        halves = (_plain(left), _plain(right))
        return (
            self.divides
            and halves[0].isalpha()
            and halves[0] not in _BEGINNINGS
            and min(map(len, halves)) >= _SHORTEST
            and self.words.isdisjoint(halves)
        )


def _known(pages: Sequence[str]) -> _Known:
    words: set[str] = set()
    compounds: set[str] = set()
    divided: set[tuple[str, str]] = set()
    has_own = False
    for page in pages:
        rest = _DIVIDED.sub(" ", page)
        words.update(map(_plain, _WORD.findall(rest)))
        compounds.update(map(_plain, _COMPOUND.findall(rest)))
        divided.update((found[0], found[2]) for found in _DIVIDED.findall(page))
        has_own = has_own or bool(_OWN_TYPESETTERS.search(rest))
    proven = sum(_plain(left + right) in words for left, right in divided)
    own = sum(_plain(f"{left}-{right}") in compounds for left, right in divided)
    divides = proven >= _PROVEN and proven > 2 * own
    return _Known(frozenset(words), frozenset(compounds), has_own, divides)


def _plain(word: str) -> str:
    return word.casefold().replace(_TYPESETTERS, "-")
