"""Claims, heartbeats, silence: on the real table of builds' parts."""

import datetime as dt
import threading
import time

import pytest
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from caseapp.core import jobs
from caseapp.packets.models import Build, BuildPart, PartStatus
from tests.packets.making import make_build

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def part(db) -> BuildPart:
    return make_build(parts=1).parts.get()


def waiting(part: BuildPart):
    return BuildPart.objects.filter(pk=part.pk, status=PartStatus.WAITING)


def take(part: BuildPart, owner: str) -> bool:
    return jobs.claim(waiting(part), to_status=PartStatus.RUNNING, owner=owner, now=NOW)


def wait_for(condition, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "this never came true"
        time.sleep(0.02)


class TestClaim:
    def test_takes_a_waiting_row(self, part):
        assert take(part, "one")
        part.refresh_from_db()
        assert (part.status, part.owner, part.attempts, part.heartbeat_at) == (PartStatus.RUNNING, "one", 1, NOW)

    def test_a_second_delivery_changes_nothing(self, part):
        take(part, "one")
        assert not take(part, "two")
        part.refresh_from_db()
        assert (part.owner, part.attempts) == ("one", 1)

    @pytest.mark.django_db(transaction=True)
    def test_of_many_at_once_one_wins(self):
        part = make_build(parts=1).parts.get()
        start, won = threading.Barrier(6), []

        def race(owner: str) -> None:
            try:
                start.wait()
                if take(part, owner):
                    won.append(owner)
            finally:
                connection.close()

        threads = [threading.Thread(target=race, args=(f"worker {number}",)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        part.refresh_from_db()
        assert won == [part.owner]
        assert part.attempts == 1


class TestBeat:
    def test_the_owner_beats(self, part):
        take(part, "one")
        later = NOW + dt.timedelta(seconds=5)
        assert jobs.beat(BuildPart.objects.filter(pk=part.pk), owner="one", now=later)
        part.refresh_from_db()
        assert part.heartbeat_at == later

    def test_nobody_else_does(self, part):
        take(part, "one")
        assert not jobs.beat(BuildPart.objects.filter(pk=part.pk), owner="two", now=NOW + dt.timedelta(seconds=5))
        part.refresh_from_db()
        assert part.heartbeat_at == NOW


class TestSilent:
    @pytest.mark.parametrize(("seconds", "is_silent"), [(29, False), (30, False), (31, True)])
    def test_after_thirty_seconds(self, part, seconds, is_silent):
        take(part, "one")
        rows = BuildPart.objects.filter(jobs.silent(NOW + dt.timedelta(seconds=seconds)))
        assert rows.exists() is is_silent

    def test_the_office_can_choose(self, part, settings):
        settings.JOB_SILENT_SECONDS = 5
        take(part, "one")
        assert BuildPart.objects.filter(jobs.silent(NOW + dt.timedelta(seconds=6))).exists()

    def test_a_row_that_nobody_took_is_not_silent(self, part):
        BuildPart.objects.update(heartbeat_at=None)
        assert not BuildPart.objects.filter(jobs.silent(NOW)).exists()


def test_no_two_attempts_have_the_same_owner():
    assert jobs.new_owner() != jobs.new_owner()
    assert len(jobs.new_owner()) <= BuildPart._meta.get_field("owner").max_length


@pytest.mark.django_db(transaction=True)
class TestHeart:
    @pytest.fixture
    def part(self) -> BuildPart:
        part = make_build(parts=1).parts.get()
        take(part, "one")
        return part

    def rows(self, part: BuildPart):
        return BuildPart.objects.filter(pk=part.pk)

    def beaten(self, part: BuildPart) -> bool:
        return BuildPart.objects.get(pk=part.pk).heartbeat_at > NOW

    def test_beats_while_the_work_goes_on(self, part):
        began = timezone.now()
        with jobs.heart(self.rows(part), owner="one", every=0.05):
            wait_for(lambda: self.beaten(part))
        part.refresh_from_db()
        assert part.heartbeat_at >= began

    def test_stops_with_the_work(self, part):
        with jobs.heart(self.rows(part), owner="one", every=0.05):
            wait_for(lambda: self.beaten(part))
        assert [thread.name for thread in threading.enumerate() if thread.name == "heart"] == []

    def test_stops_when_the_work_fails(self, part):
        with pytest.raises(ZeroDivisionError), jobs.heart(self.rows(part), owner="one", every=0.05):
            _ = 1 / 0
        assert [thread.name for thread in threading.enumerate() if thread.name == "heart"] == []

    def test_stops_when_the_row_was_taken_away(self, part):
        with jobs.heart(self.rows(part), owner="one", every=0.05):
            self.rows(part).update(owner="two", heartbeat_at=NOW)
            wait_for(lambda: not [thread for thread in threading.enumerate() if thread.name == "heart"])
        assert not self.beaten(part)

    def test_survives_a_database_that_restarts(self, part, monkeypatch, caplog):
        real, failures = jobs.beat, []

        def fail_twice(*args, **kwargs):
            if len(failures) < 2:
                failures.append(1)
                raise DatabaseError("the server closed the connection; row: a client's words")
            return real(*args, **kwargs)

        monkeypatch.setattr(jobs, "beat", fail_twice)
        with jobs.heart(self.rows(part), owner="one", every=0.05):
            wait_for(lambda: self.beaten(part))
        assert caplog.messages == ["A heartbeat was not written: DatabaseError"] * 2

    def test_closes_its_own_connection(self, part, monkeypatch):
        closed, real = [], jobs.beat

        def beat_and_look(*args, **kwargs):
            wrapper = connections["default"]
            close = wrapper.close
            monkeypatch.setattr(wrapper, "close", lambda: (closed.append(threading.current_thread().name), close()))
            return real(*args, **kwargs)

        monkeypatch.setattr(jobs, "beat", beat_and_look)
        with jobs.heart(self.rows(part), owner="one", every=0.05):
            wait_for(lambda: closed)
        assert set(closed) == {"heart"}


def test_builds_and_parts_are_jobs():
    assert issubclass(Build, jobs.Job)
    assert issubclass(BuildPart, jobs.Job)
