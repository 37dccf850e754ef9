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

from caseapp.accounts.requests import PersonRequest
from caseapp.accounts.roles import Ability
from caseapp.cases.access import case_of, statement_of
from caseapp.cases.forms import OrderForm
from caseapp.cases.forms.statements import BearingRow, DeclarationForm, DivideForm, StatementForm
from caseapp.cases.models import Case, DocumentKind, Statement
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.queries import (
    documents_in_order,
    evidence_in_order,
    statement_after,
    statements_in_order,
    words_taken,
)
from caseapp.cases.services.dividing import (
    CannotDivide,
    CannotJoin,
    NothingBefore,
    divide_statement,
    join_statements,
    statement_before,
)
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
from caseapp.cases.splitting import left_out
from caseapp.cases.support import contradictions, unsupported
from caseapp.cases.versions import latest_of_papers, papers_of, standing_declarations
from caseapp.cases.views.in_place import is_in_place
from caseapp.cases.words import readable_paragraphs
from caseapp.core.differences import carry_version
from caseapp.core.fields import number_in


@require_safe
def case_statements(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    case = case_of(request.user, pk, Ability.SEE_CASES)
    return render(request, "cases/statement/list.html", _listed(case))


def _listed(case: Case) -> dict[str, Any]:
    statements = list(statements_in_order(case))
    said = words_taken(case)
    missing = [(document, left_out(readable_paragraphs(document), said)) for document in standing_declarations(case)]
    return {
        "case": case,
        "statements": statements,
        "contradictions": contradictions(statements),
        "gaps": unsupported(statements),
        "left_out": [(document, sentences) for document, sentences in missing if sentences],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def statement_add(request: PersonRequest, pk: uuid.UUID) -> HttpResponse:
    """First the declaration, then its pieces, of which the ticked ones become statements."""
    case = case_of(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = DeclarationForm(data, case=case, document=request.GET.get("document") or _only_declaration(case))
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
        _say_added(request, len(added), len(left_out(form.words, words_taken(case))))
        return redirect("case_statements", case.pk)
    is_empty = "choosing" in request.POST
    context |= {"error": _("Tick at least one statement.") if is_empty else ""}
    return render(request, "cases/statement/choose.html", context, status=422 if is_empty else 200)


def _only_declaration(case: Case) -> str:
    declarations = documents_in_order(case).filter(kind=DocumentKind.DECLARATION)[:2]
    return str(declarations[0].pk) if len(declarations) == 1 else ""


def _say_added(request: PersonRequest, added: int, missing: int) -> None:
    words = ngettext("%(count)s statement added.", "%(count)s statements added.", added) % {"count": added}
    if missing:
        words += " " + ngettext(
            "%(count)s sentence of the declaration was left out.",
            "%(count)s sentences of the declaration were left out.",
            missing,
        ) % {"count": missing}
    messages.success(request, words)


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
    passages, documents = _bearing_rows(statement, data)
    rows = [*passages, *documents]
    following = statement_after(statement)
    context = _about(statement) | {
        "passages": passages,
        "documents": documents,
        "version": statement.version,
        "following": following,
    }
    status = HTTPStatus.OK
    if request.method == "POST" and not any(row.errors for row in rows):
        try:
            set_bearings(
                by=request.user,
                statement=statement,
                bearings=[bears for row in rows if (bears := _bears(row))],
                version=number_in(request.POST.get("version")) or 0,
            )
        except StatementChangedMeanwhile as error:
            context |= {"conflict": str(error)}
            status = HTTPStatus.CONFLICT
        else:
            messages.success(request, _("Saved."))
            if following and request.POST.get("then") == "next":
                return redirect("statement_bearings", following.pk)
            return redirect(f"{reverse('case_statements', args=[statement.case_id])}#statement-{statement.pk}")
    elif request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "cases/statement/bearings.html", context, status=status)


def _bearing_rows(statement: Statement, data: QueryDict | None) -> tuple[list[BearingRow], list[BearingRow]]:
    papers, standing = papers_of(statement.case), list(statement.bearings.all())
    of_passages = {row.evidence_id: row for row in standing}
    of_papers = latest_of_papers(standing, papers)
    may_show = Ability.BUILD_PACKETS in statement.case.rights
    passages = [
        BearingRow(data, target=item, standing=of_passages.get(item.pk), may_show=may_show)
        for item in evidence_in_order(statement.case)
    ]
    documents = [
        BearingRow(data, target=document, standing=of_papers.get(papers.first(document.pk)), may_show=may_show)
        for document in papers.standing.values()
    ]
    return passages, documents


def _bears(row: BearingRow) -> Bears | None:
    if not row.cleaned_data["relation"]:
        return None
    relation, _colon, shown = row.cleaned_data["relation"].partition(":")
    pages = row.cleaned_data["pages"] if row.is_document else ""
    return Bears(row.target, relation, shown == "shown", pages, row.cleaned_data["answer"])


@require_http_methods(["GET", "HEAD", "POST"])
def statement_divide(request: PersonRequest, pk: int) -> HttpResponse:
    """One statement into several, where its words are parted by empty lines."""
    statement = statement_of(request.user, pk)
    form = DivideForm(request.POST if request.method == "POST" else None, statement=statement)
    context = _about(statement) | {"form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            divide_statement(by=request.user, statement=statement, parts=form.parts, version=version)
        except CannotDivide as error:
            form.add_error("text", str(error))
        except StatementChangedMeanwhile as error:
            carry_version(form, error.standing.version)
            context |= {"conflict": str(error), "standing": error.standing}
            return render(request, "cases/statement/divide.html", context, status=409)
        else:
            messages.success(request, _("Divided. Look at what bears on each part: it went with all of them."))
            return redirect(f"{context['cancel_url']}#statement-{statement.pk}")
    return render(request, "cases/statement/divide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def statement_join(request: PersonRequest, pk: int) -> HttpResponse:
    """The statement put at the end of the one before it."""
    statement = statement_of(request.user, pk)
    before = statement_before(statement)
    context = _about(statement) | {"before": before}
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            joined = _join(request, statement, before)
        except CannotJoin as error:
            context, status = context | {"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY
        except StatementChangedMeanwhile as error:
            context, status = context | {"error": str(error)}, HTTPStatus.CONFLICT
        else:
            messages.success(request, _("The two are one statement now."))
            return redirect(f"{context['cancel_url']}#statement-{joined.pk}")
    return render(request, "cases/statement/join.html", context, status=status)


def _join(request: PersonRequest, statement: Statement, before: Statement | None) -> Statement:
    if before is None:
        raise NothingBefore
    sent = request.POST
    if sent.get("before") != str(before.pk):
        raise StatementChangedMeanwhile(before)
    return join_statements(
        by=request.user,
        statement=statement,
        version=number_in(sent.get("version")) or 0,
        before=before,
        before_version=number_in(sent.get("before_version")) or 0,
    )


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
