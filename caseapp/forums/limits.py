"""Days and pages that a forum sets. Pure data: due dates are worked out elsewhere, from the court's calendar."""

from dataclasses import dataclass
from typing import Literal

Since = Literal["hearing", "decision", "briefing schedule", "respondent's bundle", "lodging"]
Only = Literal["", "detained", "not detained", "answer"]
Limited = Literal["schedule", "skeleton", "review", "expert"]


@dataclass(frozen=True)
class Deadline:
    """`days` are calendar days before the event where negative and after it where positive; the event is day 0.
    None: nobody knows but the court, so its order has to be asked for. A date that was ordered stands before all.
    Of those with the same `name` the earliest is the safe one; `latest` says where the later of two counts."""

    name: str
    since: Since
    days: int | None
    rule: str
    only: Only = ""
    latest: bool = False


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
