"""Colours for new themes: far apart, and dark and bright enough to be seen on white paper and on a dark screen."""

from collections import Counter
from collections.abc import Iterable

PALETTE = (
    "#b8860b",
    "#3a87c2",
    "#3f9a52",
    "#c25a9a",
    "#d0653a",
    "#1f9a9a",
    "#8170d6",
    "#d0525c",
    "#7f8c2a",
    "#a97850",
    "#7f8a94",
    "#5d8f7a",
)


def next_colour(used: Iterable[str]) -> str:
    """The first colour that no theme has; when all are taken, the first of those that the fewest have."""
    counts = Counter(used)
    return min(PALETTE, key=lambda colour: counts[colour])
