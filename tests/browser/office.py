"""A whole office for one test module: the program as `make run` starts it, with a database, files and a broker of
its own. Web server and worker are processes of their own, and nothing of them is seen but what they say."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.broker import own_broker

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 60


def eventually(question: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


@dataclass(frozen=True)
class Office:
    """`log` is everything that web server and worker have said."""

    url: str
    environment: dict[str, str]
    log_file: Path
    pid: int

    @property
    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    def manage(self, *arguments: str, code: str | None = None) -> subprocess.CompletedProcess[str]:
        return _run(self.environment, sys.executable, "manage.py", *arguments, text_in=code)

    @contextmanager
    def workers_asleep(self) -> Iterator[None]:
        """Nothing that is asked for inside is begun before the end."""
        asleep = list(self._worker_processes())
        assert asleep, "there is no worker"
        for pid in asleep:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in asleep:
                os.kill(pid, signal.SIGCONT)

    def _worker_processes(self) -> Iterator[int]:
        for pid in _descendants(self.pid):
            if b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes():
                yield pid


def _descendants(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            yield child
            yield from _descendants(child)


def _run(environment: dict[str, str], *command: str, text_in: str | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        input=text_in or "",
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}\n{done.stderr}"
    return done


@contextmanager
def open_office(folder: Path, people: list[dict[str, str]]) -> Iterator[Office]:
    """An office with these people (email, name, role, password), an app each for codes, and an empty library."""
    with _own_database(folder) as database, own_broker() as broker:
        own = {"DATA_DIR": str(folder / "data"), "CELERY_BROKER_URL": broker, "PYTHONUNBUFFERED": "1"}
        environment = os.environ | own | database
        _run(environment, "scripts/prepare.sh")
        adding = (
            "from caseapp.accounts.models import User\nfrom tests.signing_in import with_code_app\n"
            f"for person in {json.dumps(people)}:\n"
        )
        _run(
            environment, sys.executable, "manage.py", "shell",
            text_in=adding + "    with_code_app(User.objects.create_user(**person))\n\n",
        )  # fmt: skip
        with _running(environment, folder / "log.txt") as office:
            yield office


@contextmanager
def _running(environment: dict[str, str], log_file: Path) -> Iterator[Office]:
    port = _free_port()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    office = Office(f"http://127.0.0.1:{port}", environment, log_file, process.pid)
    try:
        eventually(lambda: process.poll() is not None or _is_well(port), START_SECONDS, "the office opens")
        assert process.poll() is None, office.log
        yield office
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)  # the second signal stops all at once
            process.wait(STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _is_well(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def _own_database(folder: Path) -> Iterator[dict[str, str]]:
    """A file in the folder; on the server of DATABASE_URL, where it is set, a database beside the one it names."""
    shared = os.environ.get("DATABASE_URL", "")
    if not shared.startswith("postgres"):
        yield {"DATABASE_URL": f"sqlite:///{folder / 'office.sqlite3'}"}
        return
    parts = urlsplit(shared)
    name = f"test_{parts.path.strip('/')}_office_{os.getpid()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(drop)
