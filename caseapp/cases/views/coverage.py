"""Coverage: what must be shown in this case, what stands behind each part of it, and where the gaps are."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.cases.coverage.passages import COLUMNS, Passage, place_of, within
from caseapp.cases.covering import Coverage, coverage_of
from caseapp.cases.dates import today_of
from caseapp.cases.elements import Element, element_named
from caseapp.cases.forms.coverage import ExplanationForm
from caseapp.cases.models import CaseEvidence
from caseapp.cases.offering import offers_of
from caseapp.cases.queries import evidence_in_order
from caseapp.cases.services.coverage import ExplanationChangedMeanwhile, explain_gap, story_of_the_week

PASSAGES_ON_A_PAGE = 25
# Stands in the address of the passages that go to nothing.
NOTHING = "nothing"


@require_safe
def case_show(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.SEE_CASES)
    today = today_of(case, now=timezone.now())
    coverage = coverage_of(case, today=today)
    context = {
        "case": case,
        "coverage": coverage,
        "offers": offers_of(coverage),
        "story": story_of_the_week(coverage=coverage, today=today),
    }
    return render(request, "cases/case/show.html", context)


@require_safe
def coverage_summary(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """One page to print. The client's name stands on it only where ?client= asks for that."""
    case = case_of(request.user, pk, Ability.SEE_CASES)
    today = today_of(case, now=timezone.now())
    coverage = coverage_of(case, today=today)
    context = {"case": case, "coverage": coverage, "today": today, "names_client": "client" in request.GET}
    return render(request, "cases/coverage/summary.html", context)


@require_safe
def coverage_passages(request: PersonRequest, pk: uuid.UUID, element: str) -> HttpResponse:
    """What a cell of the matrix counts, in the order of the evidence."""
    case = case_of(request.user, pk, Ability.SEE_CASES)
    coverage = coverage_of(case, today=today_of(case, now=timezone.now()))
    found = None if element == NOTHING else _element(coverage, element)
    asked = request.GET.get("show", "all")
    column = asked if asked in COLUMNS else "all"
    passages = within(coverage.passages, place_of(found, coverage.elements), column) if found else coverage.loose
    page = Paginator(passages, PASSAGES_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "element": found, "column": column, "page": page, "items": _items(coverage, page)}
    return render(request, "cases/coverage/passages.html", context)


def _items(coverage: Coverage, page: Any) -> list[tuple[CaseEvidence, Passage, list[Element]]]:
    by_pk: dict[int, Passage] = {passage.pk: passage for passage in page.object_list}
    rows = evidence_in_order(coverage.case).filter(pk__in=by_pk).select_related("excerpt__capture__source__origin")
    return [
        (item, by_pk[item.pk], [one for one in coverage.elements if one.key in by_pk[item.pk].elements])
        for item in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def coverage_note(request: PersonRequest, pk: uuid.UUID, element: str) -> HttpResponse:
    """Why an element is no gap in this case."""
    case = case_of(request.user, pk, Ability.BUILD_PACKETS)
    coverage = coverage_of(case, today=today_of(case, now=timezone.now()))
    row = next(row for row in coverage.rows if row.element == _element(coverage, element))
    words = coverage.notes[element].words if element in coverage.notes else ""
    form = ExplanationForm(request.POST if request.method == "POST" else None, initial={"words": words, "was": words})
    back = f"{case.get_absolute_url()}#element-{element}"
    context: dict[str, Any] = {"case": case, "row": row, "form": form, "was": form["was"].value() or ""}
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            explain_gap(by=request.user, case=case, element=element, now=timezone.now(), **form.cleaned_data)
        except ExplanationChangedMeanwhile as error:
            differences = form.differences_from(error.standing)
            context |= {"conflict": str(error), "differences": differences, "was": error.standing}
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    return render(request, "cases/coverage/note.html", context | {"cancel_url": back}, status=status)


def _element(coverage: Coverage, key: str) -> Element:
    """One of those that the case's forum asks for."""
    element = element_named(key)
    if element not in coverage.elements:
        raise Http404
    return element
