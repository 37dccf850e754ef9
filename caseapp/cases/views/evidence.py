"""Choosing excerpts for a case, saying why, and putting them in order.

Each of these works as a page of its own; where htmx asks, it gets the piece of the page that changed.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from caseapp.accounts.requests import PersonRequest
from caseapp.cases.access import case_of, evidence_of
from caseapp.cases.forms import EvidenceForm, ExcerptSearchForm, OrderForm, WhyForm
from caseapp.cases.models import Case
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.queries import evidence_in_order
from caseapp.cases.services.evidence import (
    WhyChangedMeanwhile,
    add_evidence,
    change_why,
    move_evidence,
    remove_evidence,
)

EXCERPTS_ON_A_PAGE = 25


def is_in_place(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page it is on."""
    return request.headers.get("HX-Request") == "true"


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """Search the library's excerpts (GET) and add those that are ticked (POST)."""
    case = case_of(request.user, pk)
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        added = add_evidence(by=request.user, case=case, **form.cleaned_data)
        messages.success(request, _words_for_added(len(added)))
        return redirect(request.get_full_path() if "more" in request.POST else case)
    search = ExcerptSearchForm(request.GET)
    page = Paginator(search.found(), EXCERPTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "form": form,
        "search": search,
        "page": page,
        "already": set(case.evidence.values_list("excerpt_id", flat=True)),
        "ticked": set(request.POST.getlist("excerpts")),
    }
    return render(request, "cases/evidence/add.html", context, status=422 if form.errors else 200)


def _words_for_added(count: int) -> str:
    if not count:
        return _("Those passages were in the case already.")
    return ngettext("%(count)s passage added.", "%(count)s passages added.", count) % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_why(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    """The reason for one piece of evidence and its line in the index, edited in place or on a page of their own."""
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    initial = {"why": item.why, "was": item.why, "relevance": item.relevance, "relevance_was": item.relevance}
    form = WhyForm(request.POST if request.method == "POST" else None, initial=initial)
    seen = {name: form[name].value() or "" for name in ("was", "relevance_was")}
    context: dict[str, Any] = {"case": case, "item": item, "form": form} | seen
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            context["item"] = change_why(by=request.user, evidence=item, **form.cleaned_data)
        except WhyChangedMeanwhile as error:
            standing = error.standing
            context |= {"conflict": str(error), "item": standing}
            context |= {"was": standing.why, "relevance_was": standing.relevance}
            status = 409
        else:
            context["saved"] = True
            return render(request, "cases/evidence/_why.html", context) if is_in_place(request) else redirect(case)
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
        return redirect(case)
    template = "cases/evidence/_moved.html" if is_in_place(request) else "cases/case/show.html"
    return render(request, template, {"case": case, "evidence": evidence_in_order(case)}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(request: PersonRequest, pk: uuid.UUID, evidence_pk: int) -> HttpResponse:
    case = case_of(request.user, pk)
    item = evidence_of(case, evidence_pk)
    if request.method == "POST":
        remove_evidence(by=request.user, evidence=item)
        messages.success(request, _("The passage is out of the case. It stays in the library."))
        return redirect(case)
    return render(request, "cases/evidence/remove.html", {"case": case, "item": item})
