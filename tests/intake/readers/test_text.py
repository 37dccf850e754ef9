"""Texts that come in: what is made regular, what is refused, what is only remarked on."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.intake.readers import text as texts
from caseapp.intake.readers.text import (
    ControlCharacters,
    DirectionControls,
    EmptyText,
    LoneSurrogates,
    LongLine,
    LongWord,
    NulCharacters,
    Place,
    ReplacementCharacters,
    TextTooLong,
    TooManyMarks,
    Unreadable,
    check_text,
    notices_of,
    place_of,
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_every_line_end_of_unicode_becomes_one_newline(end):
    assert check_text(f"one{end}two{end}") == "one\ntwo\n"


def test_two_line_ends_stay_two():
    assert check_text("one\r\n\r\ntwo\r\rthree\n\rfour") == "one\n\ntwo\n\nthree\n\nfour"


def test_letters_are_composed():
    assert check_text("Di\u0301az, Buendi\u0301a") == "Díaz, Buendía"


def test_compatible_characters_are_not_replaced():
    kept = "ﬁle № ½ “quoted” … 10²\u00a0km \t tab"
    assert check_text(kept) == kept


def test_byte_order_marks_are_dropped_at_the_beginning_only():
    assert check_text("\ufeff\ufeffone\ufefftwo") == "one\ufefftwo"


def test_white_space_at_the_edges_is_kept():
    assert check_text("  one \n\n") == "  one \n\n"


@given(st.text())
def test_checking_twice_changes_nothing_more(text):
    try:
        once = check_text(text)
    except Unreadable:
        return
    assert check_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert len(once.splitlines()) <= once.count("\n") + 1


@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"])).filter(str.strip))
def test_plain_words_are_left_alone(text):
    assert check_text(text) == text


@pytest.mark.parametrize("text", ["", " ", "\n\t\r\n", "\ufeff", "\u00a0\u3000", "\u200b\u2060\u00ad\u202e"])
def test_text_without_words_is_empty(text):
    with pytest.raises(EmptyText) as refusal:
        check_text(text)
    assert str(refusal.value) == "There are no words in this text. Choose another file, or paste the words."


@pytest.mark.parametrize("text", ["a", "?", "١", "中", "\ufffd", "😀", "\ue000"])
def test_one_visible_character_is_enough(text):
    assert check_text(text) == text


def test_nul_characters_are_counted_and_placed():
    with pytest.raises(NulCharacters) as refusal:
        check_text("one\r\ntwo\0three\0")
    assert (refusal.value.count, refusal.value.first) == (2, Place(line=2, column=4))
    assert str(refusal.value).startswith("This text holds 2 NUL characters, the first at line 2, column 4. ")


def test_one_is_not_plural():
    with pytest.raises(NulCharacters, match=r"^This text holds 1 NUL character, "):
        check_text("\0")


def test_lone_surrogates_are_counted_and_placed():
    with pytest.raises(LoneSurrogates) as refusal:
        check_text("one\n\ude00two\ud83d")
    assert (refusal.value.count, refusal.value.first) == (2, Place(line=2, column=1))
    assert "2 broken half-characters, the first at line 2, column 1" in str(refusal.value)


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x01", "U+0001"),
        ("\x08", "U+0008"),
        ("\x1a", "U+001A"),
        ("\x1c", "U+001C"),
        ("\x7f", "U+007F"),
        ("\x92", "U+0092"),
        ("\ufdd0", "U+FDD0"),
        ("\uffff", "U+FFFF"),
        ("\U0010fffe", "U+10FFFE"),
    ],
)
def test_characters_that_are_no_text_are_named(character, code):
    with pytest.raises(ControlCharacters) as refusal:
        check_text(f"a{character}")
    assert (refusal.value.codes, refusal.value.count, refusal.value.first) == ((code,), 1, Place(1, 2))
    assert f"1 control character that no page can show ({code}), the first at line 1, column 2." in str(refusal.value)


def test_only_the_first_control_codes_are_listed():
    with pytest.raises(ControlCharacters) as refusal:
        check_text("".join(map(chr, range(1, 9))) * 2 + "\x7f\x80\x81")
    assert refusal.value.count == 19
    assert len(refusal.value.codes) == 10
    assert "U+0001, U+0002" in str(refusal.value)
    assert ", …)" in str(refusal.value)


def test_thirty_marks_on_a_letter_are_let_through_and_more_are_not():
    assert len(check_text("x" + "\u0316" * 30)) == 31
    with pytest.raises(TooManyMarks) as refusal:
        check_text("ab\nx" + "\u0316\u0301" * 100_000)
    assert (refusal.value.length, refusal.value.first) == (200_000, Place(2, 2))


def test_marks_that_composing_splits_are_counted_after_it():
    """U+0344 is one mark before composing and two after it."""
    with pytest.raises(TooManyMarks):
        check_text("x" + "\u0344" * 16)


def test_too_long_before_and_after_composing(monkeypatch):
    monkeypatch.setattr(texts, "MAX_TEXT", 10)
    assert check_text("x" * 10) == "x" * 10
    with pytest.raises(TextTooLong, match=r"^This text has 11 characters; at most 10 can be taken in\."):
        check_text("x" * 11)
    with pytest.raises(TextTooLong) as refusal:
        check_text("\u0958" * 6)  # composed form: two characters each
    assert refusal.value.length == 12


@pytest.mark.parametrize(
    "refusal",
    [
        EmptyText(),
        TextTooLong(11),
        NulCharacters(2, Place(1, 2)),
        LoneSurrogates(1, Place(3, 4)),
        ControlCharacters(("U+0001",), 1, Place(1, 1)),
        TooManyMarks(31, Place(1, 1)),
    ],
)
def test_refusals_travel_between_processes(refusal):
    arrived = pickle.loads(pickle.dumps(refusal))
    assert type(arrived) is type(refusal)
    assert str(arrived) == str(refusal)


@pytest.mark.parametrize(
    ("offset", "place"), [(0, Place(1, 1)), (2, Place(1, 3)), (3, Place(2, 1)), (4, Place(3, 1)), (5, Place(3, 2))]
)
def test_place_of(offset, place):
    assert place_of("ab\n\ncd", offset) == place


def test_a_clean_text_has_no_notices():
    assert notices_of("Una línea.\n" * 1000) == ()


def test_replacement_characters_are_remarked_on():
    [notice] = notices_of("one\ntw\ufffd\n\ufffd")
    assert notice == ReplacementCharacters(count=2, line=2)
    assert str(notice).startswith("2 characters had been lost before the text came here")


def test_direction_controls_are_remarked_on_with_their_lines():
    [notice] = notices_of("one\n\u202etwo\u202c\nthree\n\u2066four")
    assert notice == DirectionControls(count=3, lines=(2, 4))
    assert "(line 2, 4)" in str(notice)


def test_marks_of_direction_are_ordinary_arabic():
    assert notices_of("\u200fمرحبا\u200e") == ()


def test_only_the_first_lines_of_direction_controls_are_listed():
    [notice] = notices_of("\u202ex\n" * 30)
    assert notice == DirectionControls(count=30, lines=tuple(range(1, 11)))
    assert "9, 10, …)" in str(notice)


def test_a_long_line_is_remarked_on_from_its_first_character_too_many():
    assert notices_of("x " * 50_000) == ()
    assert notices_of("one\n" + "x " * 50_000 + "x\n") == (LongLine(length=100_001, line=2),)


def test_the_longest_word_is_remarked_on():
    assert notices_of("x" * 1_000) == ()
    text = "one\n" + "x" * 1_001 + "\n\n" + "y" * 10_000 + " z"
    assert notices_of(text) == (LongWord(length=10_000, line=4),)


def test_notices_are_kept_as_plain_values():
    [notice] = notices_of("\u202ex")
    assert notice.as_dict() == {
        "kind": "direction-controls",
        "count": 1,
        "lines": (1,),
        "sentence": str(notice),
    }
