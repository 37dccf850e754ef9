"""One piece of evidence: saying why it is there, putting it in order, taking a newer passage, taking it out.

Each of these works as a page of its own; where htmx asks, it gets the piece of the page that changed.
"""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import case_of, evidence_of
from caseapp.cases.forms import OrderForm, WhyForm
from caseapp.cases.models import Case, CaseEvidence
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.renewing import offered_instead
from caseapp.cases.services.evidence import (
    CannotRenew,
    WhyChangedMeanwhile,
    change_why,
    move_evidence,
    remove_evidence,
    renew_evidence,
)
from caseapp.cases.views.evidence_list import listed
from caseapp.cases.views.in_place import is_in_place
from caseapp.core.fields import number_in


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_why(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    """The reason for one piece of evidence, its line in the index, what the case says to it: in place or on a page."""
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    initial = {"why": item.why, "was": item.why, "relevance": item.relevance, "relevance_was": item.relevance}
    initial |= {"answer": item.answer, "answer_was": item.answer}
    form = WhyForm(request.POST if request.method == "POST" else None, initial=initial)
    seen = {name: form[name].value() or "" for name in ("was", "relevance_was", "answer_was")}
    context: dict[str, Any] = {"case": case, "item": item, "form": form} | seen
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            context["item"] = change_why(by=request.user, evidence=item, **form.cleaned_data)
        except WhyChangedMeanwhile as error:
            standing = error.standing
            context |= {"conflict": str(error), "item": standing}
            context |= {"was": standing.why, "relevance_was": standing.relevance, "answer_was": standing.answer}
            status = 409
        else:
            context["saved"] = True
            if is_in_place(request):
                return render(request, "cases/evidence/_why.html", context)
            return redirect("case_evidence", case.pk)
    template = "cases/evidence/_why_form.html" if is_in_place(request) else "cases/evidence/why.html"
    return render(request, template, context, status=status)


@require_POST
def evidence_move(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form, status = OrderForm(request.POST), 200
    try:
        if not form.is_valid():
            raise OrderOutOfDate
        move_evidence(by=request.user, case=case, seen=form.cleaned_data["seen"], order=form.wanted())
    except OrderOutOfDate as error:
        messages.warning(request, str(error))
        status = 409
    return _answer_with_list(request, case, status)


def _answer_with_list(request: PersonRequest, case: Case, status: int) -> HttpResponse:
    if status == 200 and not is_in_place(request):
        return redirect("case_evidence", case.pk)
    template = "cases/evidence/_moved.html" if is_in_place(request) else "cases/evidence/list.html"
    return render(request, template, listed(request, case), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    if request.method == "POST":
        remove_evidence(by=request.user, evidence=item)
        messages.success(request, _("The passage is out of the case. It stays in the library."))
        return redirect("case_evidence", case.pk)
    context = {"case": case, "item": item, "cancel_url": reverse("case_evidence", args=[case.pk])}
    return render(request, "cases/evidence/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_renew(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    """A passage of the newer edition in place of this one; all else that was said of it stays."""
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            _renew(request, item)
        except CannotRenew as error:
            messages.warning(request, str(error))
            item = evidence_of(case, evidence_pk)
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The newer passage is in its place."))
            return redirect(f"{reverse('case_evidence', args=[case.pk])}#evidence-{item.pk}")
    context = {"case": case, "item": item, "cancel_url": reverse("case_evidence", args=[case.pk])}
    return render(request, "cases/evidence/renew.html", context | offered_instead(item), status=status)


def _renew(request: PersonRequest, item: CaseEvidence) -> None:
    renew_evidence(
        by=request.user,
        evidence=item,
        excerpt=number_in(request.POST.get("excerpt")) or 0,
        was=number_in(request.POST.get("was")) or 0,
    )
