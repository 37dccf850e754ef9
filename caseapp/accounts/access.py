"""The question every view asks first: may this person do that?"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability


def require(user: User, ability: Ability) -> None:
    """Answer 403 to a person whose role lacks the ability."""
    if not user.can(ability):
        raise PermissionDenied


def person_for(user: User, pk: int) -> User:
    """Somebody of the office, for those who manage people."""
    require(user, Ability.MANAGE_PEOPLE)
    return get_object_or_404(User, pk=pk)
