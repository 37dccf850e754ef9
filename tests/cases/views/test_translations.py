"""The screen of a translation beside a document of the case."""

import pytest
from django.urls import reverse

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Document
from caseapp.cases.models.document import DocumentTranslation
from caseapp.packets.models import Packet
from tests.cases.making import make_document
from tests.packets.making import make_filing

WORDS = {"version": 0, "language": "en", "text": "I left in spring.", "translator": "T. Lator"}


@pytest.fixture
def document(db, lawyer, caseworker) -> Document:
    make_filing(team=[lawyer, caseworker])
    return make_document(Packet.objects.get().case, b"Me fui en primavera.", language="es")


def page(document: Document) -> str:
    return reverse("document_translation", args=[document.pk])


def test_a_translation_is_typed_changed_and_removed_on_record(as_person, caseworker, document):
    client = as_person(caseworker)
    assert client.post(page(document), WORDS).status_code == 302
    assert client.post(page(document), WORDS | {"version": 1, "telephone": "1"}).status_code == 302
    saved = DocumentTranslation.objects.get()
    assert (saved.text, saved.telephone, saved.version) == ("I left in spring.", "1", 2)
    assert client.post(reverse("document_translation_remove", args=[document.pk])).status_code == 302
    assert not DocumentTranslation.objects.exists()
    events = Event.objects.filter(action=Action.DOCUMENT_TRANSLATED).order_by("pk")
    assert [(event.case_id, event.detail["fields"]) for event in events] == [
        (document.case_id, ["text", "translator"]), (document.case_id, ["telephone"]), (document.case_id, []),
    ]  # fmt: skip
    # Administrators read the record of the office: what a paper is called is no business of theirs.
    assert {event.subject_label for event in events} == {""}


def test_what_is_missing_is_said_beside_it(as_person, caseworker, document):
    response = as_person(caseworker).post(page(document), WORDS | {"text": " "})
    assert response.status_code == 422
    assert response.context["form"].errors == {"text": ["Paste the translation, or choose its file."]}


def test_two_people_at_once_see_what_differs(as_person, caseworker, document):
    client = as_person(caseworker)
    client.post(page(document), WORDS)
    response = client.post(page(document), WORDS | {"text": "I went in spring."})
    assert response.status_code == 409
    assert DocumentTranslation.objects.get().text == "I left in spring."


def test_a_stranger_finds_nothing(as_person, stranger, administrator, document):
    for person in (stranger, administrator):
        assert as_person(person).get(page(document)).status_code == 404
        assert as_person(person).post(page(document), WORDS).status_code == 404
    assert not DocumentTranslation.objects.exists()
