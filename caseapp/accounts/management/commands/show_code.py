"""What an app for codes would show, for whoever tries the program and has none at hand."""

import argparse
import binascii
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

SECONDS = 30


class Command(BaseCommand):
    help = "Print the code that belongs to a key now, as an app on a phone would. For trying the program out."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("key", help="the key that the page shows where a code app is set up")

    def handle(self, *, key: str, **options: Any) -> None:
        now = int(timezone.now().timestamp())
        try:
            code = format_hotp_value(hotp_value(key.replace(" ", ""), now // SECONDS))
        except (binascii.Error, UnicodeEncodeError) as error:
            raise CommandError("This is no key: copy it whole from the page that shows it.") from error
        self.stdout.write(code)
        self.stderr.write(f"The next one comes in {SECONDS - now % SECONDS} seconds.")
