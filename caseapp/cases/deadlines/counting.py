"""Pure: counts each of a forum's deadlines from the day it runs from, and says which one stands.

Calendar days, the event being day 0. A date that falls on a weekend or a holiday of the registry is put off to the next
day of business where a rule of the forum says so; else the day of business before it is the last, since "ten days
before at the latest" would be nine by the next one. The safe date beside it is the last day of business before both.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from caseapp.cases.registries import Registry
from caseapp.forums import Forum, Rule
from caseapp.forums.limits import Deadline, Since

# The days that a case can name. What lies outside is a slip of the pen, and nothing is counted from it.
EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2999, 12, 31)

MASTER = "master"
Asked = Literal["the court's order"] | Since
Standing = Literal["ordered", "counted", "none"]


@dataclass(frozen=True)
class Facts:
    """What is known of a case. `events` are the days that deadlines run from, those that are known."""

    forum: Forum
    registry: Registry
    events: Mapping[Since, dt.date]
    kind: str = ""
    is_detained: bool = False
    ordered_on: dt.date | None = None

    @property
    def is_master(self) -> bool:
        return self.kind == MASTER

    def event(self, since: Since) -> dt.date | None:
        day = self.events.get(since)
        return day if day is not None and EARLIEST <= day <= LATEST else None


@dataclass(frozen=True)
class Ordered:
    """The date that the court set. It stands as it was written: nobody puts off what was ordered."""

    due: dt.date
    safe: dt.date
    rule: Rule | None


@dataclass(frozen=True)
class Counted:
    """One deadline of the forum, carried out. `counted` is the day before it was moved to `due`, a day of business:
    to the next one by `roll_rule`, or to the one before it where the forum has no such rule."""

    deadline: Deadline
    rule: Rule
    event: dt.date
    counted: dt.date
    due: dt.date
    safe: dt.date
    roll_rule: Rule | None = None

    @property
    def was_put_off(self) -> bool:
        return self.due > self.counted

    @property
    def was_brought_forward(self) -> bool:
        return self.due < self.counted


@dataclass(frozen=True)
class Dates:
    """`counted` are the deadlines of what is filed in advance, `answers` those of what answers the other side.

    `ordered` stands before all of them. `asks` is what has to be asked before a date can be told: where it is not
    empty and nothing stands, no date is shown, never a guess.
    """

    facts: Facts
    ordered: Ordered | None
    counted: tuple[Counted, ...]
    answers: tuple[Counted, ...]
    asks: tuple[Asked, ...]
    stands: Ordered | Counted | None

    @property
    def is_disputed(self) -> bool:
        """Rules that cannot both be right: the earlier one is shown as the safe one, and neither alone."""
        return len({(row.deadline.since, row.due) for row in self._rivals}) > len(
            {row.deadline.since for row in self._rivals}
        )

    @property
    def is_first_of_two(self) -> bool:
        """The later of two dates counts, and only one of them can be told yet."""
        return bool(self._latest) and any(ask in _since_of_latest(self.facts) for ask in self.asks)

    @property
    def answers_go_unsaid(self) -> bool:
        """The other side filed something, and no rule for a case like this says by when it is answered."""
        knows_answers = any(_is_answer(deadline) for deadline in self.facts.forum.deadlines)
        return knows_answers and not self.answers and self.facts.event("other side's filing") is not None

    @property
    def ignores_detention(self) -> bool:
        """Somebody is detained, and the forum's rules, as far as they were read, count the same days for that."""
        asks = any(deadline.only in ("detained", "not detained") for deadline in self.facts.forum.deadlines)
        return self.facts.is_detained and not asks

    @property
    def _rivals(self) -> list[Counted]:
        return [row for row in self.counted if not row.deadline.latest]

    @property
    def _latest(self) -> list[Counted]:
        return [row for row in self.counted if row.deadline.latest]


def dates_of(facts: Facts, *, today: dt.date) -> Dates:
    """Every deadline of a case. `today` is the day at the registry."""
    ordered = _ordered(facts)
    counted = tuple(_counted(facts, is_answer=False))
    return Dates(
        facts=facts,
        ordered=ordered,
        counted=counted,
        answers=tuple(_counted(facts, is_answer=True)),
        asks=tuple(dict.fromkeys(_asks(facts))),
        stands=ordered or _that_stands(counted, today),
    )


def _ordered(facts: Facts) -> Ordered | None:
    day = facts.ordered_on
    if day is None or not EARLIEST <= day <= LATEST:
        return None
    return Ordered(day, facts.registry.before(day), facts.forum.rule_named(facts.forum.counting.order_rule))


def _counted(facts: Facts, *, is_answer: bool) -> Iterator[Counted]:
    for deadline in _of_the_case(facts):
        event = facts.event(deadline.since)
        if deadline.days is not None and event is not None and _is_answer(deadline) == is_answer:
            yield _carried_out(facts, deadline, event, deadline.days)


def _carried_out(facts: Facts, deadline: Deadline, event: dt.date, days: int) -> Counted:
    day = event + dt.timedelta(days=days)
    rule = facts.forum.rule(f"{facts.forum.key}.{deadline.rule}")
    roll_rule = facts.forum.rule_named(facts.forum.counting.roll_rule)
    due = facts.registry.put_off(day) if roll_rule else facts.registry.brought_forward(day)
    return Counted(deadline, rule, event, day, due, facts.registry.before(min(day, due)), roll_rule)


def _of_the_case(facts: Facts) -> Iterator[Deadline]:
    """Those that count for a case like this. A master calendar hearing has a deadline of its own where the forum knows
    one, and then the one of the main hearing does not count; for somebody detained the court alone decides."""
    has_master = any(deadline.only == "master calendar" for deadline in facts.forum.deadlines)
    is_master = has_master and facts.is_master and not facts.is_detained
    for deadline in facts.forum.deadlines:
        counts = {
            "": True,
            "answer": True,
            "detained": facts.is_detained,
            "not detained": not facts.is_detained and not is_master,
            "master calendar": is_master,
            "master calendar answer": is_master,
        }
        if counts[deadline.only]:
            yield deadline


def _is_answer(deadline: Deadline) -> bool:
    return deadline.only in ("answer", "master calendar answer")


def _asks(facts: Facts) -> Iterator[Asked]:
    """What is missing for the deadlines of what is filed in advance."""
    if facts.ordered_on is not None:
        return
    deadlines = [deadline for deadline in _of_the_case(facts) if not _is_answer(deadline)]
    for deadline in deadlines:
        if deadline.days is None:
            yield "the court's order"
        elif facts.event(deadline.since) is None and (deadline.latest or not _is_known(facts, deadlines)):
            yield deadline.since


def _is_known(facts: Facts, deadlines: list[Deadline]) -> bool:
    """A forum whose deadlines run from different days, such as a decision and a schedule: one of them is enough."""
    return any(facts.event(deadline.since) is not None for deadline in deadlines)


def _since_of_latest(facts: Facts) -> set[str]:
    return {deadline.since for deadline in _of_the_case(facts) if deadline.latest}


def _that_stands(counted: tuple[Counted, ...], today: dt.date) -> Counted | None:
    """Of rules that run from the same day the earliest; of those marked as such the later; and of different days the
    next one that has not passed, or else the last one that has."""
    firsts = sorted(_firsts(counted), key=lambda row: (row.due, row.safe))
    ahead = [row for row in firsts if row.due >= today]
    return next(iter(ahead or reversed(firsts)), None)


def _firsts(counted: tuple[Counted, ...]) -> Iterator[Counted]:
    latest = [row for row in counted if row.deadline.latest]
    if latest:
        yield max(latest, key=lambda row: (row.due, row.safe))
    rest = [row for row in counted if not row.deadline.latest]
    for since in dict.fromkeys(row.deadline.since for row in rest):
        yield min((row for row in rest if row.deadline.since == since), key=lambda row: (row.due, row.safe))
