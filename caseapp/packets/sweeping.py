"""Work that a dead worker or a lost message left lying: found by its silence, and handed out again.

Celery cannot be trusted with this. Its embedded transport forgets a message once it is received, and a broker that
brings messages back does so for ever, also for work that kills whoever takes it.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from caseapp.core.jobs import MOST_ATTEMPTS, PATIENCE_WHILE_BUSY, long_ago, silent, silent_after
from caseapp.packets import endings
from caseapp.packets.models import ACTIVE, Build, BuildPart, BuildStatus, PartStatus


@dataclass(frozen=True)
class LostWork:
    """What should be sent to the workers again."""

    parts: tuple[int, ...]
    builds: tuple[uuid.UUID, ...]


def sweep(now: dt.datetime) -> LostWork:
    """Take silent work back, give up on what was tried too often, and say what to send again."""
    take_back(Build.objects.all(), now)
    since = now - silent_after() * (PATIENCE_WHILE_BUSY if _somebody_works() else 1)
    return LostWork(parts=tuple(_unheard_parts(since, now)), builds=tuple(_unheard_builds(since, now)))


def take_back(builds: QuerySet[Build], now: dt.datetime) -> None:
    """Whatever fell silent among these builds waits for a worker again, or fails for good."""
    active = builds.filter(status__in=ACTIVE)
    running = BuildPart.objects.filter(silent(now), status=PartStatus.RUNNING, build__in=active)
    for part in running.select_related("build__packet", "build__requested_by"):
        _take_back_part(part, now)
    putting_together = active.filter(silent(now)).exclude(status=BuildStatus.RENDERING)
    for build in putting_together.select_related("packet", "requested_by"):
        _take_back_build(build, now)


def _take_back_part(part: BuildPart, now: dt.datetime) -> None:
    if part.attempts >= MOST_ATTEMPTS:
        with endings.requesters_language(part.build):
            endings.fail_part(part, _stopped_too_often(part.title), owner=part.owner, now=now)
        return
    rows = BuildPart.objects.filter(silent(now), pk=part.pk, owner=part.owner, status=PartStatus.RUNNING)
    rows.update(status=PartStatus.WAITING, owner="", heartbeat_at=long_ago(now))


def _take_back_build(build: Build, now: dt.datetime) -> None:
    if build.attempts >= MOST_ATTEMPTS:
        with endings.requesters_language(build):
            endings.fail_build(build, _stopped_too_often(_("the finished packet")), owner=build.owner, now=now)
        return
    rows = Build.objects.filter(silent(now), pk=build.pk, owner=build.owner, status=build.status)
    rows.update(status=BuildStatus.RENDERING, owner="", heartbeat_at=long_ago(now))


def _stopped_too_often(what: str) -> str:
    return _(
        "The program stopped %(times)d times while working on %(what)s, so the build was given up. Nothing was left "
        "out and nothing was published. Build again; if it stops again, ask your administrator to look at the log."
    ) % {"times": MOST_ATTEMPTS, "what": what}


def _somebody_works() -> bool:
    building = Build.objects.filter(status__in=(BuildStatus.ASSEMBLING, BuildStatus.VERIFYING))
    return building.exists() or _in_active_builds(PartStatus.RUNNING).exists()


def _in_active_builds(status: PartStatus) -> QuerySet[BuildPart]:
    return BuildPart.objects.filter(status=status, build__in=Build.objects.filter(status=BuildStatus.RENDERING))


def _unheard_parts(since: dt.datetime, now: dt.datetime) -> list[int]:
    """Waiting parts for which the bell was last rung before `since`: marked as rung now, by one sweep alone."""
    waiting = _in_active_builds(PartStatus.WAITING).filter(heartbeat_at__lt=since)
    return [pk for pk in waiting.values_list("pk", flat=True) if waiting.filter(pk=pk).update(heartbeat_at=now)]


def _unheard_builds(since: dt.datetime, now: dt.datetime) -> list[uuid.UUID]:
    """Builds whose parts are all set, and which nobody came to put together."""
    complete = complete_builds().filter(heartbeat_at__lt=since)
    return [pk for pk in complete.values_list("pk", flat=True) if complete.filter(pk=pk).update(heartbeat_at=now)]


def complete_builds() -> QuerySet[Build]:
    """Builds that wait for nothing but to be put together."""
    unfinished = BuildPart.objects.filter(build=OuterRef("pk")).exclude(status=PartStatus.DONE)
    return Build.objects.filter(~Exists(unfinished), status=BuildStatus.RENDERING)
