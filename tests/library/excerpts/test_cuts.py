"""Whether a quotation begins or ends within a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.excerpts.cuts import Cut, cut_of


def cut(text: str) -> Cut:
    """Of a text whose quotation stands between bars."""
    before, quote, after = text.split("|")
    return cut_of(before, quote, after)


@pytest.mark.parametrize(
    "text",
    [
        "|He was on leave.|",
        "He ran. |He was on leave.| Nobody came.",
        "He ran.\n|He was on leave|\nNobody came.",
        "He ran! “|He was on leave.|” Nobody came.",
        "He said: “No.” |He was on leave|. Nobody came.",
        "Era tarde. ¿|Quién vino?| Nadie.",
        "It ended at 9 p.m. |He was on leave.| Nobody came.",
        "He works for Sample Inc. |He was on leave.| Nobody came.",
        "• |He was on leave.|",
        "He ran… |He was on leave.| Nobody came.",
        "2.1 |He was on leave.| Nobody came.",
        "[14] |He was on leave.| Nobody came.",
        "(a) |the home and the way to it;|",
        "iv. |the home and the way to it;|",
        "He ran. 2.1.3 |He was on leave.| Nobody came.",
        "He ran.12 |He was on leave.|13 Nobody came.",
        "He ran. [3] |He was on leave|.[4] Nobody came.",
    ],
)
def test_whole_sentences_are_not_cut(text):
    assert not cut(text)


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("He |was on leave.| Nobody came.", True, False),
        ("He ran. |He was| on leave.", False, True),
        ("He |was| on leave.", True, True),
        ("They asked Dr. |Sample about it.|", True, False),
        ("Habló el Sr. |Ejemplo ayer.| Nadie vino.", True, False),
        ("|They asked J.| Sample about it.", False, True),
        ("|It ended at 9 p.m.| and nobody came.", False, True),
        ("según el art. |12 de la ley.|", True, False),
        ("|It rose to 3|.5 million.", False, True),
        ("He said, “|I was on leave|,” and left.", True, True),
        ("3 |officers were killed.|", True, False),
        ("Of these, 12 |Officers of the Year died.|", True, False),
        ("according to point (a) |the home is safe.|", True, False),
        ("|It rose to 3|.12 million.", False, True),
    ],
)
def test_a_sentence_that_goes_on_is_told(text, begins, ends):
    assert (cut(text).begins_mid_sentence, cut(text).ends_mid_sentence) == (begins, ends)


@pytest.mark.parametrize("words", ["He ran […] home.", "He ran [...] home.", "He ran… home.", "He ran . . . home."])
def test_words_that_the_source_left_out_are_told(words):
    assert cut_of("", words, "").has_ellipsis


def test_a_full_stop_is_no_ellipsis():
    assert not cut_of("", "He ran. He fell.", "").has_ellipsis


@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_has_an_answer(before, quote, after):
    assert isinstance(cut_of(before, quote, after), Cut)
