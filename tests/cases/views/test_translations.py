"""The screens of a translation beside a document of the case, and of the certificate that was signed for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.files import files_of
from caseapp.cases.models import Document, DocumentCertificate, DocumentTranslation
from caseapp.core import storage
from caseapp.packets.models import Packet
from tests.cases.making import damage, make_document, photograph
from tests.packets.making import make_filing

pytestmark = pytest.mark.usefixtures("files_read_once")

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


def signed() -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("signed.png", photograph())}


def certificate_page(document: Document) -> str:
    return reverse("document_certificate", args=[document.pk])


def original(document: Document, number: int = 1) -> str:
    return reverse("document_certificate_original", args=[document.pk, number])


def test_a_signed_certificate_is_brought_kept_with_the_case_taken_and_withdrawn_on_record(
    as_person, caseworker, document
):
    client = as_person(caseworker)
    client.post(page(document), WORDS)
    assert "Bring the signed certificate" in client.get(page(document)).text
    answer = client.post(certificate_page(document), signed())
    assert (answer.status_code, answer["Location"]) == (302, certificate_page(document))
    brought = DocumentCertificate.objects.get()
    assert files_of(document.case_id).read_bytes(brought.original_sha256) == photograph()
    assert not storage.path_of(brought.original_sha256).exists()
    assert "signed.png" in client.get(certificate_page(document)).text
    taken = client.get(original(document))
    assert taken.getvalue() == photograph()
    assert (taken["Content-Disposition"], taken["Cache-Control"]) == ('attachment; filename="signed.png"', "no-store")
    assert client.post(reverse("document_certificate_withdraw", args=[document.pk])).status_code == 302
    assert "withdrawn" in client.get(certificate_page(document)).text
    events = Event.objects.filter(subject_id=str(document.pk)).order_by("pk")
    assert [(event.action, event.detail, event.subject_label) for event in events][-3:] == [
        (Action.DOCUMENT_TRANSLATED, {"fields": ["certificate"]}, ""),
        (Action.DOCUMENT_DOWNLOADED, {"sha256": brought.original_sha256, "certificate": 1}, ""),
        (Action.DOCUMENT_TRANSLATED, {"fields": ["certificate"]}, ""),
    ]


def test_what_is_wrong_with_a_certificate_is_said_beside_it(as_person, caseworker, document):
    client = as_person(caseworker)
    early = client.post(certificate_page(document), signed())
    assert early.status_code == 422
    assert early.context["form"].errors["file"] == [
        "Save the translation first: the certificate vouches for its words."
    ]
    client.post(page(document), WORDS)
    for sent in ({}, {"file": SimpleUploadedFile("a.pdf", b"x")}, {"file": SimpleUploadedFile("a.txt", b"")}):
        response = client.post(certificate_page(document), sent)
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert not DocumentCertificate.objects.exists()


def test_certificates_go_with_a_translation_only_when_they_are_named(as_person, caseworker, document):
    client, remove = as_person(caseworker), reverse("document_translation_remove", args=[document.pk])
    client.post(page(document), WORDS)
    client.post(certificate_page(document), signed())
    sha256 = DocumentCertificate.objects.get().original_sha256
    assert "“signed.png” goes too" in client.get(page(document)).text
    assert "so nothing was removed" in client.post(remove, follow=True).text
    assert DocumentCertificate.objects.count() == 1
    assert "The translation is removed." in client.post(remove, {"certificates": "1"}, follow=True).text
    event = Event.objects.filter(action=Action.DOCUMENT_TRANSLATED).latest("pk")
    assert (event.detail, event.case_id) == ({"fields": [], "certificates": [[1, sha256]]}, document.case_id)


def test_a_damaged_certificate_is_said_to_be_so(as_person, caseworker, document):
    client = as_person(caseworker)
    client.post(page(document), WORDS)
    client.post(certificate_page(document), signed())
    damage(files_of(document.case_id), DocumentCertificate.objects.get().original_sha256)
    assert client.get(original(document))["Location"] == certificate_page(document)


def test_a_number_that_no_certificate_has_is_not_found(as_person, caseworker, document):
    client = as_person(caseworker)
    client.post(page(document), WORDS)
    assert client.get(original(document, 7)).status_code == 404
