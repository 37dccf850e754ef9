"""Make the entries of the search anew."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from caseapp.library.found import index
from caseapp.library.keeping.searching import rebuild_search


class Command(BaseCommand):
    help = "Read every source and excerpt for the search anew, as after restoring a database by hand."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--json", action="store_true", help="print the number of entries as JSON")

    def handle(self, **options: Any) -> None:
        index.install()
        entries = rebuild_search()
        if options["json"]:
            self.stdout.write(json.dumps({"entries": entries}))
        else:
            self.stderr.write(f"{entries:,} entries can be found now.")
