"""Erasing a case, after everything about it has been said once more."""

import uuid

from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from caseapp.accounts.queries import office
from caseapp.accounts.recent import sign_in_recent
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.cases.forms.closing import EraseForm
from caseapp.cases.retention import kept_until
from caseapp.packets.services.erasure import CaseHeld, StillAtWork, WrongReference, erase_case


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_recent
def case_erase(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.KEEP_CASES)
    form, status = EraseForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            erase_case(by=request.user, case=case, reference=form.cleaned_data["reference"])
        except WrongReference as error:
            form.add_error("reference", str(error))
        except (CaseHeld, StillAtWork) as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, _("The case is erased. That this was done, and by whom, stays on record."))
            return redirect("case_list")
    until = kept_until(case.closed_on, office().keep_years) if case.closed_on else None
    context = {
        "case": case,
        "form": form,
        "until": until,
        "is_early": until is None or until > timezone.localdate(),
        "is_postgresql": connection.vendor == "postgresql",
        "cancel_url": reverse("case_closing", args=[case.pk]),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "packets/case/erase.html", context, status=status)
