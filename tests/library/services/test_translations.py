"""A translation beside a source: words typed here, or a file with its clean pages."""

import pytest

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core import storage
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.models import Capture
from caseapp.library.models.translation import CaptureTranslation
from caseapp.library.services.translations import (
    FileNeedsDecision,
    NothingTranslated,
    TranslationChangedMeanwhile,
    TranslationDetails,
    TranslationFile,
    remove_translation,
    save_translation,
    translation_of,
)
from tests.cases.making import photograph
from tests.packets.making import add_article


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
        ("pictures.png", photograph(frames=3), FileNeedsDecision),
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
