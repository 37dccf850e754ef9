import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.splitting import LONGEST, Piece, pieces_of


@pytest.mark.parametrize(
    ("declaration", "pieces"),
    [
        ("I left in spring.\n\nI was\nafraid.", [Piece("I left in spring."), Piece("I was afraid.")]),
        ("I left.\r\nI was afraid.\r\n", [Piece("I left."), Piece("I was afraid.")]),
        ("1. I left.\n2) I was afraid.", [Piece("I left.", "¶ 1"), Piece("I was afraid.", "¶ 2")]),
        ("¶ 12 I left.\n\n(13) I hid.", [Piece("I left.", "¶ 12"), Piece("I hid.", "¶ 13")]),
        ("2019 was a bad year.", [Piece("2019 was a bad year.")]),
        ("12. ", [Piece("12.")]),
        (" \n\n \n", []),
    ],
)
def test_paragraphs_become_pieces_with_their_numbers(declaration, pieces):
    assert pieces_of(declaration) == pieces


def test_a_long_paragraph_is_cut_at_sentences():
    sentence = "He came to the house again that night. "
    pieces = pieces_of(f"7. {sentence * 60}")
    assert len(pieces) == 3
    assert {piece.paragraph for piece in pieces} == {"¶ 7"}
    assert all(piece.text.endswith("night.") and len(piece.text) <= LONGEST for piece in pieces)
    assert " ".join(piece.text for piece in pieces) == (sentence * 60).strip()


@given(st.text(max_size=3000))
def test_no_word_is_lost_and_no_piece_too_long(text):
    pieces = pieces_of(text)
    assert all(0 < len(piece.text) <= LONGEST and piece.text == piece.text.strip() for piece in pieces)
    said = "".join(f"{piece.paragraph}{piece.text}" for piece in pieces)
    letters = [letter for letter in said if letter.isalpha()]
    assert letters == [letter for letter in text.replace("\x00", "") if letter.isalpha()] or any(
        piece.paragraph for piece in pieces
    )
