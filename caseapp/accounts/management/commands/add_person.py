"""Give somebody an account: on a new installation, the first administrator."""

import argparse
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.accounts.services.people import EmailTaken, add_person, make_set_password_link


class Command(BaseCommand):
    help = "Give somebody an account, and print the path at which they set their password, once, within three days."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--json", action="store_true", help="print the person’s id and the link as JSON")

    def handle(self, *, email: str, name: str, role: str, **options: Any) -> None:
        if User._meta.db_table not in connection.introspection.table_names():
            raise CommandError("There is no database here yet. Make it first: scripts/prepare.sh")
        try:
            person, link = self._add(email=email, name=name.strip(), role=Role(role))
        except EmailTaken as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as error:
            said = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
            raise CommandError("\n".join(said)) from error
        if options["json"]:
            self.stdout.write(json.dumps({"person": person.pk, "link": link}))
        else:
            self.stdout.write(link)
            self.stderr.write(f"{person.name} sets a password at this path of the program, within three days.")

    @transaction.atomic
    def _add(self, *, email: str, name: str, role: Role) -> tuple[User, str]:
        User(email=email, name=name, role=role).clean_fields(exclude=["password"])
        person = add_person(by=None, email=email, name=name, role=role)
        return person, make_set_password_link(by=None, person=person)
