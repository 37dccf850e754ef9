"""Who works on a case, and therefore sees it, and what each may do there."""

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability, Role
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, CaseMember
from caseapp.cases.parts import Part, abilities_of, fits
from caseapp.cases.services.todo import hand_back_tasks
from caseapp.core.differences import require_seen


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


class PartBeyondRole(Exception):
    """Somebody who is no lawyer was about to become the lawyer of a case."""

    def __init__(self, user: User, part: Part) -> None:
        super().__init__(
            _("%(name)s cannot be “%(part)s”: the role of %(name)s in the office, %(role)s, does not allow it.")
            % {"name": user.name, "part": part.label, "role": Role(user.role).label}
        )


class LastMember(Exception):
    """Without this person nobody could work on the case."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("%(name)s is the last person who can work on this case. Add somebody else first.") % {"name": user.name}
        )


class OnlyForLawyers(Exception):
    """Somebody who is not a lawyer of the case was about to take a lawyer's part away."""

    def __init__(self, user: User) -> None:
        super().__init__(
            _("%(name)s is a lawyer of this case. Only a lawyer of the case can change that, or %(name)s.")
            % {"name": user.name}
        )


@transaction.atomic
def add_member(*, by: User | None, case: Case, user: User, part: Part) -> CaseMember:
    case = Case.objects.select_for_update().get(pk=case.pk)
    _refuse_unfit(user, part)
    member, is_new = CaseMember.objects.get_or_create(case=case, user=user, defaults={"added_by": by, "part": part})
    if not is_new:
        raise AlreadyOnTeam(user)
    record(by=by, action=Action.MEMBER_ADDED, subject=user, label=user.name, case_id=case.pk, part=part)
    return member


@transaction.atomic
def change_part(*, by: User, member: CaseMember, part: Part, was: str | None = None) -> CaseMember:
    """Somebody on the team may do more, or less, from now on: also in work of theirs that is under way. `was` is what
    the page showed."""
    standing = _locked(member)
    require_seen(standing, was, part=standing.part)
    if standing.part == part:
        return standing
    _refuse_unfit(standing.user, part)
    _refuse_taking_from_lawyer(by, standing)
    if Ability.EDIT_CASES not in abilities_of(standing.user.role, part):
        _refuse_if_last(standing)
    before, standing.part = standing.part, part
    standing.save(update_fields=["part"])
    user = standing.user
    action = Action.MEMBER_CHANGED
    record(by=by, action=action, subject=user, label=user.name, case_id=standing.case_id, before=before, after=part)
    return standing


@transaction.atomic
def remove_member(*, by: User, member: CaseMember) -> int:
    """Says how many tasks this person had to do: they are nobody's now."""
    standing = _locked(member)
    _refuse_taking_from_lawyer(by, standing)
    _refuse_if_last(standing)
    standing.delete()
    user = member.user
    handed_back = hand_back_tasks(case=member.case, user=user)
    record(by=by, action=Action.MEMBER_REMOVED, subject=user, label=user.name, case_id=member.case_id)
    return handed_back


def _locked(member: CaseMember) -> CaseMember:
    """As it stands, while nobody else changes the team: two people who remove each other at the same moment must not
    leave the case to nobody."""
    Case.objects.select_for_update().get(pk=member.case_id)
    return CaseMember.objects.select_related("user").get(pk=member.pk)


def _refuse_unfit(user: User, part: Part) -> None:
    if not user.can(Ability.SEE_CASES):
        raise CannotWorkOnCases(user)
    if not fits(user.role, part):
        raise PartBeyondRole(user, part)


def _refuse_taking_from_lawyer(by: User, member: CaseMember) -> None:
    """What counts is who is a lawyer of the case now: one whose account is closed, or whose role fell, is none."""
    if member.user == by or not _may(member, Ability.KEEP_CASES):
        return
    own = CaseMember.objects.select_related("user").filter(case=member.case_id, user=by).first()
    if own is None or not _may(own, Ability.KEEP_CASES):
        raise OnlyForLawyers(member.user)


def _refuse_if_last(member: CaseMember) -> None:
    others = CaseMember.objects.select_related("user").filter(case=member.case_id).exclude(pk=member.pk)
    if not any(_may(other, Ability.EDIT_CASES) for other in others):
        raise LastMember(member.user)


def _may(member: CaseMember, ability: Ability) -> bool:
    return member.user.is_active and ability in abilities_of(member.user.role, member.part)
