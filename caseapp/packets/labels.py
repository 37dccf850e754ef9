"""Labels of tabs, and the numerals of an index. Pure."""

from string import ascii_uppercase

from caseapp.forums.profile import TabScheme

_NUMERALS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def tab_label(scheme: TabScheme, n: int) -> str:
    """The label of the n-th tab, from 1: A … Z, AA, AB … in letters; 1, 2 … in numbers."""
    if n < 1:
        raise ValueError(f"Tabs are counted from 1, not from {n}.")
    return str(n) if scheme == "numbers" else letters(n)


def letters(n: int) -> str:
    label = ""
    while n:
        n, place = divmod(n - 1, len(ascii_uppercase))
        label = ascii_uppercase[place] + label
    return label


def place_of_letters(label: str) -> int:
    """The number whose letters these are: 0 for none, 1 for A, 27 for AA."""
    place = 0
    for letter in label:
        place = place * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return place


def roman(n: int) -> str:
    if n < 1:
        raise ValueError(f"There is no roman numeral for {n}.")
    numeral = ""
    for value, letters_ in _NUMERALS:
        times, n = divmod(n, value)
        numeral += letters_ * times
    return numeral
