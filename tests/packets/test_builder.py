"""A build's parts set, put together, read back, published: once, whole, or with a reason."""

import datetime as dt
import errno
import json
import logging
import threading
import uuid
from hashlib import sha256

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone
from django.utils.translation import get_language

from caseapp.accounts.roles import Role
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Case, CaseEvidence, CaseMember
from caseapp.core.unforeseen import UnexpectedFailure
from caseapp.core.vault import Vault
from caseapp.library.models import Capture, Excerpt, Source
from caseapp.packets import builder, endings
from caseapp.packets.files import files_of_build, manifest_of
from caseapp.packets.models import Build, BuildPart, BuildStatus, Exhibit, Packet, PartStatus, Volume
from caseapp.packets.pdf import packet as press
from caseapp.packets.pdf.verification import Failure
from caseapp.packets.services.builds import cancel_build, request_build
from caseapp.packets.services.exporting import export_case
from caseapp.packets.services.importing import import_case
from caseapp.typesetting.errors import PrintProblem
from tests.cases.making import damage, lose
from tests.packets.making import REQUESTED_AT, make_filing

CLIENT = "Consuelo Confidencial"


@pytest.fixture
def build(packet, lawyer) -> Build:
    return request_build(by=lawyer, packet=packet, now=REQUESTED_AT)


def part_of(build: Build, name: str) -> BuildPart:
    return build.parts.get(name=name)


def set_all(build: Build) -> list[uuid.UUID | None]:
    return [builder.set_part(part.pk) for part in build.parts.all()]


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def events(build: Build, action: Action) -> list[Event]:
    return list(Event.objects.filter(action=action, subject_id=str(build.pk)))


@pytest.mark.usefixtures("printed_once")
class TestSetPart:
    def test_sets_the_pages_and_stores_them(self, build):
        part = part_of(build, "exhibit-e1")
        assert builder.set_part(part.pk) is None
        part.refresh_from_db()
        assert (part.status, part.attempts, part.failure) == (PartStatus.DONE, 1, "")
        rendered = press.RenderedPart.from_layout(files_of_build(build).read_bytes(part.sha256), part.layout)
        assert rendered == press.render_part(manifest_of(build), "exhibit-e1")

    def test_only_the_last_part_says_that_the_build_is_complete(self, build):
        assert set_all(build) == [None, None, None, None, build.pk]

    def test_a_second_delivery_does_nothing(self, build, monkeypatch):
        part = part_of(build, "cover")
        builder.set_part(part.pk)
        before = fresh(part)
        monkeypatch.setattr(builder, "render_part", pytest.fail)
        assert builder.set_part(part.pk) is None
        assert fresh(part).__dict__ | {"_state": 0} == before.__dict__ | {"_state": 0}

    def test_a_message_for_a_part_that_does_not_exist_does_nothing(self, build):
        assert builder.set_part(0) is None

    def test_pages_that_were_set_before_are_not_set_again(self, build, packet, monkeypatch):
        set_all(build)
        builder.assemble(build.pk)
        packet.title = "Country conditions, second filing"
        packet.save()
        second = request_build(by=None, packet=packet, now=REQUESTED_AT)
        set_anew, real = [], builder.render_part

        def render(manifest, name, work):
            set_anew.append(name)
            return real(manifest, name, work)

        monkeypatch.setattr(builder, "render_part", render)
        set_all(second)
        assert set_anew == ["cover"]
        assert [p.sha256 for p in second.parts.all()][1:] == [p.sha256 for p in build.parts.all()][1:]

    def test_stored_pages_that_were_damaged_are_set_again(self, build, packet):
        set_all(build)
        builder.assemble(build.pk)
        damage(files_of_build(build), part_of(build, "exhibit-e1").sha256)
        packet.title = "Second filing"
        packet.save()
        second = request_build(by=None, packet=packet, now=REQUESTED_AT)
        set_all(second)
        assert files_of_build(second).is_whole(part_of(second, "exhibit-e1").sha256)
        builder.assemble(second.pk)
        assert fresh(second).status == BuildStatus.READY

    def test_pages_of_a_build_that_was_cancelled_meanwhile_are_dropped(self, build, lawyer, monkeypatch):
        real = builder.render_part

        def cancel_while_setting(manifest, name, work):
            cancel_build(by=lawyer, build=build, now=timezone.now())
            return real(manifest, name, work)

        monkeypatch.setattr(builder, "render_part", cancel_while_setting)
        part = part_of(build, "cover")
        assert builder.set_part(part.pk) is None
        part.refresh_from_db()
        assert (part.status, part.sha256) == (PartStatus.RUNNING, "")
        assert fresh(build).status == BuildStatus.CANCELLED

    def test_nothing_is_begun_for_a_cancelled_build(self, build, lawyer, monkeypatch):
        cancel_build(by=lawyer, build=build, now=timezone.now())
        monkeypatch.setattr(builder, "render_part", pytest.fail)
        assert set_all(build) == [None] * 5

    def test_a_worker_whose_part_was_given_to_another_drops_its_pages(self, build, monkeypatch):
        part = part_of(build, "cover")
        real = builder.render_part

        def lose_it_while_setting(manifest, name, work):
            BuildPart.objects.filter(pk=part.pk).update(owner="another")
            return real(manifest, name, work)

        monkeypatch.setattr(builder, "render_part", lose_it_while_setting)
        assert builder.set_part(part.pk) is None
        part.refresh_from_db()
        assert (part.status, part.owner, part.sha256) == (PartStatus.RUNNING, "another", "")

    def test_a_worker_whose_part_was_given_to_another_cannot_fail_it(self, build, monkeypatch):
        part = part_of(build, "cover")

        def lose_it_and_fail(_manifest, _name, _work):
            BuildPart.objects.filter(pk=part.pk).update(owner="another")
            raise MemoryError

        monkeypatch.setattr(builder, "render_part", lose_it_and_fail)
        assert builder.set_part(part.pk) is None
        assert (fresh(part).status, fresh(build).status) == (PartStatus.RUNNING, BuildStatus.RENDERING)


@pytest.mark.usefixtures("printed_once")
class TestAssemble:
    def test_publishes_the_packet(self, build):
        set_all(build)
        builder.assemble(build.pk)
        build.refresh_from_db()
        assert (build.status, build.failure, build.attempts) == (BuildStatus.READY, "", 1)
        (volume,) = build.volumes.all()
        data = files_of_build(build).read_bytes(volume.sha256)
        assert data.startswith(b"%PDF-")
        assert (volume.number, volume.size, volume.pages) == (1, len(data), 6)
        published = json.loads(files_of_build(build).read_bytes(build.published_sha256))
        assert [(v["file"], v["sha256"], v["pages"]) for v in published["volumes"]] == [
            (volume.file_name, volume.sha256, volume.pages)
        ]

    def test_the_client_is_on_the_cover_and_in_nothing_else_that_leaves(self, build):
        set_all(build)
        builder.assemble(build.pk)
        build.refresh_from_db()
        assert CLIENT not in files_of_build(build).read_bytes(build.published_sha256).decode()
        assert CLIENT.encode() not in files_of_build(build).read_bytes(build.volumes.get().sha256)

    def test_is_on_record(self, build):
        set_all(build)
        builder.assemble(build.pk)
        (event,) = events(build, Action.BUILD_READY)
        assert (event.actor_id, event.case_id) == (None, build.packet.case_id)
        assert event.detail == {"number": 1, "sha256": [build.volumes.get().sha256]}

    def test_waits_until_every_part_is_set(self, build):
        parts = list(build.parts.all())
        for part in parts[:-1]:
            builder.set_part(part.pk)
        builder.assemble(build.pk)
        assert (fresh(build).status, fresh(build).attempts) == (BuildStatus.RENDERING, 0)

    def test_a_second_delivery_does_nothing(self, build, monkeypatch):
        set_all(build)
        builder.assemble(build.pk)
        monkeypatch.setattr(builder, "finish_packet", pytest.fail)
        builder.assemble(build.pk)
        assert Volume.objects.count() == 1
        assert len(events(build, Action.BUILD_READY)) == 1

    def test_a_build_that_was_cancelled_meanwhile_is_not_published(self, build, lawyer, monkeypatch):
        set_all(build)
        real = builder.read_back

        def cancel_while_reading(*given):
            cancel_build(by=lawyer, build=build, now=timezone.now())
            return real(*given)

        monkeypatch.setattr(builder, "read_back", cancel_while_reading)
        builder.assemble(build.pk)
        assert (fresh(build).status, Volume.objects.count()) == (BuildStatus.CANCELLED, 0)

    def test_a_build_that_was_given_to_another_meanwhile_is_not_published_twice(self, build, monkeypatch):
        set_all(build)
        real = builder.finish_packet

        def lose_it(manifest, parts, room):
            Build.objects.filter(pk=build.pk).update(owner="another")
            return real(manifest, parts, room)

        monkeypatch.setattr(builder, "finish_packet", lose_it)
        builder.assemble(build.pk)
        assert (fresh(build).status, fresh(build).owner) == (BuildStatus.ASSEMBLING, "another")
        assert not Volume.objects.exists()

    def test_a_packet_that_is_not_right_never_becomes_one(self, build, monkeypatch):
        set_all(build)
        failures = (
            Failure("index", "heading", 2, {"name": "Čačak"}),
            Failure("stamp", "stamp", 5, {"page": 5, "found": "6"}, volume=2),
        )
        monkeypatch.setattr(builder, "read_back", lambda *_: failures)
        builder.assemble(build.pk)
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert "The index does not show the heading “Čačak”." in build.failure
        assert "Volume 2: Page 5 of the file carries “6” where its page number should stand." in build.failure
        assert not Volume.objects.exists()
        # Kept for whoever looks into it: the row names the manifest, and that the file.
        published = json.loads(files_of_build(build).read_bytes(build.published_sha256))
        assert files_of_build(build).is_whole(published["volumes"][0]["sha256"])

    def test_a_file_with_a_hundred_faults_is_told_in_a_few(self, build, monkeypatch):
        set_all(build)
        failures = tuple(Failure("stamp", "stamp-turned", n, {"page": n}) for n in range(1, 101))
        monkeypatch.setattr(builder, "read_back", lambda *_: failures)
        builder.assemble(build.pk)
        failure = fresh(build).failure
        assert "The page number on page 10 does not stand upright." in failure
        assert "on page 11 " not in failure
        assert failure.endswith("… and 90 more.")

    def test_a_stored_part_that_was_damaged_stops_the_build(self, build, monkeypatch):
        set_all(build)
        lose(files_of_build(build), part_of(build, "tab-e2").sha256)
        monkeypatch.setattr(builder, "finish_packet", press.finish_packet)
        builder.assemble(build.pk)
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert "is missing or was altered" in build.failure
        assert not Volume.objects.exists()


class TestKnownFailures:
    """Foreseen: the build fails with words for a lawyer, and the worker goes on."""

    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (PrintProblem("A letter cannot be drawn."), "A letter cannot be drawn."),
            (MemoryError(), "It is too large for this computer’s memory."),
            (RecursionError(), "It is nested too deeply."),
            (SoftTimeLimitExceeded(), "It took longer than 10 minutes, and was stopped."),
            (OSError(errno.ENOSPC, "No space left on device"), "The server’s disk is full."),
        ],
    )
    def test_a_part_that_cannot_be_set_is_named(self, build, monkeypatch, error, words):
        def fail(_manifest, _name, _work):
            raise error

        monkeypatch.setattr(builder, "render_part", fail)
        part = part_of(build, "exhibit-e1")
        assert builder.set_part(part.pk) is None
        part.refresh_from_db()
        build.refresh_from_db()
        assert (part.status, build.status) == (PartStatus.FAILED, BuildStatus.FAILED)
        assert build.failure.startswith("Tab A: Officers killed at home could not be set. ")
        assert words in build.failure
        assert part.failure == build.failure
        assert build.finished_at is not None
        assert len(events(build, Action.BUILD_FAILED)) == 1

    def test_a_full_disk_leaves_no_half_file(self, build, monkeypatch, settings):
        def full(*_given):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(Vault, "put", full)
        builder.set_part(part_of(build, "cover").pk)
        assert "The server’s disk is full." in fresh(build).failure

    def test_a_limit_that_a_library_swallowed_is_still_a_limit(self, build, monkeypatch, printed_once):
        monkeypatch.setattr(endings, "MOST_SECONDS", -1)
        builder.set_part(part_of(build, "cover").pk)
        assert fresh(build).status == BuildStatus.FAILED
        assert part_of(build, "cover").sha256 == ""

    def test_the_words_are_in_the_language_of_whoever_asked(self, build, lawyer, monkeypatch):
        lawyer.language = "es"
        lawyer.save()
        seen = []

        def look(_manifest, _name, _work):
            seen.append(get_language())
            raise MemoryError

        monkeypatch.setattr(builder, "render_part", look)
        builder.set_part(part_of(build, "cover").pk)
        assert seen == ["es"]

    def test_a_failed_build_does_not_fail_twice(self, build, monkeypatch):
        def fail(_manifest, _name, _work):
            raise MemoryError

        monkeypatch.setattr(builder, "render_part", fail)
        set_all(build)
        assert len(events(build, Action.BUILD_FAILED)) == 1
        assert [p.status for p in build.parts.all()] == [PartStatus.FAILED, *[PartStatus.WAITING] * 4]


class TestUnknownFailures:
    SECRET = "Consuelo was seen in Čačak"

    def test_a_part_fails_without_the_words_of_the_error(self, build, monkeypatch, caplog):
        def fail(_manifest, _name, _work):
            raise ValueError(self.SECRET)

        monkeypatch.setattr(builder, "render_part", fail)
        part = part_of(build, "cover")
        with caplog.at_level(logging.ERROR), pytest.raises(UnexpectedFailure) as caught:
            builder.set_part(part.pk)
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert f"give your administrator the reference {caught.value.reference}" in build.failure
        assert caught.value.__cause__ is None
        assert caught.value.__suppress_context__
        (line,) = caplog.messages
        assert caught.value.reference in line
        assert f"Build {build.pk}, part {part.pk}: ValueError" in line
        assert "test_builder.py" in line
        for text in (line, str(caught.value), build.failure):
            assert self.SECRET not in text

    def test_so_does_the_assembly(self, build, monkeypatch, printed_once):
        set_all(build)

        def fail(_manifest, _parts, _room):
            raise ValueError(self.SECRET)

        monkeypatch.setattr(builder, "finish_packet", fail)
        with pytest.raises(UnexpectedFailure):
            builder.assemble(build.pk)
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert self.SECRET not in build.failure


@pytest.mark.usefixtures("printed_once")
class TestRights:
    """Read when they are used: at the start of the work, and again before anything is published."""

    def leave_the_team(self, build, lawyer):
        build.packet.case.members.filter(user=lawyer).delete()

    def lose_the_role(self, build, lawyer):
        lawyer.role = Role.CASEWORKER
        lawyer.save()

    def lose_the_account(self, build, lawyer):
        lawyer.is_active = False
        lawyer.save()

    @pytest.mark.parametrize("lose", [leave_the_team, lose_the_role, lose_the_account])
    def test_nothing_is_set_for_somebody_who_lost_them(self, build, lawyer, lose, monkeypatch):
        lose(self, build, lawyer)
        monkeypatch.setattr(builder, "render_part", pytest.fail)
        builder.set_part(part_of(build, "cover").pk)
        build.refresh_from_db()
        assert build.status == BuildStatus.FAILED
        assert build.failure.startswith("The person who asked for this build is no longer on the case’s team")

    @pytest.mark.parametrize("lose", [leave_the_team, lose_the_role, lose_the_account])
    def test_nothing_is_published_for_somebody_who_lost_them_on_the_way(self, build, lawyer, lose, monkeypatch):
        set_all(build)
        real = builder.read_back

        def lose_while_reading(*given):
            lose(self, build, lawyer)
            return real(*given)

        monkeypatch.setattr(builder, "read_back", lose_while_reading)
        builder.assemble(build.pk)
        assert (fresh(build).status, Volume.objects.count()) == (BuildStatus.FAILED, 0)

    def test_the_command_line_asks_nobody(self, packet):
        build = request_build(by=None, packet=packet, now=REQUESTED_AT)
        assert builder.see_through(build.pk).status == BuildStatus.READY


@pytest.mark.usefixtures("printed_once")
class TestSeeThrough:
    def test_does_it_all_here(self, build):
        said = []
        assert builder.see_through(build.pk, say=lambda part: said.append(part.name)).status == BuildStatus.READY
        assert said == ["cover", "tab-e1", "exhibit-e1", "tab-e2", "exhibit-e2"]

    def test_finishes_what_workers_began(self, build):
        builder.set_part(part_of(build, "exhibit-e2").pk)
        said = []
        assert builder.see_through(build.pk, say=lambda part: said.append(part.name)).status == BuildStatus.READY
        assert said == ["cover", "tab-e1", "exhibit-e1", "tab-e2"]

    def test_takes_over_from_a_worker_that_died(self, build):
        BuildPart.objects.filter(build=build, name="cover").update(
            status=PartStatus.RUNNING,
            owner="dead",
            attempts=1,
            heartbeat_at=timezone.now() - dt.timedelta(seconds=31),
        )
        assert builder.see_through(build.pk).status == BuildStatus.READY
        assert part_of(build, "cover").attempts == 2

    def test_hands_back_a_build_that_failed(self, build, monkeypatch):
        def fail(_manifest, _name, _work):
            raise MemoryError

        monkeypatch.setattr(builder, "render_part", fail)
        assert builder.see_through(build.pk).status == BuildStatus.FAILED

    def test_is_told_that_it_was_cancelled(self, build, lawyer):
        said = []

        def cancel_at_the_second(part):
            said.append(part.name)
            if len(said) == 2:
                cancel_build(by=lawyer, build=build, now=timezone.now())

        assert builder.see_through(build.pk, say=cancel_at_the_second).status == BuildStatus.CANCELLED


def test_the_same_manifest_gives_the_same_bytes(db):
    """Two stores, two builds, nothing shared: not even a page is taken from the other."""
    hashes = set()
    for _ in range(2):
        packet = make_filing()
        build = builder.see_through(request_build(by=None, packet=packet, now=timezone.now()).pk)
        hashes.add((build.manifest_sha256, build.published_sha256, build.volumes.get().sha256))
        Volume.objects.all().delete()
        BuildPart.objects.all().delete()
        packet.case.reference = "MOVED-AWAY"
        packet.case.save()
    assert len(hashes) == 1


def test_a_case_that_moved_house_gives_the_same_bytes(packet, tmp_path):
    """Exported, everything removed, imported: other ids, another day, the same packet."""
    first = builder.see_through(request_build(by=None, packet=packet, now=timezone.now()).pk)
    wanted = (first.manifest_sha256, first.published_sha256, first.volumes.get().sha256)
    export_case(by=None, case=packet.case, packet=packet, folder=tmp_path / "case")
    for model in (Volume, BuildPart, Build, Exhibit, Packet, CaseEvidence, CaseMember, Case, Excerpt, Capture, Source):
        model.objects.all().delete()
    imported = import_case(folder=tmp_path / "case", by=None, team=(), now=timezone.now())
    again = builder.see_through(request_build(by=None, packet=imported.packet, now=timezone.now()).pk)
    assert again.packet_id != packet.pk
    assert (again.manifest_sha256, again.published_sha256, again.volumes.get().sha256) == wanted


def test_the_row_holds_the_hash_of_its_manifest(build):
    manifest = manifest_of(fresh(build))
    assert sha256(manifest.to_json().encode()).hexdigest() == build.manifest_sha256


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("printed_once")
class TestAtOnce:
    """Real threads, real connections, on whatever database the tests run on."""

    @pytest.fixture
    def build(self) -> Build:
        return request_build(by=None, packet=make_filing(), now=timezone.now(), hand_over=False)

    def at_once(self, *work) -> None:
        start, failures = threading.Barrier(len(work)), []

        def run(one):
            try:
                start.wait()
                one()
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(one,)) for one in work]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []

    def test_one_part_is_set_by_one_worker(self, build):
        pk = part_of(build, "cover").pk
        self.at_once(*[lambda: builder.set_part(pk)] * 4)
        part = part_of(build, "cover")
        assert (part.status, part.attempts) == (PartStatus.DONE, 1)

    def test_the_last_parts_finishing_together_leave_one_assembly(self, build):
        *early, one, other = build.parts.values_list("pk", flat=True)
        for pk in early:
            builder.set_part(pk)

        def work(pk):
            complete = builder.set_part(pk)
            if complete:
                builder.assemble(complete)

        self.at_once(lambda: work(one), lambda: work(other))
        build.refresh_from_db()
        assert (build.status, build.attempts) == (BuildStatus.READY, 1)
        assert Volume.objects.count() == 1

    def test_one_assembly_is_done_by_one_worker(self, build):
        set_all(build)
        self.at_once(*[lambda: builder.assemble(build.pk)] * 4)
        build.refresh_from_db()
        assert (build.status, build.attempts) == (BuildStatus.READY, 1)
        assert Volume.objects.count() == 1
        assert len(events(build, Action.BUILD_READY)) == 1

    def test_cancelling_and_publishing_have_one_winner(self, build):
        set_all(build)

        def cancel():
            try:
                cancel_build(by=None, build=build, now=timezone.now())
            except Exception as error:
                assert type(error).__name__ == "BuildOver"  # noqa: PT017 - either may win

        self.at_once(lambda: builder.assemble(build.pk), cancel)
        build.refresh_from_db()
        assert (build.status, Volume.objects.count()) in {(BuildStatus.READY, 1), (BuildStatus.CANCELLED, 0)}

    def test_two_workers_and_the_command_line_together(self, build):
        pks = list(build.parts.values_list("pk", flat=True))

        def worker(order):
            for pk in order:
                complete = builder.set_part(pk)
                if complete:
                    builder.assemble(complete)

        self.at_once(lambda: worker(pks), lambda: worker(pks[::-1]), lambda: builder.see_through(build.pk))
        build.refresh_from_db()
        assert (build.status, build.attempts, Volume.objects.count()) == (BuildStatus.READY, 1, 1)
        assert set(build.parts.values_list("attempts", flat=True)) == {1}
