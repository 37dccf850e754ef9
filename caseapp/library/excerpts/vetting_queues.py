"""What waits for whom: passages to be checked, to be approved, and those that came back to who proposed them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability, roles_with
from caseapp.library.models import Excerpt, Theme
from caseapp.library.models.excerpt import State
from caseapp.library.queries import Tagging, ids_below


class Queue(TextChoices):
    TO_CHECK = "to-check", _("To check")
    TO_APPROVE = "to-approve", _("To approve")
    CAME_BACK = "came-back", _("Came back to you")


@dataclass(frozen=True)
class Wanted:
    """A queue, and what it is narrowed to; it stands in the address of the page."""

    queue: Queue
    source: int | None = None
    theme: Theme | None = None


@dataclass(frozen=True)
class Waiting:
    """How many passages wait for a person."""

    to_check: int
    to_approve: int
    came_back: int

    def __bool__(self) -> bool:
        return bool(self.to_check or self.to_approve or self.came_back)


def checkable_by(person: User) -> Q:
    """The excerpts that this person may check, whatever their state.

    Whoever proposed an excerpt or last changed it may not. Where the office has nobody else, the one who did not
    change it last may; and somebody who works alone may check everything.
    """
    authors = Q(created_by=person) | Q(changed_by=person)
    colleagues = list(_office().exclude(pk=person.pk).values_list("pk", flat=True)[:2])
    if not colleagues:
        return Q(pk__isnull=False)
    if len(colleagues) == 1:
        return ~authors | Q(created_by=person, changed_by=colleagues[0])
    return ~authors


def _office() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=roles_with(Ability.EDIT_LIBRARY))


def is_author(person: User, excerpt: Excerpt) -> bool:
    return person.pk in (excerpt.created_by_id, excerpt.changed_by_id)


def passages_waiting(person: User, wanted: Wanted) -> QuerySet[Excerpt]:
    """Without a text of any capture, in no order."""
    excerpts = Excerpt.objects.filter(_of_queue(person, wanted.queue))
    if wanted.source:
        excerpts = excerpts.filter(capture__source=wanted.source)
    if wanted.theme:
        tagged = Tagging.objects.filter(excerpt=OuterRef("pk"), theme__in=ids_below(wanted.theme))
        excerpts = excerpts.filter(Exists(tagged))
    return excerpts.select_related("capture__source", "created_by", "changed_by").defer("capture__text")


def _of_queue(person: User, queue: Queue) -> Q:
    match queue:
        case Queue.TO_CHECK:
            return Q(checked_at=None, sent_back_at=None) & checkable_by(person)
        case Queue.TO_APPROVE:
            return Excerpt.in_state(State.CHECKED) if person.can(Ability.APPROVE_EXCERPTS) else Q(pk=None)
    # What came back to people who left waits for everybody.
    office = _office()
    is_anybodys = ~Q(created_by__in=office) & ~Q(changed_by__in=office)
    return Q(sent_back_at__isnull=False) & (Q(created_by=person) | Q(changed_by=person) | is_anybodys)


def in_order(excerpts: QuerySet[Excerpt]) -> QuerySet[Excerpt]:
    """As they stand in the texts, so that one source is read through before the next."""
    return excerpts.order_by("capture_id", "start", "end")


def following(excerpts: QuerySet[Excerpt], excerpt: Excerpt) -> Excerpt | None:
    """The next one in order, or the first again; never the excerpt itself."""
    at, start, end = excerpt.capture_id, excerpt.start, excerpt.end
    # The first term alone lets the database begin there in its index.
    behind = Q(capture_id__gte=at) & (Q(capture_id__gt=at) | Q(start__gt=start) | Q(start=start, end__gt=end))
    others = in_order(excerpts.exclude(pk=excerpt.pk))
    return others.filter(behind).first() or others.first()


def preceding(excerpts: QuerySet[Excerpt], excerpt: Excerpt) -> Excerpt | None:
    """The one before in order, if there is one."""
    at, start, end = excerpt.capture_id, excerpt.start, excerpt.end
    before = Q(capture_id__lte=at) & (Q(capture_id__lt=at) | Q(start__lt=start) | Q(start=start, end__lt=end))
    return excerpts.filter(before).order_by("-capture_id", "-start", "-end").first()


def waiting_for(person: User) -> Waiting:
    counts = {queue: Excerpt.objects.filter(_of_queue(person, queue)).count() for queue in Queue}
    return Waiting(counts[Queue.TO_CHECK], counts[Queue.TO_APPROVE], counts[Queue.CAME_BACK])
