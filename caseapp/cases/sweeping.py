"""Documents that a dead worker or a lost message left lying: found by their silence, and handed out again.

And each night how every open case stands, so that what changed can be told to whoever comes after weeks.
"""

import datetime as dt
import uuid

from django.db import transaction

from caseapp.cases import reading
from caseapp.cases.covering import coverage_of
from caseapp.cases.models import COMPARED_AFTER, Case, CoverageSnapshot, Document, DocumentStatus
from caseapp.core import jobs


def sweep(now: dt.datetime) -> list[uuid.UUID]:
    """Take silent work back, give up on what was tried too often, and say which documents to send again."""
    return jobs.sweep(
        Document.objects.select_related("added_by"),
        waiting=DocumentStatus.WAITING,
        working=DocumentStatus.READING,
        give_up=reading.give_up,
        now=now,
    )


# So many cases at a time, so that nothing else waits long for this.
CASES_AT_ONCE = 50


def keep_coverage(today: dt.date) -> int:
    """Keep how open cases stand today, once a day each; how many were left to keep is less than CASES_AT_ONCE when all
    are. What nothing is compared with any more is thrown away, but of a case that is held."""
    kept = CoverageSnapshot.objects.filter(taken_on=today).values("case")
    cases = Case.objects.filter(closed_on=None).exclude(pk__in=kept).order_by("pk")[:CASES_AT_ONCE]
    for case in cases:
        _keep(case, today)
    return len(cases)


@transaction.atomic
def _keep(case: Case, today: dt.date) -> None:
    coverage = coverage_of(case, today=today)
    taken = CoverageSnapshot(
        case=case,
        taken_on=today,
        gaps=[row.element.key for row in coverage.open_gaps],
        passages={str(passage.excerpt): passage.state for passage in coverage.passages},
    )
    CoverageSnapshot.objects.bulk_create([taken], ignore_conflicts=True)
    kept = CoverageSnapshot.objects.filter(case=case)
    newest = kept.filter(taken_on__lte=today - COMPARED_AFTER).order_by("taken_on").last()
    if newest and not case.held_at:
        kept.filter(taken_on__lt=newest.taken_on).delete()
