"""What goes with a packet when it is filed, and which findings a lawyer decided to file with."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.packets.models import FilingDetails, Packet, Waiver
from caseapp.packets.readiness import Finding, findings


class FilingChangedMeanwhile(Exception):
    """Somebody else saved the filing details after this person opened them. `standing` is how they are now."""

    def __init__(self, standing: FilingDetails) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed the filing details while you were typing, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
        )


class FindingGone(Exception):
    """The packet was mended, or changed, since the person saw the finding."""

    def __init__(self) -> None:
        super().__init__(_("This finding is not there any more. Nothing was waived."))


class CannotBeWaived(Exception):
    """The packet contradicts itself there: no reason makes that right."""

    def __init__(self) -> None:
        super().__init__(_("This finding has to be mended: the packet contradicts itself there, or there is no need."))


def filing_of(packet: Packet) -> FilingDetails:
    """As they stand; of a packet that nobody has said anything of yet, as they are at first."""
    return FilingDetails.objects.filter(packet=packet).first() or FilingDetails(packet=packet, version=0)


@transaction.atomic
def change_filing(*, by: User | None, packet: Packet, version: int, **wanted: Any) -> FilingDetails:
    """Save the details over `version` of them, which is the one the person saw; 0 where there were none."""
    packet = Packet.objects.select_for_update().get(pk=packet.pk)
    standing = filing_of(packet)
    if standing.version != version:
        raise FilingChangedMeanwhile(standing)
    changed = [name for name, value in wanted.items() if getattr(standing, name) != value]
    for name in changed:
        setattr(standing, name, wanted[name])
    standing.full_clean(exclude=["packet"])
    if changed:
        standing.version += 1
        standing.save()
        # The names of the fields alone: what stands in them is confidential.
        _record(Action.FILING_CHANGED, packet, by=by, fields=changed)
    return standing


def waivable(packet: Packet, key: str) -> Finding:
    """The finding as it stands now. Raises FindingGone or CannotBeWaived."""
    found = next((finding for finding in findings(packet) if finding.key == key), None)
    if found is None:
        raise FindingGone
    if not found.can_be_waived:
        raise CannotBeWaived
    return found


@transaction.atomic
def waive_finding(*, by: User, packet: Packet, key: str, reason: str) -> Waiver:
    """Decide to file with this finding. Raises FindingGone or CannotBeWaived."""
    require_on(packet.case, by, Ability.BUILD_PACKETS)
    packet = Packet.objects.select_for_update().select_related("case").get(pk=packet.pk)
    found = waivable(packet, key)
    if found.waiver is not None:
        return found.waiver
    waiver = Waiver(packet=packet, finding=key, sentence=found.sentence, reason=reason, waived_by=by)
    waiver.full_clean(exclude=["waived_by"])
    waiver.save()
    # The reason may speak of the client: it stands with the waiver, which only the team can see.
    _record(Action.FINDING_WAIVED, packet, by=by, finding=found.rule)
    return waiver


@transaction.atomic
def withdraw_waiver(*, by: User, waiver: Waiver) -> None:
    """Let the finding count again. Taking a waiver back twice takes it back once."""
    require_on(waiver.packet.case, by, Ability.BUILD_PACKETS)
    removed, _rows = Waiver.objects.filter(pk=waiver.pk).delete()
    if removed:
        rule = waiver.finding.partition(":")[0]
        _record(Action.WAIVER_WITHDRAWN, waiver.packet, by=by, finding=rule)


def _record(action: Action, packet: Packet, *, by: User | None, **detail: Any) -> None:
    record(by=by, action=action, subject=packet, label=packet.title, case_id=packet.case_id, **detail)
