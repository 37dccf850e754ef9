"""Pages as people name them: 3-5, 9. Pure."""

import re

_RANGE = re.compile(r"\s*([0-9]{1,6})(?:\s*[-–—]\s*([0-9]{1,6}))?\s*")


class PagesUnclear(ValueError):
    """The words do not name pages of this document."""


def page_numbers(words: str, count: int) -> tuple[int, ...]:
    """`3-5, 9` → (3, 4, 5, 9): each page once, in the order of the document. `count` is how many pages there are."""
    numbers: set[int] = set()
    for piece in words.replace(";", ",").split(","):
        found = _RANGE.fullmatch(piece)
        if found is None:
            raise PagesUnclear(words)
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= count:
            raise PagesUnclear(words)
        numbers.update(range(first, last + 1))
    return tuple(sorted(numbers))


def page_words(numbers: tuple[int, ...]) -> str:
    """(3, 4, 5, 9) → `3–5, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
