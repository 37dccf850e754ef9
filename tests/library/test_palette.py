"""The colours that new themes are offered."""

from itertools import combinations

import pytest

from caseapp.library.palette import PALETTE, next_colour

# What the style sheets write on: --paper of caseapp/static/css/app.css, light and dark.
PAPERS = ("#ffffff", "#1c2024")


def channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_is_seen_in_light_and_in_dark(colour, paper):
    assert contrast(colour, paper) >= 3


def test_the_colours_differ_from_each_other():
    distances = [
        sum(abs(a - b) for a, b in zip(channels(x), channels(y), strict=True)) for x, y in combinations(PALETTE, 2)
    ]
    assert len(PALETTE) == 12
    assert min(distances) >= 50


def test_the_first_colour_that_nobody_has_is_next():
    assert next_colour([]) == PALETTE[0]
    assert next_colour([PALETTE[1], PALETTE[0], "#ffe08a"]) == PALETTE[2]


def test_when_all_are_taken_the_least_used_is_next():
    assert next_colour([*PALETTE, *PALETTE[:5], *PALETTE[6:]]) == PALETTE[5]
