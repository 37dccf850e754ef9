"""Messages to the workers. Each is an id; the row it names says what there is to do, and whether it is still to do."""

import uuid
from collections.abc import Iterable

from celery import shared_task
from django.utils import timezone

from caseapp.cases import reading, sweeping

# The hard limit stops a worker that no longer answers to the soft one; the sweep then takes up its work.
_LIMITS = {"soft_time_limit": reading.MOST_SECONDS, "time_limit": reading.MOST_SECONDS + 60}


@shared_task(name="cases.read_document", **_LIMITS)
def read_document(document_id: str) -> None:
    reading.read_document(uuid.UUID(document_id))


@shared_task(name="cases.sweep_documents")
def sweep_documents() -> None:
    ring_for_documents(sweeping.sweep(timezone.now()))


def ring_for_documents(document_ids: Iterable[uuid.UUID]) -> None:
    for document_id in document_ids:
        read_document.delay(str(document_id))
