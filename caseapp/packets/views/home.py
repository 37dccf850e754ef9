"""The first page: what waits for this person. It stands here because it shows packets as well as cases."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability, roles_with
from caseapp.library.queries import sources_listed
from caseapp.packets.queries import cases_at_a_glance
from caseapp.packets.today import lines_for

CASES_SHOWN = 12
SOURCES_SHOWN = 6


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    context: dict[str, Any] = {"lines": lines_for(request.user, timezone.now())}
    if request.user.can(Ability.EDIT_CASES):
        context["cases"] = cases_at_a_glance(request.user, now=timezone.now(), count=CASES_SHOWN)
    if request.user.can(Ability.EDIT_LIBRARY):
        context["sources"] = sources_listed()[:SOURCES_SHOWN]
    # Whoever works on cases is shown the way, until there is something to go on with.
    is_for_casework = "cases" in context and "sources" in context
    context["is_beginning"] = is_for_casework and not (context["cases"] and context["sources"])
    if request.user.can(Ability.MANAGE_PEOPLE):
        at_work = User.objects.filter(is_active=True, role__in=roles_with(Ability.EDIT_CASES))
        context["is_empty_office"] = not at_work.exists()
    return render(request, "packets/home.html", context)
