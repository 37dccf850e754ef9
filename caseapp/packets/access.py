"""The doors to a packet and all that hangs on it. Each leads through the case, so each asks the same questions:
a stranger to the case gets the 404 of something that does not exist; a team member without the ability, 403."""

import uuid

from django.shortcuts import get_object_or_404

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.cases.access import let_in
from caseapp.packets.models import Build, Exhibit, Packet, Volume, Waiver


def packet_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Packet:
    packet = get_object_or_404(Packet.objects.visible_to(user).select_related("case"), pk=pk)
    let_in(user, packet.case, ability)
    return packet


def exhibit_of(user: User, pk: int, ability: Ability = Ability.EDIT_CASES) -> Exhibit:
    rows = Exhibit.objects.filter(packet__in=Packet.objects.visible_to(user))
    rows = rows.select_related("packet__case", "capture__source", "document__case")
    exhibit = get_object_or_404(rows.defer("capture__text"), pk=pk)
    let_in(user, exhibit.packet.case, ability)
    return exhibit


def build_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Build:
    rows = Build.objects.filter(packet__in=Packet.objects.visible_to(user))
    build = get_object_or_404(rows.select_related("packet__case", "requested_by", "filed_by", "looked_by"), pk=pk)
    let_in(user, build.packet.case, ability)
    return build


def volume_of(user: User, pk: uuid.UUID, ability: Ability = Ability.TAKE_PACKETS) -> Volume:
    rows = Volume.objects.filter(build__packet__in=Packet.objects.visible_to(user))
    volume = get_object_or_404(rows.select_related("build__packet__case"), pk=pk)
    let_in(user, volume.build.packet.case, ability)
    return volume


def waiver_of(user: User, pk: int, ability: Ability = Ability.BUILD_PACKETS) -> Waiver:
    rows = Waiver.objects.filter(packet__in=Packet.objects.visible_to(user))
    waiver = get_object_or_404(rows.select_related("packet__case"), pk=pk)
    let_in(user, waiver.packet.case, ability)
    return waiver
