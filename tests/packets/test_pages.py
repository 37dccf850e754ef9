import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.pages import PagesUnclear, page_numbers, page_words


@pytest.mark.parametrize(
    ("words", "numbers"),
    [("3", (3,)), ("3-5, 9", (3, 4, 5, 9)), ("9;3–5", (3, 4, 5, 9)), (" 2 - 3 , 3-4", (2, 3, 4)), ("10", (10,))],
)
def test_pages_as_people_name_them(words, numbers):
    assert page_numbers(words, 10) == numbers


@pytest.mark.parametrize(
    "words", ["", " ", ",", "0", "11", "5-3", "1-11", "a", "1-", "-1", "1,,2", "1.5", "²", "1-2-3"]
)
def test_what_names_no_pages_is_refused(words):
    with pytest.raises(PagesUnclear):
        page_numbers(words, 10)


@given(st.sets(st.integers(1, 60), min_size=1))
def test_any_choice_of_pages_survives_its_words(chosen):
    numbers = tuple(sorted(chosen))
    assert page_numbers(page_words(numbers), 60) == numbers
