"""When a passage is too old to say how things stand, and why. Pure."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from caseapp.library.sources.published import PartialDate, UnusableDate


class Why(StrEnum):
    """In the order in which they are told."""

    RECHECK = "recheck"
    EDITION = "edition"
    EVENT = "event"
    MONTHS = "months"
    CAPTURE = "capture"


class ThemeAge(NamedTuple):
    pk: int
    name: str
    months: int | None


@dataclass(frozen=True)
class Since:
    """Something that has happened, on a day, in a month or a year: what was published before tells of another time.

    It touches the evidence on these themes and elements; all of it, where none are named.
    """

    on: str
    words: str
    themes: frozenset[int] = frozenset()
    elements: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Facts:
    """One passage in use. `newer_capture` is the number of a newer version of its source, and `waits` whether somebody
    must look first if that still says it; `newer_edition` is the title of a newer edition of the same report."""

    published_on: str = ""
    themes: tuple[ThemeAge, ...] = ()
    themes_and_above: frozenset[int] = frozenset()
    elements: frozenset[str] = frozenset()
    newer_capture: int | None = None
    waits: bool = False
    newer_edition: str = ""
    is_edition_sure: bool = True


@dataclass(frozen=True)
class Reason:
    why: Why
    sentence: str


def reasons(facts: Facts, events: Iterable[Since], *, at: dt.date) -> tuple[Reason, ...]:
    """Why the passage may not say how things stand on the day `at`; nothing where nothing speaks against it."""
    return tuple(sorted(_reasons(facts, events, at), key=lambda reason: list(Why).index(reason.why)))


def touches(event: Since, facts: Facts) -> bool:
    """Whether the event bears on what the passage is about, and came surely after it was published."""
    is_about = bool(event.themes & facts.themes_and_above or event.elements & facts.elements)
    if (event.themes or event.elements) and not is_about:
        return False
    try:
        return _latest(PartialDate.parse(facts.published_on)) < PartialDate.parse(event.on).earliest()
    except UnusableDate:
        return False


def _reasons(facts: Facts, events: Iterable[Since], at: dt.date) -> Iterator[Reason]:
    if facts.waits:
        yield Reason(Why.RECHECK, _("A newer version of the source does not say it exactly so: somebody must look."))
    elif facts.newer_capture:
        words = _("There is a newer version of the source, version %(number)d, which says the same.")
        yield Reason(Why.CAPTURE, words % {"number": facts.newer_capture})
    if facts.newer_edition:
        words = _("There is a newer edition: “%(title)s”.")
        unsure = _("There probably is a newer edition: “%(title)s”.")
        yield Reason(Why.EDITION, (words if facts.is_edition_sure else unsure) % {"title": facts.newer_edition})
    for event in events:
        if touches(event, facts):
            yield Reason(Why.EVENT, _("Published before this happened: %(words)s") % {"words": event.words})
    past = [theme for theme in facts.themes if is_past_its_months(facts.published_on, theme.months, at=at)]
    if past:
        strictest = min(past, key=lambda theme: theme.months or 0)
        words = _("Older on %(day)s than the %(months)d months that “%(theme)s” allows.")
        names = {"day": date_format(at), "months": strictest.months, "theme": strictest.name}
        yield Reason(Why.MONTHS, words % names)


def is_past_its_months(published_on: str, months: int | None, *, at: dt.date) -> bool:
    """Whether what was published then is surely older than `months` on the day `at`.

    A year or a month is taken by its last day, and an unknown date is not old: only what is sure is said. None months:
    it never grows old by itself.
    """
    if months is None:
        return False
    try:
        published = PartialDate.parse(published_on)
    except UnusableDate:
        return False
    return months_later(_latest(published), months) < at


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of the month so many months later, or the last one that this month has."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _latest(published: PartialDate) -> dt.date:
    month = published.month or 12
    return dt.date(published.year, month, published.day or monthrange(published.year, month)[1])
