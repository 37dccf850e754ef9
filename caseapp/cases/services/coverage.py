"""Why a gap is none, and how the case stood on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.coverage.changes import Changes, changes_between
from caseapp.cases.covering import Coverage
from caseapp.cases.models import COMPARED_AFTER, Case, CoverageNote, CoverageSnapshot
from caseapp.library.models import Excerpt

# Of each kind of change, so many passages are named; the others are counted.
MOST_TOLD = 10


@dataclass(frozen=True)
class Story:
    """What changed since a day, and the words of the passages that did; `since` is None on the first day."""

    since: dt.date | None
    changes: Changes | None
    excerpts: dict[int, Excerpt]


class ExplanationChangedMeanwhile(Exception):
    """Somebody else explained the gap, or took that back. `standing` are their words."""

    def __init__(self, standing: str) -> None:
        self.standing = standing
        super().__init__(
            _("Somebody else changed this explanation in the meantime, so yours was not saved. Saving replaces theirs.")
        )


@transaction.atomic
def explain_gap(*, by: User, case: Case, element: str, words: str, was: str, now: dt.datetime) -> None:
    """Say why the element is no gap in this case; without words, that it is one after all."""
    require_on(case, by, Ability.BUILD_PACKETS)
    case = Case.objects.select_for_update().get(pk=case.pk)
    note = CoverageNote.objects.filter(case=case, element=element).first()
    standing = note.words if note else ""
    if standing == words:
        return
    if standing != was:
        raise ExplanationChangedMeanwhile(standing)
    if words:
        CoverageNote.objects.update_or_create(
            case=case, element=element, defaults={"words": words, "by": by, "at": now}
        )
    else:
        CoverageNote.objects.filter(case=case, element=element).delete()
    action = Action.GAP_EXPLAINED if words else Action.GAP_REOPENED
    record(by=by, action=action, subject=case, label=case.reference, case_id=case.pk, element=element)


def story_of_the_week(*, coverage: Coverage, today: dt.date) -> Story:
    """How the case stands against how it stood a week ago, or on the oldest day that is known."""
    then = _to_compare(coverage.case, today)
    if then is None:
        return Story(None, None, {})
    changes = changes_between(
        then={int(excerpt): state for excerpt, state in then.passages.items()},
        gaps_then=set(then.gaps),
        now=coverage.passages,
        gaps_now=[row.element.key for row in coverage.open_gaps],
    )
    told = [*changes.added[:MOST_TOLD], *changes.approved[:MOST_TOLD], *changes.lost_approval[:MOST_TOLD]]
    excerpts = Excerpt.objects.select_related("capture__source").defer("capture__text").in_bulk(told)
    return Story(then.taken_on, changes, excerpts)


def _to_compare(case: Case, today: dt.date) -> CoverageSnapshot | None:
    """The newest that is a week old, or else the oldest there is."""
    kept = CoverageSnapshot.objects.filter(case=case, taken_on__lt=today).order_by("taken_on")
    return kept.filter(taken_on__lte=today - COMPARED_AFTER).last() or kept.first()
