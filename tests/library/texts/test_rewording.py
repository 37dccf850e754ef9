"""What became of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.texts.rewording import Piece, rewording


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("same words", "same words", [("same", "same words")]),
        ("", "new words", [("new", "new words")]),
        ("his rifle had stayed", "rifle had stayed", [("gone", "his "), ("same", "rifle had stayed")]),
        ("it was one man", "it was two men", [("same", "it was "), ("gone", "one man"), ("new", "two men")]),
    ],
)
def test_only_what_changed_is_marked(old, new, pieces):
    assert rewording(old, new) == [Piece(*piece) for piece in pieces]


def test_of_a_long_stretch_that_stayed_only_the_words_at_the_change_are_shown():
    words = " ".join(map(str, range(50)))
    assert rewording(words, f"{words} more")[0] == Piece("left out", " … ")
    assert [piece.kind for piece in rewording(f"fewer {words}", words)] == ["gone", "same", "left out"]


def test_texts_too_long_to_compare_are_shown_one_after_the_other():
    old, new = "a b " * 1000, "c d " * 1000
    assert [piece.kind for piece in rewording(old, new)] == ["gone", "new"]


WORDS = st.lists(st.sampled_from("abc"), max_size=8).map(" ".join)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_in_it(old, new):
    pieces = rewording(old, new)
    if any(piece.kind == "left out" for piece in pieces):
        return
    assert "".join(piece.words for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.words for piece in pieces if piece.kind != "gone") == new
