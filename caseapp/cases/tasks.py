"""Messages to the workers. Each is an id; the row it names says what there is to do, and whether it is still to do."""

import uuid
from collections.abc import Iterable

from celery import shared_task
from django.utils import timezone

from caseapp.cases import files, reading, sweeping
from caseapp.core import uploads

# The hard limit stops a worker that no longer answers to the soft one; the sweep then takes up its work.
_LIMITS = {"soft_time_limit": reading.MOST_SECONDS, "time_limit": reading.MOST_SECONDS + 60}


@shared_task(name="cases.read_document", **_LIMITS)
def read_document(document_id: str) -> None:
    reading.read_document(uuid.UUID(document_id))


@shared_task(name="cases.sweep_documents")
def sweep_documents() -> None:
    now = timezone.now()
    ring_for_documents(sweeping.sweep(now))
    files.remove_abandoned(now)
    uploads.remove_abandoned(now)


@shared_task(name="cases.keep_coverage")
def keep_coverage() -> None:
    """Asked all through the day; each case is looked at once in it."""
    sweeping.keep_coverage(timezone.localdate())


def ring_for_documents(document_ids: Iterable[uuid.UUID]) -> None:
    for document_id in document_ids:
        read_document.delay(str(document_id))
