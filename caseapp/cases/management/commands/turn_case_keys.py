"""Put a new key into the key file, and wrap the keys of all cases with it."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from caseapp.cases.files import forget_unused_keys, turn_keys
from caseapp.core.keyring import KeyLost


class Command(BaseCommand):
    help = "Put a new key into the key file, and wrap the keys of all cases with it. No file is written anew."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--forget",
            action="store_true",
            help="take the earlier keys out of the file: older backups of the database then open no case any more, "
            "and what was erased since is erased there too",
        )

    def handle(self, *, forget: bool, **_options: Any) -> None:
        try:
            turned = turn_keys()
            if forget:
                forget_unused_keys()
        except (KeyLost, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The keys of {turned} cases are wrapped with a new key. Back up the key file now.")
