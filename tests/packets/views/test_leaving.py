"""What a lawyer looks through before anything of a build is downloaded."""

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.cases.models import Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import answer_document
from caseapp.cases.words import words_of
from caseapp.packets.builder import see_through
from caseapp.packets.leaving import what_leaves
from caseapp.packets.models import Build, Packet
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibits
from tests.cases.making import make_document
from tests.packets.making import REQUESTED_AT
from tests.security.papers import HIDDEN, telling_pdf


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
