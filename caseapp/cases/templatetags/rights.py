"""Templates ask what the person who was let in may do on the case: {% load rights %} {% if case|lets:"EDIT_CASES" %}"""

from django import template

from caseapp.accounts.roles import Ability
from caseapp.cases.models import Case

register = template.Library()


@register.filter
def lets(case: Case, ability: str) -> bool:
    """Asks no database: the door that let the person in has read it."""
    return Ability[ability] in case.rights
