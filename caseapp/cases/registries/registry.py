"""Pure: one registry, and which of its days are days of business."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_COUNTRIES = {"US": gettext_noop("United States"), "GB": gettext_noop("United Kingdom"), "CA": gettext_noop("Canada")}
_DAY = dt.timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Registry:
    """`zone` is empty where nothing is known: the office's own clock counts there, and weekends are all that is shut.

    `days_off` are the kinds of holiday, as the library of holidays calls them, on which it is shut for certain;
    `perhaps` those on which some registries are shut. A date is put off for the first kind only, and a safe date keeps
    clear of both.
    """

    key: str
    name: str
    zone: str
    forums: frozenset[str]
    country: str = ""
    region: str = ""
    days_off: tuple[str, ...] = ("public",)
    perhaps: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its name with its country, where the name alone could be anywhere."""
        country = _COUNTRIES.get(self.country) if self.key else None
        return f"{_(self.name)} ({_(country)})" if country else _(self.name)

    def today(self, now: dt.datetime) -> dt.date:
        """What day it is there: what comes in is judged by the registry's clock, not by the sender's. `now` is in the
        office's own time, which is asked where the registry has none."""
        return now.astimezone(ZoneInfo(self.zone)).date() if self.zone else now.date()

    def end_of(self, day: dt.date) -> dt.datetime | None:
        """The moment at which that day is over there; nothing where it goes by the office's own clock."""
        return dt.datetime.combine(day + _DAY, dt.time(), ZoneInfo(self.zone)) if self.zone else None

    def holiday(self, day: dt.date) -> str:
        """The name of the holiday; empty on every other day, weekends among them."""
        return self._name(day, self.days_off)

    def is_business_day(self, day: dt.date) -> bool:
        return day.weekday() < _SATURDAY and not self.holiday(day)

    def is_surely_open(self, day: dt.date) -> bool:
        return self.is_business_day(day) and not self._name(day, self.perhaps)

    def put_off(self, day: dt.date) -> dt.date:
        """The day itself, or the next one of business."""
        while not self.is_business_day(day):
            day += _DAY
        return day

    def brought_forward(self, day: dt.date) -> dt.date:
        """The day itself, or the last one of business before it."""
        while not self.is_business_day(day):
            day -= _DAY
        return day

    def before(self, day: dt.date, business_days: int = 1) -> dt.date:
        """So many days of business earlier; none of them is one on which it is perhaps shut."""
        for _each in range(business_days):
            day -= _DAY
            while not self.is_surely_open(day):
                day -= _DAY
        return day

    def business_days_between(self, start: dt.date, end: dt.date) -> int:
        """How many days of business there are after the one and up to the other; 0 where none is left."""
        days = (start + _DAY * step for step in range(1, (end - start).days + 1))
        return sum(self.is_surely_open(day) for day in days)

    def _name(self, day: dt.date, kinds: tuple[str, ...]) -> str:
        return _holidays(self.country, self.region, kinds, day.year).get(day, "") if self.country and kinds else ""


@cache
def _holidays(country: str, region: str, kinds: tuple[str, ...], year: int) -> dict[dt.date, str]:
    """Of one year, days in lieu among them. The library works out each year for itself, so the cache stays small."""
    known = holidays.country_holidays(country, subdiv=region or None, years=year, categories=kinds, language="en_US")
    return dict(known.items())


NOWHERE = Registry("", "", "", frozenset())
