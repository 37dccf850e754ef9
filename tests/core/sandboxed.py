"""What the tests of the sandbox let a child do: each is what a parser that was taken over, or went astray, might do."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from caseapp.core.refused import Refused


def read_and_write(folder: Path, *, name: str) -> dict:
    (folder / "made").write_text((folder / name).read_text().upper())
    sys.stdout.write("this must not get into the answer")
    return {"environment": sorted(os.environ), "folder": str(folder), "here": str(Path.cwd())}


def say_what_is_imported(folder: Path) -> list[str]:
    return sorted(name for name in ("celery", "django", "caseapp.settings") if name in sys.modules)


def refuse(folder: Path) -> None:
    raise Refused("too-odd", page=3)


def fail(folder: Path) -> None:
    raise ValueError("what stood in the file")


def say_nothing_sensible(folder: Path) -> object:
    return object()


def end(folder: Path, *, number: int) -> None:
    signal.raise_signal(number)


def take_memory(folder: Path) -> int:
    return len(bytearray(2 << 30))


def think(folder: Path) -> None:
    while True:
        pass


def wait(folder: Path) -> None:
    (folder / "pid").write_text(str(os.getpid()))
    time.sleep(600)


def fork_and_wait(folder: Path) -> None:
    if os.fork():
        wait(folder)
    (folder / "grandchild").write_text(str(os.getpid()))
    time.sleep(600)


def write_too_much(folder: Path) -> None:
    with (folder / "much").open("wb") as file:
        for _ in range(400):
            file.write(bytes(1 << 20))


def recurse(folder: Path) -> None:
    recurse(folder)


def _outcome(attempt) -> str:
    try:
        attempt()
    except OSError as error:
        return error.strerror
    return "done"


def reach_out(folder: Path, *, secret: str, port: int) -> dict[str, str]:
    """What comes of each attempt to leave the room."""
    own = folder / "own"
    own.write_text("x")
    return {
        "read another's file": _outcome(lambda: Path(secret).read_text()),
        "list a folder": _outcome(lambda: list(Path(secret).parent.iterdir())),
        "read the passwords of the system": _outcome(lambda: Path("/etc/passwd").read_text()),
        "read a process": _outcome(lambda: Path(f"/proc/{os.getppid()}/environ").read_bytes()),
        "write elsewhere": _outcome(lambda: Path(secret).with_name("planted").write_text("x")),
        "link to another's file": _outcome(lambda: (folder / "link").symlink_to(secret)),
        "connect": _outcome(lambda: socket.create_connection(("127.0.0.1", port), timeout=2)),
        "send a packet": _outcome(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        "run a program": _outcome(lambda: subprocess.run(["/bin/true"], check=True)),
        "end its parent": _outcome(lambda: os.kill(os.getppid(), 0)),
    }
