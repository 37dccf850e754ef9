"""What stands between a packet and its build, and what its forum would object to.

A finding blocks where the packet contradicts itself, and nothing but mending it helps. It also blocks where a forum's
rule says that the filing would not be taken; then a lawyer may waive it, with a reason and on record, for no rule of
ours has been re-read at its source by a lawyer yet. A rule that nobody verified (grade U) never stops a filing.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.utils import timezone

from caseapp.cases.dates import today_of
from caseapp.packets.models import Packet, Waiver
from caseapp.packets.readiness import age, contents, coverage, files, filing, repetition, sources, statements, versions
from caseapp.packets.readiness.finding import Finding, Severity
from caseapp.packets.readiness.state import state_of

__all__ = ["Finding", "Severity", "blocks", "findings"]

CHECKS = (
    *contents.CHECKS,
    *statements.CHECKS,
    *coverage.CHECKS,
    *filing.CHECKS,
    *sources.CHECKS,
    *versions.CHECKS,
    *age.CHECKS,
    *repetition.CHECKS,
    *files.CHECKS,
)


def findings(packet: Packet, *, today: dt.date | None = None) -> tuple[Finding, ...]:
    """What to look at before building, the gravest first and the waived last.

    The number of queries does not grow with the packet. `today` is asked for by
    deadlines; the registry's day if not told.
    """
    state = state_of(packet, today=today or today_of(packet.case, now=timezone.now()))
    waivers = {waiver.finding: waiver for waiver in Waiver.objects.filter(packet=packet).select_related("waived_by")}
    found = [_with_waiver(finding, waivers) for check in CHECKS for finding in check(state)]
    return tuple(sorted(found, key=lambda finding: (finding.waiver is not None, finding.severity)))


def _with_waiver(finding: Finding, waivers: dict[str, Waiver]) -> Finding:
    """A waiver counts only where the finding may be waived: it may have become a contradiction since."""
    waiver = waivers.get(finding.key)
    return replace(finding, waiver=waiver) if waiver and finding.can_be_waived else finding


def blocks(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a build."""
    return tuple(finding for finding in found if finding.is_block)
