"""A long text in pieces of a paragraph or two, so that what is found can be shown and jumped to."""

from collections.abc import Iterator

from caseapp.library.searching.marking import Span
from caseapp.library.texts.page_text import paragraphs_of

SHORT, LONG = 200, 900  # characters


def pieces_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Pieces between `start` and `end` that cover every word, none of them much longer than `LONG`.

    Lines that follow each other belong together, so that a text whose lines are broken by hand keeps its sentences.
    """
    first = last = None
    for line in paragraphs_of(text, start, end):
        if first is not None and last is not None:
            is_apart = text.count("\n", last, line.start) > 1 and last - first >= SHORT
            if is_apart or line.end - first > LONG:
                yield from _cut(text, first, last)
                first = None
        first = line.start if first is None else first
        last = line.end
    if first is not None and last is not None:
        yield from _cut(text, first, last)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A line without end goes to pieces at its sentences, or at least between its words."""
    while end - start > LONG:
        gap = max(text.rfind(". ", start + SHORT, start + LONG) + 1, 0) or text.rfind(" ", start + SHORT, start + LONG)
        cut = gap if gap > start else start + LONG
        yield Span(start, cut)
        start = cut
    yield Span(start, end)
