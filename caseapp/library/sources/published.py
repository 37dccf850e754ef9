"""When something was published, as far as is known: a year, a month of a year, or a day.

Written "2019", "2019-03" or "2019-03-04". In this form dates sort as text just as they do as values: by time, a year
before its months and a month before its days.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

# For database constraints and forms. It knows no calendar: 30 February passes here, and `parse` refuses it.
PATTERN = r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"

# Not from `calendar`, whose names follow the machine's locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_NAMES = (
    *(month.casefold() for month in MONTHS),
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
# As articles print it: 4 March 2019, March 4, 2019, Mar. 2019, 4 de marzo de 2019.
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+(?:de\s+|of\s+)?)?([^\W\d_]{3,})\.?,?\s+(?:del?\s+)?(\d{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_WRITTEN = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")

Order = Literal["day first", "month first"]


class UnusableDate(ValueError):
    """A date that cannot be kept; str() says why and what to write."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


class NotADate(UnusableDate):
    def __str__(self) -> str:
        return f"“{self.written}” is not a date in a known form. Write 2019, 2019-03 or 2019-03-04."


class NoSuchMonth(UnusableDate):
    def __str__(self) -> str:
        return f"There is no such month as “{self.written}”. Months are 01 to 12: write 2019-03 for March 2019."


class NoSuchDay(UnusableDate):
    def __str__(self) -> str:
        return f"There is no such day as “{self.written}”. Look up the day, or write the year and the month alone."


class InFuture(UnusableDate):
    def __str__(self) -> str:
        return f"“{self.written}” lies in the future. Write the date on which it was published."


@dataclass(frozen=True, order=True)
class PartialDate:
    """A month or a day of 0 is not known."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if not 1000 <= self.year <= 9999 or (self.day and not self.month):
            raise NotADate(str(self))
        if not 0 <= self.month <= 12:
            raise NoSuchMonth(str(self))
        try:
            self.earliest()
        except ValueError:
            raise NoSuchDay(str(self)) from None

    @classmethod
    def parse(cls, written: str, *, today: date | None = None) -> Self:
        """Raises one of the classes of UnusableDate; InFuture only where `today` is given."""
        match = _WRITTEN.fullmatch(written.strip())
        if not match:
            raise NotADate(written)
        year, month, day = match.groups()
        if month == "00":
            raise NoSuchMonth(written)
        if day == "00":
            raise NoSuchDay(written)
        parsed = cls(int(year), int(month or 0), int(day or 0))
        if today and parsed.earliest() > today:
            raise InFuture(written)
        return parsed

    @classmethod
    def read(cls, words: str, *, today: date | None = None) -> Self:
        """The same of a date as people write it, in English or Spanish; raises as `parse` does."""
        written = " ".join(words.split())
        if match := _DAY_FIRST.fullmatch(written):
            day, name, year = match.groups()
        elif match := _MONTH_FIRST.fullmatch(written):
            name, day, year = match.groups()
        else:
            return cls.parse(written, today=today)
        months = [place % 12 + 1 for place, month in enumerate(_NAMES) if month.startswith(name.casefold())]
        if not months:
            raise NotADate(words)
        return cls.parse(f"{year}-{months[0]:02}" + (f"-{int(day):02}" if day else ""), today=today)

    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """As it is stored."""
        return "-".join((f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)))

    def in_words(self, order: Order = "day first") -> str:
        """In English, whatever the machine's locale: 4 March 2019, or March 4, 2019."""
        if not self.month:
            return str(self.year)
        month = MONTHS[self.month - 1]
        if not self.day:
            return f"{month} {self.year}"
        return f"{self.day} {month} {self.year}" if order == "day first" else f"{month} {self.day}, {self.year}"
