"""The colours that new themes are offered."""

from itertools import combinations

import pytest

from caseapp.library.themes.contrast import is_fit
from caseapp.library.themes.palette import PALETTE, next_colour


@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_is_fit_to_be_seen(colour):
    assert is_fit(colour)


def test_the_colours_differ_from_each_other():
    distances = [
        sum(abs(a - b) for a, b in zip(bytes.fromhex(x[1:]), bytes.fromhex(y[1:]), strict=True))
        for x, y in combinations(PALETTE, 2)
    ]
    assert len(PALETTE) == 12
    assert min(distances) >= 50


def test_the_first_colour_that_nobody_has_is_next():
    assert next_colour([]) == PALETTE[0]
    assert next_colour([PALETTE[1], PALETTE[0], "#ffe08a"]) == PALETTE[2]


def test_when_all_are_taken_the_least_used_is_next():
    assert next_colour([*PALETTE, *PALETTE[:5], *PALETTE[6:]]) == PALETTE[5]
