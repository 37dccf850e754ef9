import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.searching.words import GAP, forms_of, indexed, indexed_form, words_of


@pytest.mark.parametrize("written", ["MS-13", "MS 13", "MS13", "ms–13", "Ms.13"])
def test_a_name_with_a_number_has_one_form_however_it_is_written(written):
    assert forms_of(written) == ("ms", "13")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Díaz", "DIAZ"), ("Łódź", "lodz"), ("ﬁnal", "final"), ("Straße", "STRASSE"), ("po\u00adlice", "police")],
)
def test_accents_capitals_and_hidden_hyphens_do_not_part_words(one, other):
    assert forms_of(one) == forms_of(other)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("gangs", "gang", "en"),
        ("policía", "policias", "es"),
        ("policia", "policías", "es"),
        ("élections", "Election", "fr"),
    ],
)
def test_endings_go_after_accents(one, other, language):
    assert indexed([(one, language)]) == indexed([(other, language)])


def test_other_languages_keep_their_endings():
    assert indexed([("gangs", "de")]) == "gangs"


def test_other_scripts_are_in_ascii_and_keep_their_beginnings():
    assert indexed([("полиция", "ru")]).startswith(indexed([("поли", "ru")]))
    assert indexed([("полиция", "ru")]).isascii()


def test_where_no_spaces_are_written_each_letter_is_a_word():
    assert forms_of("警察は") == ("警", "察", "は")


def test_digits_of_other_scripts_are_digits():
    assert forms_of("۱۲") == ("12",)


def test_parts_do_not_run_into_one_another():
    assert indexed([("two men", "en"), ("", "en"), ("came", "en")]) == f"two men {GAP} came"


@given(st.text())
def test_every_word_stands_in_its_text_and_every_form_is_ascii(text):
    for word in words_of(text):
        assert text[word.start : word.end].strip()
        assert indexed_form(word.form, "en").isascii()
        assert indexed_form(word.form, "es").isalnum()
