from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.excerpts.anchors import Place
from caseapp.library.texts.pieces import piece_at, pieces_of, pieces_touching

TEXT = "one\ntwo\nthree\nfour\n"


def test_pieces_begin_where_lines_begin():
    assert [TEXT[start:end] for start, end in pieces_of(TEXT, 0, len(TEXT), 4)] == [
        "one\n",
        "two\n",
        "three\n",
        "four\n",
    ]
    assert [TEXT[start:end] for start, end in pieces_of(TEXT, 4, 18, 8)] == ["two\nthree\n", "four"]


def test_a_short_text_and_a_line_without_end_are_one_piece():
    assert pieces_of(TEXT, 0, len(TEXT)) == [Place(0, len(TEXT))]
    assert pieces_of("x" * 100, 10, 90, 5) == [Place(10, 90)]


@given(st.text(alphabet="ab \n😀", min_size=1, max_size=80), st.integers(1, 12), st.data())
def test_together_they_are_the_text_and_each_place_is_in_one(text, size, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = pieces_of(text, start, end, size)
    assert "".join(text[first:last] for first, last in pieces) == text[start:end]
    assert all(first < last for first, last in pieces)
    assert all(text[first - 1] == "\n" for first, _last in pieces[1:])
    place = data.draw(st.integers(start, end - 1))
    found = piece_at(pieces, place)
    assert found.start <= place < found.end
    assert pieces_touching(pieces, [Place(place, place + 1)]) == [found]


def test_what_lies_outside_is_nearest_to_the_first_or_the_last():
    pieces = pieces_of(TEXT, 4, len(TEXT), 4)
    assert (piece_at(pieces, 0), piece_at(pieces, 10**6)) == (pieces[0], pieces[-1])
    assert pieces_touching(pieces, [Place(0, 3)]) == []
