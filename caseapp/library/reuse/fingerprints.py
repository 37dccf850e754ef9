"""What of a text goes into the index: few of its runs of words, and its rare figures, names and dates. Pure.

Runs are winnowed: of every eight that follow one another the one with the lowest number is kept, so that two texts
which share eleven words in a row share a fingerprint, wherever these words stand.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from caseapp.library.reuse.signs import Sign

RUN = 4
WINDOW = 8
MOST_SIGNS = 300
_BYTES = 6
"""Numbers of 48 bits take less room than those of 64, and among a hundred million of them few meet by chance."""


def of_words(forms: Sequence[str]) -> set[int]:
    numbers = [number_of(" ".join(forms[at : at + RUN])) for at in range(len(forms) - RUN + 1)]
    return _winnowed(numbers)


def of_signs(signs: Iterable[Sign]) -> set[int]:
    """At most so many, and of two texts the same ones."""
    return set(sorted({number_of(f"{sign.kind}:{sign.value}") for sign in signs if sign.is_rare})[:MOST_SIGNS])


def number_of(what: str) -> int:
    return int.from_bytes(blake2b(what.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest(), "big")


def _winnowed(numbers: list[int]) -> set[int]:
    if len(numbers) <= WINDOW:
        return {min(numbers)} if numbers else set()
    kept: set[int] = set()
    lowest = -1
    for end in range(WINDOW, len(numbers) + 1):
        start = end - WINDOW
        if lowest < start:
            lowest = min(range(start, end), key=lambda at: (numbers[at], -at))
        elif numbers[end - 1] <= numbers[lowest]:
            lowest = end - 1
        kept.add(numbers[lowest])
    return kept
