"""Page numbers, drawn in page space with one small embedded font shared by all pages.

A stamp is appended after the page's own content, so it costs nothing to re-set the page. It honours the visible box
and the rotation of the page, keeps its size on any page, and stands on a white ground, clear of what lies below.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.forums.profile import StampPosition
from caseapp.packets.pdf.viewing import FROM_EDGE, FROM_SIDE, PAD, SIZE, VisiblePage

_FONT_NAME = "PageStamp"
# Cut by scripts/cut_stamp_font.py.
_FONT = Path(__file__).resolve().parents[2] / "static" / "print" / "stamp" / "numbers.ttf"
_FACTS = _FONT.with_suffix(".json")


@dataclass(frozen=True)
class StampFont:
    """The embedded font: the object that pages share, and for each character its glyph and advance (1000 to the em)."""

    resource: pikepdf.Object
    glyphs: dict[str, int]
    advances: dict[str, int]

    def width(self, text: str) -> float:
        return sum(self.advances[character] for character in text) * SIZE / 1000

    def encoded(self, text: str) -> str:
        return "".join(f"{self.glyphs[character]:04X}" for character in text)


class Stamper:
    """Stamps the pages of one file: they share the font, and the stream that keeps their own state to themselves."""

    def __init__(self, pdf: Pdf, position: StampPosition) -> None:
        self._pdf = pdf
        self._position = position
        self._font = _embedded(pdf)
        self._opening = pdf.make_indirect(Stream(pdf, b"q\n"))

    def stamp(self, page: pikepdf.Page, seen: VisiblePage, text: str) -> None:
        name = _give_font(page.obj, self._font.resource)
        x, y = _spot(seen, self._font.width(text), self._position)
        operators = _operators(seen, self._font, text, x, y, name).encode()
        closing = self._pdf.make_indirect(Stream(self._pdf, b"\nQ\nq\n" + operators + b"\nQ\n"))
        contents = page.obj.get(Name.Contents, Array())
        streams = list(contents) if isinstance(contents, Array) else [contents]
        page.obj[Name.Contents] = Array([self._opening, *streams, closing])


def _give_font(page: pikepdf.Object, font: pikepdf.Object) -> str:
    """The page's own resources with the font among them: pages of one file may share a dictionary. Returns its name."""
    resources, fonts = dict(page.get(Name.Resources, {}).items()), {}
    if "/Font" in resources:
        fonts = dict(resources["/Font"].items())
    name, count = _FONT_NAME, 1
    while f"/{name}" in fonts:
        count += 1
        name = f"{_FONT_NAME}{count}"
    fonts[f"/{name}"] = font
    resources["/Font"] = Dictionary(fonts)
    page[Name.Resources] = Dictionary(resources)
    return name


@cache
def _facts() -> dict[str, Any]:
    """What the font's file says of itself, read when it was cut."""
    facts: dict[str, Any] = json.loads(_FACTS.read_text())
    return facts


def _embedded(pdf: Pdf) -> StampFont:
    glyphs = {character: glyph for character, (glyph, _) in _facts()["glyphs"].items()}
    advances = {character: advance for character, (_, advance) in _facts()["glyphs"].items()}
    return StampFont(_font_object(pdf, glyphs, advances), glyphs, advances)


def _spot(seen: VisiblePage, width: float, position: StampPosition) -> tuple[float, float]:
    edge, _, side = position.partition("-")
    y = FROM_EDGE if edge == "bottom" else seen.height - FROM_EDGE - SIZE
    x = {"center": (seen.width - width) / 2, "left": FROM_SIDE, "right": seen.width - FROM_SIDE - width}[side]
    return x, y


def _operators(seen: VisiblePage, font: StampFont, text: str, x: float, y: float, name: str) -> str:
    matrix = " ".join(_number(value) for value in seen.matrix)
    ground = (x - PAD, y - PAD, font.width(text) + 2 * PAD, SIZE + 2 * PAD)
    return (
        "/Artifact <</Type /Pagination /Subtype /Footer>> BDC "
        f"{matrix} cm 1 g {' '.join(map(_number, ground))} re f 0 g "
        f"BT /{name} {_number(SIZE)} Tf {_number(x)} {_number(y)} Td <{font.encoded(text)}> Tj ET EMC"
    )


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _font_object(pdf: Pdf, glyphs: dict[str, int], advances: dict[str, int]) -> pikepdf.Object:
    program = _FONT.read_bytes()
    file = pdf.make_indirect(Stream(pdf, program, Length1=len(program)))
    base = Name("/STAMPS+NotoSerif")
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=Array(_facts()["box"]),
            ItalicAngle=0,
            Ascent=_facts()["ascent"],
            Descent=_facts()["descent"],
            CapHeight=714,
            StemV=80,
            FontFile2=file,
        )
    )
    widths: list[object] = []
    for character, glyph in sorted(glyphs.items(), key=lambda item: item[1]):
        widths += [glyph, Array([advances[character]])]
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=descriptor,
        W=Array(widths),
        CIDToGIDMap=Name.Identity,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(glyphs))),
        )
    )


def _to_unicode(glyphs: dict[str, int]) -> bytes:
    rows = [
        f"<{glyph:04X}> <{character.encode('utf-16-be').hex().upper()}>"
        for character, glyph in sorted(glyphs.items(), key=lambda item: item[1])
    ]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    mapping = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{mapping}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
