"""The question every view asks first: may this person do that?"""

from django.core.exceptions import PermissionDenied

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability


def require(user: User, ability: Ability) -> None:
    """Answer 403 to a person whose role lacks the ability."""
    if not user.can(ability):
        raise PermissionDenied
