"""The evidence of a case: narrowed, in groups, and several pieces at once."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of
from caseapp.cases.evidence_rows import in_groups, narrowed, rows_of
from caseapp.cases.forms.evidence import EvidenceBulkForm, EvidenceFilterForm
from caseapp.cases.models import Case, EventSince, Statement
from caseapp.cases.services.evidence_bulk import EvidenceGone, bear_on_statement, point_all, quote_all, remove_all


@require_safe
def case_evidence(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.SEE_CASES)
    return render(request, "cases/evidence/list.html", listed(request, case))


def listed(request: PersonRequest, case: Case, *, bulk: EvidenceBulkForm | None = None) -> dict[str, Any]:
    """What the page shows. Only the whole list, as it stands, can be sorted."""
    statements = _statements(case)
    choose = EvidenceFilterForm(request.GET, case=case, statements=statements)
    asked = choose.narrowing
    rows = rows_of(case, today=timezone.localdate())
    shown = narrowed(rows, asked)
    return {
        "case": case,
        "rows": rows,
        "shown": shown,
        "groups": in_groups(shown, asked.by),
        "asked": asked,
        "choose": choose,
        "is_sortable": not asked.is_narrow and not asked.by,
        "stale": sum(row.aged is not None for row in rows),
        "events": EventSince.objects.filter(case=case).prefetch_related("themes"),
        "bulk": bulk or _bulk_form(request, case, statements),
        "ticked": set(request.POST.getlist("items")),
    }


@require_POST
def evidence_bulk(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """The same for all the ticked pieces, or nothing."""
    case = case_of(request.user, pk)
    form = _bulk_form(request, case, _statements(case), data=True)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        if form.is_valid():
            if form.cleaned_data["do"] == "remove" and not form.cleaned_data["sure"]:
                return render(request, "cases/evidence/remove_all.html", _asking(case, form))
            messages.success(request, _done(request, case, form))
            return redirect("case_evidence", case.pk)
        messages.error(request, form.sentence)
    except EvidenceGone as error:
        messages.warning(request, str(error))
        status = HTTPStatus.CONFLICT
    return render(request, "cases/evidence/list.html", listed(request, case, bulk=form), status=status)


def _done(request: PersonRequest, case: Case, form: EvidenceBulkForm) -> str:
    """Does it, and says so. Raises EvidenceGone."""
    sent = form.cleaned_data
    if sent["do"] == "remove":
        count = remove_all(by=request.user, case=case, evidence=sent["items"])
        words = ngettext("%(n)d passage is out of the case.", "%(n)d passages are out of the case.", count)
        return words % {"n": count}
    if sent["do"] in ("element", "not-element"):
        is_on = sent["do"] == "element"
        count = point_all(by=request.user, case=case, evidence=sent["items"], element=sent["element"], is_on=is_on)
        return ngettext("%(n)d passage was changed.", "%(n)d passages were changed.", count) % {"n": count}
    if sent["do"] in ("quote", "not-quote"):
        count = quote_all(by=request.user, case=case, evidence=sent["items"], is_quoted=sent["do"] == "quote")
        return ngettext("%(n)d passage was changed.", "%(n)d passages were changed.", count) % {"n": count}
    relation, _colon, shown = sent["relation"].partition(":")
    count = bear_on_statement(
        by=request.user,
        case=case,
        evidence=sent["items"],
        statement=sent["statement"],
        relation=relation,
        is_shown=shown == "shown",
    )
    words = ngettext("%(n)d passage bears on the statement now.", "%(n)d passages bear on the statement now.", count)
    return words % {"n": count}


def _bulk_form(
    request: PersonRequest, case: Case, statements: list[Statement], *, data: bool = False
) -> EvidenceBulkForm:
    may_show = Ability.BUILD_PACKETS in case.rights
    return EvidenceBulkForm(request.POST if data else None, case=case, statements=statements, may_show=may_show)


def _asking(case: Case, form: EvidenceBulkForm) -> dict[str, Any]:
    return {
        "case": case,
        "items": form.cleaned_data["items"],
        "cancel_url": reverse("case_evidence", args=[case.pk]),
    }


def _statements(case: Case) -> list[Statement]:
    return list(Statement.objects.filter(case=case).order_by("position", "pk"))
