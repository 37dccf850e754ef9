"""Real worker processes, the configured broker and database, and `kill -9`."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core.management.commands.up import worker_command
from caseapp.library.models import ImportRow, Outcome, RowStatus, Source
from caseapp.packets.files import files_of_build
from caseapp.packets.models import Build, BuildPart, BuildStatus, PartStatus, Volume
from caseapp.packets.services.builds import request_build
from tests.broker import own_broker
from tests.library.making import bring
from tests.packets.making import make_filing

REPOSITORY = Path(__file__).resolve().parents[2]
# Short, so that the test is; long enough for a machine that is busy with other tests.
SILENT_SECONDS = 5
PATIENCE_SECONDS = 90.0

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """The tests' own database, as another process has to be told of it."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    login = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
    place = f"{facts['HOST'] or '127.0.0.1'}:{facts['PORT'] or 5432}"
    return f"postgres://{login + '@' if login else ''}{place}/{facts['NAME']}"


@dataclass
class Office:
    """The processes around one DATA_DIR."""

    environment: dict[str, str]
    log: Path
    workers: list[subprocess.Popen] = field(default_factory=list)

    def start_worker(self) -> subprocess.Popen:
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                worker_command(),
                cwd=REPOSITORY,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.workers.append(worker)
        return worker

    @contextmanager
    def manage(self, *command: str) -> Iterator[subprocess.Popen]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=REPOSITORY,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def wait_until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"{what} never came.\n{self.log.read_text()[-4000:]}"
            time.sleep(0.05)

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in self.workers:
            try:
                worker.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait(timeout=PATIENCE_SECONDS)


@pytest.fixture
def broker_url() -> Iterator[str]:
    with own_broker() as address:
        yield address


@pytest.fixture
def office(settings, tmp_path, broker_url) -> Iterator[Office]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "CELERY_BROKER_URL": broker_url,
        "DATA_DIR": str(settings.DATA_DIR),
        "JOB_SILENT_SECONDS": str(SILENT_SECONDS),
        "SECRET_KEY": "a key that only this test uses, and long enough to pass the check of keys",
    }
    office = Office(environment, tmp_path / "worker.log")
    try:
        yield office
    finally:
        office.close()


def kill_outright(worker: subprocess.Popen) -> float:
    """As the kernel does when memory ends: no goodbye. Returns when."""
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait(timeout=PATIENCE_SECONDS)
    return time.monotonic()


def wait_for_silence(killed: float) -> None:
    time.sleep(max(0.0, killed + SILENT_SECONDS + 1 - time.monotonic()))


def test_a_build_goes_through_the_queue(office, tmp_path):
    packet = make_filing()
    office.start_worker()
    with office.manage("build_packet", str(packet.pk), "--out", str(tmp_path / "out"), "--queue", "--json") as command:
        out, err = command.communicate(timeout=PATIENCE_SECONDS)
    assert command.returncode == 0, err + office.log.read_text()
    build = Build.objects.get()
    assert json.loads(out)["volumes"] == [{"file": "packet.pdf", "pages": 6, "sha256": build.volumes.get().sha256}]
    assert set(build.parts.values_list("attempts", flat=True)) == {1}
    assert {owner.split(":")[1] for owner in build.parts.values_list("owner", flat=True)} != {str(os.getpid())}
    call_command("verify_packet", str(tmp_path / "out"))


def test_a_worker_that_is_killed_twice_leaves_one_packet(office, tmp_path):
    packet = make_filing(paragraphs=900)
    build = request_build(by=None, packet=packet, now=timezone.now(), hand_over=False)
    # As if the messages had been sent long ago and lost: the first worker's first sweep sends them.
    BuildPart.objects.update(heartbeat_at=timezone.now() - dt.timedelta(minutes=10))
    long_part = BuildPart.objects.filter(build=build, name="exhibit-e1")

    first = office.start_worker()
    office.wait_until(long_part.filter(status=PartStatus.RUNNING).exists, "The long exhibit")
    time.sleep(0.5)
    killed = kill_outright(first)
    assert long_part.get().status == PartStatus.RUNNING

    wait_for_silence(killed)
    second = office.start_worker()
    putting_together = Build.objects.filter(status__in=(BuildStatus.ASSEMBLING, BuildStatus.VERIFYING))
    office.wait_until(putting_together.exists, "The assembly")
    killed = kill_outright(second)
    assert Build.objects.get().is_active
    assert not Volume.objects.exists()

    wait_for_silence(killed)
    office.start_worker()
    office.wait_until(lambda: not Build.objects.get().is_active, "The end")

    build.refresh_from_db()
    assert (build.status, build.failure, build.attempts) == (BuildStatus.READY, "", 2)
    assert long_part.get().attempts == 2
    assert max(build.parts.values_list("attempts", flat=True)) == 2
    assert Event.objects.filter(action=Action.BUILD_READY, subject_id=str(build.pk)).count() == 1
    volume = Volume.objects.get()
    assert files_of_build(build).is_whole(volume.sha256)
    files_of_build(build).copy_out(volume.sha256, tmp_path / "packet.pdf")
    files_of_build(build).copy_out(build.published_sha256, tmp_path / "manifest.json")
    call_command("verify_packet", str(tmp_path))


def test_a_killed_worker_loses_no_row_of_an_import_and_doubles_none(office):
    lines = "".join(f"Title {number},He left in {2000 + number}.\n" for number in range(12))
    batch = bring(("list.csv", f"Title,Text\n{lines}".encode()))
    ImportRow.objects.update(heartbeat_at=timezone.now() - dt.timedelta(minutes=10))
    first = office.start_worker()
    office.wait_until(batch.rows.filter(outcome=Outcome.ADDED).exists, "The first source")
    killed = kill_outright(first)
    wait_for_silence(killed)
    office.start_worker()
    office.wait_until(lambda: not batch.rows.exclude(status=RowStatus.DONE).exists(), "The last row")
    assert list(batch.rows.filter(kind="record").values_list("outcome", flat=True)) == [Outcome.ADDED] * 12
    assert Source.objects.count() == 12
