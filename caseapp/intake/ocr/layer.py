"""Words laid over the picture of a page, drawn with nothing, so that they can be found, copied and marked.

What a page shows stays as it is, to the pixel; a page where it would not is left without words. The letters have no
shape and half the width of their height, and each word is stretched to the width that it has on the picture.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any, Self

import pypdfium2
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from caseapp.intake.pdf.cleaning import cleaned
from caseapp.typesetting.join import add_resource, append_content, saved
from caseapp.typesetting.printed import direction

_FONT = Name("/ReadByOCR")
_WIDTH, _ASCENT, _DESCENT = 500, 800, -200  # of a letter, in thousandths of its size
_LAST = 0xFFFF
_STAND_IN = "\ufffd"
_WIDEST = 10_000.0  # percent


@dataclass(frozen=True)
class PlacedWord:
    """In points of the page as it is shown, from its top left."""

    text: str
    left: float
    top: float
    width: float
    height: float

    def to_list(self) -> list[Any]:
        return [self.text, self.left, self.top, self.width, self.height]

    @classmethod
    def from_list(cls, row: Sequence[Any]) -> Self:
        return cls(*row)


def laid_over(pdf: bytes, words: Mapping[int, Sequence[PlacedWord]]) -> tuple[bytes, list[int]]:
    """A clean copy with words on these pages, from 0, and the pages that have them now."""
    kept = {number: found for number, found in words.items() if found}
    made = _drawn(pdf, kept)
    altered = _altered(pdf, made, kept)
    if altered:
        kept = {number: found for number, found in kept.items() if number not in altered}
        made = _drawn(pdf, kept)
    return (made if kept else pdf), sorted(kept)


def _drawn(pdf: bytes, words: Mapping[int, Sequence[PlacedWord]]) -> bytes:
    with Pdf.open(BytesIO(pdf)) as file:
        font = _font(file)
        for number, found in words.items():
            page = file.pages[number]
            add_resource(page, Name.Font, _FONT, font)
            append_content(file, page, _operators(page, found))
        with Pdf.open(BytesIO(saved(file))) as whole:
            return cleaned(whole).pdf


def _operators(page: Page, words: Iterable[PlacedWord]) -> bytes:
    _, _, width, height = (float(value) for value in page.mediabox)
    turn = int(page.obj.get(Name.Rotate, 0)) % 360
    lines = [b"BT 3 Tr"]
    for word in words:
        text = _in_order_of_the_eye(word.text)
        size = max(word.height, 0.5)
        stretch = min(word.width / (len(text) * size * _WIDTH / 1000) * 100, _WIDEST)
        base = word.top + word.height * (1 + _DESCENT / 1000)
        matrix = _matrix(word.left, base, width, height, turn)
        letters = f"{text} ".encode("utf-16-be").hex()
        lines.append(f"{_FONT} {size:.2f} Tf {stretch:.2f} Tz {matrix} Tm <{letters}> Tj".encode())
    return b"\n".join([*lines, b"ET"])


def _matrix(left: float, base: float, width: float, height: float, turn: int) -> str:
    """From the page as it is shown to the page as it is stored, which may stand on its side."""
    directions = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}
    places = {
        0: (left, height - base),
        90: (base, left),
        180: (width - left, base),
        270: (width - base, height - left),
    }
    (a, b), (x, y) = directions[turn], places[turn]
    return f"{a} {b} {-b} {a} {x:.2f} {y:.2f}"


def _in_order_of_the_eye(text: str) -> str:
    """From left to right, which is how readers of PDF expect letters to follow each other."""
    plain = "".join(letter if ord(letter) <= _LAST else _STAND_IN for letter in text)
    return plain[::-1] if direction(plain) == "rtl" else plain


def _altered(before: bytes, after: bytes, pages: Iterable[int]) -> set[int]:
    with closing(pypdfium2.PdfDocument(before)) as old, closing(pypdfium2.PdfDocument(after)) as new:
        return {number for number in pages if _pixels(old, number) != _pixels(new, number)}


def _pixels(document: pypdfium2.PdfDocument, number: int) -> bytes:
    page = document[number]
    bitmap = page.render(scale=1)
    pixels = bytes(bitmap.buffer)
    bitmap.close()
    page.close()
    return pixels


def _font(pdf: Pdf) -> Object:
    """A font whose letters have an extent and no shape; each stands for the character of its own number."""
    file = Stream(pdf, _shapeless())
    file.Length1 = len(_shapeless())
    every_letter = Stream(pdf, b"\0\x01" * (_LAST + 1))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_FONT,
        Flags=4,
        FontBBox=Array([0, _DESCENT, _WIDTH, _ASCENT]),
        ItalicAngle=0,
        Ascent=_ASCENT,
        Descent=_DESCENT,
        CapHeight=_ASCENT,
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_FONT,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_WIDTH,
        CIDToGIDMap=pdf.make_indirect(every_letter),
    )
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_FONT,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, _TO_UNICODE)),
    )
    return pdf.make_indirect(font)


_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def "
    b"/CMapName /Adobe-Identity-UCS def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange "
    b"endcmap CMapName currentdict /CMap defineresource pop end end"
)


def _line() -> Any:
    """There and back: it has an extent, by which readers take it for a letter, and covers nothing."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, _DESCENT))
    pen.lineTo((_WIDTH, _ASCENT))
    pen.closePath()
    return pen.glyph()


@cache
def _shapeless() -> bytes:
    names = [".notdef", "letter"]
    builder = FontBuilder(1000)
    builder.font.recalcTimestamp = False
    builder.setupHead(unitsPerEm=1000, created=0, modified=0)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupGlyf({name: _line() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (_WIDTH, 0)))
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": "Read by OCR", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT)
    builder.setupPost(keepGlyphNames=False)
    target = BytesIO()
    builder.save(target)
    return target.getvalue()
