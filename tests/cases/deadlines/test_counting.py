"""Dates worked out by hand, with a calendar on paper."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.cases.deadlines import EARLIEST, LATEST, Facts, dates_of
from caseapp.cases.registries import REGISTRIES, registry_for
from caseapp.forums import FORUMS, forum
from tests.cases.deadlines.knowing import dates, day


@pytest.mark.parametrize(
    ("hearing", "counted", "due", "safe"),
    [
        # A Saturday before Washington's Birthday: put off past both.
        ("2027-03-15", "2027-02-13", "2027-02-16", "2027-02-12"),
        # Over the end of the year, with Christmas Day before it.
        ("2027-01-27", "2026-12-28", "2026-12-28", "2026-12-24"),
        # On the leap day.
        ("2028-03-30", "2028-02-29", "2028-02-29", "2028-02-28"),
        # On Thanksgiving.
        ("2026-12-26", "2026-11-26", "2026-11-27", "2026-11-25"),
        # Juneteenth on a Saturday is kept on the Friday before.
        ("2027-07-18", "2027-06-18", "2027-06-21", "2027-06-17"),
        # New Year's Day on a Saturday is kept in the year before.
        ("2028-01-30", "2027-12-31", "2028-01-03", "2027-12-30"),
    ],
)
def test_thirty_days_before_an_individual_hearing(hearing, counted, due, safe):
    row = dates("eoir", hearing=hearing, kind="merits").stands
    assert (row.counted, row.due, row.safe) == (day(counted), day(due), day(safe))
    assert (row.rule.id, row.rule.grade, row.was_put_off) == ("eoir.deadline-merits", "S", counted != due)


@pytest.mark.parametrize(
    ("registry", "due", "safe"),
    [
        # Easter Monday, after Good Friday. No rule that was read puts a date off, so the day before both is the last.
        ("uk-eng", "2027-03-25", "2027-03-24"),
        ("uk-wls", "2027-03-25", "2027-03-24"),
        ("uk-nir", "2027-03-25", "2027-03-24"),
        ("uk-sct", "2027-03-29", "2027-03-25"),
    ],
)
def test_easter_monday_is_no_holiday_in_scotland(registry, due, safe):
    events = {"lodging": "2027-02-15", "other side's bundle": "2027-02-17"}
    row = dates("uk_ftt", registry=registry, events=events).stands
    assert (row.deadline.since, row.due, row.safe) == ("lodging", day(due), day(safe))


@pytest.mark.parametrize(
    ("registry", "due", "safe"),
    [
        ("ca-toronto", "2027-02-12", "2027-02-11"),
        ("ca-calgary", "2027-02-12", "2027-02-11"),
        ("ca-vancouver", "2027-02-12", "2027-02-11"),
        ("ca-montreal", "2027-02-15", "2027-02-12"),
    ],
)
def test_ten_days_before_are_ten_or_more_where_family_day_is_kept(registry, due, safe):
    row = dates("ca_rpd", registry=registry, hearing="2027-02-25").stands
    assert (row.due, row.safe) == (day(due), day(safe))


@pytest.mark.parametrize(
    ("key", "hearing", "least"),
    [
        ("ca_rpd", "2027-03-16", 10),  # counted: a Saturday
        ("uscis", "2027-03-20", 14),  # a Saturday
        ("uscis", "2027-03-21", 14),  # a Sunday
    ],
)
def test_at_the_latest_is_never_later_than_the_rule(key, hearing, least):
    row = dates(key, hearing=hearing).stands
    assert (day(hearing) - row.due).days >= least
    assert (row.was_brought_forward, row.was_put_off, row.roll_rule) == (row.due != row.counted, False, None)


def test_an_answer_is_five_days_before_or_more_over_a_weekend():
    answer = dates("ca_rpd", hearing="2027-03-12").answers[0]
    assert (answer.counted, answer.due) == (day("2027-03-07"), day("2027-03-05"))


def test_what_is_put_off_is_so_by_a_rule_with_its_grade():
    row = dates("eoir", hearing="2027-03-15", kind="merits").stands
    assert (row.was_put_off, row.roll_rule.id, row.roll_rule.grade) == (True, "eoir.deadline-roll", "S")


def test_a_day_that_some_keep_moves_nothing_and_is_no_safe_day():
    on_it = dates("ca_rpd", registry="ca-toronto", hearing="2027-08-12").stands
    assert (on_it.due, on_it.safe) == (day("2027-08-02"), day("2027-07-30"))
    after_it = dates("ca_rpd", registry="ca-toronto", hearing="2027-08-13").stands
    assert (after_it.due, after_it.safe) == (day("2027-08-03"), day("2027-07-30"))


def test_what_answers_the_other_side_has_days_of_its_own():
    found = dates("ca_rpd", registry="ca-montreal", hearing="2027-02-25")
    assert [(row.deadline.days, row.due) for row in found.answers] == [(-5, day("2027-02-19"))]


@pytest.mark.parametrize(("kind", "due"), [("master", ["2027-02-11"]), ("merits", []), ("", [])])
def test_ten_days_for_an_answer_are_of_a_master_calendar_hearing_alone(kind, due):
    found = dates("eoir", hearing="2027-03-15", kind=kind, events={"other side's filing": "2027-02-01"})
    assert [row.due for row in found.answers] == [day(each) for each in due]
    assert found.answers_go_unsaid == (not due)


def test_a_master_calendar_hearing_counts_fifteen_days():
    row = dates("eoir", hearing="2027-03-15", kind="master").stands
    assert (row.due, row.rule.id) == (day("2027-03-01"), "eoir.deadline-master")


@pytest.mark.parametrize("kind", ["merits", "master", ""])
def test_for_somebody_detained_nothing_is_counted_and_the_order_is_asked_for(kind):
    found = dates("eoir", hearing="2027-03-15", kind=kind, is_detained=True)
    assert (found.stands, found.counted, found.asks) == (None, (), ("the court's order",))


def test_an_ordered_date_stands_before_the_rule_and_both_are_there():
    found = dates("eoir", hearing="2027-03-15", ordered="2027-02-07")
    assert (found.stands.due, found.stands.safe) == (day("2027-02-07"), day("2027-02-05"))
    assert found.stands is found.ordered
    assert [row.due for row in found.counted] == [day("2027-02-16")]
    detained = dates("eoir", hearing="2027-03-15", ordered="2027-03-10", is_detained=True)
    assert (detained.stands.due, detained.counted, detained.asks) == (day("2027-03-10"), (), ())


def test_the_board_shows_ten_days_and_thirty_and_never_thirty_alone():
    found = dates("bia", events={"decision": "2026-12-01"}, today="2026-12-20")
    assert [(row.deadline.days, row.due) for row in found.counted] == [(30, day("2026-12-31")), (10, day("2026-12-11"))]
    assert (found.stands.deadline.days, found.is_disputed) == (10, True)


def test_once_the_schedule_is_known_the_brief_is_what_comes_next():
    events = {"decision": "2026-12-01", "briefing schedule": "2027-03-01"}
    assert dates("bia", events=events, today="2026-12-05").stands.due == day("2026-12-11")
    assert dates("bia", events=events, today="2026-12-12").stands.due == day("2027-03-19")
    assert dates("bia", events=events, today="2027-05-01").stands.due == day("2027-03-19")


def test_an_interview_counts_fourteen_days_as_the_safe_ones_and_names_seven():
    found = dates("uscis", hearing="2027-03-15", kind="interview")
    assert [row.due for row in found.counted] == [day("2027-03-01"), day("2027-03-08")]
    assert (found.stands.due, found.is_disputed, found.asks) == (day("2027-03-01"), True, ())


def test_of_two_dates_the_later_counts_and_one_alone_is_the_earliest_it_can_be():
    both = dates("uk_ftt", events={"lodging": "2027-01-04", "other side's bundle": "2027-02-01"})
    assert (both.stands.due, both.is_first_of_two, both.is_disputed) == (day("2027-03-01"), False, False)
    one = dates("uk_ftt", events={"lodging": "2027-01-04"})
    assert (one.stands.due, one.is_first_of_two) == (day("2027-02-15"), True)
    assert one.asks == ("other side's bundle",)


@pytest.mark.parametrize(
    ("key", "asks"),
    [
        ("generic", ()),
        ("eoir", ("hearing",)),
        ("bia", ("decision", "briefing schedule")),
        ("uscis", ("hearing",)),
        ("uk_ftt", ("other side's bundle", "lodging")),
        ("uk_ut", ()),
        ("ca_rpd", ("hearing",)),
    ],
)
def test_where_nothing_is_known_it_is_asked_for(key, asks):
    found = dates(key)
    assert (found.stands, found.asks) == (None, asks)


@pytest.mark.parametrize("slip", ["0001-01-01", "1989-12-31", "3000-01-01", "9999-12-31"])
def test_a_year_that_is_a_slip_of_the_pen_counts_as_unknown(slip):
    assert dates("eoir", hearing=slip).asks == ("hearing",)
    assert dates("eoir", hearing="2027-03-15", ordered=slip).ordered is None


def carried_out(key, where, on):
    """What stands and what answers, counted from the hearing."""
    found = dates_of(Facts(forum(key), where, {"hearing": on}), today=on)
    return [*found.counted, *(row for row in found.answers if row.deadline.since == "hearing")]


PLACES = [(key, registry) for key in ("eoir", "uscis", "ca_rpd") for registry in ("", *REGISTRIES)]


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from(PLACES),
    hearing=st.dates(EARLIEST, dt.date(2099, 12, 31)),
    later=st.integers(0, 40),
)
def test_whatever_the_day(place, hearing, later):
    key, registry = place
    where = registry_for(registry, key)

    after = carried_out(key, where, min(LATEST, hearing + dt.timedelta(days=later)))
    for row, next_one in zip(carried_out(key, where, hearing), after, strict=True):
        assert (row.counted - hearing).days == row.deadline.days
        # Later than was counted by a rule that says so, and by nothing else.
        assert row.due <= row.counted or row.roll_rule is not None
        assert row.safe < min(row.due, row.counted)
        assert where.is_business_day(row.due)
        assert where.is_surely_open(row.safe)
        assert abs((row.due - row.counted).days) < 6
        assert (row.counted - row.safe).days < 12
        assert (next_one.due, next_one.safe) >= (row.due, row.safe)


def test_every_deadline_names_a_rule_of_its_forum():
    named = {f"{key}.{row.rule}" for key, each in FORUMS.items() for row in each.deadlines}
    assert named <= {rule.id for each in FORUMS.values() for rule in each.rules}
