from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.searching.pieces import LONG, pieces_of


def pieces(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces_of(text, 0, len(text))]


def test_lines_broken_by_hand_stay_together():
    assert pieces("The officer was\non leave.\n") == ["The officer was\non leave."]


def test_paragraphs_of_some_length_are_apart():
    one, other = "One sentence. " * 20, "Another sentence. " * 20
    assert pieces(f"{one.strip()}\n\n{other.strip()}\n") == [one.strip(), other.strip()]


def test_a_line_without_end_is_cut_at_its_sentences():
    assert all(
        piece.rstrip().endswith(".") for piece in pieces("Nine words stand in each of these short sentences. " * 90)
    )


@given(st.text(alphabet="ab. \n", max_size=4000), st.integers(0, 50), st.integers(0, 50))
def test_every_word_is_in_one_piece_and_none_is_long(text, before, behind):
    start, end = min(before, len(text)), max(len(text) - behind, min(before, len(text)))
    found = list(pieces_of(text, start, end))
    covered = "".join(text[piece.start : piece.end] for piece in found)
    assert "".join(covered.split()) == "".join(text[start:end].split())
    assert all(piece.end - piece.start <= LONG for piece in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
