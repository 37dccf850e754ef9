"""Messages to the workers: the record is sealed all the time, and looked over once in a night."""

from celery import shared_task
from django.utils import timezone

from caseapp.audit import inspecting, sealing
from caseapp.audit.inspecting import LONGEST_LOOK
from caseapp.audit.models import Inspected


@shared_task(name="audit.seal_events")
def seal_events() -> None:
    sealing.seal_new()


@shared_task(name="audit.inspect_record", soft_time_limit=LONGEST_LOOK, time_limit=LONGEST_LOOK + 60)
def inspect_record() -> None:
    now = timezone.now()
    with inspecting.turn_of(Inspected.RECORD, now=now) as is_mine:
        if is_mine:
            inspecting.inspect_record(now=now)
