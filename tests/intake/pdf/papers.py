"""Small PDFs of every shape, made by WeasyPrint and by hand, and what PDFium finds in a box of a page."""

from contextlib import closing
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from caseapp.typesetting import typeset as typesetting
from caseapp.typesetting.fonts import font_stack

ENGLISH = (
    "Two officers were shot on the steps of their own houses last spring. Neither man was on duty. Both had handed in "
    "their pistols at the end of the shift, as the orders demand. Affluent offices kept a file on the well-known "
    "internationally organised representation, and nobody considered the responsibilities of the administration.",
    "A bill that would have let them carry a weapon home was read once in the assembly and never came to a vote. "
    "The representation of José Ángel Čačak in El Niño’s café was considered; responsibilities were not.",
    "The ministry says that patrols now pass each officer’s street twice a night. Two officers were shot again. "
    "The administration, internationally known, did not answer. The end of the shift is the end of the shift.",
)
ARABIC = (
    "قال الضباط إنهم لا يستطيعون حمل أسلحتهم إلى المنزل بعد انتهاء العمل في 15 مارس 2019.",
    "لم ترد الوزارة على أسئلة التحرير، ولا على رسائل الضباط.",
)
HEBREW = (
    "הקצינים אמרו שאינם יכולים לשאת נשק הביתה.",
    "המשרד the English name לא השיב על שאלות 15 העיתון, וגם לא על מכתביו.",
)
MIXED = ("Mixed lines שלום עולם stand among English words 15 and so on.",)


def typeset(paragraphs, *, columns=1, direction="ltr", page="size: A5; margin: 30pt", more="", times=2):
    """Pages as a publisher sets them: justified, hyphenated, with ligatures."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs * times)
    style = (
        f"@page {{ {page} }} h1 {{ font-size: 15pt }} p {{ margin: 0; text-indent: 1em }}"
        f"body {{ font: 10pt {font_stack()}; hyphens: auto; text-align: justify; direction: {direction} }}"
        f"div {{ columns: {columns}; column-gap: 18pt }} {more}"
    )
    html = f"<html lang='en'><style>{style}</style><h1>A heading over all of it</h1><div>{body}</div></html>"
    return typesetting.typeset(html, "").pdf


def by_hand(operators, *, pages=1, **keys):
    """A page of Courier, drawn by these operators."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(400, 300))
            page = pdf.pages[-1].obj
            font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier, Encoding=Name.WinAnsiEncoding)
            page.Resources = Dictionary(Font=Dictionary(F=font))
            page.Contents = Stream(pdf, operators if isinstance(operators, bytes) else operators.encode("cp1252"))
            for key, value in keys.items():
                page[Name(f"/{key}")] = value
        return _saved(pdf)


def lines_at(x, y, lines, *, leading=14, size=11):
    """Operators that write one line below another."""
    written = " ".join(f"({line}) Tj 0 -{leading} Td" for line in lines)
    return f"BT /F {size} Tf {x} {y} Td {written} ET "


def turned(data, quarters):
    """The pages with their content standing on its side, as some scanners and printers leave it."""
    with Pdf.open(BytesIO(data)) as source, Pdf.new() as pdf:
        for sheet in source.pages:
            width, height = float(sheet.mediabox[2]), float(sheet.mediabox[3])
            matrix, size = {
                1: (f"0 1 -1 0 {height} 0", (height, width)),
                2: (f"-1 0 0 -1 {width} {height}", (width, height)),
                3: (f"0 -1 1 0 0 {width}", (height, width)),
            }[quarters]
            form = pdf.copy_foreign(source.make_indirect(sheet.as_form_xobject()))
            pdf.add_blank_page(page_size=size)
            page = pdf.pages[-1].obj
            page.Resources = Dictionary(XObject=Dictionary(Sheet=form))
            page.Contents = Stream(pdf, f"q {matrix} cm /Sheet Do Q".encode())
        return _saved(pdf)


def with_page_keys(data, **keys):
    """The pages with other boxes, or turned by the viewer."""
    with Pdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for key, value in keys.items():
                page.obj[Name(f"/{key}")] = Array(value) if isinstance(value, list) else value
        return _saved(pdf)


@cache
def samples():
    """By name, every shape that passages are looked for in."""
    plain = typeset(ENGLISH)
    columns = typeset(ENGLISH, columns=2, times=3, page="size: 480pt 640pt; margin: 30pt")
    return {
        "plain": plain,
        "two columns": columns,
        "three columns": typeset(ENGLISH, columns=3, page="size: A4 landscape; margin: 30pt", times=3),
        "over pages": typeset(ENGLISH, page="size: 220pt 160pt; margin: 20pt"),
        "turned content": turned(columns, 1),
        "content upside down": turned(plain, 2),
        "turned page": with_page_keys(columns, Rotate=90),
        "turned both": with_page_keys(turned(columns, 3), Rotate=270),
        "odd origin": with_page_keys(plain, MediaBox=[-100, -50, 500, 700], CropBox=[10, 10, 400, 590]),
        "arabic": typeset(ARABIC, direction="rtl"),
        "hebrew": typeset(HEBREW, direction="rtl"),
        "mixed": typeset(MIXED),
    }


def middles(data):
    """For each page the letters with the middle of their boxes, in PDFium's order."""
    pages, spot = [], pdfium.FS_RECTF()
    with closing(pypdfium2.PdfDocument(data)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as words:
                found = []
                for place in range(words.count_chars()):
                    pdfium.FPDFText_GetLooseCharBox(words, place, spot)
                    if spot.right > spot.left:
                        letter = chr(pdfium.FPDFText_GetUnicode(words, place))
                        found.append((letter, (spot.left + spot.right) / 2, (spot.bottom + spot.top) / 2))
                pages.append(found)
    return pages


def text_in(letters, box):
    """Those of a page's letters whose middle lies in the box."""
    return "".join(letter for letter, x, y in letters if box.left < x < box.right and box.bottom < y < box.top)


def _saved(pdf):
    target = BytesIO()
    pdf.save(target, deterministic_id=True)
    return target.getvalue()


def annotations(data):
    with Pdf.open(BytesIO(data)) as pdf:
        return [
            (number, annotation.Subtype, [float(value) for value in annotation.QuadPoints])
            for number, page in enumerate(pdf.pages, 1)
            for annotation in page.obj.get(Name.Annots, pikepdf.Array())
            if Name.QuadPoints in annotation
        ]


def with_root_keys(data, **keys):
    """The file with more in its catalogue."""
    with Pdf.open(BytesIO(data)) as pdf:
        for key, value in keys.items():
            pdf.Root[Name(f"/{key}")] = value
        return _saved(pdf)
