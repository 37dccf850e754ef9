"""How far a build has come, as a person reads it: always from the rows, never from a worker's promise."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from caseapp.packets.models import Build, BuildPart, BuildStatus, PartStatus

STUCK_AFTER = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Progress:
    build: Build
    parts: Sequence[BuildPart]
    now: dt.datetime

    @property
    def total(self) -> int:
        return len(self.parts)

    @cached_property
    def done(self) -> int:
        return sum(part.status == PartStatus.DONE for part in self.parts)

    @property
    def headline(self) -> str:
        """Setting Tab C (7 of 23)."""
        if self.build.status != BuildStatus.RENDERING:
            return str(BuildStatus(self.build.status).label).capitalize()
        running = next((part for part in self.parts if part.status == PartStatus.RUNNING), None)
        if running is None:
            return _("Waiting for a free worker (%(done)d of %(total)d set)") % {"done": self.done, "total": self.total}
        return _("Setting %(part)s (%(number)d of %(total)d)") % {
            "part": running.title,
            "number": min(self.done + 1, self.total),
            "total": self.total,
        }

    @property
    def elapsed(self) -> str:
        """2 min 5 s, or 4 s."""
        seconds = int(((self.build.finished_at or self.now) - self.build.requested_at).total_seconds())
        minutes, rest = divmod(max(seconds, 0), 60)
        if not minutes:
            return _("%(seconds)d s") % {"seconds": rest}
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}

    @cached_property
    def silent_for(self) -> dt.timedelta:
        """Since when nobody gave a sign of life."""
        signs = [row.heartbeat_at for row in (self.build, *self.parts) if row.heartbeat_at]
        return self.now - max([self.build.requested_at, *signs])

    @property
    def is_stuck(self) -> bool:
        return self.build.is_active and self.silent_for > STUCK_AFTER

    @property
    def silent_minutes(self) -> int:
        return int(self.silent_for.total_seconds() // 60)


def progress_of(build: Build, now: dt.datetime) -> Progress:
    parts = build.parts.only("build", "position", "name", "title", "status", "failure", "attempts", "heartbeat_at")
    return Progress(build=build, parts=tuple(parts.order_by("position")), now=now)
