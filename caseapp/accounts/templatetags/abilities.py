"""Templates ask for an ability, as views do: {% load abilities %} {% if user|can:"BUILD_PACKETS" %} … {% endif %}"""

from django import template
from django.contrib.auth.models import AnonymousUser

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability

register = template.Library()


@register.filter
def can(user: User | AnonymousUser, ability: str) -> bool:
    return isinstance(user, User) and user.can(Ability[ability])
