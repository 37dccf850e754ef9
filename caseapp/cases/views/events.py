"""What has happened since the evidence of a case was published."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import case_of, event_since_of
from caseapp.cases.forms.events import EventForm
from caseapp.cases.models import EventSince
from caseapp.cases.services.events_since import (
    EventChangedMeanwhile,
    EventDetails,
    add_event,
    change_event,
    remove_event,
)


@require_http_methods(["GET", "HEAD", "POST"])
def event_since_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    event = EventSince(case=case)
    form = EventForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid():
        add_event(by=request.user, case=case, details=EventDetails(**form.details))
        messages.success(request, _("Noted. Evidence that was published before is marked."))
        return redirect(_events(event))
    return render(request, "cases/event/edit.html", _about(event, form), status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def event_since_edit(request: PersonRequest, pk: int) -> HttpResponse:
    event = event_since_of(request.user, pk)
    form = EventForm(request.POST if request.method == "POST" else None, event=event)
    context = _about(event, form)
    if request.method == "POST" and form.is_valid():
        details, version = EventDetails(**form.details), form.cleaned_data["version"] or 0
        try:
            change_event(by=request.user, event=event, details=details, version=version)
        except EventChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/event/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect(_events(event))
    return render(request, "cases/event/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def event_since_remove(request: PersonRequest, pk: int) -> HttpResponse:
    event = event_since_of(request.user, pk)
    if request.method == "POST":
        remove_event(by=request.user, event=event)
        messages.success(request, _("It is out of the case. No evidence is marked by it any more."))
        return redirect(_events(event))
    return render(request, "cases/event/remove.html", _about(event, None))


def _events(event: EventSince) -> str:
    return f"{reverse('case_evidence', args=[event.case_id])}#since"


def _about(event: EventSince, form: EventForm | None) -> dict[str, Any]:
    return {"case": event.case, "event": event, "form": form, "cancel_url": _events(event)}
