"""Bringing many things at once: an import is started, its rows are answered, tried again, or left out."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.core.uploads import NotKept
from caseapp.library.arriving.importing import LANES
from caseapp.library.keeping.captures import safe_name
from caseapp.library.keeping.failures import FileEmpty, FileTooLong, NoAddress, NotSentWhole, Refusal, in_each_language
from caseapp.library.keeping.rows import add_rows, row_for_file, row_name
from caseapp.library.models import Choice, Import, ImportRow, Method, Outcome, RowKind, RowStatus
from caseapp.library.models.imports import LONGEST_NAME
from caseapp.library.tasks import ring_for_import

Named = tuple[str, UploadedFile]
_LONGEST_ADDRESS = 2048


class NothingToAnswer(Exception):
    """Somebody else answered already, or the row is being read."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to answer any more. This is how the row stands now."))


def start_import(
    *,
    by: User | None,
    files: Sequence[Named],
    addresses: Sequence[str],
    details: Mapping[str, str],
    creates_themes: bool,
    submission: uuid.UUID | None,
    is_whole: bool,
    now: dt.datetime,
) -> Import:
    """Keep what was brought as the rows of a new import. The same submission again is the same import."""
    rows = [*map(_row_of_file, files), *map(_row_of_address, addresses)]
    try:
        with transaction.atomic():
            batch = Import.objects.create(
                name=rows[0].name,
                details=dict(details),
                creates_themes=creates_themes,
                submission=submission,
                created_at=now,
                created_by=by,
            )
            add_rows(batch, rows)
            record(by=by, action=Action.IMPORT_STARTED, subject=batch, label=batch.name)
            if is_whole:
                _begin(batch, now)
    except IntegrityError:
        earlier = Import.objects.filter(submission=submission).first() if submission else None
        if earlier is None:
            raise
        return earlier
    return batch


def add_to_import(*, batch: Import, files: Sequence[Named], is_whole: bool, now: dt.datetime) -> None:
    """More of what one person brought at once, in a later request of the browser."""
    rows = [_row_of_file(named) for named in files]
    with transaction.atomic():
        add_rows(batch, rows)
        if is_whole:
            _begin(batch, now)


@transaction.atomic
def begin_import(*, batch: Import, now: dt.datetime) -> None:
    """Have read what arrived, also where the browser never sent all of it."""
    _begin(batch, now)


def _begin(batch: Import, now: dt.datetime) -> None:
    Import.objects.filter(pk=batch.pk, started_at=None).update(started_at=now)
    _ring(batch.pk)


def _ring(batch_id: int) -> None:
    # A broker that is down must not lose the rows: the sweep sends them again.
    transaction.on_commit(lambda: ring_for_import(batch_id, most=LANES), robust=True)


def _row_of_file(named: Named) -> ImportRow:
    name, file = named
    if isinstance(file, NotKept):
        size = file.size or 0
        is_long = size > settings.MAX_UPLOAD_BYTES
        return _refused(name, FileTooLong(size, settings.MAX_UPLOAD_BYTES) if is_long else NotSentWhole())
    if not file.size:
        return _refused(name, FileEmpty())
    return row_for_file(name, storage.put(file.chunks()))


def _refused(name: str, refusal: Refusal, kind: RowKind = RowKind.FILE) -> ImportRow:
    said = in_each_language(lambda: str(refusal))
    shown = name[:LONGEST_NAME] if kind == RowKind.ADDRESS else row_name(name)
    return ImportRow(kind=kind, name=shown, status=RowStatus.FAILED, failure=said)


def _row_of_address(address: str) -> ImportRow:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return _refused(address, NoAddress(), RowKind.ADDRESS)
    if len(address) > _LONGEST_ADDRESS:
        return _refused(address, NoAddress(), RowKind.ADDRESS)
    return ImportRow(kind=RowKind.ADDRESS, name=address[:LONGEST_NAME], method=Method.FETCHED, given={"url": address})


def answer_row(
    *,
    by: User,
    row: ImportRow,
    details: Mapping[str, Any],
    codes: Iterable[str],
    choice: str,
    original: tuple[str, Iterable[bytes]] | None = None,
    now: dt.datetime,
) -> ImportRow:
    """Keep what was said about a row that asks, and have it taken in so.

    `original` is the name and the bytes of what a person gave for an address that gave nothing.
    """
    blob = storage.put(original[1]) if original else None
    with transaction.atomic():
        standing = _to_answer(row)
        if original and blob and standing.needs_its_file:
            standing.original_name, standing.method = safe_name(original[0]), _method_of(original[0])
            standing.original_sha256, standing.original_size = blob.sha256, blob.size
        return _answer(standing, by, details, codes, choice, now)


def _method_of(name: str) -> Method:
    return Method.UPLOADED if name else Method.PASTED


def _answer(
    standing: ImportRow, by: User, details: Mapping[str, Any], codes: Iterable[str], choice: str, now: dt.datetime
) -> ImportRow:
    standing.given = standing.given | dict(details)
    said = {code: {"by": by.name, "by_id": by.pk, "at": now.isoformat()} for code in codes}
    standing.accepted = standing.accepted | said
    standing.answered_by = by
    standing.choice = choice or standing.choice
    if choice == Choice.SKIP:
        _leave_out(standing)
    else:
        _wait_again(standing)
    return standing


@transaction.atomic
def skip_row(*, row: ImportRow) -> ImportRow:
    """Leave out what was not taken in. It stays in the list, and its file stays kept."""
    standing = ImportRow.objects.select_for_update().get(pk=row.pk)
    if standing.status not in (RowStatus.ASKING, RowStatus.FAILED):
        raise NothingToAnswer
    _leave_out(standing)
    return standing


@transaction.atomic
def stop_import(*, batch: Import, of: Collection[RowStatus] = (RowStatus.WAITING,)) -> int:
    """Leave out what no worker has begun to read, or the rows in these states; what was taken in stays, and each can be
    taken up again. Returns how many rows those are."""
    left = batch.rows.filter(status__in=of)
    return int(left.update(status=RowStatus.DONE, outcome=Outcome.SKIPPED, failure={}))


@transaction.atomic
def retry_row(*, row: ImportRow) -> ImportRow:
    """Have a row read once more that failed, for what stopped it may be gone, or that was left out."""
    standing = ImportRow.objects.select_for_update().get(pk=row.pk)
    if not standing.can_be_retried:
        raise NothingToAnswer
    _wait_again(standing)
    return standing


@transaction.atomic
def save_as_they_are(*, by: User, batch: Import) -> int:
    """Add the rows of which only a publisher or a date is not known. Returns how many those are."""
    rows = [row for row in batch.rows.select_for_update().filter(status=RowStatus.ASKING) if row.lacks_only_optional]
    for row in rows:
        row.answered_by = by
        _wait_again(row)
    return len(rows)


def _to_answer(row: ImportRow) -> ImportRow:
    standing = ImportRow.objects.select_for_update().get(pk=row.pk)
    if not standing.can_be_answered:
        raise NothingToAnswer
    return standing


def _leave_out(row: ImportRow) -> None:
    row.status, row.outcome, row.failure = RowStatus.DONE, Outcome.SKIPPED, {}
    row.save()


def _wait_again(row: ImportRow) -> None:
    row.status, row.outcome, row.attempts, row.heartbeat_at = RowStatus.WAITING, Outcome.NONE, 0, None
    if row.choice == Choice.SKIP:
        row.choice = Choice.NONE
    row.save()
    _ring(row.batch_id)
