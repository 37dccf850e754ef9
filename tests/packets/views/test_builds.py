"""The pages of a build: who may see what, what they say, and what they hand out."""

import datetime as dt
import hashlib
import io
import json
import re

import docx
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import Excerpt, Source
from caseapp.packets import builder
from caseapp.packets.access import volume_of
from caseapp.packets.files import files_of_build, published_of
from caseapp.packets.models import Build, BuildPart, BuildStatus, PartStatus
from caseapp.packets.progress import progress_of
from caseapp.packets.services import builds
from caseapp.packets.services.builds import is_current, request_build
from tests.cases.making import damage, lose
from tests.packets.making import REQUESTED_AT

CLIENT = "Consuelo Confidencial"


@pytest.fixture
def build(packet, lawyer) -> Build:
    return request_build(by=lawyer, packet=packet, now=timezone.now())


@pytest.fixture
def ready(build, printed_once, lawyer) -> Build:
    made = builder.see_through(build.pk)
    builds.look_through(by=lawyer, build=made, now=timezone.now())
    return Build.objects.get(pk=made.pk)


def words(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def follow_messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def addresses(build: Build) -> dict[str, str]:
    found = {name: reverse(name, args=[build.pk]) for name in ("build_show", "build_progress", "build_cancel")}
    found["build_request"] = reverse("build_request", args=[build.packet_id])
    found["manifest_download"] = reverse("manifest_download", args=[build.pk])
    found["index_download"] = reverse("index_download", args=[build.pk])
    volume = build.volumes.first()
    if volume:
        found["volume_download"] = reverse("volume_download", args=[volume.pk])
    return found


WRITES = ("build_request", "build_cancel")
FOR_LAWYERS = ("build_request", "build_cancel", "manifest_download", "index_download", "volume_download")


def knock(client, name: str, address: str):
    return client.post(address) if name in WRITES else client.get(address)


class TestDoors:
    def test_a_stranger_finds_nothing(self, ready, stranger, as_person):
        client = as_person(stranger)
        assert {name: knock(client, name, at).status_code for name, at in addresses(ready).items()} == dict.fromkeys(
            addresses(ready), 404
        )

    def test_a_caseworker_may_look_and_no_more(self, ready, caseworker, as_person):
        client = as_person(caseworker)
        answers = {name: knock(client, name, at).status_code for name, at in addresses(ready).items()}
        assert answers == {
            "build_show": 200,
            "build_progress": 286,
            **dict.fromkeys(FOR_LAWYERS, 403),
        }
        assert not Event.objects.filter(action=Action.VOLUME_DOWNLOADED).exists()

    def test_an_administrator_finds_nothing(self, ready, administrator, as_person):
        client = as_person(administrator)
        answers = {knock(client, name, at).status_code for name, at in addresses(ready).items()}
        assert answers == {404}

    def test_nobody_signed_out(self, ready, client):
        answers = {knock(client, name, at).status_code for name, at in addresses(ready).items()}
        assert answers == {302}

    def test_a_lawyer_who_left_the_team_finds_nothing(self, ready, lawyer, as_person):
        ready.packet.case.members.filter(user=lawyer).delete()
        client = as_person(lawyer)
        assert knock(client, "volume_download", addresses(ready)["volume_download"]).status_code == 404

    def test_reading_changes_nothing_and_writing_is_not_reading(self, ready, lawyer, as_person):
        client, at = as_person(lawyer), addresses(ready)
        assert {client.get(at[name]).status_code for name in WRITES} == {405}
        assert {client.post(at[name]).status_code for name in at.keys() - set(WRITES)} == {405}


class TestRequest:
    def test_leads_to_the_build(self, packet, lawyer, as_person):
        response = as_person(lawyer).post(reverse("build_request", args=[packet.pk]))
        assert response.headers["Location"] == reverse("build_show", args=[Build.objects.get().pk])

    def test_a_second_click_leads_to_the_same(self, packet, lawyer, as_person):
        client = as_person(lawyer)
        answers = [client.post(reverse("build_request", args=[packet.pk])).headers["Location"] for _ in range(2)]
        assert answers[0] == answers[1]
        assert Build.objects.count() == 1

    def test_says_that_nothing_changed(self, ready, lawyer, as_person):
        response = as_person(lawyer).post(reverse("build_request", args=[ready.packet_id]), follow=True)
        assert follow_messages(response) == ["Nothing has changed since this build, so it is still the packet."]

    def test_says_what_is_missing(self, packet, lawyer, as_person):
        packet.exhibits.all().delete()
        response = as_person(lawyer).post(reverse("build_request", args=[packet.pk]), follow=True)
        assert response.redirect_chain == [(reverse("packet_show", args=[packet.pk]), 302)]
        assert follow_messages(response) == ["This packet cannot be built yet. The packet has no exhibits yet."]


class TestProgress:
    def test_counts_the_parts_and_names_the_one_in_hand(self, build, lawyer, as_person):
        first, second = build.parts.all()[:2]
        BuildPart.objects.filter(pk=first.pk).update(status=PartStatus.DONE, sha256="0" * 64)
        BuildPart.objects.filter(pk=second.pk).update(status=PartStatus.RUNNING)
        response = as_person(lawyer).get(reverse("build_progress", args=[build.pk]))
        assert response.status_code == 200
        assert "Setting Tab A: tab sheet (2 of 5)" in words(response)
        assert f'hx-get="{reverse("build_progress", args=[build.pk])}"' in response.content.decode()

    def test_says_when_nobody_has_begun(self, build, lawyer, as_person):
        assert "Waiting for a free worker (0 of 5 set)" in words(as_person(lawyer).get(build_page(build)))

    @pytest.mark.parametrize(
        ("status", "says"),
        [
            (BuildStatus.ASSEMBLING, "Putting the packet together"),
            (BuildStatus.VERIFYING, "Reading the finished packet"),
        ],
    )
    def test_names_the_later_steps(self, build, lawyer, as_person, status, says):
        Build.objects.update(status=status)
        assert says in words(as_person(lawyer).get(build_page(build)))

    @pytest.mark.parametrize(("seconds", "is_stuck"), [(110, False), (130, True)])
    def test_is_honest_about_silence(self, build, lawyer, as_person, seconds, is_stuck):
        then = timezone.now() - dt.timedelta(seconds=seconds)
        Build.objects.update(requested_at=then, heartbeat_at=then)
        BuildPart.objects.update(heartbeat_at=then)
        page = words(as_person(lawyer).get(build_page(build)))
        assert ("There has been no sign of life for 2 minutes." in page) is is_stuck

    def test_works_without_javascript(self, build, lawyer, as_person):
        page = as_person(lawyer).get(build_page(build)).content.decode()
        assert f'<noscript><p><a href="{build_page(build)}">' in page

    @pytest.mark.parametrize("status", [BuildStatus.FAILED, BuildStatus.CANCELLED])
    def test_stops_asking_when_it_is_over(self, build, lawyer, as_person, status):
        Build.objects.update(status=status, failure="Tab A could not be set.", finished_at=timezone.now())
        response = as_person(lawyer).get(reverse("build_progress", args=[build.pk]))
        assert response.status_code == 286
        assert "hx-get" not in response.content.decode()

    def test_a_poll_does_not_read_what_the_build_is_made_from(self, build, lawyer, as_person):
        lose(files_of_build(build), build.manifest_sha256)
        assert as_person(lawyer).get(reverse("build_progress", args=[build.pk])).status_code == 200


def build_page(build: Build) -> str:
    return reverse("build_show", args=[build.pk])


class TestOver:
    def test_a_failure_says_why_and_shows_the_way_on(self, build, lawyer, as_person):
        Build.objects.update(
            status=BuildStatus.FAILED,
            failure="Tab A <b>could</b> not be set.\nSecond line.",
            finished_at=timezone.now(),
        )
        page = as_person(lawyer).get(build_page(build)).content.decode()
        assert "Tab A &lt;b&gt;could&lt;/b&gt; not be set.<br>Second line." in page
        assert f'action="{reverse("build_request", args=[build.packet_id])}"' in page

    def test_ready_shows_each_file_with_its_hash(self, ready, lawyer, as_person):
        page = words(as_person(lawyer).get(build_page(ready)))
        volume = ready.volumes.get()
        assert f"SHA-256 {volume.sha256}" in page
        assert f"SHA-256 {ready.published_sha256}" in page
        assert f"SHA-256 {ready.index_sha256}" in page
        assert "6 pages" in page
        assert "Download volume 1" in page

    def test_ready_offers_a_caseworker_nothing_to_download(self, ready, caseworker, as_person):
        page = as_person(caseworker).get(build_page(ready))
        assert "A lawyer of the team can download it." in words(page)
        assert reverse("index_download", args=[ready.pk]) not in page.content.decode()
        assert reverse("volume_download", args=[ready.volumes.get().pk]) not in page.content.decode()

    def test_all_builds_are_listed(self, ready, packet, lawyer, as_person):
        packet.title = "Second filing"
        packet.save()
        second = request_build(by=lawyer, packet=packet, now=timezone.now())
        page = as_person(lawyer).get(build_page(second)).content.decode()
        assert page.index(build_page(second)) < page.index(build_page(ready))

    def test_the_packet_shows_its_newest_build(self, ready, lawyer, as_person):
        page = as_person(lawyer).get(reverse("packet_show", args=[ready.packet_id])).content.decode()
        assert build_page(ready) in page
        assert reverse("build_request", args=[ready.packet_id]) in page


class TestOnThePacketsPage:
    @pytest.fixture
    def page(self, ready, as_person):
        def page(person):
            return as_person(person).get(reverse("packet_show", args=[ready.packet_id])).content.decode()

        return page

    def test_a_lawyer_downloads_a_finished_build_at_once(self, ready, page, lawyer):
        shown = page(lawyer)
        volume = reverse("volume_download", args=[ready.volumes.get().pk])
        assert f'<a class="btn btn-primary" href="{volume}">' in shown
        assert reverse("manifest_download", args=[ready.pk]) in shown
        assert re.search(r'<button class="btn btn-outline-secondary">.*?Build again', shown, re.DOTALL)
        assert "Build the packet" not in shown

    def test_a_caseworker_does_not(self, ready, page, caseworker):
        shown = page(caseworker)
        assert "/volumes/" not in shown
        assert reverse("manifest_download", args=[ready.pk]) not in shown
        assert "A lawyer of the team can build and download it." in shown

    def test_it_is_said_when_the_packet_is_no_longer_what_was_built(self, ready, page, lawyer):
        changed = "Something in the packet has changed since this build."
        assert changed not in page(lawyer)
        Source.objects.filter(pk=ready.packet.exhibits.first().capture.source_id).update(title="Another title")
        assert changed in page(lawyer)

    def test_a_packet_that_cannot_be_frozen_has_changed(self, ready):
        assert is_current(ready)
        Excerpt.objects.update(quote="what it never said")
        assert not is_current(ready)

    def test_a_change_in_place_brings_the_build_along(self, ready, lawyer, as_person):
        exhibit = ready.packet.exhibits.first()
        response = as_person(lawyer).post(reverse("exhibit_remove", args=[exhibit.pk]), headers={"HX-Request": "true"})
        shown = response.content.decode()
        assert 'id="latest-build" hx-swap-oob="true"' in shown
        assert "Something in the packet has changed since this build." in shown


class TestWhoMayBuild:
    """The services ask again; here the door of each view has to hold by itself."""

    @pytest.mark.parametrize(
        ("service", "view", "method"),
        [
            ("request_build", "build_request", "post"),
            ("cancel_build", "build_cancel", "post"),
            ("hand_out_manifest", "manifest_download", "get"),
            ("hand_out_volume", "volume_download", "get"),
        ],
    )
    def test_a_caseworker_does_not_get_past_the_door(
        self, service, view, method, ready, caseworker, as_person, monkeypatch
    ):
        asked = []
        monkeypatch.setattr(builds, service, lambda **arguments: asked.append(arguments))
        ids = {"build_request": ready.packet_id, "volume_download": ready.volumes.get().pk}
        client = as_person(caseworker)
        client.raise_request_exception = False
        response = getattr(client, method)(reverse(view, args=[ids.get(view, ready.pk)]))
        assert (response.status_code, asked) == (403, [])

    def test_a_volume_is_for_those_who_build(self, ready, caseworker, lawyer):
        volume = ready.volumes.get()
        assert volume_of(lawyer, volume.pk) == volume
        with pytest.raises(PermissionDenied):
            volume_of(caseworker, volume.pk)


class TestCancel:
    def test_ends_the_build(self, build, lawyer, as_person):
        response = as_person(lawyer).post(reverse("build_cancel", args=[build.pk]), follow=True)
        assert "This build was cancelled" in words(response)
        assert Build.objects.get().status == BuildStatus.CANCELLED

    def test_too_late_is_said(self, ready, lawyer, as_person):
        response = as_person(lawyer).post(reverse("build_cancel", args=[ready.pk]), follow=True)
        assert follow_messages(response) == ["This build was over before it could be cancelled."]


class TestDownload:
    def test_a_volume(self, ready, lawyer, as_person):
        volume = ready.volumes.get()
        response = as_person(lawyer).get(reverse("volume_download", args=[volume.pk]))
        assert response.getvalue() == files_of_build(ready).read_bytes(volume.sha256)
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Length"] == str(volume.size)
        assert response.headers["Content-Disposition"] == 'attachment; filename="SV_2027_014_build_1.pdf"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response.headers["Cache-Control"]

    def test_who_and_what_is_on_record(self, ready, lawyer, as_person):
        volume = ready.volumes.get()
        as_person(lawyer).get(reverse("volume_download", args=[volume.pk])).getvalue()
        event = Event.objects.get(action=Action.VOLUME_DOWNLOADED)
        assert (event.actor_id, event.case_id, event.detail["sha256"]) == (
            lawyer.pk,
            ready.packet.case_id,
            volume.sha256,
        )

    def test_the_history_says_which_build(self, ready, lawyer, as_person):
        Build.objects.filter(pk=ready.pk).update(number=3)
        client = as_person(lawyer)
        client.get(reverse("volume_download", args=[ready.volumes.get().pk])).getvalue()
        history = words(client.get(reverse("case_history", args=[ready.packet.case_id])))
        assert "Lena Lawyer downloaded a volume of Country conditions , build 3" in history

    def test_the_manifest(self, ready, lawyer, as_person):
        response = as_person(lawyer).get(reverse("manifest_download", args=[ready.pk]))
        published = json.loads(response.getvalue())
        assert published["volumes"][0]["sha256"] == ready.volumes.get().sha256
        assert response.headers["Content-Disposition"] == 'attachment; filename="manifest.json"'
        assert "no-store" in response.headers["Cache-Control"]
        assert CLIENT not in json.dumps(published)
        assert Event.objects.filter(action=Action.MANIFEST_DOWNLOADED, actor_id=lawyer.pk).count() == 1

    def test_the_index_as_a_word_file(self, ready, lawyer, as_person):
        response = as_person(lawyer).get(reverse("index_download", args=[ready.pk]))
        data = response.getvalue()
        published = published_of(ready)
        assert published["index_file"] == {
            "file": "index.docx",
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
        }
        name = response.headers["Content-Disposition"]
        assert re.fullmatch(r'attachment; filename="[A-Za-z0-9_]+Index\.docx"', name)
        assert response.headers["Content-Type"].endswith("wordprocessingml.document")
        lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]
        assert any(line.endswith("\tTab A · p. 4") for line in lines)
        assert CLIENT not in " ".join(lines)
        assert Event.objects.filter(action=Action.INDEX_DOWNLOADED, actor_id=lawyer.pk).count() == 1

    def test_the_name_never_holds_the_clients(self, ready, lawyer, as_person):
        case = ready.packet.case
        case.reference = "confidencial-2027"
        case.save()
        response = as_person(lawyer).get(reverse("volume_download", args=[ready.volumes.get().pk]))
        response.getvalue()
        assert response.headers["Content-Disposition"] == 'attachment; filename="packet_build_1.pdf"'

    def test_an_altered_file_is_not_sent(self, ready, lawyer, as_person):
        volume = ready.volumes.get()
        damage(files_of_build(ready), volume.sha256)
        response = as_person(lawyer).get(reverse("volume_download", args=[volume.pk]), follow=True)
        assert response.redirect_chain == [(build_page(ready), 302)]
        (message,) = follow_messages(response)
        assert f"The stored file {volume.sha256} is missing or was altered." in message
        assert not Event.objects.filter(action=Action.VOLUME_DOWNLOADED).exists()

    def test_there_is_nothing_to_download_before_the_end(self, build, lawyer, as_person):
        response = as_person(lawyer).get(reverse("manifest_download", args=[build.pk]), follow=True)
        assert follow_messages(response) == ["This build is not ready, so there is nothing to download."]


def test_times_are_counted_from_the_request(build):
    build.requested_at = REQUESTED_AT
    assert progress_of(build, REQUESTED_AT + dt.timedelta(seconds=125)).elapsed == "2 min 5 s"
    assert progress_of(build, REQUESTED_AT + dt.timedelta(seconds=59)).elapsed == "59 s"
    assert progress_of(build, REQUESTED_AT + dt.timedelta(seconds=60)).elapsed == "1 min 0 s"
    build.finished_at = REQUESTED_AT + dt.timedelta(seconds=61)
    assert progress_of(build, REQUESTED_AT + dt.timedelta(hours=5)).elapsed == "1 min 1 s"
