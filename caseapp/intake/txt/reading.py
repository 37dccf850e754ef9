"""The words of a client's text file. Its bytes are read as a source's are (`readers.txt`)."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from caseapp.core.refused import Refused
from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.text import Unreadable
from caseapp.intake.readers.txt import MEDIA_TYPE, read
from caseapp.intake.report import Notice, Report
from caseapp.typesetting.printed import PrintedText

MOST_CHARACTERS = 2_000_000


def examine(folder: Path, *, password: str = "") -> dict[str, Any]:
    reading = reading_of(folder)
    return Report("txt", MEDIA_TYPE, 0, (), notices_of(reading)).to_dict()


def reading_of(folder: Path) -> Reading:
    try:
        reading = read((folder / "input").read_bytes())
    except Unreadable as unreadable:
        raise Refused("text", error=type(unreadable).__name__, facts=json.dumps(asdict(unreadable))) from None
    if len(reading.text) > MOST_CHARACTERS:
        raise Refused("text-too-long", length=len(reading.text), most=MOST_CHARACTERS)
    return reading


def notices_of(reading: Reading) -> tuple[Notice, ...]:
    """What the reader remarked on, as it says it to itself, and how many characters are shown by their code."""
    remarks = tuple(
        Notice("text-remark", 1, (json.dumps({"kind": notice.kind, **asdict(notice)}),)) for notice in reading.notices
    )
    printed = PrintedText(reading.text)
    shown = sum(printed.shown.values())
    return (*remarks, Notice("letters-by-code", shown, tuple(sorted(printed.shown)))) if shown else remarks
