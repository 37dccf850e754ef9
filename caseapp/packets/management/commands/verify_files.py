"""Check that every stored file is there and is what was stored."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.packets.stored import FileFinding, inspect_files


class Command(BaseCommand):
    help = (
        "Reads every stored file and compares it with its name, and looks up the file of every row that points at one. "
        "Exit code 1 where one is missing or was altered: restore it from a backup under the name that is printed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        inspection = inspect_files(now=timezone.now())
        for finding in inspection.findings:
            self.stderr.write(str(FileFinding(*finding)))
        self.stdout.write(f"{inspection.looked_at} files read")
        if inspection.found:
            raise CommandError(f"{inspection.found} found. Restore what is named above from a backup.")
