"""A client's text file set on pages.

Its letters are printed as an exhibit's are (`printed`). How far a line is indented, and that lines stand apart, is part
of what it says, and is kept.
"""

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from caseapp.intake.setting import LETTER, STYLES, Sheet, checked, document_html, finished, page_styles
from caseapp.intake.txt.reading import notices_of, reading_of
from caseapp.typesetting.blocks import Block, blocks, breakable, chunks
from caseapp.typesetting.printed import PrintedText, direction
from caseapp.typesetting.typeset import typeset

_TAB = 8
_DEEPEST = 40
_SHEET = Sheet(*LETTER)


def clean(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    reading = reading_of(folder)
    text = PrintedText(reading.text)
    sheets = [
        typeset(document_html("lines", _lines(chunk, reading.text, text)), page_styles(_SHEET), styles=STYLES).pdf
        for chunk in chunks(blocks(reading.text))
    ]
    pdf = finished(sheets)
    text_pages = checked(pdf, [text.whole()])
    (folder / "clean.pdf").write_bytes(pdf)
    return {
        "questions": [],
        "pages": len(text_pages),
        "notices": [notice.to_dict() for notice in notices_of(reading)],
        "text_pages": text_pages,
    }


def _lines(chunk: Iterable[Block], text: str, printed: PrintedText) -> str:
    return "\n".join(_line(block, text, printed) for block in chunk)


def _line(block: Block, text: str, printed: PrintedText) -> str:
    begins = text.rfind("\n", 0, block.start) + 1
    before = text[begins : block.start].expandtabs(_TAB) if not block.continues else ""
    is_apart = not block.continues and begins > 1 and not text[text.rfind("\n", 0, begins - 1) + 1 : begins].strip()
    indent = f' style="padding-inline-start: {min(len(before), _DEEPEST) / 2:g}em"' if before else ""
    words = printed.between(block.start, block.end)
    facing = direction(words)
    return f'<p dir="{facing}"{" class=apart" if is_apart else ""}{indent}>{escape(breakable([words])[0])}</p>'
