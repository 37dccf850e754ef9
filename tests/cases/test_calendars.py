"""The calendar file: well formed, by the registry's clock, and without a word about the client."""

import datetime as dt
import uuid

from icalendar import Calendar

from caseapp.cases.calendars import calendar_file, entries_of
from caseapp.cases.deadlines import DEFAULT_STEPS, steps_before
from tests.cases.deadlines.knowing import dates, day

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)
CASE = uuid.UUID("00000000-0000-4000-8000-000000000001")


def made(version: int = 1, **known: object) -> bytes:
    found = dates("ca_rpd", registry="ca-vancouver", **{"hearing": "2027-03-15", **known})
    steps = steps_before(found.stands.safe, DEFAULT_STEPS, found.facts.registry)
    zone = found.facts.registry.zone
    entries = entries_of(found, steps, case=CASE, reference="R, 1; ünïcode", version=version, zone=zone)
    return calendar_file(entries, now=NOW)


def events(data: bytes) -> dict[str, object]:
    return {str(event["summary"]).partition(": ")[2]: event for event in Calendar.from_ical(data).walk("VEVENT")}


def test_every_day_that_is_known_is_in_it():
    days = {words: event["dtstart"].dt.date() for words, event in events(made()).items()}
    assert days == {
        "translations ordered": day("2027-02-10"),
        "vetting closes": day("2027-02-23"),
        "packet frozen": day("2027-03-02"),
        "filing date, to be safe": day("2027-03-04"),
        "filing date, the last day": day("2027-03-05"),
        "hearing": day("2027-03-15"),
    }


def test_a_day_lasts_from_midnight_to_midnight_at_the_registry():
    event = events(made())["filing date, the last day"]
    assert event["dtstart"].dt.isoformat() == "2027-03-05T00:00:00-08:00"
    assert event["dtend"].dt.isoformat() == "2027-03-06T00:00:00-08:00"
    zones = [str(zone["tzid"]) for zone in Calendar.from_ical(made()).walk("VTIMEZONE")]
    assert zones == ["America/Vancouver"]


def test_over_the_change_of_clocks_a_day_still_ends_at_midnight():
    event = events(made(hearing="2027-03-14"))["hearing"]
    assert (event["dtstart"].dt.isoformat(), event["dtend"].dt.isoformat()) == (
        "2027-03-14T00:00:00-08:00",
        "2027-03-15T00:00:00-07:00",
    )


def test_lines_are_folded_and_end_as_the_standard_says():
    lines = made().split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_alarms_come_in_the_morning():
    alarms = events(made())["filing date, the last day"].walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == [
        dt.timedelta(hours=9) - dt.timedelta(days=days) for days in (15, 5, 1)
    ]


def test_taken_in_again_it_changes_what_is_there():
    first, again = events(made()), events(made(version=2, hearing="2027-04-15"))
    assert {words: str(event["uid"]) for words, event in first.items()} == {
        words: str(event["uid"]) for words, event in again.items()
    }
    assert {event["sequence"] for event in again.values()} == {2}
    assert len({str(event["uid"]) for event in first.values()}) == 6
    assert str(CASE).encode() not in made()


def test_a_calendar_of_nothing_is_one_all_the_same():
    assert Calendar.from_ical(calendar_file([], now=NOW)).walk("VEVENT") == []
