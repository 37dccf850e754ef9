"""Any file in; what it is, what is odd about it, and a clean PDF of it out.

These are the doors, for the process that serves people. Behind them each file is read in a child process (see
`caseapp.core.sandbox`): the modules that parse are never called from here directly.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from caseapp.core import sandbox
from caseapp.intake.kinds import HEAD, KINDS, Kind, kind_of
from caseapp.intake.report import (
    Clean,
    Notice,
    Passage,
    Question,
    Report,
    Spot,
    Words,
    notices_from,
    questions_from,
)
from caseapp.intake.sentences import refusal_sentence

__all__ = [
    "MOST_BYTES",
    "Clean",
    "Notice",
    "Passage",
    "Question",
    "Report",
    "Spot",
    "Unsettled",
    "Unusable",
    "Words",
    "clean_pdf",
    "examine",
    "mark_passages",
    "page_picture",
    "read_words",
    "too_large",
]

MOST_BYTES = 50 * 1024 * 1024
# What the functions of a kind find in their room, and what `clean` leaves there.
INPUT, OUTPUT = "input", "clean.pdf"
_PASSAGES_SECONDS = 300  # for 2,000 pages as full as pages are, on a busy machine
_PICTURE_SECONDS = 30


class Unusable(Exception):
    """Nothing can be made of this file."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.code = code


class Unsettled(Exception):
    """A person must first decide something about this file."""

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(", ".join(question.code for question in questions))
        self.questions = questions


def examine(path: Path, *, name: str, password: str = "") -> Report:
    """What the file is, and what is odd about it. Raises `Unusable`."""
    kind = _kind(path, name)
    with sandbox.room() as folder:
        found = _ask(kind.examine, path, folder, {"password": password}, kind.seconds)
    return Report.from_dict(found)


def clean_pdf(
    path: Path,
    *,
    name: str,
    kind: str,
    out: Path,
    password: str = "",
    accepted: frozenset[str] = frozenset(),
) -> Clean:
    """Write to `out` the PDF that exhibits are built from.

    Raises `Unsettled` where a question is open whose code is not among the accepted ones, and `Unusable`.
    """
    with sandbox.room() as folder:
        arguments = {"password": password, "accepted": sorted(accepted)}
        made = _ask(KINDS[kind].clean, path, folder, arguments, KINDS[kind].seconds)
        if made["questions"]:
            raise Unsettled(questions_from(made["questions"]))
        _move(folder / OUTPUT, out)
    return Clean(made["pages"], notices_from(made["notices"]), tuple(made["text_pages"]))


def read_words(path: Path) -> Words:
    """The text of a clean PDF, with the place of each page in it. Raises `Unusable`."""
    with sandbox.room() as folder:
        read = _ask("caseapp.intake.pdf.text:read_pages", path, folder, {"file": INPUT}, _PASSAGES_SECONDS)
    return Words.from_dict(read)


def mark_passages(
    path: Path, *, text: str, pages: Sequence[Sequence[Any]], passages: Sequence[Passage], out: Path
) -> list[tuple[Spot, ...]]:
    """Write to `out` a clean PDF with passages of its text marked on its pages, and say where each stands.

    `text` and `pages` are as they were read and stored. Raises `Unusable` where a passage cannot be found again.
    """
    arguments = {
        "file": INPUT,
        "out": OUTPUT,
        "text": text,
        "pages": pages,
        "passages": [(passage.start, passage.end) for passage in passages],
        "colours": [passage.colours for passage in passages],
    }
    with sandbox.room() as folder:
        found = _ask("caseapp.intake.pdf.marks:mark", path, folder, arguments, _PASSAGES_SECONDS)
        _move(folder / OUTPUT, out)
    return [tuple(Spot.from_list(spot) for spot in spots) for spots in found]


def page_picture(path: Path, *, page: int, width: int) -> bytes:
    """One page of a clean PDF, counted from 1, as a PNG. Raises `Unusable`."""
    with sandbox.room() as folder:
        arguments = {"page": page, "width": width}
        _ask("caseapp.intake.pdf.pictures:picture", path, folder, arguments, _PICTURE_SECONDS)
        _move(folder / "picture.png", folder / "moved.png")
        return (folder / "moved.png").read_bytes()


def _kind(path: Path, name: str) -> Kind:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise too_large(size)
    try:
        with path.open("rb") as file:
            return kind_of(name, file.read(HEAD))
    except sandbox.Refused as refused:
        raise _unusable(refused) from refused


def _ask(function: str, path: Path, folder: Path, arguments: Mapping[str, Any], seconds: int) -> Any:
    shutil.copyfile(path, folder / INPUT)
    limits = sandbox.Limits(cpu=seconds, wall=seconds + 30)
    try:
        return sandbox.run(function, folder=folder, arguments=arguments, limits=limits)
    except sandbox.Refused as refused:
        raise _unusable(refused) from refused
    except sandbox.ChildFailed as failed:
        raise Unusable(str(failed)) from failed


def too_large(size: int) -> Unusable:
    return _unusable(sandbox.Refused("too-large", size=size, most=MOST_BYTES))


def _unusable(refused: sandbox.Refused) -> Unusable:
    return Unusable(refusal_sentence(refused.code, refused.params), refused.code)


def _move(made: Path, out: Path) -> None:
    """A child that was taken over could have left anything under that name, so only a plain file is taken."""
    try:
        descriptor = os.open(made, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise Unusable(str(sandbox.ChildDied())) from error
    with os.fdopen(descriptor, "rb") as file, out.open("wb") as place:
        shutil.copyfileobj(file, place)
