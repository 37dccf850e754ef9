"""What the screens of a case read. The text of a capture can be megabytes, so no list loads it."""

import datetime as dt

from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from caseapp.accounts.models import User
from caseapp.accounts.roles import ABILITIES, Ability, Role
from caseapp.audit.models import Event
from caseapp.cases.models import Bearing, Case, CaseEvidence, CaseMember, Document, Statement
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.library.queries import Tagging, ids_below

CASEWORK_ROLES = tuple(role for role in Role if Ability.EDIT_CASES in ABILITIES[role])


def cases_by_hearing(user: User, *, today: dt.date) -> QuerySet[Case]:
    """This person's cases: the next hearing first, then those without a date, then those that were heard."""
    turn = Choose(
        When(hearing_on__gte=today, then=Value(0)),
        When(hearing_on=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    mine: QuerySet[Case] = Case.objects.visible_to(user)
    return mine.annotate(turn=turn, passages=Count("evidence")).order_by("turn", "hearing_on", "reference", "pk")


def evidence_in_order(case: Case) -> QuerySet[CaseEvidence]:
    return (
        CaseEvidence.objects.filter(case=case)
        .select_related("excerpt__capture__source")
        .defer("excerpt__capture__text")
        .prefetch_related("excerpt__themes")
        .order_by("position", "pk")
    )


def documents_in_order(case: Case) -> QuerySet[Document]:
    documents: QuerySet[Document] = Document.objects.filter(case=case).defer("text", "page_map")
    return documents.order_by("position", "added_at", "pk")


def same_bytes(document: Document) -> QuerySet[Document]:
    """Other documents of the case with the very same file."""
    twins = documents_in_order(document.case).filter(original_sha256=document.original_sha256)
    return twins.exclude(pk=document.pk)


def events_of_document(document: Document) -> QuerySet[Event]:
    events: QuerySet[Event] = Event.objects.of_case(document.case_id)
    return events.filter(subject_type="document", subject_id=str(document.pk)).order_by("-at", "-pk")


def statements_in_order(case: Case) -> QuerySet[Statement]:
    """The statements, each with what bears on it."""
    bearings = (
        Bearing.objects.select_related("evidence__excerpt__capture__source", "document")
        .defer("evidence__excerpt__capture__text", "document__text", "document__page_map")
        .order_by("evidence__position", "document__position", "pk")
    )
    return (
        Statement.objects.filter(case=case)
        .select_related("document")
        .defer("document__text", "document__page_map")
        .prefetch_related(Prefetch("bearings", bearings))
        .order_by("position", "pk")
    )


def team_of(case: Case) -> QuerySet[CaseMember]:
    return CaseMember.objects.filter(case=case).select_related("user", "added_by").order_by("user__name", "pk")


def people_to_add(case: Case) -> QuerySet[User]:
    """Those who can work on cases and are not on this team."""
    on_team = CaseMember.objects.filter(case=case).values("user")
    return User.objects.filter(is_active=True, role__in=CASEWORK_ROLES).exclude(pk__in=on_team)


def excerpts_found(*, words: str = "", theme: Theme | None = None, source: Source | None = None) -> QuerySet[Excerpt]:
    """The library's excerpts that hold every word, newest source first. A theme brings those beneath it along."""
    found = (
        Excerpt.objects.select_related("capture__source")
        .defer("capture__text")
        .prefetch_related("themes")
        .order_by("-capture__source__created_at", "capture", "start", "pk")
    )
    for word in words.split():
        found = found.filter(
            Q(quote__icontains=word)
            | Q(note__icontains=word)
            | Q(capture__source__title__icontains=word)
            | Q(capture__source__publisher__icontains=word)
        )
    if theme is not None:
        found = found.filter(pk__in=Tagging.objects.filter(theme__in=ids_below(theme)).values("excerpt"))
    if source is not None:
        found = found.filter(capture__source=source)
    return found


def sources_with_excerpts() -> QuerySet[Source]:
    return Source.objects.filter(captures__excerpts__isnull=False).distinct().order_by("title", "pk")
