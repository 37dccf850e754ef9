"""The client's statements: taken from a declaration, put in order, and set against the case's evidence."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from caseapp.accounts.models import User
from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, statement_of
from caseapp.cases.forms import OrderForm
from caseapp.cases.forms.statements import BearingRow, DeclarationForm, StatementForm
from caseapp.cases.models import Case, Statement
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.queries import documents_in_order, evidence_in_order, statements_in_order
from caseapp.cases.services.statements import (
    Bears,
    StatementChangedMeanwhile,
    StatementDetails,
    add_statements,
    change_statement,
    move_statement,
    remove_statement,
    set_bearings,
)
from caseapp.cases.views.evidence import is_in_place


@require_safe
def case_statements(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    return render(request, "cases/statement/list.html", _listed(case))


def _listed(case: Case) -> dict[str, Any]:
    return {"case": case, "statements": statements_in_order(case)}


@require_http_methods(["GET", "HEAD", "POST"])
def statement_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """First the declaration, then its pieces, of which the ticked ones become statements."""
    case = case_of(request.user, pk)
    form = DeclarationForm(request.POST if request.method == "POST" else None, case=case)
    context: dict[str, Any] = {"case": case, "form": form, "cancel_url": reverse("case_statements", args=[case.pk])}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cases/statement/add.html", context, status=422 if form.errors else 200)
    chosen = form.chosen(request.POST.getlist("chosen"))
    if "choosing" in request.POST and chosen:
        document = form.cleaned_data["document"]
        added = add_statements(
            by=request.user,
            case=case,
            statements=[StatementDetails(piece.text, piece.paragraph, document=document) for piece in chosen],
        )
        words = ngettext("%(count)s statement added.", "%(count)s statements added.", len(added))
        messages.success(request, words % {"count": len(added)})
        return redirect("case_statements", case.pk)
    is_empty = "choosing" in request.POST
    context |= {"error": _("Tick at least one statement.") if is_empty else ""}
    return render(request, "cases/statement/choose.html", context, status=422 if is_empty else 200)


@require_POST
def statement_move(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk)
    form, status = OrderForm(request.POST), HTTPStatus.OK
    try:
        if not form.is_valid():
            raise OrderOutOfDate
        move_statement(by=request.user, case=case, seen=form.cleaned_data["seen"], order=form.wanted())
    except OrderOutOfDate as error:
        messages.warning(request, str(error))
        status = HTTPStatus.CONFLICT
    if status == HTTPStatus.OK and not is_in_place(request):
        return redirect("case_statements", case.pk)
    template = "cases/statement/_moved.html" if is_in_place(request) else "cases/statement/list.html"
    return render(request, template, _listed(case), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_edit(request: PersonRequest, pk: int) -> HttpResponse:
    statement = statement_of(request.user, pk)
    form = StatementForm(request.POST if request.method == "POST" else None, statement=statement)
    context = _about(statement) | {"form": form}
    if request.method == "POST" and form.is_valid():
        details, version = StatementDetails(**form.details), form.cleaned_data["version"] or 0
        try:
            change_statement(by=request.user, statement=statement, details=details, version=version)
        except StatementChangedMeanwhile as error:
            context |= {"conflict": str(error), "differences": form.differences_from(error.standing)}
            return render(request, "cases/statement/edit.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect("case_statements", statement.case_id)
    return render(request, "cases/statement/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_bearings(request: PersonRequest, pk: int) -> HttpResponse:
    """What of the case's evidence and documents supports the statement, cuts against it, or gives context."""
    statement = statement_of(request.user, pk)
    data = request.POST if request.method == "POST" else None
    passages, documents = _bearing_rows(statement, data, request.user)
    rows = [*passages, *documents]
    version = request.POST.get("version", "")
    context = _about(statement) | {"passages": passages, "documents": documents, "version": statement.version}
    status = HTTPStatus.OK
    if request.method == "POST" and not any(row.errors for row in rows):
        try:
            set_bearings(
                by=request.user,
                statement=statement,
                bearings=[bears for row in rows if (bears := _bears(row))],
                version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            )
        except StatementChangedMeanwhile as error:
            context |= {"conflict": str(error)}
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('case_statements', args=[statement.case_id])}#statement-{statement.pk}")
    elif request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "cases/statement/bearings.html", context, status=status)


def _bearing_rows(
    statement: Statement, data: QueryDict | None, user: User
) -> tuple[list[BearingRow], list[BearingRow]]:
    standing = {(row.evidence_id, row.document_id): row for row in statement.bearings.all()}
    may_show = user.can(Ability.BUILD_PACKETS)
    passages = [
        BearingRow(data, target=item, standing=standing.get((item.pk, None)), may_show=may_show)
        for item in evidence_in_order(statement.case)
    ]
    documents = [
        BearingRow(data, target=document, standing=standing.get((None, document.pk)), may_show=may_show)
        for document in documents_in_order(statement.case)
    ]
    return passages, documents


def _bears(row: BearingRow) -> Bears | None:
    if not row.cleaned_data["relation"]:
        return None
    relation, _colon, shown = row.cleaned_data["relation"].partition(":")
    return Bears(row.target, relation, shown == "shown", row.cleaned_data["pages"] if row.is_document else "")


@require_http_methods(["GET", "HEAD", "POST"])
def statement_remove(request: PersonRequest, pk: int) -> HttpResponse:
    statement = statement_of(request.user, pk)
    if request.method == "POST":
        remove_statement(by=request.user, statement=statement)
        messages.success(request, _("The statement is out of the case."))
        return redirect("case_statements", statement.case_id)
    return render(request, "cases/statement/remove.html", _about(statement))


def _about(statement: Statement) -> dict[str, Any]:
    return {
        "case": statement.case,
        "statement": statement,
        "cancel_url": reverse("case_statements", args=[statement.case_id]),
    }
