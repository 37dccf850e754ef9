"""What a capture sets going when it arrives or when its article changes: rows that wait, and a bell for the workers."""

import datetime as dt

from celery import current_app
from django.db import transaction

from caseapp.library.models import Capture, Comparison, ComparisonStatus

COMPARE = "library.compare_capture"


def compare_with_all(capture: Capture, *, now: dt.datetime) -> None:
    """Have the capture compared with all others, now or anew. Only the newest capture of a source has such a row."""
    Comparison.objects.filter(capture__source=capture.source_id).exclude(capture=capture).delete()
    Comparison.objects.update_or_create(
        capture=capture,
        defaults={
            "status": ComparisonStatus.WAITING,
            "owner": "",
            "attempts": 0,
            "failure": "",
            "asked_at": now,
            "heartbeat_at": now,
        },
    )
    transaction.on_commit(lambda: ring(COMPARE, capture.pk), robust=True)


def ring(task: str, pk: int) -> None:
    """By the task's name: workers stand above what keeps captures."""
    current_app.send_task(task, [pk])
