"""Check that nothing on record was changed, removed or slipped in."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from caseapp.audit.verifying import holds, verify


class Command(BaseCommand):
    help = (
        "Walks the chain of seals over everything on record and prints its last hash. Write that down away from this "
        "machine: with --contains it shows later that nothing before it was rewritten. Exit code 1 where anything is "
        "wrong."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--contains", metavar="HASH", help="a last hash of earlier, which must be in the chain")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify(timezone.now())
        for finding in verdict.findings:
            self.stderr.write(str(finding))
        earlier = options["contains"]
        was_rewritten = bool(earlier) and not holds(earlier)
        if was_rewritten:
            self.stderr.write(f"The hash {earlier} is not in the chain: the record was rewritten since.")
        self.stdout.write(f"{verdict.position} events, last hash {verdict.head}")
        if verdict.found or was_rewritten:
            raise CommandError(f"{verdict.found + was_rewritten} found. Compare with a copy that was made earlier.")
