import datetime as dt

import pytest

from caseapp.library.models import Answer, Suggestion, ThemeLearning
from caseapp.library.services.definitions import add_rule
from caseapp.library.services.themes import add_theme
from caseapp.library.themes.proposals import (
    Because,
    Proposer,
    beside_selection,
    look_through_capture,
    look_through_excerpts,
    look_through_paragraphs,
)
from caseapp.library.themes.teaching import learn_themes
from tests.library.conftest import NOW

KILLED = [
    "The sergeant was shot at home while on leave.",
    "Gunmen killed the off-duty officer at his house.",
    "An officer on leave was murdered in his home.",
    "The off-duty agent was killed before his family.",
    "Officers are killed on their free days, at home.",
]
REPORT = """Gunmen killed the off-duty officer at his house.
The coffee harvest was good this year and prices rose.
Two gunmen shot an off-duty officer dead in his home.
Agents hand in their rifles at the end of a shift.
"""


@pytest.fixture
def tagged(add, quote, killings):
    """Five passages of one theme, and what was learned from them."""
    source = add("\n".join(KILLED), title="Tagged")
    for words in KILLED:
        quote(source.capture, words, killings)
    learn_themes(dt.datetime.now(dt.UTC))
    return source


def said(look) -> list[tuple]:
    return [(one.passage.text, str(one.theme), one.because) for one in look.proposals]


def test_a_source_is_looked_through_for_what_fits(add, tagged, killings, weapons):
    add_rule(by=None, theme=weapons, kind="word", text="rifle", now=NOW)
    capture = add(REPORT, title="New").capture
    look = look_through_capture(capture, Proposer())
    assert said(look) == [
        ("Gunmen killed the off-duty officer at his house.", "Off-duty killings", Because.WORDING),
        ("Two gunmen shot an off-duty officer dead in his home.", "Off-duty killings", Because.LEARNED),
        ("Agents hand in their rifles at the end of a shift.", "Weapon rules", Because.RULE),
    ]
    assert [one.is_exact for one in look.proposals] == [True, False, True]
    assert (look.looked_at, look.further) == (4, "")
    by_rule = look.proposals[2]
    assert [text for text, is_marked in by_rule.runs if is_marked] == ["rifles"]
    assert "".join(text for text, _marked in by_rule.runs) == by_rule.passage.text
    assert {"gunmen", "officer", "home"} <= set(look.proposals[1].words)


def test_what_was_answered_or_tagged_is_not_suggested_again(add, quote, tagged, killings):
    capture = add(REPORT, title="New").capture
    first, second = look_through_capture(capture, Proposer()).proposals
    quote(capture, "the off-duty officer", killings)  # within the first paragraph
    Suggestion.objects.create(
        capture=capture, start=second.passage.start, end=second.passage.end, theme=killings, answer=Answer.REFUSED
    )
    assert said(look_through_capture(capture, Proposer())) == []
    assert first.passage.excerpt is None


def test_nobody_is_told_of_the_theme_above_the_one_they_chose(add, quote, tagged, killings):
    below = add_theme(by=None, name="At home", parent=killings, definition="", colour="#aabbcc")
    capture = add(REPORT, title="New").capture
    quote(capture, "Two gunmen shot an off-duty officer dead in his home.", below)
    assert [one.passage.start for one in look_through_capture(capture, Proposer()).proposals] == [0]


def test_the_library_is_looked_through_in_stretches(add, quote, tagged, killings, weapons, monkeypatch):
    monkeypatch.setattr("caseapp.library.themes.proposals.MOST_SHOWN", 1)
    add_rule(by=None, theme=weapons, kind="phrase", text="two men", now=NOW)
    captures = [add(f"Two men came to house number {n}, a neighbour said.", title=f"S{n}").capture for n in range(3)]
    for capture in captures:
        quote(capture, "Two men came")
    seen, after = [], ""
    while True:
        look = look_through_excerpts(weapons, after)
        seen += [one.passage.source.title for one in look.proposals]
        if not look.further:
            break
        after = look.further
    assert seen == ["S2", "S1", "S0"]
    assert look_through_excerpts(killings, "").proposals == []
    paragraphs, after = [], ""
    while True:
        look = look_through_paragraphs(weapons, after)
        paragraphs += [(one.passage.source.title, one.passage.excerpt is None) for one in look.proposals]
        if not look.further:
            break
        after = look.further
    assert paragraphs == [(f"S{n}", is_paragraph) for n in (2, 1, 0) for is_paragraph in (False, True)]


@pytest.mark.parametrize("after", ["x", "7-", "-", "99999999-3", "1-2-3"])
def test_an_address_that_was_altered_begins_anew_or_finds_nothing(tagged, after):
    assert look_through_excerpts(None, after).proposals == []
    assert look_through_paragraphs(None, after).proposals == []


def test_many_excerpts_take_as_many_queries_as_one(add, quote, tagged, django_assert_num_queries):
    capture = add(REPORT, title="New").capture
    quote(capture, "Gunmen")
    look_through_excerpts(None, "")
    with django_assert_num_queries(6):
        look_through_excerpts(None, "")
    for length in range(7, 30):
        quote(capture, REPORT[:length])
    with django_assert_num_queries(6):
        look_through_excerpts(None, "")


def test_beside_a_selection_the_near_themes_stand_with_their_reasons(add, tagged, killings):
    capture = add(REPORT, title="New").capture
    start = REPORT.index("Two gunmen")
    near = beside_selection(capture, start, start + 53)
    assert [(one.theme, one.because) for one in near] == [(killings, Because.LEARNED)]
    assert "officer" in near[0].words
    assert beside_selection(capture, 55, 80) == []


def test_a_process_hears_of_what_another_learned(add, tagged, killings):
    capture = add(REPORT, title="New").capture
    assert look_through_capture(capture, Proposer()).proposals
    ThemeLearning.objects.update(lesson={}, learned_at=dt.datetime.now(dt.UTC))
    assert look_through_capture(capture, Proposer()).proposals == []
