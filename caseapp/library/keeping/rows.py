"""Rows of an import as they come to stand in the database."""

from collections.abc import Iterable

from django.db.models import Max

from caseapp.core.storage import Blob
from caseapp.library.keeping.captures import safe_name
from caseapp.library.lists.formats import format_of
from caseapp.library.models import Import, ImportRow, RowKind
from caseapp.library.models.imports import LONGEST_NAME

_AT_ONCE = 500


def add_rows(batch: Import, rows: Iterable[ImportRow]) -> int:
    """Put rows at the end of an import. Called inside a transaction, in which nobody else adds any."""
    Import.objects.select_for_update().get(pk=batch.pk)
    last = batch.rows.aggregate(last=Max("position"))["last"] or 0
    rows = list(rows)
    for position, row in enumerate(rows, start=last + 1):
        row.batch, row.position = batch, position
    ImportRow.objects.bulk_create(rows, batch_size=_AT_ONCE)
    return len(rows)


def row_for_file(name: str, blob: Blob) -> ImportRow:
    """A row for a stored file; `name` may be its path in the folder that it came from."""
    return ImportRow(kind=kind_of_file(name), name=row_name(name), original_sha256=blob.sha256, original_size=blob.size)


def kind_of_file(name: str) -> RowKind:
    if name.lower().endswith(".zip"):
        return RowKind.ARCHIVE
    return RowKind.LIST if format_of(name) else RowKind.FILE


def row_name(path: str) -> str:
    """A path, each part of it such that it can be shown and stored; its end where it is too long."""
    parts = [safe for part in path.replace("\\", "/").split("/") if (safe := safe_name(part))]
    return "/".join(parts)[-LONGEST_NAME:] or "–"
