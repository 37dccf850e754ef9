"""What stands out about the dates of a case, in sentences."""

import pytest

from caseapp.cases.deadlines import notes_on
from tests.cases.deadlines.knowing import dates, day

COURT = {"registry": "us-tx", "kind": "merits"}


def first(key: str, today: str, **known: object) -> tuple[str, str]:
    note = notes_on(dates(key, today=today, **known), today=day(today))[0]
    return note.tone, note.words


@pytest.mark.parametrize(
    ("today", "tone", "words"),
    [
        ("2027-02-15", "warning", "The safe date has passed: 1 day is left until the last one."),
        ("2027-02-16", "error", "Today is the last day. What counts is when it is received."),
        (
            "2027-02-17",
            "error",
            "The filing date cannot be met any more, but the hearing is still to come. File at once, say why it comes "
            "late, and ask the court to take it.",
        ),
        ("2027-03-16", "error", "The filing date has passed. What comes now needs a reason, and may not be taken."),
    ],
)
def test_a_date_that_passes(today, tone, words):
    assert first("eoir", today, hearing="2027-03-15", **COURT) == (tone, words)


def test_while_there_is_time_nothing_stands_out():
    assert notes_on(dates("eoir", hearing="2027-03-15", **COURT), today=day("2027-02-12")) == []


@pytest.mark.parametrize(("hearing", "why"), [("2026-11-26", "Thanksgiving Day"), ("2027-03-14", "Sunday")])
def test_a_hearing_on_a_closed_day(hearing, why):
    notes = notes_on(dates("eoir", today="2026-10-01", hearing=hearing, **COURT), today=day("2026-10-01"))
    assert [note.words for note in notes] == [
        f"The hearing is on a day when the registry is shut: {why}. Look at the notice again."
    ]


def test_an_order_for_a_closed_day_or_after_the_hearing():
    found = dates("eoir", hearing="2027-03-15", ordered="2027-03-20", **COURT)
    assert [note.words for note in notes_on(found, today=day("2027-01-01"))] == [
        "The ordered date is not before the hearing. Look at the order again.",
        "The ordered date is a day when the registry is shut: Saturday. Be there on the safe date before it.",
    ]


def test_two_rules_are_never_one_date():
    assert "confirm the law" in first("bia", "2026-12-02", events={"decision": "2026-12-01"})[1]


def test_what_was_assumed_is_said():
    notes = notes_on(dates("eoir", hearing="2027-03-15"), today=day("2027-01-01"))
    assert [note.words for note in notes] == [
        "No registry is chosen. Days are counted by the clock and the holidays of: the United States, by Eastern time.",
        "Nobody said what kind of hearing it is: it is counted as an individual hearing.",
    ]


@pytest.mark.parametrize("key", ["uscis", "ca_rpd"])
def test_where_detention_changes_nothing_it_is_said(key):
    words = "Somebody is detained. No rule of this forum that was read counts other days for that"
    for is_detained in (True, False):
        notes = notes_on(dates(key, hearing="2027-03-15", is_detained=is_detained), today=day("2027-01-01"))
        assert any(note.words.startswith(words) for note in notes) is is_detained


def test_an_answer_before_an_individual_hearing_has_no_days_that_were_read():
    known = {"hearing": "2027-03-15", "events": {"other side's filing": "2027-01-04"}, **COURT}
    notes = notes_on(dates("eoir", **known), today=day("2027-01-05"))
    assert [note.words for note in notes] == [
        "No rule that was read says by when the other side’s filing is answered in a case like this: look at the order."
    ]
