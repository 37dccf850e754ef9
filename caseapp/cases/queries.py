"""What the screens of a case read. The text of a capture can be megabytes, so no list loads it."""

import datetime as dt

from django.db.models import Count, F, Prefetch, Q, QuerySet

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.models import Event
from caseapp.cases.dates import next_date
from caseapp.cases.models import (
    Bearing,
    Case,
    CaseComment,
    CaseEvidence,
    CaseMember,
    CaseMention,
    CaseTask,
    Document,
    DocumentStatus,
    Relation,
    Statement,
    ThemeElement,
)
from caseapp.cases.models.case import SEEING_ROLES
from caseapp.cases.parts import ABILITIES_OF_PARTS, Part, abilities_of
from caseapp.cases.retention import latest_due
from caseapp.library.models import Theme
from caseapp.library.publishers.official import is_official


def cases_by_next_date(user: User, *, now: dt.datetime) -> list[Case]:
    """This person's cases: the next filing date or hearing first, then those without a date, then those that are over.

    A filing date is counted, not stored, so the order is found here. A person is on the teams of some dozens of cases.
    """
    mine = Case.objects.visible_to(user).annotate(passages=Count("evidence"))

    def turn(case: Case) -> tuple[int, dt.date, str, str]:
        ahead = next_date(case, now=now)
        place = 0 if ahead else 1 if case.hearing_on is None else 2
        return place, ahead or case.hearing_on or dt.date.min, case.reference, str(case.pk)

    return sorted(mine, key=turn)


def taken_from_by(user: User) -> QuerySet[Case]:
    """Those of which this person may take something away: not those where they only look."""
    parts = [part for part, abilities in ABILITIES_OF_PARTS.items() if Ability.TAKE_DOCUMENTS in abilities]
    taken: QuerySet[Case] = Case.objects.visible_to(user).filter(members__user=user, members__part__in=parts)
    return taken


def due_for_erasure(*, today: dt.date, years: int) -> QuerySet[Case]:
    """Cases of the whole office that were closed so long ago that they need not be kept: those on hold too."""
    due: QuerySet[Case] = Case.objects.filter(closed_on__lte=latest_due(today, years))
    return due.order_by("closed_on", "reference", "pk")


def due_for_erasure_by(user: User, *, today: dt.date, years: int) -> QuerySet[Case]:
    """Those of which this person is a lawyer."""
    mine = Case.objects.visible_to(user).filter(members__user=user, members__part=Part.LAWYER)
    return due_for_erasure(today=today, years=years).filter(pk__in=mine.values("pk"))


def evidence_in_order(case: Case) -> QuerySet[CaseEvidence]:
    return (
        CaseEvidence.objects.filter(case=case)
        .select_related("excerpt__capture__source")
        .defer("excerpt__capture__text")
        .prefetch_related("excerpt__themes")
        .order_by("position", "pk")
    )


def tasks_of(case: Case) -> QuerySet[CaseTask]:
    """What has to be done first, and what has no date after it; then what was done last."""
    tasks = CaseTask.objects.filter(case=case).select_related("assignee", "done_by", "added_by")
    return tasks.order_by(F("done_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "added_at", "pk")


def comments_on(case: Case) -> QuerySet[CaseComment]:
    return CaseComment.objects.filter(case=case).select_related("written_by").order_by("written_at", "pk")


def mentions_waiting(user: User) -> QuerySet[CaseMention]:
    """Where colleagues named this person, and it was not seen yet: on cases that they still see."""
    waiting = CaseMention.objects.filter(user=user, seen_at=None, comment__case__in=Case.objects.visible_to(user))
    return waiting.select_related("comment__case", "comment__written_by")


def tasks_waiting(user: User) -> QuerySet[CaseTask]:
    """What this person has to do, on cases that they still see and that are open."""
    cases = Case.objects.visible_to(user).filter(closed_on=None)
    tasks = CaseTask.objects.filter(assignee=user, done_at=None, case__in=cases)
    return tasks.select_related("case").order_by(F("due_on").asc(nulls_last=True), "pk")


def documents_in_order(case: Case) -> QuerySet[Document]:
    """Each paper once: in its newest version that is ready, with the newer file that was brought for it, if any."""
    documents = Document.objects.filter(Q(replaces=None) | Q(status=DocumentStatus.READY), case=case)
    standing: QuerySet[Document] = documents.exclude(newer__status=DocumentStatus.READY)
    return standing.select_related("newer").order_by("position", "added_at", "pk")


def same_bytes(document: Document) -> QuerySet[Document]:
    """Other documents of the case with the very same file."""
    twins: QuerySet[Document] = Document.objects.filter(case=document.case_id, original_sha256=document.original_sha256)
    return twins.exclude(pk=document.pk).order_by("position", "added_at", "pk")


def events_of_document(document: Document) -> QuerySet[Event]:
    events: QuerySet[Event] = Event.objects.of_case(document.case_id)
    return events.filter(subject_type="document", subject_id=str(document.pk)).order_by("-at", "-pk")


def statements_in_order(case: Case) -> QuerySet[Statement]:
    """The statements, each with what bears on it."""
    bearings = (
        Bearing.objects.select_related("evidence__excerpt__capture__source", "document")
        .defer("evidence__excerpt__capture__text")
        .order_by("evidence__position", "document__position", "pk")
    )
    return (
        Statement.objects.filter(case=case)
        .select_related("document")
        .prefetch_related(Prefetch("bearings", bearings))
        .order_by("position", "pk")
    )


def statement_after(statement: Statement) -> Statement | None:
    """The next one in the order of the case."""
    further = Q(position__gt=statement.position) | Q(position=statement.position, pk__gt=statement.pk)
    later: QuerySet[Statement] = Statement.objects.filter(further, case=statement.case_id)
    return later.order_by("position", "pk").first()


def elements_said_of_theme(theme: Theme) -> list[str]:
    """What the office says that the theme goes to show; nothing where it follows the theme above."""
    return list(ThemeElement.objects.filter(theme=theme).values_list("element", flat=True))


def official_contradictions(case: Case) -> int:
    """How many passages of official reports cut against the case's statements."""
    rows = Bearing.objects.filter(statement__case=case, relation=Relation.CONTRADICTS, evidence__isnull=False)
    source = "evidence__excerpt__capture__source"
    return sum(is_official(kind, url) for kind, url in rows.order_by().values_list(f"{source}__kind", f"{source}__url"))


def words_taken(case: Case) -> list[str]:
    """What of declarations is in the case's statements, as it was taken from there and as it reads now."""
    rows = Statement.objects.filter(case=case).order_by().values_list("said", "text")
    return [words for row in rows for words in row]


def declarations_of(case: Case) -> list[Document]:
    """The documents from which statements were taken, in the versions that they were taken from."""
    taken = Statement.objects.filter(case=case, document__isnull=False).values("document")
    return list(Document.objects.filter(pk__in=taken).order_by("position", "added_at", "pk"))


def team_of(case: Case) -> QuerySet[CaseMember]:
    return CaseMember.objects.filter(case=case).select_related("user", "added_by").order_by("user__name", "pk")


def can_be_worked_on(case: Case) -> bool:
    """Whether anybody is left on its team who may do more than look."""
    members = team_of(case).filter(user__is_active=True)
    return any(Ability.EDIT_CASES in abilities_of(member.user.role, member.part) for member in members)


def people_to_add(case: Case) -> QuerySet[User]:
    """Those who can work on cases and are not on this team."""
    on_team = CaseMember.objects.filter(case=case).values("user")
    return User.objects.filter(is_active=True, role__in=SEEING_ROLES).exclude(pk__in=on_team)
