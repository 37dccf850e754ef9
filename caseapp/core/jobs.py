"""Long work is a row, and the row is the truth about it: a message to a worker only rings the bell.

A worker claims a row with one conditional update, so a message delivered twice does nothing. While it works it
beats; a row whose heart stopped is taken up again by whoever looks next, a bounded number of times.
"""

import datetime as dt
import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from django.conf import settings
from django.db import DatabaseError, connections, models
from django.db.models import F, Q
from django.utils import timezone

MOST_ATTEMPTS = 3
# While some worker is busy, a waiting row most likely stands in the queue behind its work.
PATIENCE_WHILE_BUSY = 10
_BEATS_PER_SILENCE = 6

Row = TypeVar("Row", bound="Job")

logger = logging.getLogger(__name__)


class Job(models.Model):
    """What every long-running row carries: who works on it, how often it was tried, and its last heartbeat.

    While the row waits for a worker, `heartbeat_at` is when the bell was last rung for it.
    """

    owner = models.CharField(max_length=80, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    heartbeat_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[models.Manager]

    class Meta:
        abstract = True


def silent_after() -> dt.timedelta:
    """How long a worker may give no sign of life before its work is given to another."""
    return dt.timedelta(seconds=settings.JOB_SILENT_SECONDS)


def new_owner() -> str:
    """A name for one attempt: the machine and process for people who look, and a part that never repeats."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex}"


def claim(rows: models.QuerySet, *, to_status: str, owner: str, now: dt.datetime) -> bool:
    """Take the row that `rows` selects by id and by the state it must be in. False: somebody else has it.

    `rows` must test the state in the row's own columns. A test through a join becomes a sub-query that PostgreSQL
    does not look at again after waiting for another worker's update, and both would win.
    The attempt is counted before the work, so work that kills its worker is counted too.
    """
    return bool(rows.update(status=to_status, owner=owner, attempts=F("attempts") + 1, heartbeat_at=now))


def beat(rows: models.QuerySet, *, owner: str, now: dt.datetime) -> bool:
    """Say that `owner` is alive. False: the row was taken away in the meantime."""
    return bool(rows.filter(owner=owner).update(heartbeat_at=now))


def silent(now: dt.datetime) -> Q:
    """Selects rows that somebody works on, but whose heart has stopped."""
    return Q(heartbeat_at__lt=now - silent_after())


def sweep(
    rows: models.QuerySet[Row],
    *,
    waiting: str,
    working: str,
    give_up: Callable[[Row], None],
    now: dt.datetime,
) -> list[Any]:
    """Find the work that a dead worker or a lost message left lying; the ids to ring the bell for again.

    A row whose heart stopped waits again, or is handed to `give_up` where it was tried too often.
    """
    for row in rows.filter(silent(now), status=working):
        if row.attempts >= MOST_ATTEMPTS:
            give_up(row)
        else:
            still_silent = rows.filter(silent(now), pk=row.pk, owner=row.owner, status=working)
            still_silent.update(status=waiting, owner="", heartbeat_at=long_ago(now))
    patience = PATIENCE_WHILE_BUSY if rows.filter(status=working).exists() else 1
    unheard = rows.filter(status=waiting, heartbeat_at__lt=now - silent_after() * patience)
    # Marked as rung now, by one sweep alone.
    return [pk for pk in list(unheard.values_list("pk", flat=True)) if unheard.filter(pk=pk).update(heartbeat_at=now)]


def long_ago(now: dt.datetime) -> dt.datetime:
    """Older than any patience, so that work that was taken back is sent out at once."""
    return now - 2 * PATIENCE_WHILE_BUSY * silent_after()


@contextmanager
def heart(rows: models.QuerySet, *, owner: str, every: float | None = None) -> Iterator[None]:
    """Beat for the row that `rows` selects, from a thread of its own, while the body works.

    The thread dies with its process, which is the point: a worker that is killed falls silent.
    """
    seconds = settings.JOB_SILENT_SECONDS / _BEATS_PER_SILENCE if every is None else every
    stop = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(stop, rows, owner, seconds), name="heart", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat_until(stop: threading.Event, rows: models.QuerySet, owner: str, seconds: float) -> None:
    while not stop.wait(seconds):
        try:
            if not beat(rows.all(), owner=owner, now=timezone.now()):
                return
        except DatabaseError as error:
            # A database that restarts must not stop the heart of a worker that lives.
            logger.warning("A heartbeat was not written: %s", type(error).__name__)
        finally:
            # This thread has a connection of its own, which nobody else would close.
            connections[rows.db].close()
