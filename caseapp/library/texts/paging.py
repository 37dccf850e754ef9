"""The pages of a capture that is a PDF: which one a place of its text stands on, and what it is called. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Page:
    """`number` counts the pages of the file from 1; `label` is what is printed on the page, or "" if the file does
    not say. Its text is [start, end) of the whole."""

    number: int
    start: int
    end: int
    label: str

    @property
    def name(self) -> str:
        return self.label or str(self.number)


def pages_of(rows: Sequence[Sequence[Any]]) -> list[Page]:
    """From the rows that a capture keeps: start, end and label."""
    return [Page(number, start, end, label) for number, (start, end, label) in enumerate(rows, 1)]


def page_at(rows: Sequence[Sequence[Any]], place: int) -> Page | None:
    """The last page that begins at or before this place; None for a capture without pages."""
    if not rows:
        return None
    number = max(bisect_right(rows, place, key=lambda row: row[0]), 1)
    start, end, label = rows[number - 1]
    return Page(number, start, end, label)


def page_words(rows: Sequence[Sequence[Any]], start: int, end: int) -> str:
    """How the page of a passage is named: p. 12, p. iv, pp. iv–v; "" where there are no pages."""
    first, last = page_at(rows, start), page_at(rows, max(start, end - 1))
    if first is None or last is None:
        return ""
    if first.number == last.number:
        return _("p. %(page)s") % {"page": first.name}
    return _("pp. %(first)s–%(last)s") % {"first": first.name, "last": last.name}
