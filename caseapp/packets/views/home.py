"""The first page: what waits for this person. It stands here because it shows packets as well as cases."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.library.queries import SourceFilter, sources_listed
from caseapp.packets.queries import cases_at_a_glance

CASES_SHOWN = 12
SOURCES_SHOWN = 6


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    context: dict[str, Any] = {}
    if request.user.can(Ability.EDIT_CASES):
        context["cases"] = cases_at_a_glance(request.user, today=timezone.localdate(), count=CASES_SHOWN)
    if request.user.can(Ability.EDIT_LIBRARY):
        context["sources"] = sources_listed(SourceFilter())[:SOURCES_SHOWN]
    return render(request, "packets/home.html", context)
