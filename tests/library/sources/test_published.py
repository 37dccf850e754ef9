"""Dates of which sometimes only the year or the month is known."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.library.sources.published import (
    PATTERN,
    InFuture,
    NoSuchDay,
    NoSuchMonth,
    NotADate,
    PartialDate,
    UnusableDate,
)

days = st.dates(min_value=date(1000, 1, 1))
partial_dates = st.one_of(
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("2019", PartialDate(2019)),
        ("2019-03", PartialDate(2019, 3)),
        ("2019-03-04", PartialDate(2019, 3, 4)),
        ("2024-02-29", PartialDate(2024, 2, 29)),
        (" 2019-03\n", PartialDate(2019, 3)),
    ],
)
def test_parse(written, parsed):
    assert PartialDate.parse(written) == parsed


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("March 2019", PartialDate(2019, 3)),
        ("4 March 2019", PartialDate(2019, 3, 4)),
        ("Mar. 4, 2019", PartialDate(2019, 3, 4)),
        ("4th of september 2019", PartialDate(2019, 9, 4)),
        ("4 de marzo de 2019", PartialDate(2019, 3, 4)),
        ("diciembre del 2019", PartialDate(2019, 12)),
        ("2019-03", PartialDate(2019, 3)),
    ],
)
def test_a_date_is_read_as_articles_print_it(words, read):
    assert PartialDate.read(words) == read


@pytest.mark.parametrize("words", ["spring 2019", "31 June 2019", "04/03/2019", "March 4 2019 AD", "0 May 2019"])
def test_a_date_that_may_mean_another_day_is_not_read(words):
    with pytest.raises(UnusableDate):
        PartialDate.read(words)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "March 2019",
        "19",
        "0999",
        "12019",
        "2019-3",
        "2019/03/04",
        "2019-03-04T10:00",
        "04.03.2019",
        "２０１９",
        "-2019",
    ],
)
def test_other_forms_are_refused_with_the_form_to_write(written):
    with pytest.raises(NotADate) as refusal:
        PartialDate.parse(written)
    assert str(refusal.value) == f"“{written}” is not a date in a known form. Write 2019, 2019-03 or 2019-03-04."


@pytest.mark.parametrize("written", ["2019-00", "2019-13", "2019-99-01", "2019-00-10"])
def test_months_that_do_not_exist(written):
    with pytest.raises(NoSuchMonth, match=f"^There is no such month as “{written}”"):
        PartialDate.parse(written)


@pytest.mark.parametrize("written", ["2019-02-29", "1900-02-29", "2019-04-31", "2019-01-32", "2019-01-00"])
def test_days_that_do_not_exist(written):
    with pytest.raises(NoSuchDay, match=f"^There is no such day as “{written}”"):
        PartialDate.parse(written)


@pytest.mark.parametrize(("year", "month", "day"), [(999, 1, 1), (10000, 0, 0), (2019, 0, 4), (-1, 0, 0)])
def test_parts_that_make_no_date(year, month, day):
    with pytest.raises(NotADate):
        PartialDate(year, month, day)


@pytest.mark.parametrize(("month", "day"), [(13, 0), (-1, 0), (2, 30), (1, -1)])
def test_parts_outside_the_calendar(month, day):
    with pytest.raises(UnusableDate):
        PartialDate(2019, month, day)


TODAY = date(2019, 3, 4)


@pytest.mark.parametrize("written", ["2019-03-05", "2019-04", "2020"])
def test_the_future_is_refused_where_today_is_given(written):
    with pytest.raises(InFuture, match=f"^“{written}” lies in the future"):
        PartialDate.parse(written, today=TODAY)
    assert str(PartialDate.parse(written)) == written


@pytest.mark.parametrize("written", ["2019-03-04", "2019-03", "2019", "1999-12-31"])
def test_a_period_that_has_begun_is_not_the_future(written):
    assert str(PartialDate.parse(written, today=TODAY)) == written


@pytest.mark.parametrize(
    ("written", "day_first", "month_first"),
    [
        ("2019", "2019", "2019"),
        ("2019-03", "March 2019", "March 2019"),
        ("2019-03-04", "4 March 2019", "March 4, 2019"),
        ("2018-12-31", "31 December 2018", "December 31, 2018"),
    ],
)
def test_in_words(written, day_first, month_first):
    published = PartialDate.parse(written)
    assert published.in_words() == day_first
    assert published.in_words("month first") == month_first


@given(partial_dates)
def test_what_is_written_parses_back(published):
    assert PartialDate.parse(str(published)) == published
    assert re.search(PATTERN, str(published))


@given(st.lists(partial_dates))
def test_values_sort_as_their_text_does(dates):
    assert [str(published) for published in sorted(dates)] == sorted(map(str, dates))


@given(partial_dates, partial_dates)
def test_sorting_follows_time(one, other):
    if one.earliest() < other.earliest():
        assert one < other


def test_a_year_stands_before_its_months_and_days():
    written = ["2019-01-01", "2019-01", "2020", "2019"]
    assert [str(day) for day in sorted(map(PartialDate.parse, written))] == ["2019", "2019-01", "2019-01-01", "2020"]


@given(st.text(alphabet="0123456789-", max_size=11))
def test_the_pattern_lets_all_real_dates_through(written):
    try:
        PartialDate.parse(written)
    except UnusableDate:
        return
    assert re.search(PATTERN, written)


@pytest.mark.parametrize(
    "written", ["2019-1", "2019-13", "0019", "2019-03-32", "2019-03-00", "20190304", "x2019", "2019x"]
)
def test_the_pattern_stops_the_rest(written):
    assert not re.search(PATTERN, written)
