from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.texts.trimming import EDGE, LONG, SHOWN_WHOLE, Gap, Piece, laid_out, leftovers, spans

TEXTS = st.text(alphabet="ab \n\u2003é", max_size=400).filter(lambda text: text.strip())


@st.composite
def articles(draw):
    """A text with words, and an article in it with words."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return (text, start, end) if text[start:end].strip() else (text, 0, len(text))


@given(articles())
def test_the_pieces_hold_every_word_once_in_order_and_none_spans_a_mark(article):
    text, start, end = article
    found = spans(text, start, end)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(a < b for a, b in found)
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    assert not any(a < mark < b for a, b in found for mark in (start, end))


@given(articles())
def test_exactly_one_piece_is_the_start_and_one_the_end(article):
    text, start, end = article
    pieces = [piece for piece in laid_out(text, start, end) if isinstance(piece, Piece)]
    (first,) = [piece for piece in pieces if piece.is_start]
    (last,) = [piece for piece in pieces if piece.is_end]
    assert text[start : first.start].strip() == ""
    assert text[last.end : end].strip() == ""
    assert [piece.is_outside for piece in pieces] == [not first.start <= piece.start <= last.start for piece in pieces]


@given(articles(), st.integers(1, 10**6))
def test_what_falls_away_and_the_article_make_the_text(article, around):
    text, start, end = article
    before, after = leftovers(text, start, end)
    assert before.characters + (end - start) + after.characters == len(text)
    assert laid_out(text, start, end, around)


def test_every_piece_is_shown_or_counted_in_a_gap():
    text = "\n".join(f"Line {number}" for number in range(SHOWN_WHOLE * 5))
    laid = laid_out(text, 0, len(text), around=SHOWN_WHOLE * 2)
    assert sum(part.count if isinstance(part, Gap) else 1 for part in laid) == SHOWN_WHOLE * 5


def test_a_long_piece_shows_its_beginning_and_its_end():
    (whole,) = laid_out("x" * LONG, 0, LONG)
    assert (len(whole.head), whole.hidden, whole.tail) == (LONG, 0, "")
    (cut,) = laid_out("a" * LONG + "b", 0, LONG + 1)
    assert (cut.head, cut.hidden, cut.tail) == ("a" * EDGE, LONG + 1 - 2 * EDGE, "a" * (EDGE - 1) + "b")
