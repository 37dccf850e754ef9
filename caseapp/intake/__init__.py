"""Any file in; what it is, what is odd about it, and a clean PDF of it out.

These are the doors, for the process that serves people. Behind them each file is read in a child process (see
`caseapp.core.sandbox`): the modules that parse are never called from here directly.
"""

import contextlib
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from caseapp.core import sandbox
from caseapp.intake.kinds import HEAD, KINDS, Kind, kind_of
from caseapp.intake.ocr.languages import asked_for
from caseapp.intake.readers import ReadByChild, format_of
from caseapp.intake.readers.reading import Reading
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
    ranges,
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
    "about_pdf",
    "clean_pdf",
    "examine",
    "mark_passages",
    "page_picture",
    "read_scans",
    "read_text",
    "read_word_file",
    "read_words",
    "too_large",
]

MOST_BYTES = 50 * 1024 * 1024
# What the functions of a kind find in their room, and what `clean` leaves there.
INPUT, OUTPUT = "input", "clean.pdf"
_PASSAGES_SECONDS = 300  # for 2,000 pages as full as pages are, on a busy machine
_PICTURE_SECONDS = 30
_TEXT_SECONDS = 20
# A page takes one second, rarely ten; how long a whole document may take is less than what a worker is given for it.
_SCANS_AT_ONCE, _SECONDS_A_SCAN, _SCAN_SECONDS = 5, 20, 300


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


def about_pdf(path: Path, words: Words) -> Words:
    """The words of a PDF, with its headings and what it says of itself; where nothing can be had of that, without."""
    with sandbox.room() as folder:
        (folder / "words.txt").write_text(words.text, encoding="utf-8")
        try:
            said = _ask("caseapp.intake.pdf.about:read", path, folder, {"pages": words.pages}, _PASSAGES_SECONDS)
        except Unusable:
            return words
    return replace(words, headings=tuple(map(tuple, said["headings"])), found=said["found"])


def read_word_file(path: Path, *, name: str, accepted: frozenset[str] = frozenset()) -> Words:
    """The text of a Word file. Raises `Unsettled` where a question is open that was not accepted, and `Unusable`."""
    kind = _kind(path, name)
    with sandbox.room() as folder:
        read = _ask("caseapp.intake.docx.words:read", path, folder, {"accepted": sorted(accepted)}, kind.seconds)
    if read["questions"]:
        raise Unsettled(questions_from(read["questions"]))
    return Words.from_dict(read)


def read_text(data: bytes, *, name: str = "", media_type: str = "", address: str = "") -> Reading:
    """The text of a file, and what to know about it. `media_type` and `address` are what came with it.

    Raises one of the classes of `Unreadable`, and `Unusable`.
    """
    read = format_of(data, name=name, media_type=media_type).read
    if not isinstance(read, ReadByChild):
        return read(data)
    with sandbox.room() as folder:
        (folder / INPUT).write_bytes(data)
        return read.reading_of(
            _answer(read.function, folder, {"media_type": media_type, "address": address}, _TEXT_SECONDS)
        )


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


def read_scans(clean: Clean, path: Path, *, language: str) -> Clean:
    """The clean copy with words laid, unseen, over those of its pages that had none; `path` is changed in place.

    They are read by a program and proofread by nobody, and a notice says so. Where this machine cannot read scans, or
    not in this language, everything stays as it is, and that is said too.
    """
    silent = [number for number, words in enumerate(clean.text_pages) if not words.strip()]
    if not silent:
        return clean
    languages = asked_for(language)
    if not languages:
        return replace(clean, notices=(*clean.notices, Notice("ocr-missing", len(silent))))
    with sandbox.room() as folder:
        shutil.copyfile(path, folder / INPUT)
        if not _read_pages(folder, silent, languages):
            return clean
        try:
            laid = sandbox.run("caseapp.intake.ocr.reading:lay", folder=folder, limits=_limits(_PASSAGES_SECONDS))
        except (sandbox.Refused, sandbox.ChildFailed):
            return clean
        _move(folder / OUTPUT, path)
    return _with_words(clean, dict(zip(laid["pages"], laid["words"], strict=True)), silent)


def _read_pages(folder: Path, silent: Sequence[int], languages: str) -> bool:
    """Whether words were found. A few pages that take too long or fail stay as they were, and the others go on."""
    until = time.monotonic() + _SCAN_SECONDS
    is_any = False
    for start in range(0, len(silent), _SCANS_AT_ONCE):
        if time.monotonic() > until:
            break
        arguments = {"pages": silent[start : start + _SCANS_AT_ONCE], "languages": languages}
        limits = _limits(_SCANS_AT_ONCE * _SECONDS_A_SCAN)
        with contextlib.suppress(sandbox.Refused, sandbox.ChildFailed):
            found = sandbox.run("caseapp.intake.ocr.reading:read", folder=folder, arguments=arguments, limits=limits)
            is_any = is_any or bool(found)
    return is_any


def _with_words(clean: Clean, words: Mapping[int, str], silent: Sequence[int]) -> Clean:
    still = [number + 1 for number in silent if number not in words]
    notices = [notice for notice in clean.notices if notice.code != "no-text"]
    if words:
        notices.append(Notice("read-by-ocr", len(words), tuple(ranges([number + 1 for number in sorted(words)]))))
    if still:
        notices.append(Notice("no-text", len(still), tuple(ranges(still))))
    texts = tuple(words.get(number, said) for number, said in enumerate(clean.text_pages))
    return Clean(clean.pages, tuple(notices), texts)


def _limits(seconds: int) -> sandbox.Limits:
    return sandbox.Limits(cpu=seconds, wall=2 * seconds + 30)  # others may be at work on this machine


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
    return _answer(function, folder, arguments, seconds)


def _answer(function: str, folder: Path, arguments: Mapping[str, Any], seconds: int) -> Any:
    try:
        return sandbox.run(function, folder=folder, arguments=arguments, limits=_limits(seconds))
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
