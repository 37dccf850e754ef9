"""The words of a PDF page as PDFium gives them: letters in the order of the file, each with its box in page space.

PDFium names a character for nearly every shape, spells ligatures out, and turns right-to-left runs round to the order
in which they are read. What it gets wrong is mended here, and what stands for no character is said to be so.
"""

import math
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_double, create_string_buffer
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

UNKNOWN = "\ufffd"
LINE_END_HYPHEN = "\u2010\n"
"""What a word ends with where its hyphen is the last thing on a line: it may be the word's own, or the typesetter's."""

_END_OF_LINE = 0x02  # PDFium's code for such a hyphen
_HYPHEN = "-"
# The usual bullets of Word and its symbol fonts, which have no other code.
_SYMBOLS = {
    0xF0B7: "\u2022",
    0xF0A7: "\u25aa",
    0xF076: "\u2756",
    0xF0D8: "\u27a2",
    0xF0FC: "\u2713",
    0xF0E0: "\u2192",
    0xF02D: "-",
}
# Accents that stand by themselves, and those that stand on a letter.
_ACCENTS = {
    "\u0060": "\u0300",
    "\u02cb": "\u0300",
    "\u00b4": "\u0301",
    "\u02ca": "\u0301",
    "\u005e": "\u0302",
    "\u02c6": "\u0302",
    "\u02dc": "\u0303",
    "\u00af": "\u0304",
    "\u02d8": "\u0306",
    "\u02d9": "\u0307",
    "\u00a8": "\u0308",
    "\u02da": "\u030a",
    "\u02dd": "\u030b",
    "\u02c7": "\u030c",
    "\u00b8": "\u0327",
    "\u02db": "\u0328",
}
_DOTLESS = str.maketrans("ıȷ", "ij")
_DROPPED = frozenset((0x00AD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF))
_MOST_ABOVE = 4.0  # times the height of a drawn letter, beyond which the height that a font claims is not believed
_NO_CHARACTERS = frozenset({"Co", "Cn", "Cs"})
_LEAST_HEIGHT = 0.01  # points
_LEAST_INK = 0.05  # of the height that a font claims
_JOINS_NONE_AFTER = frozenset("\u0621\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0649\u0671")
_HEAVY = (b"bold", b"black", b"heavy", b"demi")
_QUARTER = math.pi / 2
_UPRIGHT_WITHIN = 0.05


class Box(NamedTuple):
    """In points of page space, from the lower left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Word:
    """Letters without white space between them, on one line. `boxes` has one for each code point of `text`.

    `turn` counts quarter turns to the left in which the text runs, or is None for text that stands askew. The four
    edges are seen from the text's own direction: x grows with the line, y grows upwards. `order` is its place in the
    file, and `follows` says that it stands next to the word before it, with nothing between.
    """

    text: str
    boxes: list[Box]
    turn: int | None
    order: int
    follows: bool
    ends_line: bool = False
    is_bold: bool = False
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0

    def place(self) -> None:
        seen = [as_read(box, self.turn) for box in self.boxes]
        self.x0, self.x1 = min(box.left for box in seen), max(box.right for box in seen)
        self.y0, self.y1 = min(box.bottom for box in seen), max(box.top for box in seen)

    @property
    def height(self) -> float:
        return self.y1 - self.y0


def as_read(box: Box, turn: int | None) -> Box:
    """A box of page space as it lies for who reads along a text that is turned so."""
    if turn == 1:
        return Box(box.bottom, -box.right, box.top, -box.left)
    if turn == 2:
        return Box(-box.right, -box.top, -box.left, -box.bottom)
    if turn == 3:
        return Box(-box.top, box.left, -box.bottom, box.right)
    return box


def on_page(box: Box, turn: int | None) -> Box:
    """The way back from `as_read`."""
    return as_read(box, {1: 3, 3: 1}.get(turn or 0, turn))


def words_of(textpage: Any) -> list[Word]:
    words: list[Word] = []
    for characters, follows in _runs(textpage):
        words.extend(_words(textpage, characters, len(words), follows=follows))
    return words


class _Character(NamedTuple):
    number: int  # PDFium's
    text: str
    box: Box


def _runs(textpage: Any) -> Iterator[tuple[list[_Character], bool]]:
    """Characters without white space between, and whether nothing stood between them and those before."""
    run: list[_Character] = []
    follows = False
    for character in _characters(textpage):
        if character.text == " ":
            if run:
                yield run, follows
            run, follows = [], False
            continue
        run.append(character)
        if character.text == LINE_END_HYPHEN:
            yield run, follows
            run, follows = [], False
    if run:
        yield run, follows


def _characters(textpage: Any) -> Iterator[_Character]:
    found = pdfium.FS_RECTF()
    total = pdfium.FPDFText_CountChars(textpage)
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    index = 0
    while index < total:
        first = index
        code = unicode_of(textpage, index)
        index += 1
        if 0xD800 <= code < 0xDC00 and index < total:
            low = unicode_of(textpage, index)
            if 0xDC00 <= low < 0xE000:
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
                index += 1
        text = _said(textpage, first, code)
        if text:
            box_of(textpage, first, found)
            yield _Character(first, text, Box(found.left, found.bottom, found.right, found.top))


def _said(textpage: Any, index: int, code: int) -> str:
    """What a character code stands for: a character, white space, `LINE_END_HYPHEN`, `UNKNOWN`, or nothing."""
    if 0x20 < code < 0x7F:
        return chr(code)
    if code == _END_OF_LINE:
        return LINE_END_HYPHEN
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    if code in _DROPPED:
        return ""
    character = chr(code) if code <= sys.maxunicode else UNKNOWN
    if character.isspace():
        return " "
    if 0xFB00 <= code < 0xFDD0 or 0xFE70 <= code < 0xFEFD:
        return unicodedata.normalize("NFKC", character).replace(" ", "")
    category = unicodedata.category(character)
    if category == "Cc":
        return UNKNOWN if _has_ink(textpage, index) else ""
    return UNKNOWN if category in _NO_CHARACTERS else character


def _has_ink(textpage: Any, index: int) -> bool:
    box = _drawn_box(textpage, index)
    return box.right > box.left and box.top > box.bottom


def _drawn_box(textpage: Any, index: int) -> Box:
    left, right, bottom, top = (c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return Box(left.value, bottom.value, right.value, top.value)


def _words(textpage: Any, run: Sequence[_Character], order: int, *, follows: bool) -> Iterator[Word]:
    """The run, cut wherever it leaves its line."""
    turn = _turn(textpage, run[0].number)
    run = _believable(textpage, run, turn)
    piece: list[_Character] = []
    for character in run:
        if piece and not _goes_on(piece[-1].box, character.box, turn):
            yield _word(textpage, piece, turn, order, follows=follows)
            piece, order, follows = [], order + 1, True
        piece.append(character)
    yield _word(textpage, piece, turn, order, follows=follows)


def _turn(textpage: Any, index: int) -> int | None:
    """PDFium counts angles clockwise."""
    angle = -pdfium.FPDFText_GetCharAngle(textpage, index)
    quarters = round(angle / _QUARTER)
    return quarters % 4 if abs(angle - quarters * _QUARTER) < _UPRIGHT_WITHIN else None


def _believable(textpage: Any, run: Sequence[_Character], turn: int | None) -> Sequence[_Character]:
    """Some fonts claim no height, or that of a whole page; then the drawn shapes tell where the letters are.

    Where nothing is drawn that would tell, as with fonts that the file does not hold, the size of the font does.
    """
    sample = next((character for character in run if character.text.isalnum()), run[0])
    height = _height(as_read(sample.box, turn))
    ink = _height(as_read(_drawn_box(textpage, sample.number), turn))
    if ink < max(_LEAST_HEIGHT, height * _LEAST_INK):
        size = _size(textpage, sample.number)
        if 0.5 * size <= height <= _MOST_ABOVE * size:
            return run
        return [character._replace(box=_of_size(character.box, turn, size)) for character in run]
    if height >= _LEAST_HEIGHT and (not sample.text.isalnum() or ink * 0.5 <= height <= ink * _MOST_ABOVE):
        return run
    return [character._replace(box=_drawn_box(textpage, character.number)) for character in run]


def _height(box: Box) -> float:
    return box.top - box.bottom


def _size(textpage: Any, number: int) -> float:
    """Of a letter, from the font's size and how the page stretches it."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage, number, matrix)
    return float(pdfium.FPDFText_GetFontSize(textpage, number)) * math.hypot(matrix.c, matrix.d)


def _of_size(box: Box, turn: int | None, size: float) -> Box:
    """Where a letter stands of whose font nothing but the size is known, as of those that the file does not hold."""
    seen = as_read(box, turn)
    return on_page(seen._replace(bottom=seen.bottom - 0.2 * size, top=seen.bottom + 0.8 * size), turn)


def _goes_on(box: Box, following: Box, turn: int | None) -> bool:
    """Whether a letter stands on the line of the one before. Ligatures and accents may share or overlap its place."""
    if turn is None or (box.bottom == following.bottom and 0 <= following.left - box.left <= box.top - box.bottom):
        return True
    one, other = as_read(box, turn), as_read(following, turn)
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    height = min(one.top - one.bottom, other.top - other.bottom)
    if height > 0 and shared < height * 0.4:
        return False
    em = max(one.top - one.bottom, other.top - other.bottom, 1.0)
    return other.left - one.right < em and one.left - other.right < em


def _word(textpage: Any, piece: Sequence[_Character], turn: int | None, order: int, *, follows: bool) -> Word:
    ends_line = piece[-1].text == LINE_END_HYPHEN
    letters = _with_accents_on(_ligatures_turned_round(piece), turn)
    text = "".join(_HYPHEN if letter.text == LINE_END_HYPHEN else letter.text for letter in letters)
    boxes = [letter.box for letter in letters for _ in letter.text.removesuffix("\n")]
    word = Word(text, boxes, turn, order, follows, ends_line, is_bold=_is_bold(textpage, piece[0].number))
    word.place()
    return word


def _is_bold(textpage: Any, index: int) -> bool:
    name = create_string_buffer(100)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, len(name), None)
    return any(weight in name.value.lower() for weight in _HEAVY)


def _with_accents_on(piece: Sequence[_Character], turn: int | None) -> Sequence[_Character]:
    """TeX draws an accent, goes back, and draws the letter below it: the mark then follows its letter."""
    if not any(letter.text in _ACCENTS for letter in piece):
        return piece
    letters = list(piece)
    for place, (accent, letter) in enumerate(pairwise(piece)):
        if accent.text in _ACCENTS and letter.text.isalpha() and _stands_over(accent.box, letter.box, turn):
            letters[place] = letter._replace(text=letter.text.translate(_DOTLESS))
            letters[place + 1] = accent._replace(text=_ACCENTS[accent.text])
    return letters


def _stands_over(accent: Box, letter: Box, turn: int | None) -> bool:
    above, below = as_read(accent, turn), as_read(letter, turn)
    shared = min(above.right, below.right) - max(above.left, below.left)
    return shared > 0.6 * min(above.right - above.left, below.right - below.left)


def _ligatures_turned_round(piece: Sequence[_Character]) -> Sequence[_Character]:
    """PDFium turns right-to-left runs round by letters, and so also those of one shape, such as lam-alef."""
    if not any(reads_right_to_left(letter.text) for letter in piece):
        return piece
    mended: list[_Character] = []
    start = 0
    for place in range(1, len(piece) + 1):
        if place == len(piece) or piece[place].box != piece[start].box:
            shape = piece[start:place]
            mended.extend(shape[::-1] if _stands_reversed(shape) else shape)
            start = place
    return mended


def _stands_reversed(shape: Sequence[_Character]) -> bool:
    if len(shape) == 1 or not any(reads_right_to_left(letter.text) for letter in shape):
        return False
    return not _can_begin(shape[0].text[0]) or _can_begin(shape[-1].text[0])


def _can_begin(letter: str) -> bool:
    """Whether a shape of several letters can begin with it: neither a mark, nor a letter that joins none after it."""
    return not unicodedata.combining(letter) and letter not in _JOINS_NONE_AFTER


def reads_right_to_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
