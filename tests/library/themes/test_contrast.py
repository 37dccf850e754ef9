import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.themes import contrast
from caseapp.library.themes.contrast import is_fit, nearest_fit, washed

COLOURS = st.binary(min_size=3, max_size=3).map(lambda channels: f"#{channels.hex()}")


def test_contrast_is_what_the_guidelines_define():
    assert contrast.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast.contrast("#123456", "#123456") == 1


@pytest.mark.parametrize(
    ("colour", "fit"), [("#3a87c2", True), ("#f4b183", False), ("#000000", False), ("#ffffff", False)]
)
def test_a_colour_must_be_seen_on_white_and_in_the_dark(colour, fit):
    assert is_fit(colour) is fit


@given(COLOURS)
def test_there_is_always_a_fit_colour_near(colour):
    near = nearest_fit(colour)
    assert is_fit(near)
    assert near == colour or not is_fit(colour)


@given(COLOURS)
def test_words_are_read_on_the_wash_of_any_colour(colour):
    """A theme of an earlier time, or of another office, may have a colour that the form would refuse."""
    for paper, ink, share in zip(contrast.PAPERS, contrast.INKS, contrast.WASHES, strict=True):
        assert contrast.contrast(ink, washed(colour, paper, share)) >= contrast.READ


def test_the_style_sheets_write_what_is_reckoned_with():
    app, reader = (Path(finders.find(f"css/{name}.css")).read_text() for name in ("app", "reader"))
    assert tuple(re.findall(r"--paper: (#\w+)", app)) == contrast.PAPERS
    assert tuple(re.findall(r"--ink: (#\w+)", app)) == contrast.INKS
    assert tuple(int(share) / 100 for share in re.findall(r"--wash-shared: (\d+)%", reader)) == contrast.WASHES
