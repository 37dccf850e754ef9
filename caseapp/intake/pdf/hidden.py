"""Words that a page holds and does not show: under boxes, white on white, drawn invisibly, outside the page's edge.

Each letter's box is looked at on the drawn page. Where nothing stands out from its ground, a reader sees no letter,
but a program that searches or copies finds it. Whatever puts the letter out of sight, this finds it.
"""

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from caseapp.intake.pdf.letters import UNKNOWN
from caseapp.intake.pdf.values import sayable

_SCALE = 2.0
# Large sheets are drawn smaller: a letter of theirs is as large as ever beside it.
_MOST_PIXELS = 36_000_000
# How much a letter must stand out from its ground, of 255.
_CONTRAST = 24
_EDGE = [int(difference >= _CONTRAST) for difference in range(256)]
# An underscore or a stroke that just misses its own box is no secret.
_FEWEST_LETTERS = 4
_LONGEST = 160
# On a page with fewer letters, a stamp or a page number alone could turn it.
_FEWEST_TO_TURN, _MOST_ANGLES = 40, 300


@dataclass(frozen=True)
class Seen:
    """What one page says and shows.

    `hidden` are runs of words out of sight; `stray` counts single letters. `turn` is by how much the page must be
    turned, in degrees clockwise, so that its words stand upright.
    """

    words: str
    letters: int
    hidden: tuple[str, ...]
    stray: int
    turn: int


@dataclass(frozen=True)
class _Letter:
    place: int
    character: str
    box: tuple[float, float, float, float]  # left, bottom, right, top, in page space


def look(page: pypdfium2.PdfPage) -> Seen:
    text = page.get_textpage()
    try:
        letters = list(_letters(text))
        if not letters:
            return Seen("", 0, (), 0, 0)
        picture = _picture(page)
        unseen = [letter for letter in letters if not picture.shows(letter.box)]
        hidden, stray = _runs(text, letters, unseen)
        return Seen(sayable(text.get_text_range()), len(letters), hidden, stray, _turn(page, text, letters))
    finally:
        text.close()


def _letters(text: pypdfium2.PdfTextPage) -> Iterator[_Letter]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = [ctypes.byref(value) for value in (left, right, bottom, top)]
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, place)
        if code <= 0x20 or code in {0xA0, 0xAD} or pdfium.FPDFText_IsGenerated(text.raw, place) == 1:
            continue
        letter = chr(code) if code <= sys.maxunicode else UNKNOWN
        if letter.isspace() or not pdfium.FPDFText_GetCharBox(text.raw, place, *box):
            continue
        yield _Letter(place, letter, (left.value, bottom.value, right.value, top.value))


class _Picture:
    """The page as drawn, and the matrix that leads from page space to its pixels."""

    def __init__(self, image: Image.Image, matrix: tuple[float, float, float, float, float, float]) -> None:
        self._image = image
        self._matrix = matrix
        self._width, self._height = image.size
        # Where a pixel differs enough from the one to its right, for a quick yes.
        beside = ImageChops.difference(image, ImageChops.offset(image, -1, 0))
        self._edges = beside.point(_EDGE).tobytes()

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """Whether anything stands out from its ground inside a box of the page."""
        a, b, c, d, e, f = self._matrix
        x1, x2 = a * box[0] + c * box[1] + e, a * box[2] + c * box[3] + e
        y1, y2 = b * box[0] + d * box[1] + f, b * box[2] + d * box[3] + f
        left, right = max(int(min(x1, x2)), 0), min(int(max(x1, x2)) + 1, self._width)
        upper, lower = max(int(min(y1, y2)), 0), min(int(max(y1, y2)) + 1, self._height)
        if left >= right or upper >= lower:
            return False
        middle = (upper + lower) // 2 * self._width
        if self._edges.find(1, middle + left, middle + right - 1) >= 0:
            return True
        extremes: Any = self._image.crop((left, upper, right, lower)).getextrema()
        return bool(extremes[1] - extremes[0] >= _CONTRAST)


def _picture(page: pypdfium2.PdfPage) -> _Picture:
    width, height = page.get_size()
    scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    image = bitmap.to_pil().copy()
    bitmap.close()
    return _Picture(image, _matrix(page, *image.size))


def _matrix(page: pypdfium2.PdfPage, width: int, height: int) -> tuple[float, float, float, float, float, float]:
    """Measured on a page drawn a thousand times larger, since PDFium answers in whole pixels."""
    fine = 1000
    origin = _on_device(page, width * fine, height * fine, 0, 0)
    along = _on_device(page, width * fine, height * fine, 1000, 0)
    up = _on_device(page, width * fine, height * fine, 0, 1000)
    per = fine * 1000
    return (
        (along[0] - origin[0]) / per,
        (along[1] - origin[1]) / per,
        (up[0] - origin[0]) / per,
        (up[1] - origin[1]) / per,
        origin[0] / fine,
        origin[1] / fine,
    )


def _on_device(page: pypdfium2.PdfPage, width: int, height: int, x: float, y: float) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value


def _runs(text: pypdfium2.PdfTextPage, letters: list[_Letter], unseen: list[_Letter]) -> tuple[tuple[str, ...], int]:
    """The words of each run of letters out of sight, and how many stand in runs too short to be words."""
    order = {letter.place: number for number, letter in enumerate(letters)}
    runs: list[list[_Letter]] = []
    for letter in unseen:
        if runs and order[letter.place] == order[runs[-1][-1].place] + 1:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    long = [run for run in runs if len(run) >= _FEWEST_LETTERS]
    words = tuple(_words(text, run[0].place, run[-1].place) for run in long)
    return words, sum(map(len, runs)) - sum(map(len, long))


def _turn(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage, letters: list[_Letter]) -> int:
    """Nothing, unless nearly all words of the page stand sideways or upside down."""
    some = letters[:: max(len(letters) // _MOST_ANGLES, 1)]
    if len(letters) < _FEWEST_TO_TURN:
        return 0
    turns = [_quarter(pdfium.FPDFText_GetCharAngle(text.raw, letter.place)) for letter in some]
    quarter, count = Counter(turns).most_common(1)[0]
    if quarter is None or count < len(some) * 0.9:
        return 0
    return (quarter * 90 - page.get_rotation()) % 360


def _quarter(angle: float) -> int | None:
    """How many quarter turns against the clock; None for letters set askew. PDFium counts with the clock."""
    quarters = -angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.1 else None


def _words(text: pypdfium2.PdfTextPage, first: int, last: int) -> str:
    return " ".join(sayable(text.get_text_range(first, last - first + 1)).split())[:_LONGEST]
