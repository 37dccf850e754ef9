"""A child gets its folder and nothing else, and whatever it does, its parent goes on."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from billiard.context import ForkContext

from caseapp.core import confinement, sandbox
from caseapp.core.sandbox import Limits

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def ask(what, folder, limits=None, **arguments):
    return sandbox.run(f"tests.core.sandboxed:{what}", folder=folder, arguments=arguments, limits=limits)


@pytest.fixture(autouse=True)
def tests_within_reach(monkeypatch):
    """A child knows the program and not its tests."""
    monkeypatch.setitem(sandbox._ENVIRONMENT, "PYTHONPATH", str(sandbox.PROGRAM))


@pytest.fixture
def room():
    with sandbox.room() as folder:
        yield folder


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False


def until(true) -> bool:
    """Wait for what another process is about to do."""
    over = threading.Event()
    return any(true() or over.wait(0.02) for _ in range(500))


def test_a_child_works_in_its_room_with_nothing_of_its_parents(room, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://with-a-password")
    (room / "input").write_text("words")
    said = ask("read_and_write", room, name="input")
    assert (room / "made").read_text() == "WORDS"
    assert said["folder"] == said["here"] == str(room)
    assert "DATABASE_URL" not in said["environment"]
    assert set(said["environment"]) <= {
        "DJANGO_SETTINGS_MODULE", "HOME", "LANG", "LC_CTYPE", "PYTHONHASHSEED", "PYTHONPATH", "TMPDIR",
        "XDG_CACHE_HOME",
    }  # fmt: skip


def test_a_child_starts_without_what_serves_people(room):
    assert ask("say_what_is_imported", room) == []


def test_the_room_is_private_and_goes_with_its_work():
    with sandbox.room() as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert not folder.exists()


def test_a_refusal_comes_through_with_its_facts(room):
    with pytest.raises(sandbox.Refused) as refused:
        ask("refuse", room)
    assert (refused.value.code, refused.value.params) == ("too-odd", {"page": 3})


def test_a_failure_is_told_without_the_words_of_the_file(room, caplog):
    with pytest.raises(sandbox.ChildDied, match=r"^This file could not be read: what reads it stopped in the middle"):
        ask("fail", room)
    assert "ValueError at " in caplog.text
    assert "sandboxed.py:" in caplog.text
    assert "what stood in the file" not in caplog.text


@pytest.mark.parametrize(
    ("what", "arguments", "limits", "failure"),
    [
        ("say_nothing_sensible", {}, None, sandbox.ChildDied),
        ("recurse", {}, None, sandbox.ChildDied),
        ("end", {"number": int(signal.SIGSEGV)}, None, sandbox.ChildDied),
        ("end", {"number": int(signal.SIGABRT)}, None, sandbox.ChildOutOfMemory),
        ("take_memory", {}, None, sandbox.ChildOutOfMemory),
        ("think", {}, Limits(cpu=1), sandbox.ChildOutOfTime),
        ("wait", {}, Limits(wall=1), sandbox.ChildOutOfTime),
        ("write_too_much", {}, Limits(file_size=2 << 20), sandbox.ChildDied),
    ],
)
def test_a_child_that_gives_no_answer(what, arguments, limits, failure, room):
    with pytest.raises(failure) as failed:
        ask(what, room, limits, **arguments)
    assert type(failed.value) is failure
    (room / "input").write_text("next")
    assert ask("read_and_write", room, name="input")["here"] == str(room)


def test_a_child_that_is_killed_takes_its_own_children_along(room):
    with pytest.raises(sandbox.ChildOutOfTime):
        ask("fork_and_wait", room, Limits(wall=1))
    pids = [int((room / name).read_text()) for name in ("pid", "grandchild")]
    assert until(lambda: not any(map(is_alive, pids)))


@pytest.mark.skipif(confinement.gaps() != (), reason="this kernel has no Landlock or no system-call filter")
def test_a_child_reaches_nothing_outside_its_room(room, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("of another case")
    with socket.create_server(("127.0.0.1", 0)) as server:
        outcomes = ask("reach_out", room, secret=str(secret), port=server.getsockname()[1])
    assert set(outcomes.values()) <= {"Permission denied", "Operation not permitted"}, outcomes
    assert not secret.with_name("planted").exists()


def test_the_filter_leaves_no_gap_on_this_machine():
    assert confinement.gaps() == ()


def test_a_kernel_without_protection_is_known(monkeypatch):
    monkeypatch.setattr(confinement, "_call", lambda *_: -1)
    assert confinement.gaps() == ("files", "network")


def test_an_old_landlock_needs_the_filter_to_shut_the_network(monkeypatch):
    monkeypatch.setattr(confinement, "_has_filter", lambda: False)
    monkeypatch.setattr(confinement, "_landlock_version", lambda: 3)
    assert confinement.gaps() == ("network",)


def test_a_child_does_not_outlive_a_parent_that_was_killed(room):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from django.conf import settings; settings.configure(DATA_DIR=sys.argv[2])\n"
        "from pathlib import Path; from caseapp.core import sandbox\n"
        "sandbox._ENVIRONMENT['PYTHONPATH'] = sys.argv[1]\n"
        "sandbox.run('tests.core.sandboxed:wait', folder=Path(sys.argv[2]))\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(sandbox.PROGRAM), str(room)]) as parent:
        assert until((room / "pid").exists)
        assert until(lambda: (room / "pid").read_text() != "")
        parent.send_signal(signal.SIGKILL)
    assert until(lambda: not is_alive(int((room / "pid").read_text())))


def in_a_worker(folder: str) -> None:
    (Path(folder) / "input").write_text("from a worker")
    ask("read_and_write", Path(folder), name="input")


def test_a_worker_of_celery_can_ask_too(room):
    """Its processes are daemons, which may have no children of the multiprocessing kind."""
    worker = ForkContext().Process(target=in_a_worker, args=(str(room),), daemon=True)
    worker.start()
    worker.join()
    assert worker.exitcode == 0
    assert (room / "made").read_text() == "FROM A WORKER"


def test_threads_ask_at_the_same_time(tmp_path):
    said = {}

    def one(number):
        with sandbox.room() as folder:
            (folder / "input").write_text(str(number))
            said[number] = ask("read_and_write", folder, name="input")["folder"]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(said.values())) == 4


def test_rooms_of_killed_processes_are_swept():
    with sandbox.room() as left, sandbox.room() as current:
        (left / "input").write_text("x")
        for folder, age in ((left, 61), (current, 59)):
            moment = (NOW - dt.timedelta(minutes=age)).timestamp()
            os.utime(folder, (moment, moment))
        assert sandbox.remove_abandoned_rooms(NOW) == 1
        assert (left.exists(), current.exists()) == (False, True)
