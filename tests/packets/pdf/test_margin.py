import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.packets.pdf.margin import PLAIN_COLOUR, Column, MarginTooFull, safe_colour, stacked
from caseapp.packets.pdf.packet import render_part
from tests.packets.pdf import samples
from tests.packets.pdf.reading import page_texts

COLUMN = Column(100, 700, 5)


def test_notes_stand_where_they_belong_when_there_is_room():
    assert stacked([120, 300], [20, 20], COLUMN) == [120, 300]


def test_notes_that_would_overlap_move_down():
    assert stacked([120, 125, 130], [20, 20, 20], COLUMN) == [120, 145, 170]


def test_notes_at_the_foot_move_up():
    assert stacked([600, 690, 695], [20, 30, 40], COLUMN) == [600, 625, 660]


def test_too_many_notes_do_not_fit():
    assert stacked([100, 100], [300, 300], COLUMN) is None


@given(st.lists(st.tuples(st.floats(100, 700), st.floats(1, 60)), min_size=1, max_size=12))
def test_notes_never_overlap_nor_leave_the_column(wishes):
    wanted = sorted(top for top, _ in wishes)
    heights = [height for _, height in wishes]
    tops = stacked(wanted, heights, COLUMN)
    if tops is None:
        assert sum(heights) + 5 * (len(heights) - 1) > 600
        return
    assert tops[0] >= 100 - 1e-6
    assert tops[-1] + heights[-1] <= 700 + 1e-6
    for place in range(1, len(tops)):
        assert tops[place] >= tops[place - 1] + heights[place - 1] + 5 - 1e-6


@pytest.mark.parametrize("colour", ["red", "#12345", "#1234567", "url(file:///x)", "#12345g", "", "#123456;x"])
def test_only_plain_colours_reach_a_style(colour):
    assert safe_colour(colour) == PLAIN_COLOUR
    assert safe_colour("#a0B1c2") == "#a0B1c2"


def test_a_page_with_very_many_passages_gets_smaller_notes_and_then_an_error_in_words():
    text = " ".join(f"w{n:03}" for n in range(100))
    themes = [samples.passage(f"x{n}", text, f"w{n:03}", samples.OFF_DUTY, samples.WEAPONS) for n in range(100)]
    some = samples.with_text(text, *themes[:24])
    page = page_texts(render_part(some, "exhibit-e1").pdf)[0]
    assert page.count("killed") == 24
    with pytest.raises(MarginTooFull, match=r"\d+ marked passages begin on one page.*build again"):
        render_part(samples.with_text(text, *themes), "exhibit-e1")


def test_a_passage_that_runs_over_the_page_is_named_on_both_pages():
    text = "Quiet words. " * 120 + "Marked words. " * 200
    start = text.index("Marked")
    long = samples.passage("x1", text, text[start:].strip(), samples.OFF_DUTY)
    pages = page_texts(render_part(samples.with_text(text, long), "exhibit-e1").pdf)
    named = [" ".join(page.split()).count("Officers are killed when off duty") for page in pages]
    continued = [page.count("(continued)") for page in pages]
    assert sum(named) == len(pages) - named.count(0)
    assert continued[named.index(1)] == 0
    assert sum(continued) == sum(named) - 1
