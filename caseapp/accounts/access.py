"""The question every view asks first: may this person do that?"""

from allauth.usersessions.models import UserSession
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


def own_session(user: User, pk: int) -> UserSession:
    """Where the person is signed in somewhere else; nobody reaches a session of somebody else."""
    return get_object_or_404(UserSession, pk=pk, user=user)
