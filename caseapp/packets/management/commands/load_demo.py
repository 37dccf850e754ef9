"""Fill a new installation with the demonstration, all invented: three people, two cases, and a page that repeats a
report."""

import argparse
import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.cases.models import Case
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Kind, Method
from caseapp.packets.casefile import CaseFileRefused
from caseapp.packets.models import Packet
from caseapp.packets.services.importing import import_case

PASSWORD = "sample password 2027"  # noqa: S105  (printed at every start; refused where anybody else could reach it)
PEOPLE = (
    ("caseworker@sample.example", "Sample Caseworker", Role.CASEWORKER),
    ("lawyer@sample.example", "Sample Lawyer", Role.LAWYER),
    ("administrator@sample.example", "Sample Administrator", Role.ADMINISTRATOR),
)
FIRST_STEPS = """
  Sign in as the caseworker. Before the first case you are asked, once, to set up a second factor: a code app on your
  phone or, under http://localhost in the place of http://127.0.0.1, a passkey. No app at hand? The page shows a key;
  `.venv/bin/python manage.py show_code KEY`, in another terminal, prints the code."""
FOLDERS = ("officers", "witness")
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}


class Command(BaseCommand):
    help = "Load the demonstration into an empty installation on this machine; do nothing where anybody works already."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the ids of the packets as JSON")
        parser.add_argument(
            "--where-possible", action="store_true", help="do nothing, instead of failing, where others can reach it"
        )

    def handle(self, **options: Any) -> None:
        if settings.HTTPS or not LOOPBACK.issuperset(settings.ALLOWED_HOSTS):
            if options["where_possible"]:
                return
            raise CommandError(
                "The demonstration accounts have passwords that everybody knows, so they are only for an installation "
                "that this machine alone can reach. Unset HTTPS and ALLOWED_HOSTS to try the program."
            )
        if not User.objects.exists():
            self._load()
        if options["json"]:
            packets = Packet.objects.filter(case__reference__startswith="SAMPLE-").order_by("case__reference")
            self.stdout.write(json.dumps({"packets": {row.case.reference: str(row.pk) for row in packets}}))
        else:
            self._introduce()

    @transaction.atomic
    def _load(self) -> None:
        team = [
            User.objects.create_user(email=email, name=name, role=role, password=PASSWORD)
            for email, name, role in PEOPLE
        ]
        working_on_cases = [person for person in team if person.role != Role.ADMINISTRATOR]
        for folder in FOLDERS:
            try:
                import_case(
                    folder=settings.BASE_DIR / "demo" / folder,
                    by=working_on_cases[0],
                    team=working_on_cases,
                    now=timezone.now(),
                )
            except CaseFileRefused as error:
                raise CommandError(f"The demonstration in demo/{folder} does not hold together.\n{error}") from error
        self._add_reprint(working_on_cases[0])

    def _add_reprint(self, by: User) -> None:
        """A page as it comes from the web, which tells again what a source of the first case tells."""
        page = settings.BASE_DIR / "demo" / "library" / "reprint.html"
        add_source(
            by=by,
            details=SourceDetails(title="", kind=Kind.NEWS, country="SV"),
            fills_in=True,
            original=page.read_bytes(),
            name=page.name,
            method=Method.UPLOADED,
            now=timezone.now(),
        )

    def _introduce(self) -> None:
        if Case.objects.filter(reference__startswith="SAMPLE-").exists():
            for email, _name, role in PEOPLE:
                self.stdout.write(f"  {role.label:<14} {email:<32} password: {PASSWORD}")
            self.stdout.write(FIRST_STEPS)
