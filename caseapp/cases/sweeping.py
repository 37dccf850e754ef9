"""Documents that a dead worker or a lost message left lying: found by their silence, and handed out again."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from caseapp.cases import reading
from caseapp.cases.models import Document, DocumentStatus
from caseapp.core.jobs import MOST_ATTEMPTS, silent, silent_after

# While some worker is busy, a waiting document most likely stands in the queue behind its work.
_PATIENCE_WHILE_BUSY = 10


def sweep(now: dt.datetime) -> list[uuid.UUID]:
    """Take silent work back, give up on what was tried too often, and say which documents to send again."""
    fell_silent = Document.objects.filter(silent(now), status=DocumentStatus.READING)
    for document in fell_silent.select_related("added_by").defer("text"):
        _take_back(document, now)
    waiting = Document.objects.filter(status=DocumentStatus.WAITING)
    is_busy = Document.objects.filter(status=DocumentStatus.READING).exists()
    since = now - silent_after() * (_PATIENCE_WHILE_BUSY if is_busy else 1)
    return _unheard(waiting.filter(heartbeat_at__lt=since), now)


def _take_back(document: Document, now: dt.datetime) -> None:
    if document.attempts >= MOST_ATTEMPTS:
        reading.give_up(document)
        return
    rows = Document.objects.filter(silent(now), pk=document.pk, owner=document.owner, status=DocumentStatus.READING)
    rows.update(status=DocumentStatus.WAITING, owner="", heartbeat_at=now - 2 * _PATIENCE_WHILE_BUSY * silent_after())


def _unheard(waiting: QuerySet[Document], now: dt.datetime) -> list[uuid.UUID]:
    """Those for which the bell was last rung too long ago: marked as rung now, by one sweep alone."""
    ids = list(waiting.values_list("pk", flat=True))
    return [pk for pk in ids if waiting.filter(pk=pk).update(heartbeat_at=now)]
