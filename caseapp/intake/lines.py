"""Words put together to the lines of a text: paragraphs parted by an empty line, items and rows under one another.

The text of web pages and Word files is made so. Runs of the white space that HTML does not show become one space. Hints
that are no letters (soft hyphens, control characters) are dropped; what an old page wrote in numbers that stand for
controls is read as browsers read it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BETWEEN_CELLS = " | "
_SPACES = re.compile(r"[ \t\r\n\f]+")
# 0x80 to 0x9F, as Windows has them: &#146; is an apostrophe.
_WINDOWS = {code: bytes([code]).decode("windows-1252", "ignore") or None for code in range(0x80, 0xA0)}
_DROPPED = dict.fromkeys((*range(0x20), 0x7F, 0xAD, 0xFEFF, *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0)))
_NO_CHARACTER = {plane * 0x10000 + last: None for plane in range(17) for last in (0xFFFE, 0xFFFF)}
_AS_BROWSERS_DO = {**_WINDOWS, **_DROPPED, **_NO_CHARACTER, 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True)
class Line:
    """`level` is 1 to 6 where it is a heading; `is_apart` says that a paragraph begins with it."""

    text: str
    level: int = 0
    is_apart: bool = False


class Lines:
    def __init__(self) -> None:
        self.written: list[Line] = []
        self._words: list[str] = []
        self._level = 0
        self._is_apart = False

    def words(self, text: str) -> None:
        self._words.append(text)

    def heading(self, level: int) -> None:
        """What follows, up to the next call, is a heading; 0 ends that."""
        self._level = level

    def end_line(self) -> None:
        line = shown("".join(self._words))
        self._words.clear()
        if line:
            self.written.append(Line(line, self._level, self._is_apart))
            self._is_apart = False

    def end_paragraph(self) -> None:
        self.end_line()
        self._is_apart = True

    def is_at_start(self) -> bool:
        return not any(words.strip() for words in self._words)


@dataclass(frozen=True)
class Written:
    text: str
    headings: tuple[tuple[int, int, int], ...]


def written(lines: Iterable[Line]) -> Written:
    pieces: list[str] = []
    headings, place = [], 0
    for line in lines:
        if pieces:
            pieces.append("\n\n" if line.is_apart else "\n")
            place += len(pieces[-1])
        pieces.append(line.text)
        if line.level:
            headings.append((place, place + len(line.text), line.level))
        place += len(line.text)
    return Written("".join(pieces), tuple(headings))


def parted(lines: Sequence[Line], kept: Iterable[int]) -> list[Line]:
    """The lines with these numbers; where others stood between two of them, a paragraph begins."""
    chosen: list[Line] = []
    last = -1
    for number in sorted(kept):
        line = lines[number]
        is_apart = any(between.is_apart for between in lines[last + 1 : number + 1]) or number != last + 1
        chosen.append(Line(line.text, line.level, is_apart))
        last = number
    return chosen


def shown(text: str) -> str:
    line = _SPACES.sub(" ", text).strip(" ")
    if not line.isascii() or not line.isprintable():
        line = _SPACES.sub(" ", line.translate(_AS_BROWSERS_DO)).strip(" ")
    return unicodedata.normalize("NFC", line)
