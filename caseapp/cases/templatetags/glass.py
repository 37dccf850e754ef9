"""Looks into cases from outside, told wherever they must be: {% load glass %}"""

from typing import Any

from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.models import Event
from caseapp.cases.models import Case, Glass
from caseapp.cases.opened import page_in_words
from caseapp.cases.rights import glasses_to_tell_of

register = template.Library()


@register.inclusion_tag("cases/glass/_banner.html", takes_context=True)
def glass_banner(context: dict[str, Any], user: User | AnonymousUser | None) -> dict[str, Any]:
    """What this person is looking into, on every page while it lasts; asks the database for administrators alone."""
    if not isinstance(user, User) or not user.can(Ability.BREAK_GLASS):
        return {"glasses": []}
    now = timezone.now()
    glasses = [
        (glass, max(1, round((glass.ends_at - now).total_seconds() / 60)))
        for glass in Glass.objects.open_for(user, now).select_related("case")
    ]
    return {"glasses": glasses, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("cases/glass/_notices.html", takes_context=True)
def glass_notices(context: dict[str, Any], user: User, case: Case | None = None) -> dict[str, Any]:
    """Who looked into cases of this person's, until they have said that they read it."""
    if not user.can(Ability.SEE_CASES):
        return {"glasses": []}
    glasses = glasses_to_tell_of(user)
    return {
        "glasses": glasses.filter(case=case) if case else glasses,
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def opened_page(event: Event) -> str:
    """What was opened, where somebody looked in from outside; empty for every other event."""
    page = event.detail.get("page")
    return page_in_words(page, event.detail.get("ids", {})) if page else ""
