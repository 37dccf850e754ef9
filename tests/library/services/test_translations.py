"""A translation beside a source: words typed here, or a file with its clean pages; and what was signed for it."""

import datetime as dt

import pytest
from django.db import connection

from caseapp import intake
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core import storage
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.keeping.contents import LockedPdf, MustBeDecided
from caseapp.library.models import Capture
from caseapp.library.models.translation import CaptureTranslation
from caseapp.library.services.translations import (
    CertificatesWouldGo,
    NothingToVouchFor,
    NothingTranslated,
    TranslationChangedMeanwhile,
    TranslationDetails,
    TranslationFile,
    add_certificate,
    remove_translation,
    save_translation,
    translation_of,
    withdraw_certificate,
)
from tests.cases.making import photograph
from tests.intake import hostile
from tests.packets.making import add_article

pytestmark = pytest.mark.usefixtures("files_read_once")


@pytest.fixture
def capture(db) -> Capture:
    return add_article("Dos policías muertos", "Dos policías murieron en su casa.", language="es").capture


def save(capture: Capture, by=None, *, file: TranslationFile | None = None, version: int = 0, **details):
    wanted = TranslationDetails(**{"language": "en", "translator": "T. Lator"} | details)
    return save_translation(by=by, capture=capture, details=wanted, file=file, version=version)


def test_typed_words_are_kept_to_the_letter(capture, caseworker):
    words = "Two officers died\n\n  at home: “Čačak”."
    save(capture, caseworker, text=words)
    saved = CaptureTranslation.objects.get()
    assert (saved.text, saved.translator, saved.version, saved.added_by) == (words, "T. Lator", 1, caseworker)
    event = Event.objects.get(action=Action.TRANSLATION_SAVED)
    assert (event.subject_label, event.detail) == ("Dos policías muertos", {"fields": ["text", "translator"]})


def test_a_file_keeps_its_original_and_has_clean_pages(capture):
    save(capture, file=TranslationFile("../Translation: final.txt", b"Two officers died at home."))
    saved = CaptureTranslation.objects.get()
    assert (saved.text, saved.pages) == ("", 1)
    assert saved.original_name == "Translation: final.txt"
    assert storage.read_bytes(saved.original_sha256) == b"Two officers died at home."
    assert storage.read_bytes(saved.clean_sha256).startswith(b"%PDF-")


def test_who_translated_is_changed_without_choosing_the_file_again(capture):
    first = save(capture, file=TranslationFile("a.txt", b"Two officers died at home."))
    second = save(capture, version=1, translator="Another")
    assert (second.clean_sha256, second.pages, second.translator) == (first.clean_sha256, 1, "Another")


def test_words_replace_a_file_and_a_file_replaces_words(capture):
    save(capture, file=TranslationFile("a.txt", b"Two officers died at home."))
    words = save(capture, version=1, text="Two officers died.")
    assert (words.text, words.original_sha256, words.original_name, words.pages) == ("Two officers died.", "", "", 0)
    file = save(capture, version=2, file=TranslationFile("a.txt", b"Two officers died at home."))
    assert (file.text, file.pages) == ("", 1)


def test_neither_words_nor_a_file_is_no_translation(capture):
    with pytest.raises(NothingTranslated):
        save(capture, text=" \n")
    assert not CaptureTranslation.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"not a pdf", Unusable),
        ("a.exe", b"MZ", Unusable),
        ("a.txt", b"", Unusable),
        ("pictures.png", photograph(frames=3), MustBeDecided),
    ],
)
def test_a_file_that_nothing_can_be_made_of_is_refused_and_nothing_is_lost(capture, name, data, error):
    save(capture, text="Two officers died.")
    with pytest.raises(error) as refused:
        save(capture, version=1, file=TranslationFile(name, data))
    assert str(refused.value).strip()
    assert CaptureTranslation.objects.get().text == "Two officers died."


def test_words_that_are_no_text_are_refused(capture):
    with pytest.raises(Unreadable):
        save(capture, text="Two \x00 officers")


def test_what_somebody_else_saved_meanwhile_stays(capture):
    save(capture, text="First.")
    with pytest.raises(TranslationChangedMeanwhile) as meanwhile:
        save(capture, text="Second.", version=0)
    assert meanwhile.value.standing.text == CaptureTranslation.objects.get().text == "First."


def test_saving_the_same_again_changes_nothing(capture):
    save(capture, text="First.")
    assert save(capture, text="First.", version=1).version == 1
    assert Event.objects.filter(action=Action.TRANSLATION_SAVED).count() == 1


def test_a_translation_is_removed_once(capture, lawyer):
    save(capture, text="First.")
    remove_translation(by=lawyer, capture=capture)
    remove_translation(by=lawyer, capture=capture)
    assert not CaptureTranslation.objects.exists()
    assert Event.objects.filter(action=Action.TRANSLATION_REMOVED).count() == 1
    assert translation_of(capture).version == 0


NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)
SIGNED = TranslationFile("../signed.png", photograph())


def bring(capture: Capture, by=None, file: TranslationFile = SIGNED, accepted: frozenset[str] = frozenset()):
    return add_certificate(by=by, capture=capture, file=file, now=NOW, accepted=accepted)


def test_a_signed_certificate_keeps_its_original_and_has_clean_pages(capture, caseworker):
    save(capture, text="Two officers died.")
    bring(capture, caseworker)
    saved = translation_of(capture).certificate
    assert (saved.number, saved.original_name, saved.pages, saved.added_by) == (1, "signed.png", 1, caseworker)
    assert storage.read_bytes(saved.original_sha256) == photograph()
    assert storage.read_bytes(saved.clean_sha256).startswith(b"%PDF-")
    event = Event.objects.filter(action=Action.TRANSLATION_SAVED).latest("pk")
    assert (event.subject_label, event.detail) == ("Dos policías muertos", {"fields": ["certificate"]})


def test_the_last_certificate_counts_and_the_others_are_kept(capture):
    save(capture, text="Two officers died.")
    bring(capture)
    bring(capture, file=TranslationFile("signed.pdf", hostile.plain(2)))
    translation = translation_of(capture)
    assert (translation.certificate.number, translation.certificate.pages) == (2, 2)
    assert [row.number for row in translation.certificates.all()] == [2, 1]


def test_a_certificate_that_was_withdrawn_counts_no_more_and_none_before_it_does(capture):
    save(capture, text="Two officers died.")
    bring(capture)
    bring(capture)
    withdraw_certificate(by=None, capture=capture, now=NOW)
    withdraw_certificate(by=None, capture=capture, now=NOW)
    translation = translation_of(capture)
    assert translation.certificate is None
    assert [row.withdrawn_at for row in translation.certificates.all()] == [NOW, None]
    assert Event.objects.filter(detail__fields=["certificate"]).count() == 3


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"text": "Two officers died at home."}, False),
        ({"text": "", "file": TranslationFile("a.txt", b"Two officers died.")}, False),
        ({"translator": "Another"}, False),
        ({"language": "fr"}, False),
        ({"telephone": "1"}, True),
    ],
)
def test_a_certificate_that_was_signed_for_other_words_is_withdrawn(capture, change, stays):
    save(capture, text="Two officers died.")
    bring(capture)
    save(capture, version=1, **{"text": "Two officers died."} | change)
    assert (translation_of(capture).certificate is not None) == stays


def test_no_certificate_without_a_translation(capture):
    with pytest.raises(NothingToVouchFor):
        bring(capture)


@pytest.mark.parametrize(("name", "data"), [("a.pdf", b"not a pdf"), ("a.exe", b"MZ"), ("a.txt", b"")])
def test_a_certificate_that_cannot_be_read_is_refused_and_the_one_before_it_stays(capture, name, data):
    save(capture, text="Two officers died.")
    bring(capture)
    with pytest.raises(Unusable):
        bring(capture, file=TranslationFile(name, data))
    assert translation_of(capture).certificate.number == 1


@pytest.mark.parametrize("named", [(), (1,), (1, 2, 3)])
def test_nothing_that_was_signed_goes_with_the_translation_unless_it_was_named(capture, named):
    save(capture, text="Two officers died.")
    bring(capture)
    bring(capture)
    withdraw_certificate(by=None, capture=capture, now=NOW)
    with pytest.raises(CertificatesWouldGo, match="named below"):
        remove_translation(by=None, capture=capture, certificates=named)
    assert translation_of(capture).certificates.count() == 2
    assert not Event.objects.filter(action=Action.TRANSLATION_REMOVED).exists()


def test_what_was_signed_goes_with_the_translation_on_record(capture):
    save(capture, text="Two officers died.")
    first, second = bring(capture), bring(capture, file=TranslationFile("signed.txt", b"I certify."))
    remove_translation(by=None, capture=capture, certificates=[2, 1])
    assert Event.objects.get(action=Action.TRANSLATION_REMOVED).detail == {
        "certificates": [[1, first.original_sha256], [2, second.original_sha256]]
    }
    save(capture, text="Two officers died.")
    assert translation_of(capture).certificate is None


def test_a_question_about_what_was_signed_is_asked_and_who_said_yes_is_on_record(capture, lawyer):
    save(capture, text="Two officers died.")
    file = TranslationFile("signed.png", photograph(frames=3))
    with pytest.raises(MustBeDecided, match="3 pictures") as asked:
        bring(capture, file=file)
    certificate = bring(capture, by=lawyer, file=file, accepted=asked.value.codes)
    assert (certificate.pages, certificate.original_name) == (1, "signed.png")
    event = Event.objects.latest("pk")
    assert (event.actor_id, event.detail) == (
        lawyer.pk,
        {"fields": ["certificate"], "questions": ["picture-frames"]},
    )


@pytest.mark.parametrize("accepted", [frozenset(), frozenset({"password"})])
def test_what_was_signed_and_is_locked_is_refused_for_that(capture, accepted):
    save(capture, text="Two officers died.")
    with pytest.raises(LockedPdf, match="locked with a password"):
        bring(capture, file=TranslationFile("a.pdf", hostile.CASES["locked_with_a_password"].make()), accepted=accepted)
    with pytest.raises(LockedPdf, match="locked with a password"):
        save(capture, version=1, file=TranslationFile("a.pdf", hostile.CASES["locked_with_a_password"].make()))


def test_nobody_else_waits_while_a_file_is_read(capture, monkeypatch):
    """A transaction keeps everybody on the embedded database from writing, and a file may be read for minutes."""
    depths = []
    outside = len(connection.atomic_blocks)
    examine = intake.examine

    def watched(*args, **kwargs):
        depths.append(len(connection.atomic_blocks))
        return examine(*args, **kwargs)

    monkeypatch.setattr(intake, "examine", watched)
    save(capture, file=TranslationFile("a.txt", b"Two officers died."))
    bring(capture)
    assert depths == [outside, outside]
