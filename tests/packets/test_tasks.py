"""Messages: ids in, one worker function called, the next message sent."""

import datetime as dt
import os
import uuid

import pytest
from django.utils import timezone

from caseapp.packets import builder, tasks
from caseapp.packets.models import Build, BuildPart, BuildStatus, PartStatus, Volume
from caseapp.packets.services.builds import request_build
from tests.packets.making import make_build


class Sent(list):
    """What was sent, instead of sending it."""

    def __init__(self, monkeypatch) -> None:
        super().__init__()
        for task in (tasks.set_part, tasks.assemble_build):
            monkeypatch.setattr(task, "delay", lambda key, task=task: self.append((task.name, key)))

    def deliver_all(self) -> None:
        """Each message twice, as a broker may."""
        while self:
            name, key = self.pop(0)
            for _ in range(2):
                {task.name: task for task in (tasks.set_part, tasks.assemble_build)}[name](key)


@pytest.fixture
def sent(monkeypatch) -> Sent:
    return Sent(monkeypatch)


def test_names_that_the_clock_and_other_versions_know():
    assert (tasks.set_part.name, tasks.assemble_build.name, tasks.sweep_builds.name) == (
        "packets.set_part",
        "packets.assemble_build",
        "packets.sweep_builds",
    )


@pytest.mark.parametrize("task", [tasks.set_part, tasks.assemble_build])
def test_work_has_a_limit_and_a_harder_one(task):
    assert (task.soft_time_limit, task.time_limit) == (600, 660)


def test_a_part_is_handed_to_the_builder(monkeypatch, sent):
    seen = []
    monkeypatch.setattr(builder, "set_part", seen.append)
    tasks.set_part(7)
    assert (seen, sent) == ([7], [])


def test_the_last_part_rings_for_the_assembly(monkeypatch, sent):
    build_id = uuid.uuid4()
    monkeypatch.setattr(builder, "set_part", lambda _pk: build_id)
    tasks.set_part(7)
    assert sent == [("packets.assemble_build", str(build_id))]


def test_an_id_survives_the_journey_as_json(monkeypatch):
    seen, build_id = [], uuid.uuid4()
    monkeypatch.setattr(builder, "assemble", seen.append)
    tasks.assemble_build(str(build_id))
    assert seen == [build_id]


@pytest.mark.usefixtures("printed_once")
def test_one_message_for_each_part_leads_to_one_packet(packet, lawyer, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        build = request_build(by=lawyer, packet=packet, now=timezone.now())
    assert sent == [("packets.set_part", pk) for pk in build.parts.values_list("pk", flat=True)]
    sent.deliver_all()
    build.refresh_from_db()
    assert (build.status, build.attempts, Volume.objects.count()) == (BuildStatus.READY, 1, 1)
    assert set(build.parts.values_list("attempts", flat=True)) == {1}


@pytest.mark.usefixtures("printed_once")
def test_a_broker_that_lost_every_message_loses_no_build(packet, lawyer, sent):
    build = request_build(by=lawyer, packet=packet, now=timezone.now() - dt.timedelta(minutes=1))
    tasks.sweep_builds()
    assert len(sent) == 5
    sent.deliver_all()
    build.refresh_from_db()
    assert build.status == BuildStatus.READY


def test_the_sweep_sends_what_was_lost(db, sent):
    waiting = make_build(parts=1)
    BuildPart.objects.update(heartbeat_at=timezone.now() - dt.timedelta(minutes=1))
    tasks.sweep_builds()
    assert sent == [("packets.set_part", waiting.parts.get().pk)]


def test_the_sweep_rings_for_builds_that_are_complete(db, sent):
    build = make_build(parts=1)
    BuildPart.objects.update(status=PartStatus.DONE, sha256="0" * 64)
    Build.objects.update(heartbeat_at=timezone.now() - dt.timedelta(minutes=1))
    tasks.sweep_builds()
    assert sent == [("packets.assemble_build", str(build.pk))]


def test_the_sweep_clears_half_written_files(db, settings):
    folder = settings.DATA_DIR / "files"
    folder.mkdir()
    path = folder / "incoming-left"
    path.write_bytes(b"half")
    os.utime(path, (0, 0))
    tasks.sweep_builds()
    assert not path.exists()
