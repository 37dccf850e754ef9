"""Days and pages that a forum sets. Pure data: due dates are worked out elsewhere, from the court's calendar."""

from dataclasses import dataclass
from typing import Literal

Since = Literal["hearing", "decision", "briefing schedule", "other side's bundle", "lodging", "other side's filing"]
Only = Literal["", "detained", "not detained", "master calendar", "answer", "master calendar answer"]
Limited = Literal["schedule", "skeleton", "review", "expert"]


@dataclass(frozen=True)
class Deadline:
    """`days` are calendar days before the event where negative and after it where positive; the event is day 0.
    None: nobody knows but the court, so its order has to be asked for. `only` says in which cases it counts. Where
    several count, the earliest is the safe one, but of those marked `latest` the later one counts."""

    since: Since
    days: int | None
    rule: str
    only: Only = ""
    latest: bool = False


@dataclass(frozen=True)
class Counting:
    """How days are counted: calendar days, the event being day 0. The rules that say so, that a date which was ordered
    stands before every other, what an outage of the forum's system on the last day does, and that a date on a day when
    the registry is shut is put off to the next day of business. Where no such rule was read, nothing is put off."""

    rule: str = ""
    order_rule: str = ""
    outage_rule: str = ""
    roll_rule: str = ""


CALENDAR_DAYS = Counting()


@dataclass(frozen=True)
class Schedule:
    """A schedule of country information, by disputed issue, with what it may not exceed."""

    title: str
    pages: int
    type_pt: float
    line_height: float
    rule: str


@dataclass(frozen=True)
class PageLimit:
    """The most pages that a document of this kind may have."""

    document: Limited
    pages: int
    rule: str
