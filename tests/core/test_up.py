"""The supervisor, with small programs of its own in place of the real ones."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from caseapp.core.management.commands.up import listen, web_command, worker_command
from caseapp.core.supervisor import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, Child

# Starts a supervisor over one child, which starts a child of its own; both write their numbers to the folder.
GRANDCHILD = """
import os, pathlib, sys, time
pathlib.Path(sys.argv[1], f"grandchild-{os.getpid()}").touch()
time.sleep(60)
"""
CHILD = """
import os, pathlib, signal, subprocess, sys, time
folder, stubborn = sys.argv[1], sys.argv[2] == "stubborn"
pathlib.Path(folder, f"child-{os.getpid()}").touch()
own = subprocess.Popen([sys.executable, "-c", sys.argv[3], folder])
def stop(*_):
    if not stubborn:
        own.terminate(); own.wait(); sys.exit(0)
signal.signal(signal.SIGTERM, stop)
while True: time.sleep(0.05)
"""
SUPERVISOR = """
import sys
from caseapp.core.supervisor import Child, Supervisor
folder, manner, child, grandchild = sys.argv[1:]
command = [sys.executable, "-c", child, folder, manner, grandchild]
Supervisor([Child("The child", command)], say=lambda text: print(text, flush=True)).run()
"""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


PATIENCE_SECONDS = 60.0  # only a test that fails waits so long


def eventually(question, seconds=PATIENCE_SECONDS):
    deadline = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def numbers(folder: Path, name: str) -> list[int]:
    return [int(path.name.partition("-")[2]) for path in folder.glob(f"{name}-*")]


@pytest.fixture
def supervised(tmp_path):
    """supervised(manner) → the running supervisor; whatever is left at the end is killed."""
    started = []

    def start(manner: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, str(tmp_path), manner, CHILD, GRANDCHILD],
            stdout=subprocess.DEVNULL,
        )
        started.append(process)
        assert eventually(lambda: numbers(tmp_path, "grandchild")), "the child did not start"
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)
    for pid in numbers(tmp_path, "child") + numbers(tmp_path, "grandchild"):
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_everything(supervised, tmp_path, number):
    supervisor = supervised("polite")

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=PATIENCE_SECONDS) == 0
    assert not [pid for pid in numbers(tmp_path, "child") + numbers(tmp_path, "grandchild") if is_alive(pid)]


def test_a_second_signal_stops_a_stubborn_child_and_what_it_started(supervised, tmp_path):
    supervisor = supervised("stubborn")

    supervisor.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert supervisor.poll() is None, "the first signal waits for work in hand"
    supervisor.send_signal(signal.SIGINT)

    assert supervisor.wait(timeout=PATIENCE_SECONDS) == 0
    assert not [pid for pid in numbers(tmp_path, "child") + numbers(tmp_path, "grandchild") if is_alive(pid)]


def test_a_dead_child_is_started_again_and_leaves_nothing_behind(supervised, tmp_path):
    supervised("polite")
    [first], [orphan] = numbers(tmp_path, "child"), numbers(tmp_path, "grandchild")

    os.kill(first, signal.SIGKILL)

    assert eventually(lambda: len(numbers(tmp_path, "child")) == 2)
    assert not is_alive(first)
    assert eventually(lambda: not is_alive(orphan))


def test_the_child_stops_when_the_supervisor_is_killed(supervised, tmp_path):
    supervisor = supervised("polite")
    [child] = numbers(tmp_path, "child")

    supervisor.kill()

    assert eventually(lambda: not is_alive(child))


def test_a_child_that_keeps_dying_waits_longer_each_time():
    child = Child("The child", [])
    pauses = []
    for _ in range(7):
        child.note_death(now=0)
        pauses.append(child.start_at)
    assert pauses == [1, 2, 4, 8, 16, LONGEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS]

    child.note_death(now=100)  # it had been well for 100 seconds
    assert child.start_at == 100 + FIRST_PAUSE_SECONDS


def test_a_taken_port_is_refused_in_words():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError) as refusal:
            call_command("up", port=port)
    assert str(refusal.value) == (
        f"Cannot listen on 127.0.0.1:{port} (Address already in use). If another program uses that port, stop it, "
        f"or choose another port: make run PORT={port + 1}"
    )


def test_a_free_port_is_taken_at_once():
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("command", [web_command(bind="127.0.0.1:0"), worker_command()])
def test_each_process_understands_its_command_line(command):
    answer = subprocess.run([*command, "--help"], capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stderr
