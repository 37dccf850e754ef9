"""Who did what, when, from where. A row copies its labels and points at nothing, so it outlives all it speaks of."""

import datetime as dt
import uuid
from typing import Any, ClassVar, Protocol

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.audit import origin
from caseapp.audit.actions import Action, every_action


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

    def of_subject(self, subject: models.Model) -> "EventQuerySet":
        return self.filter(subject_type=subject._meta.model_name, subject_id=str(subject.pk))

    def update(self, **kwargs: Any) -> int:
        raise EventAltered("Events are never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventAltered("Events are never deleted.")


class Event(models.Model):
    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    action = models.CharField(max_length=40, choices=every_action)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    subject_label = models.CharField(max_length=300, blank=True)
    case_id = models.UUIDField(null=True, db_index=True)
    detail = models.JSONField(default=dict)
    # Of the client; empty for what the workers and the command line do.
    address = models.CharField(max_length=45, blank=True, default="")

    objects: ClassVar = EventQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["subject_type", "subject_id"], name="event_of_subject"),)

    def __str__(self) -> str:
        return f"{self.actor_name} {Action(self.action).label} {self.subject_label}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventAltered("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventAltered("Events are never deleted.")


class Seal(models.Model):
    """The place of one event in the chain (`caseapp.audit.chain`). It points at nothing: a missing event is found."""

    position = models.PositiveBigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(condition=models.Q(position__gt=0), name="seal_positions_begin_at_one"),
            models.CheckConstraint(condition=models.Q(hash__regex=r"^[0-9a-f]{64}$"), name="seal_is_a_hash"),
        )

    def __str__(self) -> str:
        return f"{self.position}: {self.hash}"


class Inspected(models.TextChoices):
    RECORD = "record", _("The record")
    FILES = "files", _("The stored files")


class Inspection(models.Model):
    """One look over the whole record, or over all stored files, and what was found in ids alone."""

    what = models.CharField(max_length=10, choices=Inspected)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    looked_at = models.PositiveBigIntegerField(default=0)
    found = models.PositiveBigIntegerField(default=0)
    # The first of what was found, each as its kind and its ids.
    findings = models.JSONField(default=list)
    # The end of the chain as it stood then.
    head = models.CharField(max_length=64, blank=True)
    position = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = (models.Index(fields=["what", "-started_at"], name="inspection_newest"),)
        constraints = (
            models.CheckConstraint(condition=models.Q(what__in=Inspected.values), name="inspection_is_of_something"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.started_at:%Y-%m-%d}"


def record(
    *,
    by: Person | None,
    action: Action,
    subject: models.Model | type[models.Model],
    label: str = "",
    case_id: uuid.UUID | None = None,
    **detail: Any,
) -> Event:
    """Put one deed on record. `by` is None for the command line and the workers.

    A class as `subject` stands for all of its kind, such as every source of the library.
    `label` is what the history shows after the verb; it must never hold a client's name.
    """
    return Event.objects.create(
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        action=action,
        subject_type=str(subject._meta.model_name),
        subject_id="" if isinstance(subject, type) else str(subject.pk),
        subject_label=label[:300],
        case_id=case_id,
        detail=detail,
        address=origin.address(),
    )


# Somebody who tries a door many times is one line.
ONE_REFUSAL = dt.timedelta(minutes=10)


def record_refusal(
    *, by: Person, subject_type: str, subject_id: str, case_id: uuid.UUID | None, now: dt.datetime
) -> None:
    """Put on record that a person was turned away from something, which may not exist: nothing is known of it here."""
    subject = {"subject_type": subject_type[:40], "subject_id": subject_id[:40]}
    refusals = Event.objects.filter(action=Action.DENIED, actor_id=by.pk, **subject)
    if not refusals.filter(at__gt=now - ONE_REFUSAL).exists():
        Event.objects.create(
            at=now,
            actor_id=by.pk,
            actor_name=by.name,
            action=Action.DENIED,
            case_id=case_id,
            address=origin.address(),
            **subject,
        )
