"""Looks over everything that run by themselves, once in a night, and what administrators see of them."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.utils import timezone

from caseapp.audit.models import Inspected, Inspection
from caseapp.audit.verifying import verify

# At night where the machine runs then; where it does not, as soon as it has been too long.
NIGHT = range(1, 5)
ONCE_A_NIGHT, TOO_LONG = dt.timedelta(hours=20), dt.timedelta(hours=36)
KEPT = dt.timedelta(days=400)
# In seconds.
LONGEST_LOOK = 4 * 60 * 60

logger = logging.getLogger(__name__)


def is_due(what: Inspected, *, now: dt.datetime) -> bool:
    last = Inspection.objects.filter(what=what).first()
    if last is None or last.started_at < now - TOO_LONG:
        return True
    return last.started_at < now - ONCE_A_NIGHT and timezone.localtime(now).hour in NIGHT


@contextmanager
def turn_of(what: Inspected, *, now: dt.datetime) -> Iterator[bool]:
    """Whether it is time to look, and whoever asks is the one to do it: each worker has a clock of its own."""
    key = f"inspecting-{what.value}"
    is_mine = is_due(what, now=now) and cache.add(key, 1, LONGEST_LOOK)
    try:
        yield is_mine
    finally:
        if is_mine:
            cache.delete(key)


def begin(what: Inspected, *, now: dt.datetime) -> Inspection:
    Inspection.objects.filter(what=what, started_at__lt=now - KEPT).delete()
    return Inspection.objects.create(what=what, started_at=now)


def inspect_record(*, now: dt.datetime) -> Inspection:
    """Walk the chain and keep what was found."""
    inspection = begin(Inspected.RECORD, now=now)
    verdict = verify(now)
    inspection.looked_at = inspection.position = verdict.position
    inspection.head = verdict.head
    inspection.found = verdict.found
    inspection.findings = [finding.as_list() for finding in verdict.findings]
    end(inspection)
    return inspection


def end(inspection: Inspection) -> None:
    """Keep what was found, and say it in the log: its kind and ids."""
    inspection.ended_at = timezone.now()
    inspection.save()
    if inspection.found:
        logger.error(
            "inspection %d of %s: %d found, the first: %s",
            *(inspection.pk, inspection.what, inspection.found, inspection.findings[:10]),
        )


def newest(what: Inspected) -> Inspection | None:
    """The last look that came to its end."""
    return Inspection.objects.filter(what=what, ended_at__isnull=False).first()
