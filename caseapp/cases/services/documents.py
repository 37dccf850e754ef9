"""A client's own papers: taken in, described, decided about, put in order, taken out again."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, ProtectedError, Sum
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases import reading
from caseapp.cases.drawing import drawn_page
from caseapp.cases.files import files_of
from caseapp.cases.models import Case, Document, DocumentKind, DocumentPicture, DocumentStatus
from caseapp.cases.ordering import renumber
from caseapp.cases.tasks import ring_for_documents
from caseapp.cases.versions import papers_of
from caseapp.core.storage import Blob
from caseapp.library.keeping.captures import safe_name

# Of all the originals of one case: no client has more paper, and no case takes the disk from the others.
MOST_BYTES_OF_CASE = 2 * 1024**3


@dataclass(frozen=True)
class DocumentDetails:
    """All that people type about a document. All of it is the client's: none of it goes on record."""

    title: str
    kind: str = DocumentKind.OTHER
    author: str = ""
    dated_on: str = ""
    language: str = "en"
    is_never_electronic: bool = False
    is_confidential: bool = False


class CaseIsFull(ValidationError):
    """The papers of the case weigh as much as those of one case may."""

    def __init__(self) -> None:
        super().__init__(
            _("The papers of this case weigh 2 GB, which is the most. Remove those that are not needed, then add this.")
        )


class PaperOfAnotherCase(ValueError):
    """A file was about to become a version of another client's paper."""


class DocumentChangedMeanwhile(Exception):
    """Somebody else saved the document after this person opened it. `standing` is the document as it is now."""

    def __init__(self, standing: Document) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this document while you were typing, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
        )


class NothingToDecide(Exception):
    """Somebody else decided already, or the document is being read."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to decide any more. This is how the document stands now."))


class DocumentInUse(Exception):
    """A packet files the document, or statements of the case were taken from it."""

    def __init__(self, is_filed: bool) -> None:
        super().__init__(
            _("The document is an exhibit of a packet. Take it out of the packet first, then remove it here.")
            if is_filed
            else _("Statements of the case were taken from this document. Remove them, or take them from another.")
        )


def add_document(
    *,
    by: User | None,
    case: Case,
    details: DocumentDetails,
    original: Iterable[bytes],
    name: str,
    now: dt.datetime,
    hand_over: bool = True,
) -> Document:
    """Keep the bytes, and ring for a worker to read them. Without `hand_over` the caller reads them.

    Raises CaseIsFull.
    """
    blob = keep_original(case=case, original=original)
    with transaction.atomic():
        document = add_read_document(by=by, case=case, details=details, blob=blob, name=name, now=now, found={})
        if hand_over:
            send_to_be_read(document)
    return document


def keep_original(*, case: Case, original: Iterable[bytes]) -> Blob:
    """Raises CaseIsFull."""
    if (case.documents.aggregate(weight=Sum("original_size"))["weight"] or 0) >= MOST_BYTES_OF_CASE:
        raise CaseIsFull
    return files_of(case.pk).put(original)


@transaction.atomic
def add_read_document(
    *,
    by: User | None,
    case: Case,
    details: DocumentDetails,
    blob: Blob,
    name: str,
    now: dt.datetime,
    found: Mapping[str, Any],
    replaces: Document | None = None,
) -> Document:
    """A document whose stored bytes may have been read already: `found` is what `reading.found` says, and who agreed
    to what. `replaces` is the version of the same paper before it."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if replaces and replaces.case_id != case.pk:
        raise PaperOfAnotherCase(replaces.pk)
    last = case.documents.aggregate(last=Max("position"))["last"] or 0
    document = Document(
        case=case,
        **asdict(details),
        replaces=replaces,
        position=replaces.position if replaces else last + 1,
        original_sha256=blob.sha256,
        original_size=blob.size,
        original_name=safe_name(name),
        heartbeat_at=now,
        added_at=now,
        added_by=by,
        **found,
    )
    document.full_clean(exclude=["added_by", "case", "replaces"], validate_constraints=False)
    document.save()
    _record(Action.DOCUMENT_ADDED, document, by=by, sha256=blob.sha256)
    return document


@transaction.atomic
def change_document(*, by: User | None, document: Document, details: DocumentDetails, version: int) -> Document:
    """Save the details over `version` of the document, which is the one the person saw."""
    standing = Document.objects.select_for_update().get(pk=document.pk)
    if standing.version != version:
        raise DocumentChangedMeanwhile(standing)
    fields = [name for name, value in asdict(details).items() if getattr(standing, name) != value]
    for name in fields:
        setattr(standing, name, getattr(details, name))
    standing.full_clean(exclude=["added_by", "case"], validate_constraints=False)
    if fields:
        standing.version += 1
        standing.save(update_fields=[*fields, "version"])
        _say_it_of_the_arriving(standing, fields)
        _record(Action.DOCUMENT_CHANGED, standing, by=by, fields=fields)
    return standing


def _say_it_of_the_arriving(document: Document, fields: Iterable[str]) -> None:
    """What is said of a paper meanwhile holds for the newer file too: one that is confidential must stay so."""
    said = {name: getattr(document, name) for name in fields}
    arriving = Document.objects.filter(replaces=document).exclude(status=DocumentStatus.READY)
    arriving.update(**said, version=F("version") + 1)


def answer_document(
    *, by: User, document: Document, codes: Iterable[str], now: dt.datetime, password: str = ""
) -> Document:
    """Note who said yes to which questions, and have the document read again.

    With a password it is read at once, in this process: the password is written nowhere and sent to nobody.
    """
    with transaction.atomic():
        standing = Document.objects.select_for_update().get(pk=document.pk)
        if standing.status != DocumentStatus.ASKING:
            raise NothingToDecide
        said = {code: {"by": by.name, "by_id": by.pk, "at": now.isoformat()} for code in codes}
        standing.answers = standing.answers | said
        _read_again(standing, now)
        _record(Action.DOCUMENT_ANSWERED, standing, by=by, questions=sorted(said))
        if not password:
            send_to_be_read(standing)
    if password:
        reading.read_document(standing.pk, password=password)
    return standing


@transaction.atomic
def retry_document(*, by: User | None, document: Document, now: dt.datetime) -> Document:
    """Have a document that was refused read once more: what stopped it may be gone."""
    standing = Document.objects.select_for_update().get(pk=document.pk)
    if standing.status != DocumentStatus.REFUSED:
        raise NothingToDecide
    _read_again(standing, now)
    send_to_be_read(standing)
    return standing


def _read_again(document: Document, now: dt.datetime) -> None:
    document.status, document.failure, document.attempts = DocumentStatus.WAITING, "", 0
    document.heartbeat_at = now
    document.save(update_fields=["status", "failure", "attempts", "heartbeat_at", "answers"])


def send_to_be_read(document: Document) -> None:
    # A broker that is down must not lose the document: the sweep sends it again.
    transaction.on_commit(lambda: ring_for_documents([document.pk]), robust=True)


@transaction.atomic
def move_document(*, by: User | None, case: Case, seen: Sequence[uuid.UUID], order: Sequence[uuid.UUID]) -> None:
    """Put the documents into `order`. `seen` is the order the person saw.

    Raises OrderOutOfDate, and moves nothing, where the list is no longer as it was seen.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    papers = papers_of(case)
    documents = list(papers.standing.values())
    if renumber(documents, seen=seen, wanted=order):
        versions = list(case.documents.only("position"))
        for version in versions:
            version.position = papers.newest(version).position
        Document.objects.bulk_update(versions, ["position"])
        record(by=by, action=Action.DOCUMENT_MOVED, subject=case, label=case.reference, case_id=case.pk)


@transaction.atomic
def remove_document(*, by: User | None, document: Document) -> None:
    """Take it out of the case, with its translation and what was said to bear on statements.

    Of the other versions of the paper none is removed: the one after it then follows the one before it."""
    Case.objects.select_for_update().get(pk=document.case_id)
    before = Document.objects.filter(newer=document.pk).values_list("pk", flat=True).first()
    after = list(Document.objects.filter(replaces=document.pk).values_list("pk", flat=True))
    try:
        with transaction.atomic():
            Document.objects.filter(pk__in=after).update(replaces=None)
            removed, _rows = Document.objects.filter(pk=document.pk).delete()
            Document.objects.filter(pk__in=after).update(replaces=before)
    except ProtectedError as error:
        is_filed = any(row._meta.model_name == "exhibit" for row in error.protected_objects)
        raise DocumentInUse(is_filed) from error
    if removed:
        _record(Action.DOCUMENT_REMOVED, document, by=by, sha256=document.original_sha256)


@transaction.atomic
def remove_refused(*, by: User, case: Case, seen: Sequence[uuid.UUID]) -> tuple[int, int]:
    """Of the documents that were seen to be of no use, take out those that still are. Returns how many are out, and
    how many stay because something in the case holds them."""
    Case.objects.select_for_update().get(pk=case.pk)
    removed = held = 0
    for document in Document.objects.select_for_update().filter(case=case, pk__in=seen, status=DocumentStatus.REFUSED):
        try:
            remove_document(by=by, document=document)
            removed += 1
        except DocumentInUse:
            held += 1
    return removed, held


def picture_of_page(document: Document, number: int) -> bytes:
    """A page of the clean copy as a PNG, drawn once and then kept with the files. Raises Unusable, FileAltered."""
    files, clean = files_of(document.case_id), document.clean_sha256
    drawn = DocumentPicture.objects.filter(document=document, clean_sha256=clean, number=number).first()
    if drawn is not None and files.is_whole(drawn.sha256):
        return files.read_bytes(drawn.sha256)
    picture = drawn_page(files, clean, number)
    with transaction.atomic():
        # Removing the document and erasing the case hold the case too: what is gone by now gets no picture.
        Case.objects.select_for_update().filter(pk=document.case_id).first()
        if Document.objects.filter(pk=document.pk).exists():
            kept = {"sha256": files.put_bytes(picture).sha256}
            DocumentPicture.objects.update_or_create(
                document=document, clean_sha256=clean, number=number, defaults=kept
            )
    return picture


def release_document(*, by: User, document: Document) -> BinaryIO:
    """The original bytes, checked against their hash, and the download put on record. Raises FileAltered."""
    file = files_of(document.case_id).open_whole(document.original_sha256)
    _record(Action.DOCUMENT_DOWNLOADED, document, by=by, sha256=document.original_sha256)
    return file


def _record(action: Action, document: Document, *, by: User | None, **detail: Any) -> None:
    """No label: the title of a client's paper may name the client. The history finds it by its id."""
    record(by=by, action=action, subject=document, case_id=document.case_id, **detail)
