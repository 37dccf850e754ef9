"""{% load hearings %}{% hearing case %}: the date, and how far away it is in the office's own time."""

from typing import Any

from django import template
from django.utils import timezone

from caseapp.cases.hearing import is_soon, time_left
from caseapp.cases.models import Case

register = template.Library()


@register.inclusion_tag("cases/case/_hearing.html")
def hearing(case: Case) -> dict[str, Any]:
    if case.hearing_on is None:
        return {"hearing_on": None}
    today = timezone.localdate()
    return {
        "hearing_on": case.hearing_on,
        "time_left": time_left(case.hearing_on, today=today),
        "is_soon": is_soon(case.hearing_on, today=today),
    }
