"""{% load dates %}: the words beside a date that was counted."""

from django import template
from django.utils.translation import gettext as _

from caseapp.cases.deadlines import EVENTS, Counted, Dates, closed_because
from caseapp.forums import Rule

register = template.Library()

# What stands beside every date of a forum that has such a rule.
_FURTHER = (
    *("deadline-counting", "deadline-roll", "deadline-order", "deadline-outage"),
    *("deadline-rebuttal", "deadline-unrepresented"),
)


@register.filter
def event_words(row: Counted) -> str:
    return str(EVENTS[row.deadline.since])


@register.filter
def moved_because(row: Counted, dates: Dates) -> str:
    return closed_because(dates.facts.registry, row.counted)


@register.filter
def rule_text(rule: Rule) -> str:
    return _(rule.text)


@register.filter
def further_rules(dates: Dates) -> list[Rule]:
    """How days are counted, what an outage does, and what lies outside: as far as the forum says anything of it."""
    found = (dates.facts.forum.rule_named(name) for name in _FURTHER)
    return [rule for rule in found if rule is not None]
