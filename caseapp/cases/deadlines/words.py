"""Pure: what a person has to know about the dates of a case, in sentences."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from caseapp.cases.deadlines.counting import Asked, Dates
from caseapp.cases.registries import Registry
from caseapp.forums.limits import Since

Tone = Literal["error", "warning", "info"]

EVENTS: dict[Since, object] = {
    "hearing": gettext_lazy("the hearing"),
    "decision": gettext_lazy("the decision"),
    "briefing schedule": gettext_lazy("the briefing schedule"),
    "other side's bundle": gettext_lazy("the other side’s bundle"),
    "lodging": gettext_lazy("the lodging of the appeal"),
    "other side's filing": gettext_lazy("the other side’s filing"),
}
_ASKED: dict[Asked, object] = {
    "the court's order": gettext_lazy(
        "Somebody is detained: the court alone sets the date, so none is shown. Ask the court, and enter the date that "
        "it ordered."
    ),
    "hearing": gettext_lazy("Enter the date of the hearing or interview: the filing date is counted from it."),
    "decision": gettext_lazy("Enter the date of the decision: the time for an appeal is counted from it."),
    "briefing schedule": gettext_lazy(
        "Enter the date of the briefing schedule, if there is one: it gives the days for a brief."
    ),
    "other side's bundle": gettext_lazy("Enter the date of the other side’s bundle: the later of two dates counts."),
    "lodging": gettext_lazy("Enter the date on which the appeal was lodged: the later of two dates counts."),
}


@dataclass(frozen=True)
class Note:
    tone: Tone
    words: str


def asked_in_words(ask: Asked) -> str:
    return str(_ASKED[ask])


def closed_because(registry: Registry, day: dt.date) -> str:
    """The holiday or the day of the weekend; empty on a day of business."""
    if registry.holiday(day):
        return registry.holiday(day)
    return "" if registry.is_business_day(day) else str(WEEKDAYS[day.weekday()])


def notes_on(dates: Dates, *, today: dt.date) -> list[Note]:
    """What stands out, the gravest first."""
    found = [
        *_of_what_passed(dates, today),
        *_of_the_rules(dates),
        *_of_closed_days(dates),
        *_of_what_was_assumed(dates),
    ]
    grave = ("error", "warning", "info")
    return sorted(found, key=lambda note: grave.index(note.tone))


def _of_what_passed(dates: Dates, today: dt.date) -> Iterator[Note]:
    stands, hearing = dates.stands, dates.facts.event("hearing")
    if stands is None:
        yield from (Note("warning", asked_in_words(ask)) for ask in dates.asks)
        return
    if today > stands.due and hearing is not None and today <= hearing:
        yield Note(
            "error",
            _(
                "The filing date cannot be met any more, but the hearing is still to come. File at once, say why it "
                "comes late, and ask the court to take it."
            ),
        )
    elif today > stands.due:
        yield Note("error", _("The filing date has passed. What comes now needs a reason, and may not be taken."))
    elif today == stands.due:
        yield Note("error", _("Today is the last day. What counts is when it is received."))
    elif today > stands.safe:
        days = (stands.due - today).days
        yield Note(
            "warning",
            ngettext(
                "The safe date has passed: %(days)s day is left until the last one.",
                "The safe date has passed: %(days)s days are left until the last one.",
                days,
            )
            % {"days": days},
        )


def _of_the_rules(dates: Dates) -> Iterator[Note]:
    if dates.is_disputed and dates.ordered is None:
        yield Note(
            "warning",
            _(
                "Two rules give two dates. The earlier one is the safe one; confirm the law before anybody counts on "
                "the later one."
            ),
        )
    if dates.is_first_of_two and dates.ordered is None and dates.stands is not None:
        yield Note(
            "info",
            _("The later of two dates counts, and one of them is not known yet: this is the earliest that it can be."),
        )
    hearing = dates.facts.event("hearing")
    if dates.ordered and hearing and dates.ordered.due >= hearing:
        yield Note("warning", _("The ordered date is not before the hearing. Look at the order again."))


def _of_closed_days(dates: Dates) -> Iterator[Note]:
    registry, hearing = dates.facts.registry, dates.facts.event("hearing")
    if hearing is not None and closed_because(registry, hearing):
        yield Note(
            "warning",
            _("The hearing is on a day when the registry is shut: %(why)s. Look at the notice again.")
            % {"why": closed_because(registry, hearing)},
        )
    if dates.ordered and closed_because(registry, dates.ordered.due):
        yield Note(
            "warning",
            _("The ordered date is a day when the registry is shut: %(why)s. Be there on the safe date before it.")
            % {"why": closed_because(registry, dates.ordered.due)},
        )


def _of_what_was_assumed(dates: Dates) -> Iterator[Note]:
    facts = dates.facts
    if dates.ignores_detention and dates.counted:
        yield Note(
            "info",
            _(
                "Somebody is detained. No rule of this forum that was read counts other days for that: look at the "
                "order or the notice."
            ),
        )
    if dates.answers_go_unsaid:
        yield Note(
            "info",
            _(
                "No rule that was read says by when the other side’s filing is answered in a case like this: look at "
                "the order."
            ),
        )
    if dates.stands and not facts.registry.key and facts.registry.name:
        yield Note(
            "info",
            _("No registry is chosen. Days are counted by the clock and the holidays of: %(place)s.")
            % {"place": _(facts.registry.name)},
        )
    has_master = any(deadline.only == "master calendar" for deadline in facts.forum.deadlines)
    if has_master and not facts.kind and not facts.is_detained and dates.counted:
        yield Note("info", _("Nobody said what kind of hearing it is: it is counted as an individual hearing."))
