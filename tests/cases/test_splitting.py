import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.splitting import LONGEST, Piece, left_out, pieces_of, sentences_of


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


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("I left. I hid! Who knew?", ["I left.", "I hid!", "Who knew?"]),
        ("Dr. A. Sample saw me at 9 a.m. on Monday. I fled.", ["Dr. A. Sample saw me at 9 a.m. on Monday.", "I fled."]),
        ("“I will come back.” He did.", ["“I will come back.”", "He did."]),
        ("no point at the end", ["no point at the end"]),
        ("", []),
    ],
)
def test_sentences_end_where_people_end_them(words, sentences):
    assert sentences_of(words) == sentences


def test_each_sentence_keeps_the_number_of_its_paragraph():
    declaration = "7. I left. I hid.\n8. They came."
    assert pieces_of(declaration, each_sentence=True) == [
        Piece("I left.", "¶ 7"),
        Piece("I hid.", "¶ 7"),
        Piece("They came.", "¶ 8"),
    ]


def test_what_no_statement_holds_is_told():
    declaration = "1. I left in spring. I hid.\n\n2. They came, twice."
    assert left_out(declaration, ["I left in  spring", "they came twice"]) == [Piece("I hid.", "¶ 1")]
    assert left_out(declaration, [declaration]) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=1500))
def test_a_declaration_taken_whole_leaves_nothing_out(text):
    for each_sentence in (False, True):
        assert left_out(text, [piece.text for piece in pieces_of(text, each_sentence=each_sentence)]) == []
