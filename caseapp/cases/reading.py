"""The workers' part of a document: find out what it is, ask what a person must decide, make its clean copy.

May be called twice, late, or by two workers at once: a row is claimed by one conditional update and given up by
another. What is asked for the second time does nothing.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from caseapp import intake
from caseapp.cases.files import CaseFiles, files_of
from caseapp.cases.models import Document, DocumentStatus
from caseapp.cases.words import keep_words, words_on
from caseapp.core import sandbox
from caseapp.core.jobs import MOST_ATTEMPTS, claim, heart, new_owner
from caseapp.core.storage import FileAltered
from caseapp.core.unforeseen import end_of_means, note_unexpected
from caseapp.intake.report import Notice, Question, still_open
from caseapp.intake.sentences import notice_sentence

MOST_SECONDS = 10 * 60


def read_document(document_id: uuid.UUID, *, password: str = "") -> None:
    """Read one document, unless that was done already or somebody else is at it."""
    owner = new_owner()
    waiting = Document.objects.filter(pk=document_id, status=DocumentStatus.WAITING, attempts__lt=MOST_ATTEMPTS)
    if not claim(waiting, to_status=DocumentStatus.READING, owner=owner, now=timezone.now()):
        return
    document = Document.objects.select_related("added_by").get(pk=document_id)
    with heart(Document.objects.filter(pk=document_id), owner=owner), _readers_language(document):
        _end(document, owner, **found(document, files_of(document.case_id), password))


def give_up(document: Document) -> None:
    """The program stopped again and again while it had this document."""
    with _readers_language(document):
        sentence = _(
            "The program stopped %(times)d times while reading this file, so it was given up. Open the file in the "
            "program it was made with, save or print it as a new PDF, and add that."
        ) % {"times": MOST_ATTEMPTS}
        _end(document, document.owner, status=DocumentStatus.REFUSED, failure=sentence)


def _end(document: Document, owner: str, **fields: Any) -> None:
    """Nothing happens where the row was removed, or taken back, in the meantime."""
    rows = Document.objects.filter(pk=document.pk, owner=owner, status=DocumentStatus.READING)
    rows.update(**fields, heartbeat_at=timezone.now())


def found(document: Document, files: CaseFiles, password: str = "") -> dict[str, Any]:
    """What the row, saved or not, says from now on: pages, a question, or why there are none."""
    try:
        return _examined(document, files, password)
    except (intake.Unusable, FileAltered) as error:
        return _refused(str(error))
    except Exception as error:
        sentence = end_of_means(error)
        if sentence is not None:
            return _refused(sentence)
        unexpected = note_unexpected(error, where=f"Document {document.pk}")
        return _refused(
            _(
                "Something unexpected happened while this file was being read. Have it read again; if it happens "
                "again, give your administrator the reference %(reference)s."
            )
            % {"reference": unexpected.reference}
        )


def _refused(sentence: str) -> dict[str, Any]:
    return {"status": DocumentStatus.REFUSED, "failure": sentence}


def _examined(document: Document, files: CaseFiles, password: str) -> dict[str, Any]:
    with sandbox.room() as room:
        path, out = room / "original", room / "clean.pdf"
        files.lay_out(document.original_sha256, path)
        report = intake.examine(path, name=document.original_name, password=password)
        accepted = frozenset(document.answers)
        known = _plain(report.to_dict()) | {"locked": bool(password)}
        try:
            if still_open(report.questions, accepted):
                raise intake.Unsettled(report.questions)
            clean = intake.clean_pdf(
                path, name=document.original_name, kind=report.kind, out=out, password=password, accepted=accepted
            )
        except intake.Unsettled as unsettled:
            return _asking(report, known, unsettled.questions)
        clean = intake.read_scans(clean, out, language=document.language)
        return _ready(report, known, clean) | _kept(files, clean, out)


def _kept(files: CaseFiles, clean: intake.Clean, path: Path) -> dict[str, Any]:
    """The pages and their words, among the files of the case."""
    words = words_on([_plain(text) for text in _texts(clean, path)])
    return {"clean_sha256": files.put_file(path).sha256, "words_sha256": keep_words(files, words)}


def _texts(clean: intake.Clean, path: Path) -> Iterable[str]:
    """What each page says, a line for each paragraph; a line as it is printed where that cannot be told."""
    printed = [text.replace("\r\n", "\n") for text in clean.text_pages]
    if not any(text.strip() for text in printed):
        return printed
    try:
        read = intake.read_words(path)
    except intake.Unusable:
        return printed
    return [read.text[start:end] for start, end, _label in read.pages]


def _asking(report: intake.Report, known: dict[str, Any], questions: tuple[Question, ...]) -> dict[str, Any]:
    every = {question.code: question for question in (*report.questions, *questions)}
    return {
        "status": DocumentStatus.ASKING,
        "media_type": report.media_type,
        "report": known | {"questions": [_plain(question.to_dict()) for question in every.values()]},
    }


def _ready(report: intake.Report, known: dict[str, Any], clean: intake.Clean) -> dict[str, Any]:
    # Which pages have no words is known only now: scans were read meanwhile.
    noticed = [notice for notice in known["notices"] if notice["code"] != "no-text"]
    return {
        "status": DocumentStatus.READY,
        "media_type": report.media_type,
        "report": known | {"notices": noticed, "clean": [_plain(notice.to_dict()) for notice in clean.notices]},
        "pages": clean.pages,
        "notices": printed_notices(clean.notices),
    }


# Who wrote a file and with what was taken out of the file, and is not for the exhibit to tell after all; what this
# office's server lacks is no court's business.
_NEVER_PRINTED = frozenset({"told-of-people", "ocr-missing"})


def printed_notices(notices: Iterable[Notice]) -> list[str]:
    """What the exhibit's head says of the file: in English, which is the language of every forum."""
    with override("en"):
        return [_plain(notice_sentence(notice)) for notice in notices if notice.code not in _NEVER_PRINTED]


def _plain(value: Any) -> Any:
    """The same, without the characters that a database refuses."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


@contextmanager
def _readers_language(document: Document) -> Iterator[None]:
    """What a worker writes is read by the person who added the document."""
    person = document.added_by
    with override((person.language if person else "") or settings.LANGUAGE_CODE):
        yield
