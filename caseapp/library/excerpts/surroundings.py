"""The paragraphs around a passage, which whoever checks it must have before their eyes. Pure.

A paragraph is a line with words. A text without line breaks is one paragraph, however long, so no more than `MOST`
characters of it are taken on either side.
"""

from dataclasses import dataclass

from caseapp.library.excerpts.anchors import Place

MOST = 4_000


@dataclass(frozen=True)
class Surroundings:
    """From `start` to `end` of the text: the paragraph before, those of the passage, the paragraph after. At the edge
    of the article there is none before or after it. `is_cut` where a paragraph was too long to be taken whole."""

    start: int
    end: int
    begins_article: bool
    ends_article: bool
    is_cut_before: bool
    is_cut_after: bool


def surroundings(text: str, article: Place, passage: Place) -> Surroundings:
    start, begins, cut_before = _before(text, article.start, passage.start)
    end, ends, cut_after = _after(text, article.end, passage.end)
    return Surroundings(start, end, begins, ends, cut_before, cut_after)


def _before(text: str, low: int, passage: int) -> tuple[int, bool, bool]:
    """Where the paragraph before begins; whether the article has none; whether it is cut."""
    own = _line_start(text, low, passage)
    if passage - own > MOST:
        return passage - MOST, False, True
    above = max(low, own - MOST)
    words = text[above:own].rstrip()
    if not words:
        return own, above == low, above != low
    start = above + words.rfind("\n") + 1
    return start, False, start == above != _line_start(text, low, above)


def _after(text: str, high: int, passage: int) -> tuple[int, bool, bool]:
    own = _line_end(text, high, passage)
    if own - passage > MOST:
        return passage + MOST, False, True
    below = min(high, own + MOST)
    rest = text[own:below]
    words = rest.lstrip()
    if not words:
        return own, below == high, below != high
    end = _line_end(text, below, below - len(words))
    return end, False, end == below != _line_end(text, high, below)


def _line_start(text: str, low: int, place: int) -> int:
    return max(low, text.rfind("\n", low, place) + 1)


def _line_end(text: str, high: int, place: int) -> int:
    found = text.find("\n", place, high)
    return high if found == -1 else found
