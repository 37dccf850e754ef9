"""What happened on a case, and, for its lawyer, who came to look."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.forms import AskedForm
from caseapp.audit.models import Event
from caseapp.audit.queries import events_of_case, people_on, visits
from caseapp.cases.access import case_of
from caseapp.cases.models import Glass
from caseapp.cases.queries import documents_in_order

EVENTS_ON_A_PAGE = 50


@require_safe
def case_history(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.SEE_CASES)
    events = events_of_case(case.pk)
    form = AskedForm(request.GET, people=people_on(events))
    page = Paginator(form.asked.within(events), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    documents = {str(document.pk): document for document in documents_in_order(case)}
    may_see_visits = Ability.KEEP_CASES in case.rights
    reasons = dict(Glass.objects.filter(case=case).values_list("pk", "reason")) if may_see_visits else {}
    context = {
        "case": case,
        "form": form,
        "page": page,
        "events": [(event, documents.get(event.subject_id), _reason(event, reasons)) for event in page.object_list],
        "may_see_visits": may_see_visits,
    }
    return render(request, "cases/case/history.html", context, status=form.status)


def _reason(event: Event, reasons: dict[int, str]) -> str:
    """Why somebody looked in from outside: it stands with the case, not on record."""
    return reasons.get(int(event.subject_id), "") if event.action == Action.GLASS_BROKEN else ""


@require_safe
def case_visits(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """For the lawyer who answers for the case."""
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    events = events_of_case(case.pk)
    form = AskedForm(request.GET, people=people_on(events), kinds=())
    page = Paginator(visits(form.asked.within(events)), EVENTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "form": form, "page": page, "is_of_history": True}
    return render(request, "cases/case/visits.html", context, status=form.status)
