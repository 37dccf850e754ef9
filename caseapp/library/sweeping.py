"""Work that a dead worker or a lost message left lying: found by its silence, and handed out again."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from caseapp.core import jobs
from caseapp.library.arriving import importing, recapturing
from caseapp.library.models import (
    Capture,
    Comparison,
    ComparisonStatus,
    ImportRow,
    Recapture,
    RecaptureStatus,
    RowStatus,
    Source,
)
from caseapp.library.origins import matching

AT_ONCE = 200


def sweep_comparisons(now: dt.datetime) -> list[int]:
    """Captures to be compared: those left lying, those that nobody asked for yet, and those compared an older way."""
    _ask_for_the_missing(now)
    _ask_for_the_outdated(now)
    again = jobs.sweep(
        Comparison.objects.all(),
        waiting=ComparisonStatus.WAITING,
        working=ComparisonStatus.WORKING,
        give_up=matching.give_up,
        now=now,
    )
    return list(Comparison.objects.filter(pk__in=again).values_list("capture_id", flat=True))


def _ask_for_the_missing(now: dt.datetime) -> None:
    """Captures that did not come the usual way, as from an archive."""
    if Source.objects.count() == Comparison.objects.count():
        return
    newer = Capture.objects.filter(source=OuterRef("source"), number__gt=OuterRef("number"))
    compared = Comparison.objects.filter(capture=OuterRef("pk"))
    missing = Capture.objects.filter(~Exists(newer), ~Exists(compared)).order_by("pk").values_list("pk", flat=True)
    Comparison.objects.bulk_create(
        [
            Comparison(capture_id=pk, asked_at=now, heartbeat_at=jobs.long_ago(now))
            for pk in missing[:AT_ONCE].iterator()
        ],
        ignore_conflicts=True,
    )


def _ask_for_the_outdated(now: dt.datetime) -> None:
    ended = Q(status=ComparisonStatus.DONE) | Q(status=ComparisonStatus.FAILED)
    outdated = Comparison.objects.filter(ended, way__lt=matching.WAY).order_by("pk").values_list("pk", flat=True)
    Comparison.objects.filter(pk__in=list(outdated[:AT_ONCE])).update(
        status=ComparisonStatus.WAITING, failure="", attempts=0, heartbeat_at=jobs.long_ago(now)
    )


def sweep_rows(now: dt.datetime) -> list[int]:
    """Take silent work back, give up on what was tried too often, and say which rows to send again."""
    called = ImportRow.objects.filter(heartbeat_at__isnull=False).select_related("batch")
    again = jobs.sweep(called, waiting=RowStatus.WAITING, working=RowStatus.READING, give_up=importing.give_up, now=now)
    return [*again, *_next_of_the_stranded(now)]


def _next_of_the_stranded(now: dt.datetime) -> list[int]:
    """Of imports that have rows to do, and none that a worker was called for."""
    started = ImportRow.objects.filter(batch__started_at__isnull=False)
    waiting = started.filter(status=RowStatus.WAITING)
    moving = started.filter(status=RowStatus.READING) | waiting.filter(heartbeat_at__isnull=False)
    stranded = set(waiting.order_by().values_list("batch_id", flat=True).distinct()) - set(
        moving.order_by().values_list("batch_id", flat=True).distinct()
    )
    return [pk for batch_id in stranded for pk in importing.next_rows(batch_id, now=now, most=importing.LANES)]


def sweep_recaptures(now: dt.datetime) -> list[int]:
    return jobs.sweep(
        Recapture.objects.select_related("requested_by"),
        waiting=RecaptureStatus.WAITING,
        working=RecaptureStatus.FETCHING,
        give_up=recapturing.give_up,
        now=now,
    )
