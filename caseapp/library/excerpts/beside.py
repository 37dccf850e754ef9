"""A passage with what stands around it, as it was quoted and as a newer text has it, with what differs marked. Pure."""

import re
from dataclasses import dataclass

from caseapp.library.texts.rewording import Piece, beside

_AT_ITS_START = re.compile(r"\A\S*\s+")
_AT_ITS_END = re.compile(r"(?<=\s)\S+\Z")


@dataclass(frozen=True)
class Side:
    before: list[Piece]
    words: list[Piece]
    after: list[Piece]


def sides(prefix: str, quote: str, suffix: str, place: dict[str, str]) -> tuple[Side, Side]:
    """`place` is a place of the newer text, which shows more around it than was kept of the older one."""
    before, newer_before = beside(_from_a_word(prefix), _from_a_word(place["before"]))
    words, newer_words = beside(quote, place["words"])
    after, newer_after = beside(_to_a_word(suffix), _to_a_word(place["after"]))
    _unmark(before, newer_before, 0)
    _unmark(after, newer_after, -1)
    return Side(before, words, after), Side(newer_before, newer_words, newer_after)


def _unmark(old: list[Piece], new: list[Piece], end: int) -> None:
    """What is shown on one side alone, for more is shown there, is no change."""
    if old and new and old[end].kind == "same" and new[end].kind == "new":
        new[end] = Piece("same", new[end].words)


def _from_a_word(text: str) -> str:
    """Without the piece of a word at which it was cut."""
    return _AT_ITS_START.sub("", text)


def _to_a_word(text: str) -> str:
    return _AT_ITS_END.sub("", text)
