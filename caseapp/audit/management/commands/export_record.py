"""Write out the whole record, to be kept away from this machine."""

from typing import Any

from django.core.management.base import BaseCommand

from caseapp.audit.exporting import as_json_lines
from caseapp.audit.queries import everything
from caseapp.audit.services import record_taken_out


class Command(BaseCommand):
    help = (
        "Writes everything on record as lines of JSON, with every seal, so that the chain can be computed again "
        "without this program. It names cases and packets in words, which the page of the record does not: keep the "
        "file where the backups are kept."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        record_taken_out(by=None, file_name="record.jsonl")
        for line in as_json_lines(everything()):
            self.stdout.write(line.decode(), ending="")
