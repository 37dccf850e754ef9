"""A client's own papers: taken in, described, decided about, put in order, taken out again."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases import reading
from caseapp.cases.models import Case, Document, DocumentKind, DocumentStatus
from caseapp.cases.ordering import renumber
from caseapp.cases.tasks import ring_for_documents
from caseapp.core import storage
from caseapp.intake import page_picture
from caseapp.library.services.sources import safe_name

PICTURE_WIDTH = 900


@dataclass(frozen=True)
class DocumentDetails:
    """All that people type about a document. All of it is the client's: none of it goes on record."""

    title: str
    kind: str = DocumentKind.OTHER
    author: str = ""
    dated_on: str = ""
    language: str = "en"
    is_never_electronic: bool = False


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
    """Keep the bytes, and ring for a worker to read them. Without `hand_over` the caller reads them."""
    blob = storage.put(original)
    with transaction.atomic():
        document = _add(by=by, case=case, details=details, blob=blob, name=name, now=now, found={})
        if hand_over:
            _ring(document)
    return document


def add_read_document(
    *,
    by: User | None,
    case: Case,
    details: DocumentDetails,
    blob: storage.Blob,
    name: str,
    now: dt.datetime,
    found: Mapping[str, Any],
) -> Document:
    """A document whose stored bytes were read already: `found` is what `reading.found` says, and who agreed to what."""
    return _add(by=by, case=case, details=details, blob=blob, name=name, now=now, found=found)


@transaction.atomic
def _add(
    *,
    by: User | None,
    case: Case,
    details: DocumentDetails,
    blob: storage.Blob,
    name: str,
    now: dt.datetime,
    found: Mapping[str, Any],
) -> Document:
    case = Case.objects.select_for_update().get(pk=case.pk)
    last = case.documents.aggregate(last=Max("position"))["last"] or 0
    document = Document(
        case=case,
        **asdict(details),
        position=last + 1,
        original_sha256=blob.sha256,
        original_size=blob.size,
        original_name=safe_name(name),
        heartbeat_at=now,
        added_at=now,
        added_by=by,
        **found,
    )
    document.full_clean(exclude=["added_by", "case"], validate_constraints=False)
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
        _record(Action.DOCUMENT_CHANGED, standing, by=by, fields=fields)
    return standing


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
            _ring(standing)
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
    _ring(standing)
    return standing


def _read_again(document: Document, now: dt.datetime) -> None:
    document.status, document.failure, document.attempts = DocumentStatus.WAITING, "", 0
    document.heartbeat_at = now
    document.save(update_fields=["status", "failure", "attempts", "heartbeat_at", "answers"])


def _ring(document: Document) -> None:
    # A broker that is down must not lose the document: the sweep sends it again.
    transaction.on_commit(lambda: ring_for_documents([document.pk]), robust=True)


@transaction.atomic
def move_document(*, by: User | None, case: Case, seen: Sequence[uuid.UUID], order: Sequence[uuid.UUID]) -> None:
    """Put the documents into `order`. `seen` is the order the person saw.

    Raises OrderOutOfDate, and moves nothing, where the list is no longer as it was seen.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    documents = list(case.documents.only("position").order_by("position", "added_at", "pk"))
    if renumber(documents, seen=seen, wanted=order):
        Document.objects.bulk_update(documents, ["position"])
        record(by=by, action=Action.DOCUMENT_MOVED, subject=case, label=case.reference, case_id=case.pk)


@transaction.atomic
def remove_document(*, by: User | None, document: Document) -> None:
    """Take it out of the case, with its translation and what was said to bear on statements."""
    Case.objects.select_for_update().get(pk=document.case_id)
    try:
        with transaction.atomic():
            removed, _rows = Document.objects.filter(pk=document.pk).delete()
    except ProtectedError as error:
        is_filed = any(row._meta.model_name == "exhibit" for row in error.protected_objects)
        raise DocumentInUse(is_filed) from error
    if removed:
        _record(Action.DOCUMENT_REMOVED, document, by=by, sha256=document.original_sha256)


def picture_of_page(document: Document, number: int) -> bytes:
    """A page of the clean copy as a PNG, drawn once and then kept beside the files. Raises Unusable, FileAltered."""
    pictures = Path(settings.DATA_DIR) / "pictures" / document.clean_sha256[:2]
    place = pictures / f"{document.clean_sha256}-{number}.png"
    if not place.exists():
        pictures.mkdir(mode=0o700, parents=True, exist_ok=True)
        with storage.open_whole(document.clean_sha256) as file:
            drawn = page_picture(Path(file.name), page=number, width=PICTURE_WIDTH)
        storage.write_whole(place, [drawn])
    return place.read_bytes()


def release_document(*, by: User, document: Document) -> bytes:
    """The original bytes, checked against their hash, and the download put on record. Raises FileAltered."""
    data = storage.read_bytes(document.original_sha256)
    _record(Action.DOCUMENT_DOWNLOADED, document, by=by, sha256=document.original_sha256)
    return data


def _record(action: Action, document: Document, *, by: User | None, **detail: Any) -> None:
    """No label: the title of a client's paper may name the client. The history finds it by its id."""
    record(by=by, action=action, subject=document, case_id=document.case_id, **detail)
