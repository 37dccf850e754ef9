"""One function on untrusted bytes, in a fresh process that has little memory, little time and nothing to reach.

Whatever the bytes do to that process, this one gets an answer, a refusal, or one of the classes of `ChildFailed`.
"""

import contextlib
import datetime as dt
import json
import logging
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from caseapp.core.child import PROGRAM
from caseapp.core.refused import Refused

__all__ = [
    "ChildDied",
    "ChildFailed",
    "ChildOutOfMemory",
    "ChildOutOfTime",
    "Limits",
    "Refused",
    "remove_abandoned_rooms",
    "room",
    "run",
]

MIB = 1 << 20
_CHILD = PROGRAM / "caseapp" / "core" / "child.py"
_LONGEST_ANSWER = 64 * MIB
# Nothing of our own environment, which holds the secret key and the password of the database. The same seed gives the
# same order of sets, and so the same bytes.
_ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "DJANGO_SETTINGS_MODULE": "caseapp.core.child_settings",
}
_LAST_BREATH_SECONDS = 2
# What a child says of where it failed. One that was taken over could say anything.
_PLACE = re.compile(r"\w{1,60} at [\w./-]{1,200}:\d{1,6}", re.ASCII)
_ROOM = "room-"
# No child and no row of children works this long in one room: what is as old was left behind by a killed process.
_ABANDONED_AFTER = dt.timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Bytes of address space, seconds of processor and of waiting, bytes of one written file, open files."""

    memory: int = 1024 * MIB
    cpu: int = 60
    wall: int = 90
    file_size: int = 300 * MIB
    files: int = 64


class ChildFailed(Exception):
    """The child gave no answer. The sentence says what to do about the file."""


class ChildOutOfTime(ChildFailed):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Reading this file took too long, so it was stopped. Open the file in the program it was made with, "
                "save or print it as a new PDF, in parts if it is very long, and add that."
            )
        )


class ChildOutOfMemory(ChildFailed):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Reading this file took more memory than is given to one file, so it was stopped. Open the file in "
                "the program it was made with, save or print it as a new PDF with smaller pictures, and add that."
            )
        )


class ChildDied(ChildFailed):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This file could not be read: what reads it stopped in the middle, as happens with damaged files. "
                "Open the file in the program it was made with, save or print it as a new PDF, and add that."
            )
        )


@contextlib.contextmanager
def room() -> Iterator[Path]:
    """A folder of its own for one file and what becomes of it, for nobody else to read, gone afterwards.

    Copy the file into it. A link would let the child write to the original.
    """
    folder = Path(tempfile.mkdtemp(prefix=_ROOM, dir=_rooms()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _rooms() -> Path:
    rooms = Path(settings.DATA_DIR) / "rooms"
    rooms.mkdir(mode=0o700, parents=True, exist_ok=True)
    return rooms


def remove_abandoned_rooms(now: dt.datetime) -> int:
    """Remove the rooms of processes that were killed. Returns how many those were."""
    removed = 0
    for folder in _rooms().glob(f"{_ROOM}*"):
        with contextlib.suppress(FileNotFoundError):  # its owner has just left it
            made_at = dt.datetime.fromtimestamp(folder.stat().st_mtime, tz=dt.UTC)
            if made_at < now - _ABANDONED_AFTER:
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
    return removed


def run(
    function: str, *, folder: Path, arguments: Mapping[str, Any] | None = None, limits: Limits | None = None
) -> Any:
    """What `module:function` says of the files in `folder`. It is called with the folder and the arguments.

    Raises what it raised as `Refused`, and one of the classes of `ChildFailed` where it gave no answer.
    """
    limits = limits or Limits()
    request = {
        "function": function,
        "folder": str(folder),
        "arguments": dict(arguments or {}),
        "limits": {name: value for name, value in asdict(limits).items() if name != "wall"},
        "parent": os.getpid(),
    }
    child = _start(folder)
    try:
        said = _converse(child, json.dumps(request).encode(), time.monotonic() + limits.wall)
    finally:
        _end(child)
    return _value(function, said, child.returncode)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-P", str(_CHILD)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**_ENVIRONMENT, "HOME": str(folder), "TMPDIR": str(folder), "XDG_CACHE_HOME": str(folder)},
        start_new_session=True,
    )


def _converse(child: subprocess.Popen[bytes], request: bytes, until: float) -> bytes:
    """All that the child says, up to the end of its output. Raises `ChildOutOfTime`."""
    assert child.stdin is not None  # noqa: S101 — both are pipes
    assert child.stdout is not None  # noqa: S101
    with contextlib.suppress(BrokenPipeError), child.stdin:
        child.stdin.write(request)
    said = bytearray()
    output = select.poll()
    output.register(child.stdout, select.POLLIN)
    while len(said) <= _LONGEST_ANSWER:
        if not output.poll(max(until - time.monotonic(), 0) * 1000):
            raise ChildOutOfTime
        piece = os.read(child.stdout.fileno(), MIB)
        if not piece:
            break
        said += piece
    if not said:  # it is about to die, and how it dies says why
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=_LAST_BREATH_SECONDS)
    return bytes(said)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and all that it may have started. Until it is waited for, its number is nobody else's."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()


def _value(function: str, said: bytes, status: int) -> Any:
    try:
        answer = json.loads(said)
    except ValueError:
        log.warning("A child for %s ended with status %s.", function, status)
        raise _how_it_died(status) from None
    if not isinstance(answer, dict):
        raise ChildDied
    if "value" in answer:
        return answer["value"]
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["params"])
    if answer.get("ended") == "memory":
        raise ChildOutOfMemory
    where = str(answer.get("where"))
    log.warning("A child for %s failed: %s", function, where if _PLACE.fullmatch(where) else "?")
    raise ChildDied


def _how_it_died(status: int) -> ChildFailed:
    if status == -signal.SIGXCPU:
        return ChildOutOfTime()
    # PDFium aborts or traps where memory ends, and the kernel kills where there is none at all.
    if status in {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGKILL}:
        return ChildOutOfMemory()
    return ChildDied()
