"""How much of one text another repeats, told by the runs of four words that both have. Pure.

A text of any length is kept as a sketch of bounded size: of its runs of four words, as hashes, the lowest ones. Which
hash a run of words has says nothing about the words, so what two sketches share tells what the texts share.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import combinations

RUN = 4
KEPT = 512
FEWEST = 12
"""With fewer runs than this in common reach, nothing is said: two short notes may share a phrase by chance."""
ALIKE = 0.5
_WORD = re.compile(r"\w+")
_MOST_WORDS = 400_000


@dataclass(frozen=True)
class Sketch:
    """`hashes` are all of the text's up to `bound`."""

    bound: int
    hashes: frozenset[int]


@dataclass(frozen=True)
class Likeness:
    """`share` of the shorter text stands in the other too."""

    one: str
    other: str
    share: float


def sketch(text: str) -> Sketch:
    lowest = nsmallest(KEPT + 1, set(map(_hash, _runs(text))))
    if len(lowest) <= KEPT:
        return Sketch(1 << 64, frozenset(lowest))
    return Sketch(lowest[-2], frozenset(lowest[:-1]))


def share(one: Sketch, other: Sketch) -> float:
    """How much of the shorter one stands in the longer one too, from 0 to 1; 0 where too little is known."""
    bound = min(one.bound, other.bound)
    here, there = _up_to(one, bound), _up_to(other, bound)
    least = min(len(here), len(there))
    return len(here & there) / least if least >= FEWEST else 0.0


def alike(sketches: Mapping[str, Sketch]) -> list[Likeness]:
    """The pairs of which the shorter one stands for the most part in the other, in the order given."""
    pairs = ((one, other, share(sketches[one], sketches[other])) for one, other in combinations(sketches, 2))
    return [Likeness(one, other, common) for one, other, common in pairs if common >= ALIKE]


def _up_to(known: Sketch, bound: int) -> frozenset[int]:
    return known.hashes if known.bound == bound else frozenset(each for each in known.hashes if each <= bound)


def _runs(text: str) -> Iterator[str]:
    words: list[str] = []
    for count, word in enumerate(_words(text)):
        if count == _MOST_WORDS:
            return
        words = [*words[1 - RUN :], word]
        if len(words) == RUN:
            yield " ".join(words)


def _words(text: str) -> Iterable[str]:
    return (match.group().casefold() for match in _WORD.finditer(text))


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
