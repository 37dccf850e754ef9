"""Reading an archive into an empty library: whole, or not at all."""

import datetime as dt
import hashlib
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.library.archive.errors import (
    FileMissing,
    LibraryNotEmpty,
    NotAnArchive,
    OtherVersion,
    RowsMissing,
)
from caseapp.library.archive.tables import Row, files_of, is_person, stored_fields, tables
from caseapp.library.archive.writing import FORMAT, HEAD, schema
from caseapp.library.keeping.arrivals import compare_with_all
from caseapp.library.keeping.searching import rebuild_search
from caseapp.library.models import Capture, Source, Theme

_ROWS_AT_ONCE = 50
_LONGEST_HEAD = 1 << 20
_LOCKED = 1
# What a zip that is damaged, or packed in a way nobody knows, ends in.
_UNREADABLE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, UnicodeDecodeError, EOFError)


def read_archive(*, by: User | None, path: Path, now: dt.datetime) -> dict[str, int]:
    """How many rows of each table were read. Raises a class of ArchiveRefused, OSError; then nothing has changed.

    Every row keeps the id it had, so that addresses and searches that people kept still lead to the same things. People
    are found by their e-mail. Whoever is not known here gets an account that cannot sign in, so that it stays
    on record who did what.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if any(entry.flag_bits & _LOCKED for entry in archive.infolist()):
                raise NotAnArchive
            head = _head(archive)
            if head["schema"] != schema():
                raise OtherVersion(head["schema"], schema())
            with transaction.atomic():
                _make_room()
                _read_rows(archive, head)
                _work_out_the_rest(now)
                rebuild_search()
                record(by=by, action=Action.LIBRARY_IMPORTED, subject=Source, label=path.name, rows=head["rows"])
    except _UNREADABLE as error:
        raise NotAnArchive from error
    return head["rows"]


def _head(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        if archive.getinfo(HEAD).file_size > _LONGEST_HEAD:
            raise NotAnArchive
        head = json.loads(archive.read(HEAD))
        names = {model._meta.model_name for model in tables()}
        if head["format"] != FORMAT or not isinstance(head["schema"], str):
            raise NotAnArchive
        if head["schema"] == schema() and not (head["rows"].keys() == head["sha256"].keys() == names):
            raise NotAnArchive
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise NotAnArchive from error
    return head


def _make_room() -> None:
    """Themes that a new installation brings give way to those of the archive."""
    if sources := Source.objects.count():
        raise LibraryNotEmpty(sources)
    for model in reversed(tables()):
        if model is Theme:
            # Children point at their parents, and both go at once.
            Theme.objects.update(parent=None, name=models.F("slug"))
        model._default_manager.all().delete()


def _read_rows(archive: zipfile.ZipFile, head: dict[str, Any]) -> None:
    people, files = _People(), _Files(archive)
    for model in tables():
        name = model._meta.model_name or ""
        digest = hashlib.sha256()
        rows = _lines(archive, name, digest)
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            _add(model, some, people, files)
        if digest.hexdigest() != head["sha256"][name] or model._default_manager.count() != head["rows"][name]:
            raise RowsMissing(name)
    _count_on_from_the_last_ids()


def _count_on_from_the_last_ids() -> None:
    """PostgreSQL gives out ids from a sequence, which knows nothing of rows that brought theirs."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)
    connection.check_constraints()


def _work_out_the_rest(now: dt.datetime) -> None:
    """What can be found, at once; which sources tell one report, by the workers."""
    rebuild_search()
    for capture in Capture.objects.defer("text").order_by("number", "pk"):
        compare_with_all(capture, now=now)


def _lines(archive: zipfile.ZipFile, name: str, digest: Any) -> Iterator[Row]:
    try:
        with archive.open(f"rows/{name}.jsonl") as lines:
            for line in lines:
                digest.update(line)
                yield json.loads(line)
    except (KeyError, ValueError) as error:
        raise RowsMissing(name) from error


def _add(model: type[models.Model], rows: list[Row], people: "_People", files: "_Files") -> None:
    for row in rows:
        files.take(files_of(row))
    try:
        model._default_manager.bulk_create(_instance(model, row, people) for row in rows)
    except (KeyError, ValidationError, TypeError, ValueError, IntegrityError) as error:
        raise RowsMissing(model._meta.model_name or "") from error


def _instance(model: type[models.Model], row: Row, people: "_People") -> models.Model:
    values: dict[str, Any] = {}
    for field in stored_fields(model):
        value = row[field.attname]
        values[field.attname] = people.id_of(value) if is_person(field) else field.to_python(value)
    return model(**values)


class _People:
    def __init__(self) -> None:
        self._ids = {email.casefold(): pk for pk, email in User.objects.values_list("pk", "email")}

    def id_of(self, email: str | None) -> int | None:
        if email is None:
            return None
        known = self._ids.get(email.casefold())
        if known is None:
            stranger = User.objects.create_user(email=email, name=email, role=Role.CASEWORKER)
            stranger.is_active = False
            stranger.save(update_fields=["is_active"])
            known = self._ids[email.casefold()] = stranger.pk
        return known


class _Files:
    """Stored before the rows that need them; a file that is stored twice is stored once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive, self._taken = archive, set[str]()

    def take(self, hashes: Iterable[str]) -> None:
        for sha256 in hashes:
            if sha256 not in self._taken:
                self._store(sha256)
                self._taken.add(sha256)

    def _store(self, sha256: str) -> None:
        try:
            with self._archive.open(f"files/{sha256}") as file:
                blob = storage.put(iter(lambda: file.read(storage.CHUNK), b""))
        except (KeyError, zipfile.BadZipFile) as error:
            raise FileMissing(sha256) from error
        if blob.sha256 != sha256:
            raise FileMissing(sha256)
