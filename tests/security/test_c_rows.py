"""Rows C of security.md: secrets, folders and services. Real processes are started with every bad choice at once."""

import datetime as dt
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from caseapp.core import checks, exposure, sandbox
from caseapp.core.management.commands.up import web_command, worker_command

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD_KEY = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9dE2fG4hJ6kL8mN1pQ"
WAYS = {
    "gunicorn": web_command(bind="127.0.0.1:0"),
    "celery": worker_command(),
    "up": [sys.executable, "manage.py", "up", "--port", "0"],
    "container": [sys.executable, "manage.py", "up", "--only", "web", "--host", "127.0.0.1", "--port", "0"],
}


@pytest.fixture
def start(tmp_path):
    """start(command, **environment) → the process; what it says is caught."""
    started = []

    def run(command, **chosen):
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment |= {"DATA_DIR": str(tmp_path / "open"), "CASE_KEYS_FILE": str(tmp_path / "case_keys"), **chosen}
        process = subprocess.Popen(
            command, cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_c3_c5_no_process_starts_with_weak_secrets_any_host_or_services_without_password(start, tmp_path):
    (tmp_path / "case_keys").touch()
    (tmp_path / "case_keys").chmod(0o644)
    bad = {
        "HTTPS": "on",
        "SECRET_KEY": "short",
        "SECRET_KEY_FALLBACKS": "short",
        "ALLOWED_HOSTS": "*",
        "DATABASE_URL": "postgres://caseapp@database.example:5432/caseapp",
        "CELERY_BROKER_URL": "redis://broker.example:6379/0",
    }
    wanted = {"core.E003", "core.E004", "core.E009", "core.E011", "core.E013", "core.E014"}
    processes = {way: start(command, **bad) for way, command in WAYS.items()}
    for way, process in processes.items():
        _out, said = process.communicate(timeout=120)
        missing = {code for code in wanted if f"({code})" not in said}
        assert (way, process.returncode in (1, 3), missing) == (way, True, set()), said
        assert said.count("core.E014") == 2
        assert said.count("HINT: ") >= len(wanted)


def test_c3_no_process_starts_with_debug_on_a_server_or_a_folder_that_cannot_be_written(start):
    debugging = start(WAYS["gunicorn"], HTTPS="on", DEBUG="on", SECRET_KEY=GOOD_KEY)
    nowhere = start(WAYS["gunicorn"], DATA_DIR="/proc/nowhere", SECRET_KEY=GOOD_KEY)
    by_name = start(WAYS["gunicorn"], ALLOWED_HOSTS="evidence.example.org", SECRET_KEY=GOOD_KEY)
    _out, said = debugging.communicate(timeout=120)
    assert (debugging.returncode, "(core.E012)" in said) == (3, True), said
    _out, said = nowhere.communicate(timeout=120)
    assert nowhere.returncode == 3, said
    assert "The data folder /proc/nowhere cannot be made or written to." in said
    assert "name another folder in DATA_DIR" in said
    _out, said = by_name.communicate(timeout=120)
    assert (by_name.returncode, "(core.E015)" in said) == (3, True), said
    assert "set HTTPS=on" in said


@pytest.mark.parametrize(
    ("check", "chosen", "found"),
    [
        (exposure.old_secret_keys, {"SECRET_KEY_FALLBACKS": [GOOD_KEY]}, []),
        (exposure.old_secret_keys, {"SECRET_KEY_FALLBACKS": [GOOD_KEY, "old"]}, ["core.E011"]),
        (exposure.debug_on_a_server, {"DEBUG": True, "HTTPS": False}, []),
        (exposure.debug_on_a_server, {"DEBUG": True, "HTTPS": True}, ["core.E012"]),
        (exposure.server_without_tls, {}, []),
        (exposure.server_without_tls, {"ALLOWED_HOSTS": ["evidence.example.org"]}, ["core.E015"]),
        (exposure.server_without_tls, {"ALLOWED_HOSTS": ["evidence.example.org"], "HTTPS": True}, []),
        (checks.case_keys, {"ALLOWED_HOSTS": ["evidence.example.org"], "CASE_KEYS_FILE": ""}, ["core.E008"]),
        (exposure.folder_of_others, {}, []),
        (exposure.services_without_password, {"CELERY_BROKER_URL": "filesystem://localhost"}, []),
        (exposure.services_without_password, {"CELERY_BROKER_URL": "redis://127.0.0.1:6379/1"}, []),
        (exposure.services_without_password, {"CELERY_BROKER_URL": "redis://:secret@redis:6379/1"}, []),
        (exposure.services_without_password, {"CELERY_BROKER_URL": "redis://redis:6379/1"}, ["core.W014"]),
        (exposure.services_without_password, {"CELERY_BROKER_URL": "redis://redis/1", "HTTPS": True}, ["core.E014"]),
    ],
)
def test_c3_each_bad_choice_is_found_by_itself(check, chosen, found, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    for name, value in chosen.items():
        setattr(settings, name, value)
    assert [finding.id for finding in check(None)] == found


@pytest.mark.parametrize(("https", "found"), [(False, "core.W013"), (True, "core.E013")])
def test_c4_a_data_folder_that_others_can_look_into_is_said(https, found, settings):
    settings.HTTPS, settings.ALLOWED_HOSTS = https, ["127.0.0.1"]
    settings.DATA_DIR.chmod(0o750)
    [finding] = exposure.folder_of_others(None)
    assert (finding.id, finding.hint) == (found, f"Shut it: chmod 700 {settings.DATA_DIR}")


def test_c4_rooms_are_shut_to_others_and_swept(settings):
    with sandbox.room() as folder:
        assert [stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)] == [0o700, 0o700]
    assert not folder.exists()
    left = Path(settings.DATA_DIR, "rooms", "room-of-one-that-was-killed")
    left.mkdir()
    now = timezone.now()
    assert sandbox.remove_abandoned_rooms(now) == 0
    assert sandbox.remove_abandoned_rooms(now + dt.timedelta(hours=1, minutes=1)) == 1
    assert not left.exists()
