"""Bring in a case folder: `case.json` and the files it names, all of it or nothing."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.packets.services.importing.folder import read_folder
from caseapp.packets.services.importing.writing import Imported, write_case

__all__ = ["Imported", "import_case"]


def import_case(*, folder: Path, by: User | None, team: Iterable[User], now: dt.datetime) -> Imported:
    """Make the case that the folder describes. Raises CaseFileRefused, and writes nothing, where it cannot."""
    folder_read = read_folder(folder)
    with transaction.atomic():
        return write_case(folder_read, by=by, team=team, now=now)
