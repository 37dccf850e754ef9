"""Write the whole library to an archive."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.core.storage import FileAltered
from caseapp.library.archive.writing import write_archive


class Command(BaseCommand):
    help = "Write the whole library, files and all, to the new file ARCHIVE, as import_library reads it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *, archive: Path, **options: Any) -> None:
        try:
            written = write_archive(by=None, path=archive, now=timezone.now())
        except FileExistsError as error:
            raise CommandError(
                f"{archive} is there already. Name a new file, so that nothing is overwritten."
            ) from error
        except FileAltered as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{archive} cannot be written: {error.strerror}.") from error
        sources, rows = written.rows["source"], sum(written.rows.values())
        self.stdout.write(f"{archive}: {sources} sources, {rows} rows in all, {written.files} files.")
