"""Choosing the exhibits of a packet and putting them in order."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.forms import OrderForm
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.views.in_place import is_in_place
from caseapp.core.differences import ChangedMeanwhile
from caseapp.packets.access import exhibit_of, packet_of
from caseapp.packets.forms import ExhibitForm, ShownForm
from caseapp.packets.models import Packet
from caseapp.packets.queries import captures_of_evidence, documents_to_file, newer_document, other_captures
from caseapp.packets.services.packets import (
    AlreadyExhibit,
    PagesNotInNewest,
    add_exhibits,
    file_newest,
    move_exhibit,
    remove_exhibit,
    show_exhibit,
)
from caseapp.packets.views.packets import desk_of

SOURCES_ON_A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def exhibit_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Choose among the documents of the case, the sources of its evidence, and any other source of the library."""
    packet = packet_of(request.user, pk)
    form = ExhibitForm(request.POST if request.method == "POST" else None, case=packet.case)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_exhibits(by=request.user, packet=packet, **form.cleaned_data)
        except AlreadyExhibit as error:
            form.add_error(None, str(error))
        else:
            words = ngettext("%(count)s exhibit added.", "%(count)s exhibits added.", len(added))
            messages.success(request, words % {"count": len(added)})
            return redirect(packet)
    words = request.GET.get("q", "")[:200].replace("\x00", "")
    page = Paginator(other_captures(packet, words=words), SOURCES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"packet": packet, "case": packet.case, "form": form, "words": words, "page": page}
    context |= {
        "captures": captures_of_evidence(packet),
        "documents": documents_to_file(packet),
        "ticked": {*request.POST.getlist("captures"), *request.POST.getlist("documents")},
    }
    return render(request, "packets/exhibit/add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def exhibit_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """How much of it is shown."""
    exhibit = exhibit_of(request.user, pk)
    form = ShownForm(request.POST if request.method == "POST" else None, exhibit=exhibit)
    context: dict[str, Any] = {"packet": exhibit.packet, "case": exhibit.packet.case}
    context |= {"exhibit": exhibit, "form": form, "newer": newer_document(exhibit)}
    if request.method == "POST" and form.is_valid():
        shown = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
        try:
            show_exhibit(by=request.user, exhibit=exhibit, was=form.cleaned_data["seen"] or None, **shown)
        except ChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "packets/exhibit/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect(exhibit.packet)
    return render(request, "packets/exhibit/edit.html", context, status=422 if form.errors else 200)


@require_POST
def exhibit_renew(request: PersonRequest, pk: int) -> HttpResponse:
    exhibit = exhibit_of(request.user, pk)
    try:
        renewed = file_newest(by=request.user, exhibit=exhibit)
    except AlreadyExhibit as refusal:
        messages.error(request, str(refusal))
    except PagesNotInNewest as refusal:
        messages.error(request, str(refusal))
        return redirect("exhibit_edit", exhibit.pk)
    else:
        if renewed.document and renewed.pages_shown:
            words = _("The pages %(pages)s are still the chosen ones. Look whether they are the right ones.")
            messages.warning(request, words % {"pages": renewed.pages_shown})
        messages.success(request, _("“%(title)s” is filed in its newest version.") % {"title": renewed.title})
    return redirect(exhibit.packet)


@require_POST
def exhibit_move(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    packet = packet_of(request.user, pk)
    form, status = OrderForm(request.POST), 200
    try:
        if not form.is_valid():
            raise OrderOutOfDate
        move_exhibit(by=request.user, packet=packet, seen=form.cleaned_data["seen"], order=form.wanted())
    except OrderOutOfDate as error:
        messages.warning(request, str(error))
        status = 409
    return _answer_with_desk(request, packet, status)


@require_POST
def exhibit_remove(request: PersonRequest, pk: int) -> HttpResponse:
    exhibit = exhibit_of(request.user, pk)
    remove_exhibit(by=request.user, exhibit=exhibit)
    words = _("“%(title)s” is no longer an exhibit. You can add it again.")
    messages.success(request, words % {"title": exhibit.title})
    return _answer_with_desk(request, exhibit.packet, 200)


def _answer_with_desk(request: PersonRequest, packet: Packet, status: int) -> HttpResponse:
    if is_in_place(request):
        return render(request, "packets/packet/_desk.html", desk_of(packet) | {"in_place": True}, status=status)
    if status == 200:
        return redirect(packet)
    return render(request, "packets/packet/show.html", desk_of(packet), status=status)
