"""The workers' part of an import: take in one row, ask what a person must say about it, or say why it cannot be.

May be called twice, late, or by two workers at once: a row is claimed by one conditional update and given up by
another, and the source it becomes has the row's key, so that it is made once. One row never stops another.
"""

import dataclasses
import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.core import storage
from caseapp.core.jobs import MOST_ATTEMPTS, claim, heart, new_owner
from caseapp.library.fetching import fetch, may_fetch
from caseapp.library.keeping.captures import safe_name
from caseapp.library.keeping.contents import MustBeDecided, came_with, contents_of
from caseapp.library.keeping.failures import (
    FileNotBrought,
    MayNotAddAnyMore,
    StoppedTooOften,
    in_each_language,
    said_of,
)
from caseapp.library.keeping.found import believable
from caseapp.library.keeping.holding import keep_held, taken_apart
from caseapp.library.keeping.sources import AlreadyAdded, SourceDetails, SubmissionUsed, add_source
from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Choice, ImportRow, Method, Outcome, RowKind, RowStatus, Source
from caseapp.library.models.imports import HOLDERS
from caseapp.library.queries import captures_of
from caseapp.library.texts.noticed import kept

MOST_SECONDS = 10 * 60
# How many rows of one import are worked on at once. The others wait in the database and not in the queue, so that a
# thousand rows do not stand before somebody else's build.
LANES = 2
# How many characters of a text are shown to whoever says what it is.
SHOWN = 1500
# What is asked for where neither the file nor a person said it. A list is taken as it is, but for titles.
WANTED = ("title", "publisher", "published_on")
_DETAILS = frozenset(field.name for field in dataclasses.fields(SourceDetails))


def read_row(row_id: int) -> int | None:
    """Take in one row, unless that was done already or somebody else is at it. Returns the import that goes on."""
    owner = new_owner()
    waiting = ImportRow.objects.filter(pk=row_id, status=RowStatus.WAITING, attempts__lt=MOST_ATTEMPTS)
    if not claim(waiting, to_status=RowStatus.READING, owner=owner, now=timezone.now()):
        return None
    row = ImportRow.objects.select_related("batch__created_by", "answered_by", "same_as").get(pk=row_id)
    with heart(ImportRow.objects.filter(pk=row_id), owner=owner):
        if row.kind in HOLDERS:
            _take_apart(row, owner)
        else:
            _end(row, owner, **_what_becomes_of(row))
    return row.batch_id


def _take_apart(row: ImportRow, owner: str) -> None:
    """All that it holds becomes rows in one step, or none of it."""
    try:
        held = taken_apart(row)
        with transaction.atomic():
            if _end(row, owner, **_done(Outcome.UNPACKED, None), columns=held.columns, given={"rows": len(held.rows)}):
                keep_held(row, held)
    except Exception as error:
        _end(row, owner, **_failed(row, error))


def next_rows(batch_id: int, *, now: dt.datetime, most: int = 1) -> list[int]:
    """The rows that a worker shall be called for now; each is marked, so that nobody else calls for it."""
    rows = ImportRow.objects.filter(batch_id=batch_id)
    uncalled = rows.filter(status=RowStatus.WAITING, heartbeat_at=None).order_by("position")
    if rows.filter(kind__in=HOLDERS, status__in=[RowStatus.WAITING, RowStatus.READING]).exists():
        uncalled = uncalled.filter(kind__in=HOLDERS)
    found = list(uncalled.values_list("pk", flat=True)[:most])
    return [pk for pk in found if uncalled.filter(pk=pk).order_by().update(heartbeat_at=now)]


def give_up(row: ImportRow) -> None:
    """The program stopped again and again while it had this row."""
    _end(row, row.owner, **_failed(row, StoppedTooOften(MOST_ATTEMPTS)))


def _end(row: ImportRow, owner: str, **fields: Any) -> bool:
    """Nothing happens where the row was taken back in the meantime."""
    rows = ImportRow.objects.filter(pk=row.pk, owner=owner, status=RowStatus.READING)
    return bool(rows.update(**fields, heartbeat_at=timezone.now()))


def _what_becomes_of(row: ImportRow) -> dict[str, Any]:
    try:
        return _taken_in(row)
    except Exception as error:
        return _failed(row, error)


def _failed(row: ImportRow, error: Exception) -> dict[str, Any]:
    return {"status": RowStatus.FAILED, "failure": said_of(error, where=f"Row {row.pk} of import {row.batch_id}")}


def _done(outcome: Outcome, source: Source | None) -> dict[str, Any]:
    return {
        "status": RowStatus.DONE,
        "outcome": outcome,
        "source": source,
        "questions": [],
        "failure": {},
        "opening": "",
    }


def _asking(**fields: Any) -> dict[str, Any]:
    return {"status": RowStatus.ASKING, "questions": [], "failure": {}} | fields


def _taken_in(row: ImportRow) -> dict[str, Any]:
    earlier = Source.objects.filter(submission=row.key).first()
    if earlier:
        return _known(row, earlier)
    _check_rights(row)
    _store_text(row)
    same_as = None if row.choice else _already_there(row)
    if not row.original_sha256 and (same_as or not _fetched(row)):
        return _asking(same_as=same_as, **_without_its_file(row))
    same_as = same_as or (None if row.choice else _already_there(row))
    data = storage.read_bytes(row.original_sha256)
    try:
        contents = contents_of(
            data,
            name=row.original_name or row.name,
            method=row.method,
            accepted=frozenset(row.accepted),
            **came_with(row.response),
        )
    except MustBeDecided as undecided:
        return _asking(same_as=same_as, questions=[kept(question) for question in undecided.questions])
    row.found = believable(contents.found)
    same_as = same_as or (None if row.choice else _of_address(row.details.get("url")))
    if same_as or _lacks_something(row):
        return _asking(same_as=same_as, found=row.found, opening=contents.text.strip()[:SHOWN])
    return _added(row, data) | {"found": row.found}


def _store_text(row: ImportRow) -> None:
    """What a list has as the text of a record becomes a file, as if it had been pasted."""
    text = row.given.get("text")
    if text and not row.original_sha256:
        _keep_bytes(row, text.encode())


def _keep_bytes(row: ImportRow, data: bytes) -> None:
    """Before anything is made of them."""
    blob = storage.put_bytes(data)
    row.original_sha256, row.original_size = blob.sha256, blob.size
    row.save(update_fields=["original_sha256", "original_size", "original_name", "response"])


def _already_there(row: ImportRow) -> Source | None:
    """A source with the same bytes or, where its bytes are not known yet, of the same address."""
    if row.original_sha256:
        twin = captures_of(row.original_sha256).first()
        return twin.source if twin else None
    return _of_address(row.given.get("url"))


def _of_address(url: str | None) -> Source | None:
    return Source.objects.filter(url=url).order_by("pk").first() if url else None


def _fetched(row: ImportRow) -> bool:
    """Get the page of its address, where the office allows that."""
    url = row.given.get("url")
    if not url or not may_fetch():
        return False
    got = fetch(url, now=timezone.now())
    row.original_name, row.response = safe_name(got.name), got.response
    _keep_bytes(row, got.data)
    return True


def _without_its_file(row: ImportRow) -> dict[str, Any]:
    named = row.given.get("files")
    return {"failure": in_each_language(lambda: str(FileNotBrought(named)))} if named else {}


def _lacks_something(row: ImportRow) -> bool:
    if row.answered_by_id:
        return False
    wanted = WANTED[:1] if row.kind == RowKind.RECORD else WANTED
    return not all(row.details.get(name) for name in wanted)


def _check_rights(row: ImportRow) -> None:
    """Rights are read when they are used: before the work, and again before anything is added."""
    asked_by = row.answered_by_id or row.batch.created_by_id
    if asked_by and not User.objects.get(pk=asked_by).can(Ability.EDIT_LIBRARY):
        raise MayNotAddAnyMore


def _added(row: ImportRow, data: bytes) -> dict[str, Any]:
    _check_rights(row)
    kept_as = {
        "by": row.answered_by or row.batch.created_by,
        "original": data,
        "name": row.original_name or ("" if row.kind == RowKind.RECORD else row.name),
        "method": Method(row.method),
        "now": timezone.now(),
        "accepted": frozenset(row.accepted),
        "response": row.response,
    }
    if row.choice == Choice.VERSION and row.same_as:
        return _added_as_version(row.same_as, kept_as)
    details = SourceDetails(**{name: value for name, value in row.details.items() if name in _DETAILS})
    try:
        source = add_source(details=details, submission=row.key, guessed=row.guessed, **kept_as)
    except (AlreadyAdded, SubmissionUsed) as error:
        return _known(row, error.source)
    except ValidationError as error:
        return _asking(failure=_failed(row, error)["failure"])
    return _done(Outcome.ADDED, source)


def _added_as_version(source: Source, kept_as: dict[str, Any]) -> dict[str, Any]:
    """The details of the source stay as people have them."""
    try:
        add_version(source=source, **kept_as)
    except NothingNew:
        return _done(Outcome.KNOWN, source)
    return _done(Outcome.VERSION, source)


def _known(row: ImportRow, source: Source) -> dict[str, Any]:
    """A row that was added before its worker was killed is the row that added it."""
    is_other = ImportRow.objects.filter(key=row.key, source=source).exclude(pk=row.pk).exists()
    return _done(Outcome.KNOWN if is_other else Outcome.ADDED, source)
