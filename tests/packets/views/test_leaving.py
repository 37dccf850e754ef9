"""What a lawyer looks through before anything of a build is downloaded."""

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import answer_document
from caseapp.cases.words import words_of
from caseapp.packets.builder import see_through
from caseapp.packets.files import files_of_build
from caseapp.packets.leaving import what_leaves
from caseapp.packets.models import Build, Packet, VolumePicture
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibits
from tests.cases.making import damage, lose, make_document
from tests.packets.making import REQUESTED_AT
from tests.security.papers import HIDDEN, telling_pdf

pytestmark = pytest.mark.usefixtures("files_read_once")


@pytest.fixture
def paper(packet: Packet, lawyer) -> Document:
    """A paper that hides words and tells of its author, and somebody said that it may be used."""
    document = make_document(packet.case, telling_pdf(), name="paper.pdf", title="A paper", kind="medical")
    answer_document(by=lawyer, document=document, codes=["hidden-text"], now=REQUESTED_AT)
    read_document(document.pk)
    add_exhibits(by=lawyer, packet=packet, documents=[document], captures=[])
    return Document.objects.get(pk=document.pk)


@pytest.fixture
def build(packet, paper, lawyer) -> Build:
    return see_through(request_build(by=lawyer, packet=packet, now=timezone.now()).pk)


def test_e7_what_leaves_is_looked_through_before_the_first_download(build, lawyer, caseworker, as_person):
    # Which somebody learned after it was built.
    Document.objects.update(is_never_electronic=True, is_confidential=True)
    leaves, client = what_leaves(build), as_person(lawyer)
    assert leaves.pages == build.volumes.get().pages
    assert leaves.pages == leaves.pages_of_ours + sum(exhibit.pages for exhibit in leaves.exhibits)
    sealed = leaves.exhibits[-1]
    assert (sealed.is_of_client, sealed.title) == (True, "A paper")
    assert (sealed.is_never_electronic, sealed.is_confidential) == (True, True)
    found = " ".join(sealed.found)
    for telling in ("words that cannot be seen", "attached files", "Author Zacatecas", "7 links were left out"):
        assert telling in found
    assert "Consuelo Confidencial" in [who for _what, who in leaves.named]

    volume, page = (reverse(name, args=[pk]) for name, pk in (
        ("volume_download", build.volumes.get().pk), ("build_leaves", build.pk)
    ))  # fmt: skip
    assert client.get(volume).headers.get("Location") == page
    assert as_person(caseworker).post(page, {"looked": "on"}).status_code == 403
    refused = client.post(page, {})
    assert (refused.status_code, "Tick this once you have looked" in refused.content.decode()) == (422, True)
    assert client.post(page, {"looked": "on"}).status_code == 302
    assert client.get(volume).getvalue().startswith(b"%PDF-")
    assert "Lena Lawyer looked through what leaves with it" in client.get(page).content.decode()


def test_e1_what_was_taken_out_of_a_file_is_not_printed_after_all(paper):
    assert HIDDEN in words_of(paper).text
    assert "Left out of the copy that exhibits are made from: a second form" in str(paper.notices)
    assert "Zacatecas" not in str(paper.notices)


def test_there_is_nothing_to_look_through_before_the_end(packet, lawyer, as_person):
    build = request_build(by=lawyer, packet=packet, now=timezone.now())
    answer = as_person(lawyer).get(reverse("build_leaves", args=[build.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("build_show", args=[build.pk]), 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        "This build is not ready, so there is nothing to download."
    ]


def pages_of(build: Build) -> str:
    return reverse("build_pages", args=[build.pk])


def picture(build: Build, number: int = 1) -> str:
    return reverse("volume_page", args=[build.volumes.get().pk, number])


def test_e7_the_pages_are_looked_at_before_anything_is_downloaded(build, lawyer, as_person):
    client, volume = as_person(lawyer), build.volumes.get()
    shown = client.get(pages_of(build))
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert [place.title for place in shown.context["leafing"].places][:3] == [
        "Cover", "Index of Evidence", "Tab A — Officers killed at home"
    ]  # fmt: skip
    assert [leaf.label for leaf in shown.context["leafing"].leaves] == [str(n) for n in range(1, volume.pages + 1)]
    drawn = client.get(picture(build, volume.pages))
    assert (drawn["Content-Type"], drawn["Cache-Control"], drawn.content[:4]) == ("image/png", "no-store", b"\x89PNG")
    assert not drawn.has_header("Content-Disposition")
    assert client.get(picture(build, volume.pages)).content == drawn.content
    assert VolumePicture.objects.count() == 1
    assert Build.objects.get(pk=build.pk).looked_at is None
    looks = Event.objects.filter(action=Action.BUILD_PAGES_VIEWED).values_list("actor_id", "subject_id", "case_id")
    assert list(looks) == [(lawyer.pk, str(build.pk), build.packet.case_id)]


def test_who_leafs_finds_each_exhibit_from_what_leaves(build, lawyer, as_person):
    client = as_person(lawyer)
    leaves = client.get(reverse("build_leaves", args=[build.pk]))
    for exhibit in leaves.context["leaves"].exhibits:
        assert f"{pages_of(build)}?page={exhibit.begins.sheet}#{exhibit.begins.anchor}" in leaves.text
        assert f'id="{exhibit.begins.anchor}"' in client.get(f"{pages_of(build)}?page={exhibit.begins.sheet}").text


def test_a_picture_is_looked_at_on_record_whichever_way_it_is_asked_for(build, lawyer, as_person):
    as_person(lawyer).get(picture(build))
    assert Event.objects.filter(action=Action.BUILD_PAGES_VIEWED, actor_id=lawyer.pk).count() == 1


def test_only_lawyers_of_the_case_look_at_its_pages(build, caseworker, stranger, administrator, as_person):
    for person, status in ((caseworker, 403), (stranger, 404), (administrator, 404)):
        assert [as_person(person).get(url).status_code for url in (pages_of(build), picture(build))] == [status] * 2
    assert pages_of(build) not in as_person(caseworker).get(reverse("build_leaves", args=[build.pk])).text
    assert not VolumePicture.objects.exists()
    assert not Event.objects.filter(action=Action.BUILD_PAGES_VIEWED).exists()


def test_a_page_that_is_not_there_or_is_damaged_has_no_picture(build, lawyer, as_person):
    client, volume = as_person(lawyer), build.volumes.get()
    assert client.get(picture(build, 0)).status_code == client.get(picture(build, volume.pages + 1)).status_code == 404
    damage(files_of_build(build), volume.sha256)
    assert client.get(picture(build)).status_code == 404


def test_a_picture_that_was_lost_is_drawn_anew(build, lawyer, as_person):
    client = as_person(lawyer)
    drawn = client.get(picture(build)).content
    lose(files_of_build(build), VolumePicture.objects.get().sha256)
    assert client.get(picture(build)).content == drawn


def test_there_are_no_pages_before_the_end(packet, lawyer, as_person):
    build = request_build(by=lawyer, packet=packet, now=timezone.now())
    answer = as_person(lawyer).get(pages_of(build), follow=True)
    assert answer.redirect_chain == [(reverse("build_show", args=[build.pk]), 302)]
