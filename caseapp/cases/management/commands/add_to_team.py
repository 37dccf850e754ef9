"""Put somebody on the team of a case that has lost everybody who could work on it."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caseapp.accounts.queries import NobodyWithEmail, person_by_email
from caseapp.cases.models import Case
from caseapp.cases.parts import fullest_part
from caseapp.cases.queries import can_be_worked_on
from caseapp.cases.services.team import AlreadyOnTeam, CannotWorkOnCases, add_member


class Command(BaseCommand):
    help = "Put somebody on the team of a case that nobody can work on any more."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("reference")
        parser.add_argument("email")

    def handle(self, *, reference: str, email: str, **options: Any) -> None:
        case = self._case(reference)
        try:
            person = person_by_email(email)
            add_member(by=None, case=case, user=person, part=fullest_part(person.role))
        except (NobodyWithEmail, AlreadyOnTeam, CannotWorkOnCases) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{person.name} is on the team of {case.reference} now.")

    def _case(self, reference: str) -> Case:
        """Several teams may use one reference; what is meant is a case that nobody can work on."""
        left = [case for case in Case.objects.filter(reference=reference) if not can_be_worked_on(case)]
        if len(left) != 1:
            raise CommandError(
                f"{len(left)} cases with the reference {reference} have nobody who can work on them. This command is "
                "for one that has nobody; elsewhere the team adds colleagues itself."
            )
        return left[0]
