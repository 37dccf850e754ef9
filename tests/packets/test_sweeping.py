"""Silent work is found, handed out again, and given up when it stopped too often."""

import datetime as dt

import pytest

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.packets.models import Build, BuildPart, BuildStatus, PartStatus
from caseapp.packets.sweeping import LostWork, sweep
from tests.packets.making import REQUESTED_AT, make_build, make_packet

NOTHING = LostWork(parts=(), builds=())


def after(seconds: float) -> dt.datetime:
    return REQUESTED_AT + dt.timedelta(seconds=seconds)


@pytest.fixture
def build(db) -> Build:
    return make_build(parts=2)


def run(part: BuildPart, *, attempts: int = 1, beat_at: dt.datetime = REQUESTED_AT) -> None:
    BuildPart.objects.filter(pk=part.pk).update(
        status=PartStatus.RUNNING, owner="one", attempts=attempts, heartbeat_at=beat_at
    )


def finish_parts(build: Build) -> None:
    build.parts.update(status=PartStatus.DONE, sha256="0" * 64)


def assembling(build: Build, *, status: BuildStatus = BuildStatus.ASSEMBLING, attempts: int = 1) -> None:
    finish_parts(build)
    Build.objects.filter(pk=build.pk).update(status=status, owner="one", attempts=attempts, heartbeat_at=REQUESTED_AT)


class TestRunningParts:
    def test_a_part_whose_worker_lives_is_left_alone(self, build):
        run(build.parts.first())
        assert sweep(after(29)) == NOTHING
        assert build.parts.first().status == PartStatus.RUNNING

    def test_a_silent_part_is_handed_out_at_once(self, build):
        first, second = build.parts.all()
        run(first)
        BuildPart.objects.filter(pk=second.pk).update(heartbeat_at=after(30))
        assert sweep(after(31)) == LostWork(parts=(first.pk,), builds=())
        first.refresh_from_db()
        assert (first.status, first.owner, first.attempts) == (PartStatus.WAITING, "", 1)

    def test_and_by_one_sweep_only(self, build):
        run(build.parts.first())
        sweep(after(31))
        assert sweep(after(32)) == NOTHING

    def test_after_the_third_silence_the_build_is_given_up(self, build):
        part = build.parts.first()
        run(part, attempts=3)
        assert sweep(after(31)) == NOTHING
        part.refresh_from_db()
        build.refresh_from_db()
        assert (part.status, build.status) == (PartStatus.FAILED, BuildStatus.FAILED)
        assert build.failure.startswith(
            "The program stopped 3 times while working on Tab A, so the build was given up."
        )
        assert build.finished_at == after(31)
        assert Event.objects.filter(action=Action.BUILD_FAILED, subject_id=str(build.pk)).count() == 1

    @pytest.mark.parametrize("status", [BuildStatus.CANCELLED, BuildStatus.READY])
    def test_what_a_build_that_is_over_left_running_is_nobodys_concern(self, build, status):
        run(build.parts.first())
        Build.objects.update(status=status, finished_at=REQUESTED_AT, published_sha256="0" * 64)
        assert sweep(after(1000)) == NOTHING


class TestWaitingParts:
    def test_a_message_is_given_half_a_minute(self, build):
        assert sweep(after(30)) == NOTHING

    def test_then_it_is_sent_again(self, build):
        assert sweep(after(31)) == LostWork(parts=tuple(build.parts.values_list("pk", flat=True)), builds=())

    def test_but_not_with_every_sweep(self, build):
        sweep(after(31))
        assert [sweep(after(seconds)) for seconds in (41, 51, 61)] == [NOTHING] * 3
        assert len(sweep(after(62)).parts) == 2

    def test_while_some_worker_is_busy_it_is_most_likely_in_the_queue(self, build):
        first, second = build.parts.all()
        for seconds in range(31, 300, 10):
            run(first, beat_at=after(seconds))
            assert sweep(after(seconds)) == NOTHING
        run(first, beat_at=after(301))
        assert sweep(after(301)) == LostWork(parts=(second.pk,), builds=())

    def test_also_while_it_works_for_another_packet(self, build):
        other = make_build(packet=make_packet("ANOTHER"), parts=1)
        run(other.parts.get(), beat_at=after(40))
        assert sweep(after(41)) == NOTHING

    def test_parts_of_a_cancelled_build_are_not_sent(self, build):
        Build.objects.update(status=BuildStatus.CANCELLED, finished_at=REQUESTED_AT)
        assert sweep(after(1000)) == NOTHING


class TestAssemblies:
    def test_a_build_that_nobody_came_to_put_together(self, build):
        finish_parts(build)
        assert sweep(after(30)) == NOTHING
        assert sweep(after(31)) == LostWork(parts=(), builds=(build.pk,))
        assert sweep(after(32)) == NOTHING

    @pytest.mark.parametrize("status", [BuildStatus.ASSEMBLING, BuildStatus.VERIFYING])
    def test_a_silent_one_is_handed_out_at_once(self, build, status):
        assembling(build, status=status)
        assert sweep(after(30)) == NOTHING
        assert sweep(after(31)) == LostWork(parts=(), builds=(build.pk,))
        build.refresh_from_db()
        assert (build.status, build.owner, build.attempts) == (BuildStatus.RENDERING, "", 1)

    @pytest.mark.parametrize("status", [BuildStatus.ASSEMBLING, BuildStatus.VERIFYING])
    def test_after_the_third_silence_it_is_given_up(self, build, status):
        assembling(build, status=status, attempts=3)
        assert sweep(after(31)) == NOTHING
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert "stopped 3 times while working on the finished packet" in build.failure


def test_nothing_to_do_is_nothing_done(db, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert sweep(REQUESTED_AT) == NOTHING
