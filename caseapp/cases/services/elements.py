"""What goes to show what: the themes of the office, a case's own word on them, and a piece of evidence by itself.

Each is saved over what the person saw (`was`); where that is no longer how it stands, nothing is changed.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.access import require
from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.coverage.pointing import rulings_for
from caseapp.cases.covering import pointing_of
from caseapp.cases.elements import elements_of
from caseapp.cases.models import Case, CaseEvidence, CaseThemeElement, ThemeElement
from caseapp.library.models import Theme


class ElementsChangedMeanwhile(Exception):
    """Somebody else said what it goes to show. `standing` are the keys as they are now."""

    def __init__(self, standing: Collection[str]) -> None:
        self.standing = frozenset(standing)
        super().__init__(
            _(
                "Somebody else changed what this goes to show in the meantime, so nothing was saved. "
                "Compare; saving again keeps what you chose."
            )
        )


@transaction.atomic
def point_theme(*, by: User, theme: Theme, elements: Iterable[str], was: Collection[str]) -> None:
    """For the whole office. Without an element of its own, a theme follows the one above it."""
    require(by, Ability.POINT_THEMES)
    theme = Theme.objects.select_for_update().get(pk=theme.pk)
    standing = set(ThemeElement.objects.filter(theme=theme).values_list("element", flat=True))
    wanted = list(dict.fromkeys(elements))
    if not _differs(standing, wanted, was):
        return
    ThemeElement.objects.filter(theme=theme).delete()
    ThemeElement.objects.bulk_create(ThemeElement(theme=theme, element=element) for element in wanted)
    record(by=by, action=Action.THEME_POINTED, subject=theme, label=theme.name)


@transaction.atomic
def rule_on_theme(
    *,
    by: User | None,
    case: Case,
    theme: Theme,
    elements: Iterable[str],
    was: Collection[str],
    offered: Collection[str],
) -> None:
    """For this case alone: of the elements offered, the theme goes to these, whatever the office says."""
    require_on(case, by, Ability.EDIT_CASES)
    case = Case.objects.select_for_update().get(pk=case.pk)
    standing = pointing_of(case).goes_to[theme.pk].intersection(offered)
    wanted = list(elements)
    if not _differs(standing, wanted, was):
        return
    # What the theme would go to without a word of the case on it: the theme above may be ruled on.
    ruled = CaseThemeElement.objects.filter(case=case, theme=theme)
    ruled.filter(element__in=offered).delete()
    base = pointing_of(case).goes_to[theme.pk]
    CaseThemeElement.objects.bulk_create(
        CaseThemeElement(case=case, theme=theme, element=ruling.element, is_on=ruling.is_on)
        for ruling in rulings_for(base, wanted, offered, theme=theme.pk)
    )
    record(by=by, action=Action.CASE_THEME_POINTED, subject=theme, label=theme.name, case_id=case.pk)


@transaction.atomic
def point_evidence(*, by: User | None, evidence: CaseEvidence, elements: Iterable[str], was: Collection[str]) -> None:
    """For this piece of evidence by itself; without any, it goes where its statements go, or its themes."""
    require_on(evidence.case, by, Ability.EDIT_CASES)
    standing = CaseEvidence.objects.select_for_update().select_related("case").get(pk=evidence.pk)
    offered = {element.key for element in elements_of(standing.case.forum)}
    wanted = list(dict.fromkeys(elements))
    if not _differs(set(standing.elements) & offered, wanted, was):
        return
    # What was chosen while the case was before another forum stays.
    standing.elements = [key for key in standing.elements if key not in offered] + wanted
    standing.save(update_fields=["elements"])
    source = evidence.excerpt.capture.source
    record(by=by, action=Action.EVIDENCE_POINTED, subject=source, label=source.title, case_id=evidence.case_id)


def _differs(standing: Collection[str], wanted: Collection[str], was: Collection[str]) -> bool:
    """Whether there is anything to save. Raises ElementsChangedMeanwhile."""
    if set(standing) == set(wanted):
        return False
    if set(standing) != set(was):
        raise ElementsChangedMeanwhile(standing)
    return True
