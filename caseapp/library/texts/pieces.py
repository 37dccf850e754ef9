"""A long text in pieces, so that a report of hundreds of pages need not be sent at once. Pure.

A piece begins where a line begins, so that no paragraph is cut; together the pieces are the text, nothing left out.
"""

from bisect import bisect_right
from collections.abc import Iterable

from caseapp.library.excerpts.anchors import Place

SIZE = 24_000  # characters: some eight printed pages


def pieces_of(text: str, start: int, end: int, size: int = SIZE) -> list[Place]:
    """Of about `size` characters each; one line that is longer stays whole."""
    edges = [start]
    while end - edges[-1] > size + size // 2:
        line_end = text.find("\n", edges[-1] + size - 1, end - 1)
        if line_end < 0:
            break
        edges.append(line_end + 1)
    return [Place(*edge) for edge in zip(edges, [*edges[1:], end], strict=True)]


def piece_at(pieces: list[Place], place: int) -> Place:
    """The piece that holds a place of the text; the first or the last for what lies before or behind all of them."""
    return pieces[max(bisect_right(pieces, place, key=lambda piece: piece.start) - 1, 0)]


def pieces_touching(pieces: list[Place], ranges: Iterable[Place]) -> list[Place]:
    """The pieces that hold something of one of the ranges."""
    wanted = list(ranges)
    return [piece for piece in pieces if any(piece.start < last and first < piece.end for first, last in wanted)]
