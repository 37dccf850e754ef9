"""How a packet is filed and served, and the findings that a lawyer decides to file with."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.forums import forum
from caseapp.packets.access import packet_of, waiver_of
from caseapp.packets.forms import FilingForm, WaiverForm
from caseapp.packets.services.filing import (
    CannotBeWaived,
    FilingChangedMeanwhile,
    FindingGone,
    change_filing,
    filing_of,
    waivable,
    waive_finding,
    withdraw_waiver,
)


@require_http_methods(["GET", "HEAD", "POST"])
def filing_edit(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk)
    form = FilingForm(
        request.POST if request.method == "POST" else None, profile=forum(packet.forum), standing=filing_of(packet)
    )
    context: dict[str, Any] = {"packet": packet, "case": packet.case, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_filing(by=request.user, packet=packet, version=version, **form.details)
        except FilingChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "packets/filing/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect(packet)
    return render(request, "packets/filing/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def packet_waive(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk, Ability.BUILD_PACKETS)
    key = request.POST.get("finding") or request.GET.get("finding") or ""
    form = WaiverForm(request.POST if request.method == "POST" else None, initial={"finding": key})
    context: dict[str, Any] = {"packet": packet, "case": packet.case, "form": form}
    try:
        context["finding"] = waivable(packet, key)
        if request.method == "POST" and form.is_valid():
            waive_finding(by=request.user, packet=packet, key=key, reason=form.cleaned_data["reason"])
            messages.success(request, _("Waived, with your reason on record."))
            return redirect(packet)
    except (FindingGone, CannotBeWaived) as error:
        context["refusal"] = str(error)
    return render(request, "packets/filing/waive.html", context, status=422 if request.method == "POST" else 200)


@require_POST
def waiver_withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    waiver = waiver_of(request.user, pk)
    withdraw_waiver(by=request.user, waiver=waiver)
    messages.success(request, _("The waiver is withdrawn, and the finding counts again."))
    return redirect(waiver.packet)
