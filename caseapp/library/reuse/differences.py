"""Where two tellings of one passage differ, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+(?:[.,’']\w+)*|[^\w\s]+")
_LEVELLED = str.maketrans("’‘“”–—", "''\"\"--")


@dataclass(frozen=True)
class Piece:
    text: str
    differs: bool


def side_by_side(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Both, cut where they begin to differ and to agree again; joined, the pieces of each are that text."""
    mine, theirs = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    matcher = SequenceMatcher(
        None,
        [match.group().translate(_LEVELLED) for match in mine],
        [match.group().translate(_LEVELLED) for match in theirs],
        autojunk=False,
    )
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    return (
        _pieces(one, mine, [(first, last) for _tag, first, last, _j, _k in changes]),
        _pieces(other, theirs, [(first, last) for _tag, _i, _j, first, last in changes]),
    )


def _pieces(text: str, words: list[re.Match[str]], changed: list[tuple[int, int]]) -> list[Piece]:
    pieces, place = [], 0
    for first, last in changed:
        if first < last:
            start, end = words[first].start(), words[last - 1].end()
            pieces.append(Piece(text[place:start], differs=False))
            pieces.append(Piece(text[start:end], differs=True))
            place = end
    pieces.append(Piece(text[place:], differs=False))
    return [piece for piece in pieces if piece.text]
