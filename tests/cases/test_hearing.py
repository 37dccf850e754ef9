"""Pure: how far away a hearing is."""

import datetime as dt

import pytest
from django.utils.translation import override

from caseapp.cases.hearing import is_soon, time_left

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 22), "today"),
        (dt.date(2026, 11, 23), "tomorrow"),
        (dt.date(2026, 11, 24), "in 2 days"),
        (dt.date(2027, 3, 15), "in 113 days"),
        (dt.date(2026, 11, 21), "1 day ago"),
        (dt.date(2026, 11, 12), "10 days ago"),
    ],
)
def test_time_left_in_words(day, words):
    with override("en"):
        assert time_left(day, today=TODAY) == words


@pytest.mark.parametrize(
    ("day", "soon"),
    [
        (dt.date(2026, 11, 21), False),
        (dt.date(2026, 11, 22), True),
        (dt.date(2026, 12, 22), True),
        (dt.date(2026, 12, 23), False),
    ],
)
def test_soon_is_a_month(day, soon):
    assert is_soon(day, today=TODAY) is soon
