"""Pure: the dates of cases as a calendar file (RFC 5545), which any calendar program takes in.

It leaves the office the moment it is saved, so it names a case by the office's own reference and by nothing else.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from caseapp.cases.deadlines import Dates, Step, StepName

Kind = Literal["filing", "safe", "hearing"] | StepName
_MORNING = dt.timedelta(hours=9)
# So many days before: the last three looks that EOIR's thirty days leave before the day itself.
_REMINDERS: dict[str, tuple[int, ...]] = {"filing": (15, 5, 1), "safe": (3,), "hearing": (7, 1)}


@dataclass(frozen=True)
class Entry:
    """One day of one case. `case` is what calendars know the case by, and `version` tells them which is the newer."""

    case: uuid.UUID
    reference: str
    kind: Kind
    day: dt.date
    zone: str
    version: int

    @property
    def uid(self) -> str:
        """The same each time, so that a file that is taken in again changes what is there."""
        return str(uuid.uuid5(self.case, self.kind))


def kind_in_words(kind: Kind) -> str:
    return {
        "filing": _("filing date, the last day"),
        "safe": _("filing date, to be safe"),
        "hearing": _("hearing"),
        "translations": _("translations ordered"),
        "vetting": _("vetting closes"),
        "frozen": _("packet frozen"),
    }[kind]


def entries_of(
    dates: Dates, steps: Iterable[Step], *, case: uuid.UUID, reference: str, version: int, zone: str
) -> list[Entry]:
    """Every day that is known. The hearing comes last in the work, and so here."""
    hearing = dates.facts.event("hearing")
    days: list[tuple[Kind, dt.date]] = [(step.name, step.by) for step in steps]
    if dates.stands:
        days += [("safe", dates.stands.safe), ("filing", dates.stands.due)]
    if hearing:
        days.append(("hearing", hearing))
    return [Entry(case, reference, kind, day, zone, version) for kind, day in days]


def calendar_file(entries: Iterable[Entry], *, now: dt.datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Evidence organiser//Dates of cases//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, now))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, now: dt.datetime) -> Event:
    """A whole day by the registry's clock: in another zone a calendar shows when that day really ends."""
    start = dt.datetime.combine(entry.day, dt.time(), ZoneInfo(entry.zone))
    words = f"{entry.reference}: {kind_in_words(entry.kind)}"
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", now.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", start)
    event.add("dtend", start + dt.timedelta(days=1))
    event.add("summary", words)
    event.add("description", _("Check the order and the rule before relying on this date."))
    event.add("sequence", entry.version)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in _REMINDERS.get(entry.kind, ()):
        event.add_component(_alarm(days, words))
    return event


def _alarm(days: int, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", _MORNING - dt.timedelta(days=days))
    return alarm
