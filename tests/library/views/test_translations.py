"""The screen of a translation beside a source."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseapp.library.models import Source
from caseapp.library.models.translation import CaptureTranslation
from tests.cases.making import photograph
from tests.packets.making import add_article

pytestmark = pytest.mark.usefixtures("files_read_once")


@pytest.fixture
def spanish(db) -> Source:
    return add_article("Dos policías muertos", "Dos policías murieron en su casa.", language="es")


def page(source: Source) -> str:
    return reverse("source_translation", args=[source.pk])


WORDS = {"version": 0, "language": "en", "text": "Two officers\r\ndied.", "translator": "T. Lator"}


def test_a_translation_is_typed_and_stands_there_afterwards(as_person, caseworker, spanish):
    client = as_person(caseworker)
    assert client.post(page(spanish), WORDS).status_code == 302
    assert CaptureTranslation.objects.get().text == "Two officers\ndied."
    shown = client.get(page(spanish))
    assert "The original is in Spanish." in shown.content.decode()
    assert shown.context["form"]["text"].value() == "Two officers\ndied."


def test_a_file_is_taken_and_named(as_person, caseworker, spanish):
    client, file = as_person(caseworker), SimpleUploadedFile("translation.txt", b"Two officers died.")
    assert client.post(page(spanish), {"version": 0, "language": "en", "file": file}).status_code == 302
    body = " ".join(client.get(page(spanish)).content.decode().split())
    assert "translation.txt · 1 page<" in body


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"text": ""}, "text", "Paste the translation, or choose its file."),
        ({"text": "a\x00b"}, "text", None),
        ({"file": SimpleUploadedFile("a.txt", b"x")}, "text", "Paste the text or choose a file, not both"),
        ({"text": "", "file": SimpleUploadedFile("a.pdf", b"x")}, "file", None),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_beside_it(as_person, caseworker, spanish, changes, field, said):
    response = as_person(caseworker).post(page(spanish), WORDS | changes)
    assert response.status_code == 422
    (sentence,) = response.context["form"].errors[field]
    assert said is None or sentence.startswith(said)
    assert not CaptureTranslation.objects.exists()


def test_two_people_at_once_see_what_differs(as_person, caseworker, spanish):
    client = as_person(caseworker)
    client.post(page(spanish), WORDS)
    response = client.post(page(spanish), WORDS | {"translator": "Another"})
    assert response.status_code == 409
    assert [(one.standing, one.typed) for one in response.context["differences"]] == [("T. Lator", "Another")]
    assert client.post(page(spanish), WORDS | {"translator": "Another", "version": 1}).status_code == 302


def test_a_translation_is_removed(as_person, caseworker, spanish):
    client = as_person(caseworker)
    client.post(page(spanish), WORDS)
    assert client.post(reverse("source_translation_remove", args=[spanish.pk])).status_code == 302
    assert not CaptureTranslation.objects.exists()


def test_only_a_source_in_another_language_has_the_tab(as_person, caseworker, spanish):
    client = as_person(caseworker)
    english = add_article("Officers killed", "Two officers died.")
    for source, has_tab in ((spanish, True), (english, False)):
        body = client.get(reverse("source_details", args=[source.pk])).content.decode()
        assert (page(source) in body) == has_tab


def test_a_signed_certificate_is_brought_taken_and_withdrawn(as_person, caseworker, spanish):
    client, certificate = as_person(caseworker), reverse("source_certificate", args=[spanish.pk])
    assert "Save the translation first" in client.get(certificate).text
    client.post(page(spanish), WORDS)
    assert client.post(certificate, {"file": SimpleUploadedFile("signed.png", photograph())}).status_code == 302
    assert "signed.png" in client.get(page(spanish)).text
    assert "in use" in client.get(certificate).text
    client.post(page(spanish), WORDS | {"version": 1, "telephone": "1"})
    assert "it is withdrawn" not in client.get(page(spanish)).text
    taken = client.get(reverse("source_certificate_original", args=[spanish.pk, 1]))
    assert (taken.content, taken["Content-Disposition"]) == (photograph(), 'attachment; filename="signed.png"')
    assert client.post(reverse("source_certificate_withdraw", args=[spanish.pk])).status_code == 302
    assert "withdrawn" in client.get(certificate).text


def test_who_changes_words_that_were_signed_for_is_told_that_they_are_signed_for_no_more(
    as_person, caseworker, spanish
):
    client, certificate = as_person(caseworker), reverse("source_certificate", args=[spanish.pk])
    client.post(page(spanish), WORDS)
    client.post(certificate, {"file": SimpleUploadedFile("signed.png", photograph())})
    changed = client.post(page(spanish), WORDS | {"version": 1, "text": "Two officers were killed."}, follow=True)
    assert "so it is withdrawn. Bring one for this." in changed.text
    assert "Nothing that the translator signed is here" in changed.text


def test_what_is_wrong_with_a_signed_certificate_is_asked_and_the_same_file_is_kept_on_a_yes(
    as_person, caseworker, spanish
):
    client, certificate = as_person(caseworker), reverse("source_certificate", args=[spanish.pk])
    client.post(page(spanish), WORDS)

    def sent(**more):
        return client.post(certificate, more | {"file": SimpleUploadedFile("signed.png", photograph(frames=3))})

    asked = sent()
    assert asked.status_code == 422
    assert asked.context["form"].errors["file"][0].startswith("The file holds 3 pictures")
    assert "Keep it as it was read" in asked.text
    keep_of = asked.context["form"]["keep_of"].value()
    assert sent(keep_of=keep_of).status_code == 422
    assert sent(keep_of=keep_of, keep="on").status_code == 302
    assert CaptureTranslation.objects.get().certificate.original_name == "signed.png"


def test_what_is_wrong_with_a_file_is_asked_and_the_same_file_is_kept_on_a_yes(as_person, caseworker, spanish):
    client = as_person(caseworker)

    def sent(**more):
        file = SimpleUploadedFile("translated.png", photograph(frames=3))
        return client.post(page(spanish), {"version": 0, "language": "en", "file": file} | more)

    asked = sent()
    assert asked.status_code == 422
    assert asked.context["form"].errors["file"][0].startswith("The file holds 3 pictures")
    keep_of = asked.context["form"]["keep_of"].value()
    assert sent(keep_of=keep_of, keep="on").status_code == 302
    assert CaptureTranslation.objects.get().accepted == ["picture-frames"]
    assert client.post(page(spanish), WORDS | {"version": 1}).status_code == 302
    assert CaptureTranslation.objects.get().accepted == []


def test_the_certificates_that_go_with_a_translation_are_named_and_ticked(as_person, caseworker, spanish):
    client, certificate = as_person(caseworker), reverse("source_certificate", args=[spanish.pk])
    remove = reverse("source_translation_remove", args=[spanish.pk])
    client.post(page(spanish), WORDS)
    assert "goes too" not in client.get(page(spanish)).text
    client.post(certificate, {"file": SimpleUploadedFile("signed.png", photograph())})
    client.post(reverse("source_certificate_withdraw", args=[spanish.pk]))
    shown = " ".join(client.get(page(spanish)).text.split())
    assert "“signed.png” goes too" in shown
    assert "1 page · withdrawn" in shown
    for sent in ({}, {"certificates": ["²", "9" * 30, "x"]}):
        refused = client.post(remove, sent, follow=True)
        assert "so nothing was removed" in refused.text
    assert CaptureTranslation.objects.get().certificates.count() == 1
    assert "The translation is removed." in client.post(remove, {"certificates": ["1"]}, follow=True).text
    assert not CaptureTranslation.objects.exists()
