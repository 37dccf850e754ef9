"""The paragraphs around a passage."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.surroundings import MOST, Surroundings, surroundings

TEXT = "Menu\n\nOne.\n\n \nTwo begins. Two ends.\nThree.\nFour."
WHOLE = Place(0, len(TEXT))


def around(words: str, article: Place = WHOLE) -> Surroundings:
    start = TEXT.index(words)
    return surroundings(TEXT, article, Place(start, start + len(words)))


def shown(found: Surroundings) -> str:
    return TEXT[found.start : found.end]


def test_the_paragraph_before_and_the_paragraph_after_are_shown_over_empty_lines():
    found = around("Two ends.")
    assert shown(found) == "One.\n\n \nTwo begins. Two ends.\nThree."
    assert not any((found.begins_article, found.ends_article, found.is_cut_before, found.is_cut_after))


def test_at_the_edges_of_the_article_there_is_none():
    article = Place(TEXT.index("One"), TEXT.index("\nThree"))
    found = around("One.\n\n \nTwo", article)
    assert shown(found) == TEXT[article.start : article.end]
    assert (found.begins_article, found.ends_article) == (True, True)


def test_of_a_text_without_paragraphs_as_much_is_shown_as_can_be_read():
    text = "a" * 3 * MOST
    found = surroundings(text, Place(0, len(text)), Place(MOST + 10, MOST + 20))
    assert (found.start, found.end) == (10, 2 * MOST + 20)
    assert (found.is_cut_before, found.is_cut_after) == (True, True)


@given(st.text(alphabet="ab \n", min_size=1), st.data())
def test_the_passage_is_always_within_and_all_of_it_within_the_article(text, data):
    low, start, end, high = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 4)))
    found = surroundings(text, Place(low, high), Place(start, end))
    assert low <= found.start <= start <= end <= found.end <= high
    if found.begins_article:
        assert not text[low : found.start].strip()
    if found.ends_article:
        assert not text[found.end : high].strip()
