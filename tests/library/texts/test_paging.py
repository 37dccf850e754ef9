"""On which page of a PDF a place of its text stands."""

import pytest

from caseapp.library.texts.paging import page_at, page_words, pages_of

ROWS = [[0, 10, "iv"], [12, 12, ""], [14, 20, "1"], [22, 30, ""]]


@pytest.mark.parametrize(
    ("place", "number"), [(0, 1), (9, 1), (11, 1), (12, 2), (13, 2), (14, 3), (21, 3), (22, 4), (500, 4)]
)
def test_a_place_is_on_the_last_page_that_begins_before_it(place, number):
    page = page_at(ROWS, place)
    assert page is not None
    assert page == pages_of(ROWS)[number - 1]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [(0, 10, "p. iv"), (15, 16, "p. 1"), (23, 24, "p. 4"), (5, 15, "pp. iv–1"), (15, 23, "pp. 1–4")],
)
def test_a_page_is_called_by_what_is_printed_on_it_or_by_its_number(start, end, words):
    assert page_words(ROWS, start, end) == words


def test_a_text_has_no_pages():
    assert page_at([], 3) is None
    assert page_words([], 0, 5) == ""
