"""Imports for tests, and what a worker does with them, as soon as it is called."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from caseapp.library.arriving import importing
from caseapp.library.models import Import, RowStatus
from caseapp.library.models.imports import HOLDERS
from caseapp.library.services.imports import start_import
from tests.library.conftest import NOW


def bring(*files: tuple[str, bytes], addresses: tuple[str, ...] = (), **options: Any) -> Import:
    """An import of files, and of addresses, whose rows no worker was called for."""
    named = [(name, SimpleUploadedFile("file", data)) for name, data in files]
    chosen = {
        "by": None,
        "details": {},
        "creates_themes": False,
        "submission": None,
        "is_whole": True,
        "now": NOW,
    }
    return start_import(files=named, addresses=addresses, **chosen | options)


def work(batch: Import) -> None:
    """Each row for which a worker was called, or will be."""
    while rows := batch.rows.filter(status=RowStatus.WAITING).order_by("position"):
        holders = [row for row in rows if row.kind in HOLDERS]
        importing.read_row((holders or list(rows))[0].pk)
