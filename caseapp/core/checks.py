"""What must be in order before the program starts. Each finding has an id and says how to mend it."""

import ctypes
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from caseapp.core import confinement

SHORTEST_SECRET = 50
FEWEST_DIFFERENT_CHARACTERS = 10
LOOPBACK_HOSTS = {"127.0.0.1", "localhost", "[::1]", ".localhost"}
PRINT_LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
Apps = Sequence[AppConfig] | None


def register_all() -> None:
    for check in (data_folder, print_fonts, secret_key, hosts, print_libraries, confined_readers, case_keys):
        register(check)


def is_server() -> bool:
    """Whether others reach the program: it stands behind TLS, or goes by a name that is not this machine's own."""
    return bool(settings.HTTPS or names_for_others())


def names_for_others() -> list[str]:
    return sorted(set(settings.ALLOWED_HOSTS) - LOOPBACK_HOSTS)


def data_folder(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"x")
    except OSError as error:
        return [
            Error(
                f"Nothing can be written to the data folder {settings.DATA_DIR}: {error.strerror}.",
                hint="Give the folder to the account that runs the program, make room on its disk, or name another "
                "folder in DATA_DIR.",
                id="core.E001",
            )
        ]
    return []


def print_fonts(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    folder = Path(settings.BASE_DIR, "caseapp", "static", "print", "fonts")
    if any(folder.glob("*.[ot]tf")):
        return []
    return [
        Error(
            f"No font was found in {folder}: packets could not be printed.",
            hint="The fonts are part of the program. Restore the folder: git checkout -- caseapp/static/print/fonts",
            id="core.E002",
        )
    ]


def secret_key(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    if settings.DEBUG or not can_be_guessed(settings.SECRET_KEY):
        return []
    return [
        Error(
            f"SECRET_KEY can be guessed: it needs {SHORTEST_SECRET} random characters.",
            hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. Keep the old one in "
            "SECRET_KEY_FALLBACKS for a day, so that nobody is signed out.",
            id="core.E003",
        )
    ]


def can_be_guessed(key: str) -> bool:
    return (
        len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_DIFFERENT_CHARACTERS or key.startswith("django-insecure-")
    )


def hosts(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    findings: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        findings.append(
            Error(
                "ALLOWED_HOSTS holds *: the program would answer to any name.",
                hint="List the names under which the office reaches it, for example evidence.example.org.",
                id="core.E004",
            )
        )
    if settings.DEBUG and names_for_others():
        findings.append(
            Error(
                "DEBUG is on while ALLOWED_HOSTS names more than this machine: error pages would show case data.",
                hint="Set DEBUG=off.",
                id="core.E005",
            )
        )
    return findings


def print_libraries(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    missing = [package for package, names in PRINT_LIBRARIES.items() if not any(map(can_load, names))]
    if not missing:
        return []
    return [
        Error(
            f"System libraries that typeset packets are missing: {', '.join(missing)}.",
            hint=f"Run `make setup`, or: sudo apt-get install {' '.join(missing)}",
            id="core.E006",
        )
    ]


def can_load(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def confined_readers(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """On a server this stops the start: there, files come from people whom nobody in the office knows."""
    reachable = confinement.gaps()
    if not reachable:
        return []
    kind, identity = (Error, "core.E007") if is_server() else (Warning, "core.W001")
    return [
        kind(
            "This system cannot keep the processes that read uploaded files away from: " + ", ".join(reachable) + ".",
            hint="Run the program on Linux 5.13 or newer with Landlock switched on (`cat /sys/kernel/security/lsm` "
            "names it), on x86_64 or aarch64; a container's profile must allow the calls of Landlock and seccomp.",
            id=identity,
        )
    ]


def case_keys(app_configs: Apps, **_: Any) -> list[CheckMessage]:
    """On a server the key file is named by whoever runs it, and lies apart: a backup of the data that held it would
    open itself."""
    named = settings.CASE_KEYS_FILE
    if is_server() and (not named or Path(named).resolve().is_relative_to(Path(settings.DATA_DIR).resolve())):
        return [
            Error(
                "CASE_KEYS_FILE must name a file outside DATA_DIR: it opens the files of every case.",
                hint="Name a file in a folder that only the program's account can read, and keep a copy of it apart "
                "from the backups. It is made when the first case is opened.",
                id="core.E008",
            )
        ]
    path = Path(named or Path(settings.DATA_DIR) / "case_keys")
    if path.exists() and path.stat().st_mode & 0o077:
        return [
            Error(
                f"Others than its owner can read {path}, which opens the files of every case.",
                hint=f"chmod 600 {path}",
                id="core.E009",
            )
        ]
    if not path.exists() and not os.access(path.parent, os.W_OK):
        return [
            Error(
                f"There is no key file {path}, and none can be made there.",
                hint="Restore it from its backup. Before the first case: give its folder to the account that runs the "
                "program, or name another file in CASE_KEYS_FILE.",
                id="core.E010",
            )
        ]
    return []
