"""What has happened since the evidence of a case was published, and what stands above each theme it is on."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from caseapp.cases.models import Case, EventSince
from caseapp.cases.staleness import Since
from caseapp.library.models import Recheck, Theme


def events_of(case: Case) -> list[Since]:
    return [
        Since(
            event.happened_on,
            event.words,
            frozenset(theme.pk for theme in event.themes.all()),
            frozenset(event.elements),
        )
        for event in EventSince.objects.filter(case=case).prefetch_related("themes")
    ]


def waiting_for_a_look(excerpts: "QuerySet[Any, Any] | Collection[int]") -> set[int]:
    """Of these excerpts, by their ids, those that may no longer stand in the newest version of their source."""
    rows = Recheck.objects.filter(Recheck.waiting(), excerpt__in=excerpts)
    return set(rows.values_list("excerpt_id", flat=True))


def themes_above() -> dict[int, frozenset[int]]:
    """Theme → itself and all above it: an event on a theme touches what stands beneath."""
    parents = dict(Theme.objects.order_by().values_list("pk", "parent_id"))
    found: dict[int, frozenset[int]] = {}
    for pk in parents:
        line: set[int] = set()
        at: int | None = pk
        while at is not None and at not in line:
            line.add(at)
            at = parents.get(at)
        found[pk] = frozenset(line)
    return found
