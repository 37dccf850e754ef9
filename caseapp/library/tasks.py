"""Messages to the workers. Each is an id; the row it names says what there is to do, and whether it is still to do."""

from collections.abc import Iterable

from celery import shared_task
from django.utils import timezone

from caseapp.library import sweeping
from caseapp.library.arriving import importing, recapturing
from caseapp.library.origins import matching
from caseapp.library.themes import teaching


@shared_task(name="library.compare_capture")
def compare_capture(capture_id: int) -> None:
    matching.compare_capture(capture_id)


@shared_task(name="library.sweep_comparisons")
def sweep_comparisons() -> None:
    for capture_id in sweeping.sweep_comparisons(timezone.now()):
        compare_capture.delay(capture_id)


# The hard limit stops a worker that no longer answers to the soft one; the sweep then takes up its work.
_LIMITS = {"soft_time_limit": importing.MOST_SECONDS, "time_limit": importing.MOST_SECONDS + 60}


@shared_task(name="library.read_import_row", **_LIMITS)
def read_import_row(row_id: int) -> None:
    """Read one row, and call for the next of its import: it queues behind what others asked for meanwhile."""
    batch_id = importing.read_row(row_id)
    if batch_id is not None:
        ring_for_import(batch_id)


@shared_task(name="library.sweep_imports")
def sweep_imports() -> None:
    ring_for_rows(sweeping.sweep_rows(timezone.now()))


def ring_for_import(batch_id: int, *, most: int = 1) -> None:
    ring_for_rows(importing.next_rows(batch_id, now=timezone.now(), most=most))


def ring_for_rows(row_ids: Iterable[int]) -> None:
    for row_id in row_ids:
        read_import_row.delay(row_id)


@shared_task(
    name="library.recapture", soft_time_limit=recapturing.MOST_SECONDS, time_limit=recapturing.MOST_SECONDS + 60
)
def recapture(recapture_id: int) -> None:
    recapturing.recapture(recapture_id)


@shared_task(name="library.sweep_recaptures")
def sweep_recaptures() -> None:
    for recapture_id in sweeping.sweep_recaptures(timezone.now()):
        recapture.delay(recapture_id)


@shared_task(name="library.learn_themes")
def learn_themes() -> None:
    teaching.learn_themes(timezone.now())
