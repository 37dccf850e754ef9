"""What became of words: which stayed, which went, which came. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"\S+\s*|\s+")
_MOST = 800  # words compared one by one; longer stretches are shown as gone and come
_KEPT = 6  # words that stayed, shown on either side of a change


class Piece(NamedTuple):
    kind: Literal["same", "gone", "new", "left out"]
    words: str


def rewording(old: str, new: str) -> list[Piece]:
    """From the one to the other; of long stretches that stayed, only the words next to a change."""
    return list(_shortened(_pieces(_WORD.findall(old), _WORD.findall(new))))


def beside(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """All of the one and all of the other, to be read side by side: here what went is marked, there what came."""
    pieces = _pieces(_WORD.findall(old), _WORD.findall(new))
    return [piece for piece in pieces if piece.kind != "new"], [piece for piece in pieces if piece.kind != "gone"]


def _pieces(old: list[str], new: list[str]) -> list[Piece]:
    head = _shared(old, new)
    tail = _shared(old[head:][::-1], new[head:][::-1])
    gone, come = old[head : len(old) - tail], new[head : len(new) - tail]
    middle = _compared(gone, come) if max(len(gone), len(come)) <= _MOST else _piece("gone", gone) + _piece("new", come)
    return _piece("same", old[:head]) + middle + _piece("same", old[len(old) - tail :])


def _shared(one: list[str], other: list[str]) -> int:
    """How many words they begin with in common."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _compared(old: list[str], new: list[str]) -> list[Piece]:
    found: list[Piece] = []
    for kind, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _piece("same", old[low:high])
        else:
            found += _piece("gone", old[low:high]) + _piece("new", new[start:end])
    return found


def _piece(kind: Literal["same", "gone", "new"], words: list[str]) -> list[Piece]:
    return [Piece(kind, "".join(words))] if words else []


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    for number, piece in enumerate(pieces):
        words = _WORD.findall(piece.words)
        before, after = number > 0, number < len(pieces) - 1
        if piece.kind != "same" or len(pieces) == 1 or len(words) <= _KEPT * (before + after) + 1:
            yield piece
            continue
        if before:
            yield Piece("same", "".join(words[:_KEPT]))
        yield Piece("left out", " … ")
        if after:
            yield Piece("same", "".join(words[-_KEPT:]))
