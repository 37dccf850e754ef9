"""What the kinds that are set on paper here share: the sheet, the page around the words, the check of the result.

Nothing here loads WeasyPrint, which takes half a second: pictures and what is only looked at are done without.
"""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat

import pypdfium2
from pikepdf import Pdf

from caseapp.core.refused import Refused
from caseapp.intake.pdf.cleaning import cleaned
from caseapp.typesetting.fonts import font_stack, language_styles
from caseapp.typesetting.join import joined
from caseapp.typesetting.wholeness import account, shortfall

LETTER = (612.0, 792.0)
A4 = (595.28, 841.89)
MOST_PAGES = 2_000
STYLES = "document.css"


@dataclass(frozen=True)
class Sheet:
    """A page's measures in points; `margins` are top, right, bottom, left."""

    width: float
    height: float
    margins: tuple[float, float, float, float] = (72, 72, 72, 72)


def page_styles(sheet: Sheet, size: float = 11) -> str:
    margins = " ".join(f"{margin:g}pt" for margin in sheet.margins)
    return (
        f"@page {{ size: {sheet.width:g}pt {sheet.height:g}pt; margin: {margins} }} "
        f"html {{ font-family: {font_stack()}; font-size: {size:g}pt; line-height: 1.4 }} {language_styles()}"
    )


def document_html(kind: str, body: str, looks: str = "") -> str:
    """What is set by `STYLES`; `looks` are style rules of this document alone, which outweigh those."""
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title></title><style>{looks}</style></head>'
        f'<body class="{kind}">{body}</body></html>'
    )


def finished(sheets: Sequence[bytes]) -> bytes:
    """The pages of all, as a clean copy has them: what is made here is cleaned like what comes in."""
    with Pdf.open(BytesIO(joined(sheets))) as pdf:
        return cleaned(pdf).pdf


def checked(pdf: bytes, lines: Sequence[str], turned: Iterable[bool] = repeat(False)) -> list[str]:
    """What the pages say, read by the second library. Raises `Refused` unless it is all of `lines`, in this order.

    `turned` says of each line whether it is set from right to left.
    """
    pages = _page_texts(pdf)
    if len(pages) > MOST_PAGES:
        raise Refused("too-many-pages", pages=len(pages), most=MOST_PAGES)
    if shortfall(account(lines, turned), pages) is not None:
        raise Refused("words-lost")
    return pages


def _page_texts(pdf: bytes) -> list[str]:
    texts = []
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            words = page.get_textpage()
            texts.append(words.get_text_bounded())
            words.close()
            page.close()
    return texts
