"""Closing a case, opening it again, holding it, and what is due for erasure."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from caseapp.accounts.access import require
from caseapp.accounts.queries import office
from caseapp.accounts.recent import sign_in_recent_to_send, typed_before
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.cases.forms.closing import CloseForm, HoldForm
from caseapp.cases.models import Case
from caseapp.cases.queries import due_for_erasure, due_for_erasure_by
from caseapp.cases.retention import kept_until
from caseapp.cases.services.closing import (
    ClosedBeforeItWasOpened,
    HeldAlready,
    close_case,
    hold_case,
    release_case,
    reopen_case,
)


@require_safe
def case_closing(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """How the case ends: closed or open, held or not, and until when it is kept."""
    return _page(request, case_of(request.user, pk, Ability.SEE_CASES))


def _page(
    request: PersonRequest, case: Case, *, close: CloseForm | None = None, hold: HoldForm | None = None
) -> HttpResponse:
    years = office().keep_years
    until = kept_until(case.closed_on, years) if case.closed_on else None
    context = {
        "case": case,
        "close": close or CloseForm(initial={"on": timezone.localdate()}),
        "hold": hold or HoldForm(initial=typed_before(request)),
        "years": years,
        "until": until,
        "is_due": until is not None and until <= timezone.localdate(),
    }
    return render(request, "cases/closing/show.html", context, status=422 if close or hold else 200)


@require_POST
def case_close(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            close_case(by=request.user, case=case, on=form.cleaned_data["on"], today=timezone.localdate())
        except ClosedBeforeItWasOpened as error:
            form.add_error("on", str(error))
        else:
            messages.success(request, _("The case is closed."))
            return redirect("case_closing", case.pk)
    return _page(request, case, close=form)


@require_POST
def case_reopen(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    reopen_case(by=request.user, case=case)
    messages.success(request, _("The case is open again."))
    return redirect("case_closing", case.pk)


@require_POST
@sign_in_recent_to_send("hold_reason")
def case_hold(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _page(request, case, hold=form)
    try:
        hold_case(by=request.user, case=case, reason=form.cleaned_data["hold_reason"], now=timezone.now())
    except HeldAlready as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("The case is on hold: nothing of it can be erased."))
    return redirect("case_closing", case.pk)


@require_POST
@sign_in_recent_to_send()
def case_release(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    release_case(by=request.user, case=case)
    messages.success(request, _("The hold is lifted."))
    return redirect("case_closing", case.pk)


@require_safe
def cases_due(request: PersonRequest) -> HttpResponse:
    """What need not be kept any longer. Administrators see references and days, and nothing else of a case."""
    today, years = timezone.localdate(), office().keep_years
    sees_all = request.user.can(Ability.BREAK_GLASS)
    if not sees_all:
        require(request.user, Ability.KEEP_CASES)
    due = (
        due_for_erasure(today=today, years=years)
        if sees_all
        else due_for_erasure_by(request.user, today=today, years=years)
    )
    rows = [(case, kept_until(case.closed_on, years)) for case in due if case.closed_on]
    return render(request, "cases/closing/due.html", {"rows": rows, "years": years, "sees_all": sees_all})
