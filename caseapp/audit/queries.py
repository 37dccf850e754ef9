"""What the history of a case shows."""

import uuid

from caseapp.audit.models import Event, EventQuerySet


def events_of_case(case_id: uuid.UUID) -> EventQuerySet:
    """Everything on record about the case, newest first."""
    events: EventQuerySet = Event.objects.of_case(case_id).order_by("-at", "-pk")
    return events
