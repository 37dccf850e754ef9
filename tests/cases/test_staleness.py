import datetime as dt

import pytest

from caseapp.cases.staleness import Facts, Since, ThemeAge, Why, is_past_its_months, months_later, reasons, touches

DAY = dt.date(2026, 11, 25)
WEAPONS = ThemeAge(1, "Weapon rules", 24)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (Facts(), []),
        (Facts(published_on="2024-11", themes=(WEAPONS,)), []),
        (Facts(published_on="2024-10", themes=(WEAPONS, ThemeAge(2, "Laws", None))), [Why.MONTHS]),
        (Facts(newer_capture=2), [Why.CAPTURE]),
        (Facts(newer_capture=2, waits=True), [Why.RECHECK]),
        (Facts(published_on="2019", newer_edition="Report 2025", newer_capture=2, themes=(WEAPONS,)),
         [Why.EDITION, Why.MONTHS, Why.CAPTURE]),
    ],
)  # fmt: skip
def test_why_a_passage_has_grown_old(facts, why):
    assert [reason.why for reason in reasons(facts, [], at=DAY)] == why


@pytest.mark.parametrize(
    ("event", "is_touched"),
    [
        (Since("2025", "x"), True),
        (Since("2024-05-02", "x"), True),
        (Since("2024-05", "x"), False),
        (Since("2024", "x"), False),
        (Since("2025", "x", frozenset({7})), True),
        (Since("2025", "x", frozenset({8})), False),
        (Since("2025", "x", frozenset({8}), frozenset({"us-nexus"})), True),
        (Since("2025", "x", elements=frozenset({"us-harm"})), False),
        (Since("", "x"), False),
    ],
)
def test_an_event_touches_what_is_surely_older_and_about_it(event, is_touched):
    facts = Facts(published_on="2024-05-01", themes_and_above=frozenset({7}), elements=frozenset({"us-nexus"}))
    assert touches(event, facts) is is_touched


def test_the_sentences_say_what_and_how_sure():
    facts = Facts(published_on="2019", themes=(WEAPONS,), newer_edition="Report 2025", is_edition_sure=False)
    told = [reason.sentence for reason in reasons(facts, [Since("2020", "The truce ended.")], at=DAY)]
    assert told == [
        "There probably is a newer edition: “Report 2025”.",
        "Published before this happened: The truce ended.",
        "Older on 25 Nov 2026 than the 24 months that “Weapon rules” allows.",
    ]


@pytest.mark.parametrize(
    ("published", "months", "at", "past"),
    [
        ("2025-11-25", 12, dt.date(2026, 11, 25), False),
        ("2025-11-25", 12, dt.date(2026, 11, 26), True),
        ("2025-11", 12, dt.date(2026, 11, 30), False),
        ("2025-11", 12, dt.date(2026, 12, 1), True),
        ("2025", 12, dt.date(2026, 12, 31), False),
        ("2025", 12, dt.date(2027, 1, 1), True),
        ("2001", None, dt.date(2026, 1, 1), False),
        ("", 1, dt.date(2026, 1, 1), False),
        ("2025-02-30", 1, dt.date(2026, 1, 1), False),
    ],
)
def test_only_what_is_surely_too_old_is_said_to_be(published, months, at, past):
    assert is_past_its_months(published, months, at=at) is past


def test_a_month_that_lacks_the_day_gives_its_last():
    assert months_later(dt.date(2026, 1, 31), 1) == dt.date(2026, 2, 28)
    assert months_later(dt.date(2023, 12, 31), 2) == dt.date(2024, 2, 29)
    assert months_later(dt.date(2026, 6, 1), 12) == dt.date(2027, 6, 1)
