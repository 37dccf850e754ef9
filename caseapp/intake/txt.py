"""A client's text file on paper, line by line, with nothing left out.

Its bytes are read as a source's are (`readers.txt`), and its letters are printed as an exhibit's are (`printed`). How
far a line is indented, and that lines stand apart, is part of what it says, and is kept.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from caseapp.core.refused import Refused
from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.text import Unreadable
from caseapp.intake.readers.txt import MEDIA_TYPE, read
from caseapp.intake.report import Notice, Report
from caseapp.intake.setting import LETTER, STYLES, Sheet, checked, document_html, finished, page_styles
from caseapp.typesetting.blocks import Block, blocks, breakable, chunks
from caseapp.typesetting.printed import PrintedText, direction
from caseapp.typesetting.typeset import typeset

MOST_CHARACTERS = 2_000_000
_TAB = 8
_DEEPEST = 40
_SHEET = Sheet(*LETTER)


def examine(folder: Path, *, password: str = "") -> dict[str, Any]:
    reading = _reading(folder)
    return Report("txt", MEDIA_TYPE, 0, (), _notices(reading)).to_dict()


def clean(folder: Path, *, password: str = "", accepted: list[str]) -> dict[str, Any]:
    reading = _reading(folder)
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
        "notices": [notice.to_dict() for notice in _notices(reading)],
        "text_pages": text_pages,
    }


def _reading(folder: Path) -> Reading:
    try:
        reading = read((folder / "input").read_bytes())
    except Unreadable as unreadable:
        raise Refused("text", error=type(unreadable).__name__, facts=json.dumps(asdict(unreadable))) from None
    if len(reading.text) > MOST_CHARACTERS:
        raise Refused("text-too-long", length=len(reading.text), most=MOST_CHARACTERS)
    return reading


def _notices(reading: Reading) -> tuple[Notice, ...]:
    """What the reader remarked on, as it says it to itself, and how many characters are shown by their code."""
    remarks = tuple(
        Notice("text-remark", 1, (json.dumps({"kind": notice.kind, **asdict(notice)}),)) for notice in reading.notices
    )
    printed = PrintedText(reading.text)
    shown = sum(printed.shown.values())
    return (*remarks, Notice("letters-by-code", shown, tuple(sorted(printed.shown)))) if shown else remarks


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
