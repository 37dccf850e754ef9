"""What administrators must know of the machine: whether record and files are whole, and whether there is room."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseapp.audit.inspecting import newest
from caseapp.audit.models import Inspected, Inspection
from caseapp.audit.verifying import Finding, Wrong
from caseapp.core.disk import free_share, is_nearly_full
from caseapp.packets.stored import FileFinding

# Looks are due once in a night; where none was for so long, nobody vouches for anything.
LOOKED_WITHIN = dt.timedelta(days=3)


@dataclass(frozen=True)
class MachineState:
    """What the last looks found, as sentences; empty where all is well."""

    record: Inspection | None
    files: Inspection | None
    free_percent: int
    alarms: tuple[str, ...]

    @property
    def record_findings(self) -> list[str]:
        found = self.record.findings if self.record else []
        return [str(Finding(Wrong(wrong), position, event_id)) for wrong, position, event_id in found]

    @property
    def file_findings(self) -> list[str]:
        return [str(FileFinding(*finding)) for finding in (self.files.findings if self.files else [])]


def state_of_the_machine(now: dt.datetime) -> MachineState:
    record, files = newest(Inspected.RECORD), newest(Inspected.FILES)
    alarms = []
    if record and record.found:
        alarms.append(_("The record of the office is not as it was written. See what was found on the page Record."))
    if files and files.found:
        alarms.append(_("Stored files are missing or were altered. See which on the page Record."))
    if any(look and look.started_at < now - LOOKED_WITHIN for look in (record, files)):
        alarms.append(_("For days nobody has looked whether record and files are whole: the workers may not run."))
    percent = int(free_share() * 100)
    if is_nearly_full():
        alarms.append(
            _("The disk is nearly full: %(percent)s %% is free. Make room before uploads and builds begin to fail.")
            % {"percent": percent}
        )
    return MachineState(record, files, percent, tuple(alarms))
