"""The packets of a case, and one packet: its details, its exhibits, and what it still lacks."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.packets.access import packet_of
from caseapp.packets.forms import PacketForm
from caseapp.packets.models import BuildStatus, Packet
from caseapp.packets.queries import (
    captures_of_evidence,
    documents_to_file,
    exhibits_of,
    latest_build,
    measured,
    packets_of,
)
from caseapp.packets.readiness import findings
from caseapp.packets.services.builds import is_current
from caseapp.packets.services.packets import PacketChangedMeanwhile, change_packet, start_packet


@require_safe
def case_packets(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The packets tab of a case."""
    case = case_of(request.user, pk, Ability.SEE_CASES)
    return render(request, "packets/packet/list.html", {"case": case, "packets": packets_of(case)})


@require_http_methods(["GET", "HEAD", "POST"])
def packet_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form = PacketForm(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid():
        return redirect(start_packet(by=request.user, case=case, **form.details))
    return render(request, "packets/packet/add.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@require_safe
def packet_show(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk, Ability.SEE_CASES)
    return render(request, "packets/packet/show.html", desk_of(packet))


def desk_of(packet: Packet) -> dict[str, Any]:
    """What the desk of a packet shows: its exhibits, what could be added, what it lacks, and its newest build."""
    build = latest_build(packet)
    return {
        "packet": packet,
        "case": packet.case,
        "exhibits": exhibits_of(packet),
        "measured": measured(packet),
        "captures": captures_of_evidence(packet),
        "documents": documents_to_file(packet),
        "findings": findings(packet),
        "build": build,
        "is_current": build is not None and build.status == BuildStatus.READY and is_current(build),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def packet_edit(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk)
    form = PacketForm(request.POST if request.method == "POST" else None, packet=packet)
    context: dict[str, Any] = {"packet": packet, "case": packet.case, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_packet(by=request.user, packet=packet, version=version, **form.details)
        except PacketChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "packets/packet/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect(packet)
    return render(request, "packets/packet/edit.html", context, status=422 if form.errors else 200)
