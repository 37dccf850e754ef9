"""What the history of a case and the record of the office show."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from caseapp.audit.kinds import Kind, of_kind
from caseapp.audit.models import Event, EventQuerySet


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; nothing asked is everything. Days are whole days of the office's zone."""

    person: int | None = None
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def within(self, events: EventQuerySet) -> EventQuerySet:
        asked = of_kind(self.kind) if self.kind else Q()
        if self.person is not None:
            asked &= Q(actor_id=self.person)
        if self.since:
            asked &= Q(at__gte=_midnight(self.since))
        if self.until:
            asked &= Q(at__lt=_midnight(self.until + dt.timedelta(days=1)))
        return events.filter(asked)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def everything() -> EventQuerySet:
    """All that is on record, newest first."""
    events: EventQuerySet = Event.objects.order_by("-at", "-pk")
    return events


def events_of_case(case_id: uuid.UUID) -> EventQuerySet:
    """Everything on record about the case, newest first."""
    events: EventQuerySet = Event.objects.of_case(case_id).order_by("-at", "-pk")
    return events


def people_on(events: EventQuerySet) -> Sequence[tuple[int, str]]:
    """Who did any of it, by the names they have in it."""
    named = events.exclude(actor_id=None).order_by("actor_name", "actor_id")
    return [(pk, name) for pk, name in named.values_list("actor_id", "actor_name").distinct() if pk is not None]


def visits(events: EventQuerySet) -> QuerySet[Event, Any]:
    """Who came on which day, and how often they looked, took something out or were turned away."""
    came = events.filter(of_kind(Kind.LOOKED) | of_kind(Kind.TAKEN) | of_kind(Kind.GLASS) | of_kind(Kind.DENIED))
    by_person = came.annotate(day=TruncDate("at")).order_by().values("day", "actor_id", "actor_name")
    return by_person.annotate(
        looked=Count("pk", filter=of_kind(Kind.LOOKED)),
        documents=Count("subject_id", filter=Q(action="case.document_viewed"), distinct=True),
        taken=Count("pk", filter=of_kind(Kind.TAKEN)),
        glass=Count("pk", filter=of_kind(Kind.GLASS)),
        denied=Count("pk", filter=of_kind(Kind.DENIED)),
        last=Max("at"),
    ).order_by("-day", "-last", "actor_name")
