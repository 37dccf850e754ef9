"""Writing the library to an archive."""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction
from django.db.migrations.recorder import MigrationRecorder

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.library.archive.tables import Row, as_row, files_of, is_person, stored_fields, tables
from caseapp.library.models import Source

FORMAT = "evidence organiser: library"
HEAD = "library.json"
_ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class Written:
    """How many rows of each table, and how many files."""

    rows: dict[str, int]
    files: int


def schema() -> str:
    """The last migration of the library that this database has had: the shape of its rows."""
    names = MigrationRecorder.Migration.objects.filter(app="library").order_by("name").values_list("name", flat=True)
    return names.last() or ""


@transaction.atomic
def write_archive(*, by: User | None, path: Path, now: dt.datetime) -> Written:
    """Everything that people brought to the library and made of it. Raises FileAltered, FileExistsError, OSError.

    All rows are of one moment where the database can give that; a file is written in one step or not at all.
    """
    if path.exists():
        raise FileExistsError(path)
    beside = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            written = _write(archive, now)
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    record(
        by=by,
        action=Action.LIBRARY_EXPORTED,
        subject=Source,
        label=path.name,
        rows=sum(written.rows.values()),
        files=written.files,
    )
    return written


def _write(archive: zipfile.ZipFile, now: dt.datetime) -> Written:
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    files: set[str] = set()
    for model in tables():
        name = model._meta.model_name or ""
        counts[name], hashes[name] = _write_rows(archive, model, files)
    for sha256 in sorted(files):
        with storage.open_whole(sha256) as stored, archive.open(f"files/{sha256}", "w", force_zip64=True) as copy:
            while piece := stored.read(storage.CHUNK):
                copy.write(piece)
    head = {"format": FORMAT, "schema": schema(), "made_at": now.isoformat(), "rows": counts, "sha256": hashes}
    archive.writestr(HEAD, json.dumps(head, indent=1))
    return Written(counts, len(files))


def _write_rows(archive: zipfile.ZipFile, model: type[models.Model], files: set[str]) -> tuple[int, str]:
    digest, count = hashlib.sha256(), 0
    with archive.open(f"rows/{model._meta.model_name}.jsonl", "w", force_zip64=True) as out:
        for row in _rows(model):
            line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
            digest.update(line)
            out.write(line)
            files.update(files_of(row))
            count += 1
    return count, digest.hexdigest()


def _rows(model: type[models.Model]) -> Iterator[Row]:
    people = [field.name for field in stored_fields(model) if is_person(field)]
    instances = model._default_manager.order_by("pk")
    if people:
        instances = instances.select_related(*people)
    return map(as_row, instances.iterator(chunk_size=_ROWS_AT_ONCE))
