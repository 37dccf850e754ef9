"""What a PDF is and what is odd about it, told from the file and from the clean copy that was made of it.

The copy is made here too: only then is it known whether one can be made, and only there do words stand where they are
seen, so that those out of sight can be told from those in a corner that was cut off.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Name, Pdf

from caseapp.core.refused import Refused
from caseapp.intake.pdf import ink
from caseapp.intake.pdf.active import active_parts, told_of_people
from caseapp.intake.pdf.cleaning import Cleaned, cleaned, saved
from caseapp.intake.pdf.forms import Value, is_only_xfa, unread
from caseapp.intake.pdf.hidden import Seen, look
from caseapp.intake.pdf.opening import PasswordNeeded, opened
from caseapp.intake.pdf.shown import Shown
from caseapp.intake.report import Notice, Question, Report, ranges

MEDIA_TYPE = "application/pdf"
# What is shown to a person before a build; how much there is in all is counted beside it.
_MOST_LINES = 40
# What is counted while the copy is made, and what it is called in a report.
_COUNTED = {
    "link": "links-dropped",
    "bookmark": "bookmarks-dropped",
    "layer": "hidden-layers",
    "hidden": "hidden-annotations",
    "flattened": "flattened",
    "signature": "signatures",
    "blank": "blank-annotations",
}


_RESCUABLE = {"looks-different", "page-unreadable", "unreadable"}


@dataclass(frozen=True)
class Examined:
    report: Report
    pdf: bytes
    text_pages: tuple[str, ...]


def examine(folder: Path, password: str = "") -> dict[str, Any]:
    try:
        return examined(folder / "input", password).report.to_dict()
    except PasswordNeeded as needed:
        return Report("pdf", MEDIA_TYPE, 0, (needed.question(),)).to_dict()


def examined(path: Path, password: str) -> Examined:
    """Raises `PasswordNeeded`, and `Refused` where no clean copy can be made."""
    made = _copy(path, password)
    missing = unread(made.copy.values, [page.words for page in made.seen])
    if missing:
        anew = frozenset((value.page, value.place) for value in missing)
        made = _copy(path, password, anew)
        missing = unread(made.copy.values, [page.words for page in made.seen])
    questions = [*made.questions, _hidden_text(made.seen), _unread_values(missing)]
    turned = {number: page.turn for number, page in enumerate(made.seen) if page.turn}
    notices = [*made.notices, _no_text(made.seen), _stray_letters(made.seen), _turned(turned)]
    report = Report("pdf", MEDIA_TYPE, made.copy.pages, tuple(filter(None, questions)), tuple(filter(None, notices)))
    pdf = _turn(made.copy.pdf, turned) if turned else made.copy.pdf
    return Examined(report, pdf, tuple(page.words for page in made.seen))


@dataclass(frozen=True)
class _Made:
    copy: Cleaned
    seen: Sequence[Seen]
    questions: Sequence[Question]
    notices: Sequence[Notice | None]


def _copy(path: Path, password: str, anew: frozenset[tuple[int, int]] = frozenset()) -> _Made:
    """From a damaged file, the two programs may rescue different things: what the second one shows counts."""
    try:
        return _copy_of(path, password, anew)
    except Refused as refused:
        rescued = path.with_name("rescued")
        with opened(path, password) as file:
            damage = file.damage(0)
            if refused.code not in _RESCUABLE or damage is None or file.reader is None:
                raise
            file.reader.save(rescued, flags=pdfium.FPDF_REMOVE_SECURITY)
        made = _copy_of(rescued, "", anew)
        return replace(made, questions=[damage, *(asked for asked in made.questions if asked.code != "damaged")])


def _copy_of(path: Path, password: str, anew: frozenset[tuple[int, int]] = frozenset()) -> _Made:
    with opened(path, password) as file:
        if is_only_xfa(file.pdf):
            raise Refused("xfa")
        notices = [*file.notices, active_parts(file.pdf), told_of_people(file.pdf)]
        with closing(Shown(file)) as shown:
            copy = cleaned(file.pdf, anew)
            seen = _compared(shown, copy, is_sound=not file.warnings())
        redactions = copy.counts["redaction"]
        damage = file.damage(copy.counts["unsound"] + shown.mended_pages)
        questions = [damage] if damage else []
        questions += [Question("redactions", redactions)] if redactions else []
        notices += [Notice(code, copy.counts[key]) for key, code in _COUNTED.items() if copy.counts[key]]
        return _Made(copy, seen, questions, notices)


def _compared(shown: Shown, copy: Cleaned, *, is_sound: bool) -> list[Seen]:
    """What the pages of the copy say, once each was found to look as before.

    In a file that is not sound, qpdf may find what PDFium did not show; then a person is asked.
    """
    with closing(pypdfium2.PdfDocument(copy.pdf)) as after:
        if len(after) != copy.pages:
            raise Refused("pages-lost", before=copy.pages, after=len(after))
        return [_page(shown, after, index, copy, is_sound) for index in range(copy.pages)]


def _page(shown: Shown, after: pypdfium2.PdfDocument, index: int, copy: Cleaned, is_sound: bool) -> Seen:
    with closing(shown.page(index)) as old, closing(after[index]) as new:
        # A page without a usable size is shown by no reader; the copy gives it one, and a person is asked.
        if min(old.get_size()) >= 1:
            change = ink.change(ink.picture(old), ink.picture(new), copy.excused.get(index, ()))
            if change.lost or (change.gained and is_sound):
                raise Refused("looks-different", page=index + 1)
        return look(new)


def _turn(pdf: bytes, turned: dict[int, int]) -> bytes:
    with Pdf.open(BytesIO(pdf)) as copy:
        for index, by in turned.items():
            page = copy.pages[index].obj
            page[Name.Rotate] = (int(page.get(Name.Rotate, 0)) + by) % 360
            if not page[Name.Rotate]:
                del page[Name.Rotate]
        return saved(copy)


def _no_text(seen: Sequence[Seen]) -> Notice | None:
    pages = [number for number, page in enumerate(seen, start=1) if not page.letters]
    return Notice("no-text", len(pages), tuple(ranges(pages))) if pages else None


def _stray_letters(seen: Sequence[Seen]) -> Notice | None:
    pages = [number for number, page in enumerate(seen, start=1) if page.stray]
    return Notice("stray-letters", sum(page.stray for page in seen), tuple(ranges(pages))) if pages else None


def _turned(turned: dict[int, int]) -> Notice | None:
    pages = [index + 1 for index in sorted(turned)]
    return Notice("turned", len(pages), tuple(ranges(pages))) if pages else None


def _hidden_text(seen: Sequence[Seen]) -> Question | None:
    """Each line is a page and words on it that cannot be seen."""
    lines = [f"{number}: {words}" for number, page in enumerate(seen, start=1) for words in page.hidden]
    return Question("hidden-text", len(lines), tuple(lines[:_MOST_LINES])) if lines else None


def _unread_values(missing: Sequence[Value]) -> Question | None:
    lines = [f"{value.page + 1}: {' '.join(value.words.split())[:100]}" for value in missing]
    return Question("form-values", len(lines), tuple(lines[:_MOST_LINES])) if lines else None
