from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.typesetting.fonts import drawable
from caseapp.typesetting.printed import LEFT_OUT, LINE_ENDS, PrintedText, direction, printed_form, undrawable

anything = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain words, naïve Čačak, Ñandú, “quotes” — and…", "plain words, naïve Čačak, Ñandú, “quotes” — and…"),
        ("\u202eevil\u202c", "[U+202E]evil[U+202C]"),
        ("\u2066isolated\u2069", "[U+2066]isolated[U+2069]"),
        ("pay\u200bment\ufeff", "pay[U+200B]ment[U+FEFF]"),
        ("bell\x07, nul\x00, delete\x7f", "bell[U+0007], nul[U+0000], delete[U+007F]"),
        ("private \ue000, plane \U000f0000", "private [U+E000], plane [U+F0000]"),
        ("lone \ud800 surrogate", "lone [U+D800] surrogate"),
        ("smile \U0001f600", "smile [U+1F600]"),
        ("filler \u3164\u115f", "filler [U+3164][U+115F]"),
        ("tag \U000e0041", "tag [U+E0041]"),
        ("می‌توانند", "می‌توانند"),
        ("क्‍ष", "क्‍ष"),
        ("a\u200db\u200c", "a[U+200D]b[U+200C]"),
        ("عدد \u200f(12)", "عدد \u200f(12)"),
        ("plain \u200fwords", "plain [U+200F]words"),
        ("co\u00adoperate ✔\ufe0f", "cooperate ✔"),
        ("cafe\u0301", "cafe\u0301"),
        ("a\u2028b\x0bc\x0cd\re\nf\tg", "a\nb\nc\nd\ne\nf\tg"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
    ],
)
def test_what_is_shown_kept_and_left_out(text, printed):
    assert printed_form(text) == printed


@given(anything)
def test_nothing_is_left_that_no_font_can_draw(text):
    assert undrawable(printed_form(text)) == set()


@given(anything)
def test_printing_twice_changes_nothing_more(text):
    assert printed_form(printed_form(text)) == printed_form(text)


@given(anything)
def test_nothing_disappears_uncounted(text):
    printed = PrintedText(text)
    whole = printed.whole()
    codes = sum(len(code) + 2 for code in printed.shown.elements())
    kept = len(text) - printed.shown.total() - printed.left_out.total()
    assert len(whole) == kept + codes
    assert printed.left_out.total() == sum(text.count(character) for character in LEFT_OUT)


@given(anything, st.data())
def test_the_printed_form_of_pieces_is_the_printed_form_of_the_whole(text, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    edges = [0, *cuts, len(text)]
    printed = PrintedText(text)
    assert "".join(printed.between(a, b) for a, b in pairwise(edges)) == printed.whole()


@given(st.text(st.characters(categories=["L", "N", "P"]).filter(lambda c: ord(c) in drawable()), max_size=200))
def test_letters_that_our_fonts_draw_stay_as_they_are(text):
    inkless = {"\u3164", "\u115f", "\u1160", "\uffa0"}
    if not inkless & set(text):
        assert printed_form(text) == text


def test_the_reader_is_told_how_many_and_which():
    assert PrintedText("a\u202eb\u202ec\x00 \u00ad").notices() == (
        "3 characters of the captured text cannot be printed, or would hide or reorder words, and are shown by code in "
        "square brackets: U+0000 (1), U+202E (2).",
        "1 character without ink (line-break and display hints) not printed: U+00AD (1).",
    )
    assert PrintedText("plain").notices() == ()


def test_a_very_long_list_of_codes_says_how_many_more_there_are():
    text = "".join(chr(0xE000 + n) for n in range(230))
    assert PrintedText(text).notices()[0].endswith("U+E0C7 (1) and 30 further codes.")


def test_line_ends_are_white_space():
    assert all(character.isspace() for character in LINE_ENDS)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("words", "ltr"),
        ("12 كلمات", "rtl"),
        ("(שלום) words", "rtl"),
        ("MS-13 كلمات", "ltr"),
        ("123 …", "ltr"),
        ("", "ltr"),
    ],
)
def test_a_paragraph_runs_the_way_of_its_first_letter(text, way):
    assert direction(text) == way
