"""What must not be within reach of others when the program starts: keys, error pages, services, the data folder.

On a server (HTTPS=on, or a name that is not this machine's own) each finding stops the start. On one's own machine the
weaker of them only warn.
"""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from caseapp.core.checks import Apps, can_be_guessed, is_server, names_for_others

ON_THIS_MACHINE = {"", "localhost", "127.0.0.1", "::1"}


def old_secret_keys(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """An old key still opens sessions: one that can be guessed is as bad as a new one."""
    if settings.DEBUG or not any(map(can_be_guessed, settings.SECRET_KEY_FALLBACKS)):
        return []
    return [
        Error(
            "A key in SECRET_KEY_FALLBACKS can be guessed, and every key in it is believed.",
            hint="Take it out. Everybody who signed in under it signs in again; nothing else is lost.",
            id="core.E011",
        )
    ]


def debug_on_a_server(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if not (settings.DEBUG and settings.HTTPS):
        return []
    return [
        Error(
            "DEBUG is on while HTTPS is: this is a server, and its error pages would show case data.",
            hint="Set DEBUG=off.",
            id="core.E012",
        )
    ]


def server_without_tls(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if settings.HTTPS or not names_for_others():
        return []
    return [
        Error(
            f"ALLOWED_HOSTS names {', '.join(names_for_others())} while HTTPS is off: passwords, cookies and cases "
            "would cross the network in the open.",
            hint="Put a proxy with TLS in front of the program and set HTTPS=on. To use it on this machine alone, "
            "unset ALLOWED_HOSTS.",
            id="core.E015",
        )
    ]


def folder_of_others(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    folder = Path(settings.DATA_DIR)
    try:
        mode = folder.stat().st_mode
    except OSError:  # told by another check
        return []
    if not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return []
    return [
        _worse_on_a_server(
            f"Other accounts of this machine can look into the data folder {folder}.",
            hint=f"Shut it: chmod 700 {folder}",
            number=13,
        )
    ]


def services_without_password(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    return [
        _worse_on_a_server(
            f"{variable} names a server on another machine, and no password: whoever reaches it reads and changes all.",
            hint=f"Give the server a password and write it into {variable}; .env.example shows how.",
            number=14,
        )
        for variable in _without_password()
    ]


def _without_password() -> Iterator[str]:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql") and not database.get("PASSWORD"):
        host = database.get("HOST") or ""
        if host not in ON_THIS_MACHINE and not host.startswith("/"):
            yield "DATABASE_URL"
    broker = urlsplit(settings.CELERY_BROKER_URL)
    if broker.scheme.startswith("redis") and not broker.password and (broker.hostname or "") not in ON_THIS_MACHINE:
        yield "CELERY_BROKER_URL"


def _worse_on_a_server(sentence: str, *, hint: str, number: int) -> CheckMessage:
    if is_server():
        return Error(sentence, hint=hint, id=f"core.E{number:03}")
    return Warning(sentence, hint=hint, id=f"core.W{number:03}")


ALL = (old_secret_keys, debug_on_a_server, server_without_tls, folder_of_others, services_without_password)
