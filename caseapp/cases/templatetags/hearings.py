"""{% load hearings %}{% hearing case %}, {% filing case %}: a date, and how far away it is by the registry's clock."""

from typing import Any

from django import template
from django.utils import timezone

from caseapp.cases.dates import dates_of_case, today_of
from caseapp.cases.hearing import is_soon, time_left
from caseapp.cases.models import Case

register = template.Library()


@register.inclusion_tag("cases/case/_hearing.html")
def hearing(case: Case) -> dict[str, Any]:
    if case.hearing_on is None:
        return {"hearing_on": None}
    today = today_of(case, now=timezone.now())
    return {
        "hearing_on": case.hearing_on,
        "time_left": time_left(case.hearing_on, today=today),
        "is_soon": is_soon(case.hearing_on, today=today),
    }


@register.inclusion_tag("cases/case/_filing.html")
def filing(case: Case) -> dict[str, Any]:
    """The date that stands; or that the court has to be asked; or nothing, where nobody knows from what to count."""
    now = timezone.now()
    dates, today = dates_of_case(case, now=now), today_of(case, now=now)
    if dates.stands is None:
        return {"due": None, "must_ask": "the court's order" in dates.asks}
    due = dates.stands.due
    return {
        "due": due,
        "safe": dates.stands.safe,
        "time_left": time_left(due, today=today),
        "is_soon": is_soon(due, today=today),
        "has_passed": due < today,
        "is_disputed": dates.is_disputed and dates.ordered is None,
    }
