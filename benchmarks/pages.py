"""Pages for the corpus, drawn from a random source that the caller seeds: the same seed, the same bytes."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONT = Path(__file__).resolve().parents[1] / "caseapp/static/print/fonts/NotoSerif-Regular.ttf"
A4, LETTER, A3, A5, A0 = (595, 842), (612, 792), (842, 1191), (420, 595), (2384, 3370)
LINES, SIZE, LEADING, MARGIN = 44, 10.5, 15.0, 64.0
_FIRST, _LAST = 32, 126
_SHEETS = 16
_VOCABULARY = """
the of and to in a was on that by for with from were had not which as at an it this their no after before court
police report office village district member family officer shot threat letter witness morning night house road
ministry paper statement month year law protection refused asked answered found known named told carried moved lived
returned left killed feared region border school market church union local national case number record
"""
_WORDS = _VOCABULARY.split()


def sentence(random: Random) -> str:
    words = random.choices(_WORDS, k=random.randint(6, 18))
    return f"{' '.join(words).capitalize()}."


def lines(random: Random, count: int, width: int = 78) -> list[str]:
    made: list[str] = []
    line = ""
    while len(made) < count:
        for word in sentence(random).split():
            if len(line) + len(word) > width:
                made.append(line)
                line = ""
            line = f"{line} {word}".strip()
    return made[:count]


@cache
def _font_program() -> tuple[bytes, tuple[int, ...], tuple[int, ...]]:
    """A Latin subset, the width of each character, and the font's box; in thousandths of its size."""
    font = TTFont(FONT, recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False))
    cutter.populate(unicodes=range(_FIRST, _LAST + 1))
    cutter.subset(font)
    units, cmap, head = font["head"].unitsPerEm, font.getBestCmap(), font["head"]
    widths = tuple(round(font["hmtx"][cmap[code]][0] * 1000 / units) for code in range(_FIRST, _LAST + 1))
    box = tuple(round(value * 1000 / units) for value in (head.xMin, head.yMin, head.xMax, head.yMax))
    program = BytesIO()
    font.save(program, reorderTables=True)
    return program.getvalue(), widths, box


def embed_font(pdf: Pdf) -> pikepdf.Object:
    program, widths, box = _font_program()
    base = Name("/CORPUS+NotoSerif")
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=base, Flags=32, FontBBox=Array(box), ItalicAngle=0, Ascent=1069,
        Descent=-293, CapHeight=714, StemV=80, FontFile2=pdf.make_indirect(Stream(pdf, program, Length1=len(program))),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=base, FirstChar=_FIRST, LastChar=_LAST,
            Widths=Array(widths), Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
        )
    )  # fmt: skip


def operators(text: Sequence[str], top: float, left: float = MARGIN) -> bytes:
    rows = " T* ".join(f"({line}) Tj" for line in text)  # the words hold neither brackets nor backslashes
    return f"BT /F1 {SIZE} Tf {LEADING} TL {left} {top} Td {rows} ET".encode()


def text_page(
    pdf: Pdf, font: pikepdf.Object, random: Random, size: tuple[int, int] = A4, *, shared: Dictionary | None = None
) -> pikepdf.Page:
    """`shared`: the resources that this page has in common with others, as WeasyPrint and many others write them."""
    width, height = size
    words = lines(random, max(8, int((height - 2 * MARGIN) / LEADING)), max(30, int((width - 2 * MARGIN) / 5.6)))
    page = pdf.add_blank_page(page_size=size)
    page.obj.Contents = pdf.make_indirect(Stream(pdf, operators(words, height - MARGIN)))
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font)) if shared is None else shared
    return page


@cache
def _letters(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


@cache
def _written(number: int, width: int, height: int) -> Image.Image:
    """One of a few typed sheets: typing one costs more than photographing it."""
    random = Random(f"sheet {number}")
    sheet = Image.new("L", (width, height), 242)
    draw = ImageDraw.Draw(sheet)
    draw.multiline_text((110, 120), "\n".join(lines(random, 52, 74)), fill=40, font=_letters(25), spacing=3)
    return sheet.rotate(random.uniform(-1.2, 1.2), fillcolor=225)


@cache
def _grain(number: int, width: int, height: int) -> Image.Image:
    random = Random(f"grain {number}")
    grain = Image.frombytes("L", (width // 2, height // 2), random.randbytes(width // 2 * (height // 2)))
    return grain.filter(ImageFilter.BoxBlur(1)).resize((width, height))


def photographed(random: Random, *, colour: bool) -> bytes:
    """A JPEG as an office scanner makes it at 150 dots an inch: grain, a shadow, a slight turn."""
    size = (1240, 1754)
    sheet = _written(random.randrange(_SHEETS), *size)
    sheet = Image.blend(sheet, _grain(random.randrange(_SHEETS), *size), random.uniform(0.10, 0.13))
    picture = Image.merge("RGB", (sheet, sheet, sheet.point(lambda value: int(value * 0.9)))) if colour else sheet
    target = BytesIO()
    picture.save(target, "JPEG", quality=66)
    return target.getvalue()


def scan_page(pdf: Pdf, random: Random, *, colour: bool, size: tuple[int, int] = A4) -> pikepdf.Page:
    image = Stream(
        pdf, photographed(random, colour=colour), Type=Name.XObject, Subtype=Name.Image, Width=1240, Height=1754,
        ColorSpace=Name.DeviceRGB if colour else Name.DeviceGray, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    return _image_page(pdf, image, size)


def fax_page(pdf: Pdf, random: Random, size: tuple[int, int] = LETTER) -> pikepdf.Page:
    """One bit a dot, 200 dots an inch, packed as fax machines do (CCITT group 4)."""
    width, height = 1700, 2200
    sheet = _written(random.randrange(_SHEETS), width, height).copy()
    draw = ImageDraw.Draw(sheet)
    for _ in range(4000):
        x, y = random.randrange(width), random.randrange(height)
        draw.rectangle((x, y, x + random.randint(0, 2), y + random.randint(0, 2)), fill=0)
    target = BytesIO()
    sheet.point(lambda value: 255 if value > 128 else 0).convert("1", dither=Image.Dither.NONE).save(
        target, "TIFF", compression="group4", tiffinfo={278: height}
    )
    with Image.open(target) as tiff:
        (start,), (length,), photometric = tiff.tag_v2[273], tiff.tag_v2[279], tiff.tag_v2[262]
    image = Stream(
        pdf, target.getvalue()[start : start + length], Type=Name.XObject, Subtype=Name.Image, Width=width,
        Height=height, ColorSpace=Name.DeviceGray, BitsPerComponent=1, Filter=Name.CCITTFaxDecode,
        DecodeParms=Dictionary(K=-1, Columns=width, Rows=height, BlackIs1=photometric == 1),
    )  # fmt: skip
    return _image_page(pdf, image, size)


def _image_page(pdf: Pdf, image: Stream, size: tuple[int, int]) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(image)))
    page.obj.Contents = pdf.make_indirect(Stream(pdf, f"q {size[0]} 0 0 {size[1]} 0 0 cm /Im0 Do Q".encode()))
    return page


def annotate(pdf: Pdf, page: pikepdf.Page, **entries: object) -> None:
    annotation = pdf.make_indirect(Dictionary(Type=Name.Annot, **entries))
    page.obj.Annots = Array([*page.obj.get(Name.Annots, Array()), annotation])


def link_to_page(
    pdf: Pdf, page: pikepdf.Page, row: int, *, named: str = "", target: pikepdf.Page | None = None
) -> None:
    destination = String(named) if target is None else Array([target.obj, Name.XYZ, None, 700, None])
    annotate(pdf, page, Subtype=Name.Link, Rect=_row(page, row), Border=Array([0, 0, 0]), Dest=destination)


def link_to_web(pdf: Pdf, page: pikepdf.Page, row: int, address: str) -> None:
    action = Dictionary(S=Name.URI, URI=String(address))
    annotate(pdf, page, Subtype=Name.Link, Rect=_row(page, row), Border=Array([0, 0, 0]), A=action)


def highlight(pdf: Pdf, page: pikepdf.Page, row: int) -> None:
    left, bottom, right, top = (float(value) for value in _row(page, row))
    form = Stream(pdf, f"1 0.9 0.2 rg {left} {bottom} {right - left} {top - bottom} re f".encode(),
                  Type=Name.XObject, Subtype=Name.Form, BBox=Array([left, bottom, right, top]),
                  Resources=Dictionary(ExtGState=Dictionary()))  # fmt: skip
    annotate(
        pdf, page, Subtype=Name.Highlight, Rect=Array([left, bottom, right, top]), C=Array([1, 0.9, 0.2]), F=4,
        QuadPoints=Array([left, top, right, top, left, bottom, right, bottom]), T=String("A. Reader"),
        AP=Dictionary(N=pdf.make_indirect(form)),
    )  # fmt: skip


def note(pdf: Pdf, page: pikepdf.Page, row: int, words: str) -> None:
    left, bottom, _right, _top = (float(value) for value in _row(page, row))
    annotate(
        pdf, page, Subtype=Name.Text, Rect=Array([left - 30, bottom, left - 10, bottom + 20]), Contents=String(words),
        T=String("A. Reader"), Name=Name.Comment, F=4,
    )  # fmt: skip


def _row(page: pikepdf.Page, row: int) -> Array:
    top = float(page.mediabox[3]) - MARGIN - row * LEADING
    return Array([MARGIN, top - 4, MARGIN + 260, top + 11])


def field(pdf: Pdf, page: pikepdf.Page, font: pikepdf.Object, row: int, name: str, value: str) -> pikepdf.Object:
    """A filled text field with the appearance that a form filler gave it."""
    drawing = f"/Tx BMC q BT /F1 11 Tf 3 5 Td ({value}) Tj ET Q EMC".encode()
    look = _form(pdf, drawing, (280, 20), Dictionary(Font=Dictionary(F1=font)))
    box = Array([250, 700 - row * 36, 530, 720 - row * 36])
    words = {"T": String(name), "V": String(value), "DA": String("/F1 11 Tf 0 g")}
    return _widget(pdf, page, FT=Name.Tx, Rect=box, AP=Dictionary(N=look), **words)


def tick(pdf: Pdf, page: pikepdf.Page, row: int, name: str, *, on: bool) -> pikepdf.Object:
    drawings = (("/Yes", b"1.5 w 2 2 m 12 12 l 2 12 m 12 2 l S"), ("/Off", b"0.5 w 1 1 12 12 re S"))
    looks = {state: _form(pdf, drawing, (14, 14), Dictionary()) for state, drawing in drawings}
    state = Name.Yes if on else Name.Off
    box = Array([230, 702 - row * 36, 244, 716 - row * 36])
    return _widget(
        pdf, page, FT=Name.Btn, T=String(name), V=state, AS=state, Rect=box, AP=Dictionary(N=Dictionary(looks))
    )


def _form(pdf: Pdf, drawing: bytes, size: tuple[int, int], resources: Dictionary) -> pikepdf.Object:
    stream = Stream(pdf, drawing, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, *size]), Resources=resources)
    return pdf.make_indirect(stream)


def turn(pdf: Pdf, page: pikepdf.Page, angle: int) -> None:
    """As a scanner that was fed sideways leaves it: the content lies on its side, and /Rotate sets it upright."""
    width, height = (float(value) for value in list(page.mediabox)[2:])
    turns = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
    matrix = " ".join(str(value) for value in turns[angle % 360])
    opening, closing = (pdf.make_indirect(Stream(pdf, words)) for words in (f"q {matrix} cm ".encode(), b" Q"))
    page.obj.Contents = Array([opening, page.obj.Contents, closing])
    page.obj.MediaBox = Array([0, 0, height, width] if angle % 180 else [0, 0, width, height])
    page.obj.Rotate = angle


def _widget(pdf: Pdf, page: pikepdf.Page, **entries: object) -> pikepdf.Object:
    annotate(pdf, page, Subtype=Name.Widget, F=4, P=page.obj, **entries)
    return page.obj.Annots[-1]
