"""Read the whole library from an archive."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.library.archive.errors import ArchiveRefused
from caseapp.library.archive.reading import read_archive


class Command(BaseCommand):
    help = "Read ARCHIVE, which export_library wrote, into the library of this installation, which must be empty."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *, archive: Path, **options: Any) -> None:
        try:
            rows = read_archive(by=None, path=archive, now=timezone.now())
        except ArchiveRefused as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{archive} cannot be read: {error.strerror}.") from error
        self.stdout.write(f"{archive}: {rows['source']} sources, {sum(rows.values())} rows in all.")
