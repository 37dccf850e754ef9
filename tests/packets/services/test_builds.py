"""Asking for a build, taking the request back, and handing out what was built."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core.storage import FileAltered
from caseapp.library.models import Excerpt
from caseapp.packets import builder, tasks
from caseapp.packets.files import files_of_build, manifest_of
from caseapp.packets.freezing import QuoteAltered, freeze
from caseapp.packets.models import Build, BuildStatus, PartStatus
from caseapp.packets.pdf.packet import planned_parts
from caseapp.packets.services import builds
from caseapp.packets.services.builds import (
    BuildOver,
    NotLookedThrough,
    NotReadyForDownload,
    PacketNotReady,
    cancel_build,
    hand_out_index,
    hand_out_manifest,
    hand_out_volume,
    look_through,
    request_build,
)
from tests.cases.making import damage
from tests.packets.making import REQUESTED_AT, make_build, make_filing

LATER = REQUESTED_AT + dt.timedelta(minutes=5)


@pytest.fixture
def build(packet, lawyer) -> Build:
    return request_build(by=lawyer, packet=packet, now=REQUESTED_AT)


@pytest.fixture
def unseen(build, printed_once) -> Build:
    """Ready, and nobody looked through what leaves with it."""
    return builder.see_through(build.pk)


@pytest.fixture
def ready(unseen, lawyer) -> Build:
    look_through(by=lawyer, build=unseen, now=LATER)
    return Build.objects.get(pk=unseen.pk)


class TestRequest:
    def test_freezes_the_packet_into_a_row(self, build, packet, lawyer):
        manifest = freeze(packet)
        assert manifest_of(Build.objects.get()) == manifest
        assert (build.number, build.status, build.requested_by) == (1, BuildStatus.RENDERING, lawyer)
        assert (build.requested_at, build.heartbeat_at, build.finished_at) == (REQUESTED_AT, REQUESTED_AT, None)

    def test_one_part_for_each_piece_in_filing_order(self, build, packet):
        parts = list(build.parts.all())
        assert [(p.name, p.title, p.key) for p in parts] == [
            (spec.name, spec.title, spec.key) for spec in planned_parts(freeze(packet))
        ]
        assert [p.title for p in parts] == [
            "Cover page",
            "Tab A: tab sheet",
            "Tab A: Officers killed at home",
            "Tab B: tab sheet",
            "Tab B: A law that was never passed",
        ]
        assert {(p.status, p.attempts, p.heartbeat_at) for p in parts} == {(PartStatus.WAITING, 0, REQUESTED_AT)}

    def test_is_on_record(self, build, packet, lawyer):
        event = Event.objects.get(action=Action.BUILD_REQUESTED)
        assert (event.actor_id, event.subject_id, event.subject_label, event.case_id) == (
            lawyer.pk,
            str(build.pk),
            packet.title,
            packet.case_id,
        )
        assert event.detail == {"number": 1}

    def test_workers_are_told_after_the_commit(self, packet, lawyer, monkeypatch, django_capture_on_commit_callbacks):
        sent = []
        monkeypatch.setattr(tasks.set_part, "delay", sent.append)
        with django_capture_on_commit_callbacks() as callbacks:
            build = request_build(by=lawyer, packet=packet, now=REQUESTED_AT)
        assert sent == []
        for callback in callbacks:
            callback()
        assert sent == list(build.parts.values_list("pk", flat=True))

    def test_workers_are_not_told_by_a_caller_that_does_the_work(self, packet, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks:
            request_build(by=None, packet=packet, now=REQUESTED_AT, hand_over=False)
        assert callbacks == []

    @pytest.mark.django_db(transaction=True)
    def test_a_broker_that_is_down_does_not_lose_the_request(self, monkeypatch, caplog):
        packet = make_filing()

        def fail(_pk):
            raise ConnectionError("no broker")

        monkeypatch.setattr(tasks.set_part, "delay", fail)
        build = request_build(by=None, packet=packet, now=timezone.now())
        assert Build.objects.get() == build
        assert "no broker" in caplog.text

    def test_a_second_click_makes_no_second_build(self, build, packet, lawyer):
        assert request_build(by=lawyer, packet=packet, now=LATER) == build
        assert Build.objects.count() == 1
        assert Event.objects.filter(action=Action.BUILD_REQUESTED).count() == 1

    def test_nothing_changed_means_nothing_built(self, ready, packet, lawyer):
        assert request_build(by=lawyer, packet=packet, now=LATER) == ready
        assert Build.objects.count() == 1

    def test_a_change_is_built(self, ready, packet, lawyer):
        packet.title = "Second filing"
        packet.save()
        second = request_build(by=lawyer, packet=packet, now=LATER)
        assert (second.number, second.is_active) == (2, True)

    def test_going_back_to_an_older_state_is_built_too(self, ready, packet, lawyer):
        first_title, packet.title = packet.title, "Second filing"
        packet.save()
        builder.see_through(request_build(by=lawyer, packet=packet, now=LATER).pk)
        packet.title = first_title
        packet.save()
        third = request_build(by=lawyer, packet=packet, now=LATER)
        assert third.number == 3
        third = builder.see_through(third.pk)
        assert third.volumes.get().sha256 == ready.volumes.get().sha256

    @pytest.mark.parametrize("which", ["volume", "manifest"])
    def test_files_that_were_damaged_are_built_again(self, ready, packet, lawyer, which):
        sha256 = ready.volumes.get().sha256 if which == "volume" else ready.published_sha256
        damage(files_of_build(ready), sha256)
        second = builder.see_through(request_build(by=lawyer, packet=packet, now=LATER).pk)
        assert (second.number, second.status) == (2, BuildStatus.READY)
        assert files_of_build(second).is_whole(sha256)

    def test_a_new_version_of_our_own_styles_is_built(self, ready, packet, lawyer, monkeypatch):
        real = builds.planned_parts

        def restyled(manifest):
            return tuple(type(spec)(spec.name, spec.kind, f"{spec.key[:-1]}x", spec.title) for spec in real(manifest))

        monkeypatch.setattr(builds, "planned_parts", restyled)
        assert request_build(by=lawyer, packet=packet, now=LATER).number == 2

    @pytest.mark.parametrize("status", [BuildStatus.FAILED, BuildStatus.CANCELLED])
    def test_a_build_that_did_not_succeed_is_tried_again(self, build, packet, lawyer, status):
        Build.objects.update(status=status, failure="words", finished_at=LATER)
        assert request_build(by=lawyer, packet=packet, now=LATER).number == 2

    def test_builds_of_other_packets_do_not_matter(self, build, lawyer):
        other = make_build(parts=1)
        assert other.packet != build.packet
        assert (build.number, other.number) == (1, 1)

    def test_a_packet_that_is_not_ready_says_what_is_missing(self, packet, lawyer):
        packet.exhibits.all().delete()
        with pytest.raises(PacketNotReady, match="The packet has no exhibits yet") as caught:
            request_build(by=lawyer, packet=packet, now=REQUESTED_AT)
        assert [finding.rule for finding in caught.value.findings] == ["packet.no-exhibits"]
        assert not Build.objects.exists()

    def test_advice_does_not_stop_a_build(self, build, packet):
        packet.case.court = ""
        packet.case.save()
        packet.case.evidence.all().delete()
        Build.objects.update(status=BuildStatus.CANCELLED, finished_at=LATER)
        assert request_build(by=None, packet=packet, now=LATER).number == 2

    def test_words_that_moved_stop_a_build(self, packet, lawyer, monkeypatch):
        Excerpt.objects.filter(quote="Čačak").update(quote="Cacak")
        with pytest.raises(PacketNotReady, match="Tab A"):
            request_build(by=lawyer, packet=packet, now=REQUESTED_AT)
        monkeypatch.setattr(builds, "findings", lambda _packet: ())
        with pytest.raises(QuoteAltered, match="Tab A, “Officers killed at home”"):
            request_build(by=lawyer, packet=packet, now=REQUESTED_AT)
        assert not Build.objects.exists()

    @pytest.mark.parametrize("person", ["caseworker", "administrator"])
    def test_only_lawyers(self, packet, person, request):
        with pytest.raises(PermissionDenied):
            request_build(by=request.getfixturevalue(person), packet=packet, now=REQUESTED_AT)
        assert not Build.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_of_many_clicks_at_once_one_build_comes(self):
        packet = make_filing()
        start, answers = threading.Barrier(5), []

        def click():
            try:
                start.wait()
                answers.append(request_build(by=None, packet=packet, now=timezone.now(), hand_over=False).pk)
            except Exception as error:
                answers.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=click) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [Build.objects.get().pk] * 5
        assert Build.objects.get().parts.count() == 5
        assert Event.objects.filter(action=Action.BUILD_REQUESTED).count() == 1


class TestCancel:
    def test_ends_the_build(self, build, lawyer):
        cancel_build(by=lawyer, build=build, now=LATER)
        build.refresh_from_db()
        assert (build.status, build.finished_at) == (BuildStatus.CANCELLED, LATER)
        event = Event.objects.get(action=Action.BUILD_CANCELLED)
        assert (event.actor_id, event.subject_id) == (lawyer.pk, str(build.pk))

    def test_a_build_that_is_over_stays_as_it_is(self, ready, lawyer):
        with pytest.raises(BuildOver):
            cancel_build(by=lawyer, build=ready, now=LATER)
        ready.refresh_from_db()
        assert ready.status == BuildStatus.READY
        assert not Event.objects.filter(action=Action.BUILD_CANCELLED).exists()

    def test_only_lawyers(self, build, caseworker):
        with pytest.raises(PermissionDenied):
            cancel_build(by=caseworker, build=build, now=LATER)
        assert Build.objects.get().is_active

    def test_the_next_build_may_begin(self, build, packet, lawyer):
        cancel_build(by=lawyer, build=build, now=LATER)
        assert request_build(by=lawyer, packet=packet, now=LATER).number == 2


class TestHandOut:
    def test_a_volume(self, ready, lawyer):
        volume = ready.volumes.get()
        with hand_out_volume(by=lawyer, volume=volume) as file:
            assert file.read() == files_of_build(ready).read_bytes(volume.sha256)
        event = Event.objects.get(action=Action.VOLUME_DOWNLOADED)
        assert (event.actor_id, event.case_id) == (lawyer.pk, ready.packet.case_id)
        assert event.detail == {"number": 1, "volume": 1, "sha256": volume.sha256}

    def test_a_manifest(self, ready, lawyer):
        with hand_out_manifest(by=lawyer, build=ready) as file:
            assert file.read() == files_of_build(ready).read_bytes(ready.published_sha256)
        event = Event.objects.get(action=Action.MANIFEST_DOWNLOADED)
        assert event.detail == {"number": 1, "sha256": ready.published_sha256}

    def test_an_index(self, ready, lawyer):
        with hand_out_index(by=lawyer, build=ready) as file:
            assert file.read() == files_of_build(ready).read_bytes(ready.index_sha256)
        event = Event.objects.get(action=Action.INDEX_DOWNLOADED)
        assert event.detail == {"number": 1, "sha256": ready.index_sha256}
        ready.index_sha256 = ""
        with pytest.raises(NotReadyForDownload):
            hand_out_index(by=lawyer, build=ready)

    def test_a_damaged_file_stays_here_and_is_not_on_record_as_downloaded(self, ready, lawyer):
        volume = ready.volumes.get()
        damage(files_of_build(ready), volume.sha256)
        with pytest.raises(FileAltered):
            hand_out_volume(by=lawyer, volume=volume)
        assert not Event.objects.filter(action=Action.VOLUME_DOWNLOADED).exists()

    def test_the_files_of_a_packet_that_was_not_right_stay_here(self, ready, lawyer):
        ready.status, ready.failure = BuildStatus.FAILED, "words"
        with pytest.raises(NotReadyForDownload):
            hand_out_manifest(by=lawyer, build=ready)

    def test_only_lawyers(self, ready, caseworker):
        with pytest.raises(PermissionDenied):
            hand_out_volume(by=caseworker, volume=ready.volumes.get())
        with pytest.raises(PermissionDenied):
            hand_out_manifest(by=caseworker, build=ready)
        with pytest.raises(PermissionDenied):
            hand_out_index(by=caseworker, build=ready)


class TestLookThrough:
    def test_opens_the_downloads_and_is_on_record_once(self, unseen, lawyer):
        with pytest.raises(NotLookedThrough):
            hand_out_volume(by=lawyer, volume=unseen.volumes.get())
        for _twice in range(2):
            look_through(by=lawyer, build=unseen, now=LATER)
        unseen.refresh_from_db()
        assert (unseen.looked_at, unseen.looked_by) == (LATER, lawyer)
        event = Event.objects.get(action=Action.BUILD_LOOKED_THROUGH)
        assert (event.actor_id, event.case_id, event.detail) == (lawyer.pk, unseen.packet.case_id, {"number": 1})
        hand_out_volume(by=lawyer, volume=unseen.volumes.get()).close()

    def test_is_for_lawyers(self, unseen, caseworker):
        with pytest.raises(PermissionDenied):
            look_through(by=caseworker, build=unseen, now=LATER)

    def test_is_of_what_is_there(self, build, lawyer):
        with pytest.raises(NotReadyForDownload):
            look_through(by=lawyer, build=build, now=LATER)
