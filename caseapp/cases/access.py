"""The one door to a case: turns an id into a case of this person's, and notes who came through."""

import datetime as dt
import uuid

from django.shortcuts import get_object_or_404
from django.utils import timezone

from caseapp.accounts.access import require
from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import Event, record
from caseapp.cases.models import Case, CaseEvidence, CaseMember, Document, Statement

# Somebody at work opens a case many times an hour; the history stays readable if one visit is one line.
ONE_VISIT = dt.timedelta(minutes=10)


def case_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Case:
    """A stranger to the case gets the 404 of a case that does not exist; a team member without the ability, 403."""
    return let_in(user, get_object_or_404(Case.objects.visible_to(user), pk=pk), ability)


def let_in(user: User, case: Case, ability: Ability) -> Case:
    """For whatever leads to a case: ask for the ability, then put the visit on record."""
    require(user, ability)
    note_visit(by=user, case=case, now=timezone.now())
    return case


def note_visit(*, by: User, case: Case, now: dt.datetime) -> None:
    """Put on record that this person looked at the case: once for each person and visit."""
    visits = Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=by.pk)
    if not visits.filter(at__gt=now - ONE_VISIT).exists():
        record(by=by, action=Action.CASE_VIEWED, subject=case, label=case.reference, case_id=case.pk)


def note_document_seen(*, by: User, document: Document, now: dt.datetime) -> None:
    """Put on record that this person opened the document: once for each person and visit."""
    seen = Event.objects.of_case(document.case_id).filter(
        action=Action.DOCUMENT_VIEWED, actor_id=by.pk, subject_id=str(document.pk)
    )
    if not seen.filter(at__gt=now - ONE_VISIT).exists():
        record(by=by, action=Action.DOCUMENT_VIEWED, subject=document, case_id=document.case_id)


def evidence_of(case: Case, pk: int) -> CaseEvidence:
    """One piece of evidence of a case that somebody already came through to."""
    rows = CaseEvidence.objects.select_related("excerpt__capture__source")
    return get_object_or_404(rows, case=case, pk=pk)


def member_of(case: Case, pk: int) -> CaseMember:
    return get_object_or_404(CaseMember.objects.select_related("user"), case=case, pk=pk)


def document_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Document:
    rows = Document.objects.visible_to(user).select_related("case", "added_by").defer("text", "page_map")
    document = get_object_or_404(rows, pk=pk)
    let_in(user, document.case, ability)
    return document


def statement_of(user: User, pk: int, ability: Ability = Ability.EDIT_CASES) -> Statement:
    rows = Statement.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case", "document")
    statement = get_object_or_404(rows.defer("document__text", "document__page_map"), pk=pk)
    let_in(user, statement.case, ability)
    return statement
