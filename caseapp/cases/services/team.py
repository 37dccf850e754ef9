"""Who works on a case, and therefore sees it."""

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, CaseMember


class AlreadyOnTeam(Exception):
    def __init__(self, user: User) -> None:
        super().__init__(_("%(name)s is on the team already.") % {"name": user.name})


class CannotWorkOnCases(Exception):
    """The person's account is closed, or their role has nothing to do with cases."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("%(name)s cannot be added: the account is closed, or the role does not work on cases.")
            % {"name": user.name}
        )


class LastMember(Exception):
    """Without this person nobody could reach the case."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("%(name)s is the last person who can work on this case. Add somebody else first.") % {"name": user.name}
        )


@transaction.atomic
def add_member(*, by: User | None, case: Case, user: User) -> CaseMember:
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not user.can(Ability.EDIT_CASES):
        raise CannotWorkOnCases(user)
    member, is_new = CaseMember.objects.get_or_create(case=case, user=user, defaults={"added_by": by})
    if not is_new:
        raise AlreadyOnTeam(user)
    record(by=by, action=Action.MEMBER_ADDED, subject=user, label=user.name, case_id=case.pk)
    return member


@transaction.atomic
def remove_member(*, by: User | None, member: CaseMember) -> None:
    # Two people who remove each other at the same moment must not leave the case to nobody.
    case = Case.objects.select_for_update().get(pk=member.case_id)
    others = case.members.exclude(pk=member.pk).select_related("user")
    if not any(other.user.can(Ability.EDIT_CASES) for other in others):
        raise LastMember(member.user)
    case.members.filter(pk=member.pk).delete()
    record(by=by, action=Action.MEMBER_REMOVED, subject=member.user, label=member.user.name, case_id=case.pk)
