"""What has happened since the evidence of a case was published."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, EventSince
from caseapp.library.models import Theme


@dataclass(frozen=True)
class EventDetails:
    """`elements` are keys of cases.elements. Without themes and elements it touches all evidence of the case."""

    happened_on: str
    words: str
    themes: Sequence[Theme] = ()
    elements: Sequence[str] = ()


class EventChangedMeanwhile(Exception):
    """Somebody else changed the event. `standing` is how it is now."""

    def __init__(self, standing: EventSince) -> None:
        self.standing = standing
        super().__init__(
            _(
                "Somebody else changed this event in the meantime, so nothing was saved. "
                "Compare the two; saving again replaces theirs."
            )
        )


@transaction.atomic
def add_event(*, by: User | None, case: Case, details: EventDetails) -> EventSince:
    event = EventSince(case=case, added_by=by)
    _fill(event, details)
    event.save()
    event.themes.set(details.themes)
    _record(Action.EVENT_SINCE_ADDED, event, by=by)
    return event


@transaction.atomic
def change_event(*, by: User | None, event: EventSince, details: EventDetails, version: int) -> EventSince:
    """Save the details over `version` of the event, which is the one the person saw."""
    standing = EventSince.objects.select_for_update().select_related("case").get(pk=event.pk)
    if standing.version != version:
        raise EventChangedMeanwhile(standing)
    before = _values(standing)
    _fill(standing, details)
    standing.themes.set(details.themes)
    if _values(standing) != before:
        standing.version += 1
        standing.save()
        _record(Action.EVENT_SINCE_CHANGED, standing, by=by)
    return standing


@transaction.atomic
def remove_event(*, by: User | None, event: EventSince) -> None:
    removed, _rows = EventSince.objects.filter(pk=event.pk).delete()
    if removed:
        _record(Action.EVENT_SINCE_REMOVED, event, by=by)


def _fill(event: EventSince, details: EventDetails) -> None:
    event.happened_on, event.words = details.happened_on, details.words
    event.elements = sorted(set(details.elements))
    event.full_clean(exclude=["added_by", "case"], validate_constraints=False)


def _values(event: EventSince) -> tuple[object, ...]:
    return event.happened_on, event.words, event.elements, set(event.themes.values_list("pk", flat=True))


def _record(action: Action, event: EventSince, *, by: User | None) -> None:
    """What happened is said in words of the case: the record names the case alone."""
    case = event.case
    record(by=by, action=action, subject=event, label=case.reference, case_id=case.pk)
