"""The one door to a case: turns an id into a case of this person's, and notes who came through."""

import datetime as dt
import uuid

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit import origin
from caseapp.audit.actions import Action
from caseapp.audit.models import Event, record
from caseapp.cases.models import (
    Case,
    CaseComment,
    CaseEvidence,
    CaseMember,
    CaseMention,
    CaseTask,
    Document,
    DocumentCertificate,
    EventSince,
    Glass,
    Statement,
)
from caseapp.cases.parts import WHEN_CLOSED
from caseapp.cases.rights import glasses_of, rights_on

# Somebody at work opens a case many times an hour; the history stays readable if one visit is one line.
ONE_VISIT = dt.timedelta(minutes=10)


class CaseIsClosed(PermissionDenied):
    """Nothing in a closed case is changed."""

    def __init__(self) -> None:
        super().__init__(
            _("This case is closed, so it can be read and not changed. A lawyer of the case can open it again.")
        )


def case_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Case:
    """A stranger to the case gets the 404 of a case that does not exist; a team member without the ability, 403.

    Pages that only show ask for SEE_CASES.
    """
    return let_in(user, get_object_or_404(Case.objects.visible_to(user), pk=pk), ability)


def let_in(user: User, case: Case, ability: Ability) -> Case:
    """For whatever leads to a case: ask for the ability, then put the visit on record."""
    now = timezone.now()
    case.rights = rights_on(case, user, now)
    _require(case, ability)
    if user.can(Ability.BREAK_GLASS):
        note_opening(by=user, case=case, now=now)
    else:
        note_visit(by=user, case=case, now=now)
    return case


def require_on(case: Case, user: User | None, ability: Ability) -> None:
    """For services, which may be asked by somebody whose rights have changed since the page was opened.

    None is the command line, which may do everything.
    """
    if user is not None:
        case.rights = rights_on(case, user, timezone.now())
        _require(case, ability)


def _require(case: Case, ability: Ability) -> None:
    if ability in case.rights:
        return
    if case.closed_on and ability not in WHEN_CLOSED:
        raise CaseIsClosed
    raise PermissionDenied


def note_visit(*, by: User, case: Case, now: dt.datetime) -> None:
    """Put on record that this person looked at the case: once for each person and visit."""
    visits = Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=by.pk)
    if not visits.filter(at__gt=now - ONE_VISIT).exists():
        record(by=by, action=Action.CASE_VIEWED, subject=case, label=case.reference, case_id=case.pk)


def note_opening(*, by: User, case: Case, now: dt.datetime) -> None:
    """Put on record which page somebody opened who looks in from outside: each one, each time.

    What asks again by itself, such as progress, is once for each page and visit. Whoever claims that of a page they
    open themselves hides no page by it: it is on record from the same visit.
    """
    page = origin.page()
    opened = Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED, actor_id=by.pk, detail=page.detail)
    if page.by_itself and opened.filter(at__gt=now - ONE_VISIT).exists():
        return
    record(by=by, action=Action.CASE_VIEWED, subject=case, label=case.reference, case_id=case.pk, **page.detail)


def note_listed(*, by: User, now: dt.datetime) -> None:
    """For pages that list cases: whoever looks into one from outside has opened a page that shows something of it."""
    if by.can(Ability.BREAK_GLASS):
        for case in Case.objects.visible_to(by):
            note_opening(by=by, case=case, now=now)


def note_document_opened(*, by: User, document: Document) -> None:
    """Put on record that this person opened the document: every time."""
    record(by=by, action=Action.DOCUMENT_VIEWED, subject=document, case_id=document.case_id)


def note_page_seen(*, by: User, document: Document, now: dt.datetime) -> None:
    """The pages that follow belong to the opening of their document, unless nobody put that on record."""
    seen = Event.objects.of_case(document.case_id).filter(
        action=Action.DOCUMENT_VIEWED, actor_id=by.pk, subject_id=str(document.pk)
    )
    if not seen.filter(at__gt=now - ONE_VISIT).exists():
        note_document_opened(by=by, document=document)


def evidence_of(case: Case, pk: int) -> CaseEvidence:
    """One piece of evidence of a case that somebody already came through to."""
    rows = CaseEvidence.objects.select_related("excerpt__capture__source")
    return get_object_or_404(rows, case=case, pk=pk)


def member_of(case: Case, pk: int) -> CaseMember:
    return get_object_or_404(CaseMember.objects.select_related("user"), case=case, pk=pk)


def glass_of(user: User, pk: int) -> Glass:
    """Of a case of which this person is a lawyer: somebody else's look into it."""
    glass = get_object_or_404(Glass.objects.select_related("case"), pk=pk, case__in=Case.objects.visible_to(user))
    if not glasses_of(user).filter(pk=pk).exists():
        raise PermissionDenied
    return glass


def own_glass(user: User, pk: int) -> Glass:
    """A look of this person's own, whether it is over or not."""
    return get_object_or_404(Glass.objects.select_related("case"), pk=pk, user=user)


def document_of(user: User, pk: uuid.UUID, ability: Ability = Ability.EDIT_CASES) -> Document:
    rows = Document.objects.visible_to(user).select_related("case", "added_by", "newer", "replaces")
    document = get_object_or_404(rows, pk=pk)
    let_in(user, document.case, ability)
    return document


def certificate_of(user: User, document_pk: uuid.UUID, number: int, ability: Ability) -> DocumentCertificate:
    """Of the translation beside a document."""
    document = document_of(user, document_pk, ability)
    certificates = DocumentCertificate.objects.select_related("translation__document")
    return get_object_or_404(certificates, translation__document=document, number=number)


def statement_of(user: User, pk: int, ability: Ability = Ability.EDIT_CASES) -> Statement:
    rows = Statement.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case", "document")
    statement = get_object_or_404(rows, pk=pk)
    let_in(user, statement.case, ability)
    return statement


def task_of(user: User, pk: int) -> CaseTask:
    tasks = CaseTask.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case", "assignee")
    task = get_object_or_404(tasks, pk=pk)
    let_in(user, task.case, Ability.EDIT_CASES)
    return task


def own_comment_of(user: User, pk: int) -> CaseComment:
    """For its author alone; the rest of the team can read it."""
    comments = CaseComment.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case")
    comment = get_object_or_404(comments, pk=pk)
    if comment.written_by_id != user.pk:
        raise PermissionDenied
    let_in(user, comment.case, Ability.EDIT_CASES)
    return comment


def mention_of(user: User, pk: int) -> CaseMention:
    """Of this person, on a case whose team they are still on."""
    mentions = CaseMention.objects.filter(user=user, comment__case__in=Case.objects.visible_to(user))
    mention = get_object_or_404(mentions.select_related("comment__case"), pk=pk)
    let_in(user, mention.comment.case, Ability.SEE_CASES)
    return mention


def event_since_of(user: User, pk: int, ability: Ability = Ability.EDIT_CASES) -> EventSince:
    rows = EventSince.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case")
    event = get_object_or_404(rows, pk=pk)
    let_in(user, event.case, ability)
    return event
