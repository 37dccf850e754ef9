import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.labels import roman, tab_label


@pytest.mark.parametrize(
    ("n", "label"), [(1, "A"), (26, "Z"), (27, "AA"), (28, "AB"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")]
)
def test_letters_go_on_after_z(n, label):
    assert tab_label("letters", n) == label


def test_numbers_are_numbers():
    assert [tab_label("numbers", n) for n in (1, 9, 10, 100)] == ["1", "9", "10", "100"]


@pytest.mark.parametrize("n", [0, -1])
def test_there_is_no_tab_before_the_first(n):
    with pytest.raises(ValueError, match="counted from 1"):
        tab_label("letters", n)


@given(st.integers(1, 20_000))
def test_letter_labels_count_like_a_spreadsheet(n):
    value = 0
    for letter in tab_label("letters", n):
        value = value * 26 + ord(letter) - ord("A") + 1
    assert value == n


@given(st.integers(1, 20_000))
def test_a_later_letter_label_is_never_shorter_and_sorts_after_its_equals_in_length(n):
    earlier, later = tab_label("letters", n), tab_label("letters", n + 1)
    assert (len(earlier), earlier) < (len(later), later)


@pytest.mark.parametrize(("n", "numeral"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX")])
def test_roman_numerals(n, numeral):
    assert roman(n) == numeral


def test_there_is_no_roman_nought():
    with pytest.raises(ValueError, match="no roman numeral for 0"):
        roman(0)


@given(st.integers(1, 4000))
def test_roman_numerals_read_back(n):
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    numbers = [values[letter] for letter in roman(n)]
    signed = [-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True)]
    assert sum(signed) == n
