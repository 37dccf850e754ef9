"""What must be in order about signing in before the program starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from caseapp.core.checks import SHORTEST_SECRET, can_be_guessed


def second_factor_key(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    if settings.DEBUG or not can_be_guessed(settings.SECOND_FACTOR_KEY):
        return []
    return [
        Error(
            f"SECOND_FACTOR_KEY can be guessed: it needs {SHORTEST_SECRET} random characters.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. Or leave it out: one is "
            "then made in DATA_DIR. People whose second factor was sealed with the old key set up a new one.",
            id="accounts.E001",
        )
    ]
