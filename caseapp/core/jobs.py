"""Long work is a row, and the row is the truth about it: a message to a worker only rings the bell.

A worker claims a row with one conditional update, so a message delivered twice does nothing. While it works it
beats; a row whose heart stopped is taken up again by whoever looks next, a bounded number of times.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

SILENT_AFTER = dt.timedelta(seconds=30)
MOST_ATTEMPTS = 3


class Job(models.Model):
    """What every long-running row carries: who works on it, how often it was tried, and its last heartbeat."""

    owner = models.CharField(max_length=80, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager]

    class Meta:
        abstract = True


def claim(rows: models.QuerySet, *, to_status: str, owner: str, now: dt.datetime) -> bool:
    """Take the row that `rows` selects by id and by the state it must be in. False: somebody else has it."""
    return bool(rows.update(status=to_status, owner=owner, attempts=F("attempts") + 1, heartbeat_at=now))


def beat(rows: models.QuerySet, *, owner: str, now: dt.datetime) -> bool:
    """Say that `owner` is alive. False: the row was taken away in the meantime."""
    return bool(rows.filter(owner=owner).update(heartbeat_at=now))


def silent(now: dt.datetime) -> Q:
    """Selects rows that somebody works on, but whose heart has stopped."""
    return Q(heartbeat_at__lt=now - SILENT_AFTER)
