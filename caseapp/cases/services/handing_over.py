"""What the office and its cases say of a theme, when the theme is merged into another or removed, and when that is
undone."""

from typing import Any

from caseapp.cases.covering import pointing_of
from caseapp.cases.models import Case, CaseThemeElement, EventSince, ThemeElement
from caseapp.library.keeping.hanging import Hanging, hangs_on_themes
from caseapp.library.models import Theme

_NamedByEvent = EventSince.themes.through


def register() -> None:
    """What cases rule goes first: it is weighed against where the themes went before."""
    hangs_on_themes("rulings", Hanging(_hand_over_rulings, _rule_again))
    hangs_on_themes("elements", Hanging(_hand_over_elements, _point_again))
    hangs_on_themes("events", Hanging(_hand_over_events, _name_again))


def _hand_over_elements(theme: Theme, into: Theme | None) -> dict[str, Any]:
    """The other theme goes to all that either went to; if it followed the one above it, that is now its own word."""
    own = _elements_of(theme)
    if into is None:
        return {"own": own, "before": None}
    before, followed = _elements_of(into), pointing_of().office[into.pk]
    more = [element for element in own if element not in followed]
    if more:
        _point(into, [*(before or sorted(followed)), *more])
    return {"own": own, "before": before, "after": _elements_of(into)}


def _point_again(theme: Theme, into: Theme | None, kept: dict[str, Any]) -> None:
    """Where somebody has pointed the other theme anew since, that stands."""
    _point(theme, kept["own"])
    if into is not None and _elements_of(into) == kept["after"]:
        _point(into, kept["before"])


def _elements_of(theme: Theme) -> list[str]:
    return list(ThemeElement.objects.filter(theme=theme).order_by("pk").values_list("element", flat=True))


def _point(theme: Theme, elements: list[str]) -> None:
    if _elements_of(theme) != elements:
        ThemeElement.objects.filter(theme=theme).delete()
        ThemeElement.objects.bulk_create(ThemeElement(theme=theme, element=element) for element in elements)


def _hand_over_rulings(theme: Theme, into: Theme | None) -> dict[str, Any]:
    """A case's word on the other theme stands; and what that one goes to in the case, it is not taken off by a word on
    this one."""
    rulings = list(CaseThemeElement.objects.filter(theme=theme).order_by("pk"))
    taken = [row for row in rulings if into is not None and _comes_along(row, into)]
    if into is not None:
        CaseThemeElement.objects.bulk_create(
            CaseThemeElement(case_id=row.case_id, theme=into, element=row.element, is_on=row.is_on) for row in taken
        )
    return {"own": [_plain(row) for row in rulings], "given": [_plain(row) for row in taken]}


def _comes_along(ruling: CaseThemeElement, into: Theme) -> bool:
    if CaseThemeElement.objects.filter(case=ruling.case_id, theme=into, element=ruling.element).exists():
        return False
    return ruling.is_on or ruling.element not in pointing_of(ruling.case).goes_to[into.pk]


def _rule_again(theme: Theme, into: Theme | None, kept: dict[str, Any]) -> None:
    there = set(map(str, Case.objects.filter(pk__in={row["case"] for row in kept["own"]}).values_list("pk", flat=True)))
    for row in kept["given"]:
        CaseThemeElement.objects.filter(
            case=row["case"], theme=into, element=row["element"], is_on=row["is_on"]
        ).delete()
    CaseThemeElement.objects.bulk_create(
        CaseThemeElement(case_id=row["case"], theme=theme, element=row["element"], is_on=row["is_on"])
        for row in kept["own"]
        if row["case"] in there
    )


def _plain(ruling: CaseThemeElement) -> dict[str, Any]:
    return {"case": str(ruling.case_id), "element": ruling.element, "is_on": ruling.is_on}


def _hand_over_events(theme: Theme, into: Theme | None) -> dict[str, Any]:
    """An event that named the theme names the other one, or the one above where the theme is removed: naming none, it
    would touch all evidence of its case."""
    instead = into or theme.parent
    named = _events_of(theme)
    given = sorted(set(named) - set(_events_of(instead))) if instead else []
    _NamedByEvent._default_manager.bulk_create(_NamedByEvent(eventsince_id=event, theme=instead) for event in given)
    return {"named": named, "given": given, "instead": instead.pk if instead else None}


def _name_again(theme: Theme, into: Theme | None, kept: dict[str, Any]) -> None:
    _NamedByEvent._default_manager.filter(eventsince__in=kept["given"], theme=kept["instead"]).delete()
    there = EventSince.objects.filter(pk__in=kept["named"])
    _NamedByEvent._default_manager.bulk_create(_NamedByEvent(eventsince=event, theme=theme) for event in there)


def _events_of(theme: Theme) -> list[int]:
    rows = _NamedByEvent._default_manager.filter(theme=theme).order_by("pk")
    return list(rows.values_list("eventsince_id", flat=True))
