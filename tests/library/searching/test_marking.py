import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.searching.asking import read_question
from caseapp.library.searching.marking import PASSAGE, found_in, marked_html


def marked(text, typed, language="en"):
    return marked_html(text, found_in(text, [language], read_question(typed).terms))


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Mira Díaz came.", "mira diaz", "<mark>Mira</mark> <mark>Díaz</mark> came."),
        ("Two men came.", '"two men"', "<mark>Two men</mark> came."),
        ("The gangs met MS-13.", "gang MS13", "The <mark>gangs</mark> met <mark>MS-13</mark>."),
        ("Politicians", "politic*", "<mark>Politicians</mark>"),
        ("Two men", "two -men", "<mark>Two</mark> men"),
        ("<b>gang</b> & co", "gang", "&lt;b&gt;<mark>gang</mark>&lt;/b&gt; &amp; co"),
        ("two women", '"two men"', "two women"),
    ],
)
def test_the_words_are_marked_as_they_are_written(text, typed, expected):
    assert marked(text, typed) == expected


def test_spanish_endings_are_known():
    assert marked("Los policías llegaron", "policia", "es") == "Los <mark>policías</mark> llegaron"


def test_a_long_text_is_cut_around_the_words():
    text = "before " * 200 + "the gang " + "after " * 200
    passage = marked(text, "gang")
    assert passage.startswith("… before")
    assert passage.endswith("after …")
    assert "<mark>gang</mark>" in passage
    assert len(passage) < PASSAGE + 40


def test_without_words_the_beginning_is_shown():
    assert marked("word " * 200, "").startswith("word word")


@given(st.text(alphabet="ab é<&-1\u0301", max_size=600), st.text(alphabet='ab é1"-*', max_size=30))
def test_what_is_shown_is_a_piece_of_the_text(text, typed):
    shown = unescape(re.sub(r"</?mark>", "", marked(text, typed)))
    assert shown.removeprefix("… ").removesuffix(" …") in text
