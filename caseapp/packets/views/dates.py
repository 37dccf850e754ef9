"""By when a case has to be filed, and the work planned back from it. It stands here because packets are part of it."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.cases.calendars import kind_in_words
from caseapp.cases.dates import dates_of_case, office_steps, steps_of, today_of
from caseapp.cases.deadlines import notes_on, steps_before
from caseapp.cases.forms import OfficeStepsForm, StepsForm
from caseapp.cases.models import Case
from caseapp.cases.queries import cases_by_next_date, taken_from_by
from caseapp.cases.services.cases import CaseChangedMeanwhile
from caseapp.cases.services.planning import change_office_steps, change_steps, take_calendar
from caseapp.packets.preparing import how_far


@require_http_methods(["GET", "HEAD", "POST"])
def case_dates(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The dates, with how each was counted; POST says how this case works back from them."""
    case = case_of(request.user, pk, Ability.EDIT_CASES if request.method == "POST" else Ability.SEE_CASES)
    form = StepsForm(request.POST if request.method == "POST" else None, case=case, office=office_steps())
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            change_steps(by=request.user, case=case, steps=form.days, version=version)
        except CaseChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return _dates(request, case, context, status=409)
        messages.success(request, _("Saved."))
        return redirect("case_dates", pk=case.pk)
    return _dates(request, case, context, status=422 if form.errors else 200)


def _dates(request: PersonRequest, case: Case, context: dict[str, Any], *, status: int) -> HttpResponse:
    now = timezone.now()
    dates, today = dates_of_case(case, now=now), today_of(case, now=now)
    context |= {"case": case, "dates": dates, "today": today, "notes": notes_on(dates, today=today)}
    if dates.stands:
        registry, safe, far = dates.facts.registry, dates.stands.safe, how_far(case)
        steps = steps_before(safe, steps_of(case, office=office_steps()), registry)
        context |= {
            "steps": [(step, far[step.name], kind_in_words(step.name)) for step in steps],
            "business_days": registry.business_days_between(today, safe),
            "ends_at": registry.end_of(dates.stands.due) if registry.zone != settings.TIME_ZONE else None,
        }
    return render(request, "packets/dates/show.html", context, status=status)


@require_safe
def case_calendar(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """To take away, so not for who only looks."""
    case = case_of(request.user, pk, Ability.TAKE_DOCUMENTS)
    return _calendar(request, [case])


@require_safe
def calendar_all(request: PersonRequest) -> HttpResponse:
    """The dates of all cases of which this person may take something away."""
    require(request.user, Ability.SEE_CASES)
    mine = set(taken_from_by(request.user).values_list("pk", flat=True))
    cases = [case for case in cases_by_next_date(request.user, now=timezone.now()) if case.pk in mine]
    return _calendar(request, cases)


def _calendar(request: PersonRequest, cases: list[Case]) -> HttpResponse:
    made = take_calendar(by=request.user, cases=cases, now=timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="dates.ics"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def planning_edit(request: PersonRequest) -> HttpResponse:
    """How the whole office works back from a filing date: lawyers decide it."""
    require(request.user, Ability.BUILD_PACKETS)
    form = OfficeStepsForm(request.POST if request.method == "POST" else None, office=office_steps())
    if request.method == "POST" and form.is_valid():
        change_office_steps(by=request.user, steps=form.steps)
        messages.success(request, _("Saved. It counts for every case that says nothing else."))
        return redirect("planning_edit")
    return render(request, "packets/dates/planning.html", {"form": form}, status=422 if form.errors else 200)
