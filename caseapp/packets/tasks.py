"""Messages to the workers. Each is an id; the row it names says what there is to do, and whether it is still to do."""

import logging
import uuid
from collections.abc import Iterable

from celery import shared_task
from django.utils import timezone

from caseapp.audit import inspecting
from caseapp.audit.inspecting import LONGEST_LOOK
from caseapp.audit.models import Inspected
from caseapp.core import disk, sandbox, storage
from caseapp.packets import builder, stored, sweeping
from caseapp.packets.endings import MOST_SECONDS

logger = logging.getLogger(__name__)

# The hard limit stops a worker that no longer answers to the soft one; the sweep then takes up its work.
_LIMITS = {"soft_time_limit": MOST_SECONDS, "time_limit": MOST_SECONDS + 60}


@shared_task(name="packets.set_part", **_LIMITS)
def set_part(part_id: int) -> None:
    complete = builder.set_part(part_id)
    if complete is not None:
        assemble_build.delay(str(complete))


@shared_task(name="packets.assemble_build", **_LIMITS)
def assemble_build(build_id: str) -> None:
    builder.assemble(uuid.UUID(build_id))


@shared_task(name="packets.sweep_builds")
def sweep_builds() -> None:
    now = timezone.now()
    lost = sweeping.sweep(now)
    ring_for_parts(lost.parts)
    for build_id in lost.builds:
        assemble_build.delay(str(build_id))
    storage.remove_abandoned(now)
    sandbox.remove_abandoned_rooms(now)


@shared_task(name="packets.inspect_files", soft_time_limit=LONGEST_LOOK, time_limit=LONGEST_LOOK + 60)
def inspect_files() -> None:
    """The stored files are looked over once in a night; whether there is room is said each time."""
    now = timezone.now()
    if disk.is_nearly_full():
        logger.warning("The disk is nearly full: %d percent is free.", disk.free_share() * 100)
    with inspecting.turn_of(Inspected.FILES, now=now) as is_mine:
        if is_mine:
            stored.inspect_files(now=now)


def ring_for_parts(part_ids: Iterable[int]) -> None:
    for part_id in part_ids:
        set_part.delay(part_id)
