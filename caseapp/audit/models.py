"""Who did what, when. A row copies its labels and points at nothing, so it outlives all it speaks of."""

import uuid
from typing import Any, ClassVar, Protocol

from django.db import models
from django.utils import timezone

from caseapp.audit.actions import Action


class Person(Protocol):
    """Anybody who can act: the user model of a higher app satisfies this."""

    pk: Any
    email: str
    name: str


class EventAltered(TypeError):
    """Somebody tried to change or delete what is on record."""


class EventQuerySet(models.QuerySet["Event"]):
    def of_case(self, case_id: uuid.UUID) -> "EventQuerySet":
        return self.filter(case_id=case_id)

    def update(self, **kwargs: Any) -> int:
        raise EventAltered("Events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventAltered("Events are never deleted.")


class Event(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=40, choices=Action)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300, blank=True)
    case_id = models.UUIDField(null=True, db_index=True)
    detail = models.JSONField(default=dict)

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.actor_name} {Action(self.action).label} {self.subject_label}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventAltered("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventAltered("Events are never deleted.")


def record(
    *,
    by: Person | None,
    action: Action,
    subject: models.Model,
    label: str = "",
    case_id: uuid.UUID | None = None,
    **detail: Any,
) -> Event:
    """Put one deed on record. `by` is None for the command line and the workers.

    `label` is what the history shows after the verb; it must never hold a client's name.
    """
    return Event.objects.create(
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        action=action,
        subject_type=str(subject._meta.model_name),
        subject_id=str(subject.pk),
        subject_label=label[:300],
        case_id=case_id,
        detail=detail,
    )
