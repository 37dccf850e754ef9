"""A person's cases, and the details of one."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.access import require
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, note_listed
from caseapp.cases.forms import CaseForm
from caseapp.cases.queries import cases_by_next_date
from caseapp.cases.services.cases import CaseChangedMeanwhile, CaseDetails, ReferenceTaken, change_case, open_case

CASES_ON_A_PAGE = 50


@require_safe
def case_list(request: PersonRequest) -> HttpResponse:
    now = timezone.now()
    note_listed(by=request.user, now=now)
    cases = cases_by_next_date(request.user, now=now)
    page = Paginator(cases, CASES_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/case/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def case_add(request: PersonRequest) -> HttpResponse:
    require(request.user, Ability.EDIT_CASES)
    form = CaseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            case = open_case(by=request.user, details=CaseDetails(**form.details))
        except ReferenceTaken as error:
            form.add_error("reference", str(error))
        else:
            said, words = _("The case is open, and you alone see it."), _("Add its team")
            messages.success(
                request, format_html('{} <a href="{}">{}</a>', said, reverse("case_team", args=[case.pk]), words)
            )
            return redirect(case)
    return render(request, "cases/case/add.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
def case_edit(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form = CaseForm(request.POST if request.method == "POST" else None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "cancel_url": case.get_absolute_url()}
    if request.method == "POST" and form.is_valid():
        try:
            details, version = CaseDetails(**form.details), form.cleaned_data["version"] or 0
            change_case(by=request.user, case=case, details=details, version=version)
        except ReferenceTaken as error:
            form.add_error("reference", str(error))
        except CaseChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/case/edit.html", context, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect(case)
    return render(request, "cases/case/edit.html", context, status=_status(form))


def _status(form: CaseForm) -> int:
    return 422 if form.errors else 200
