"""What a person may do on one case, read from the database at the moment it is asked."""

import datetime as dt

from django.db.models import Q, QuerySet

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability, roles_with
from caseapp.cases.models import Case, CaseMember, Glass
from caseapp.cases.parts import LOOKING, WHEN_CLOSED, Part, abilities_of


def rights_on(case: Case, user: User, now: dt.datetime) -> frozenset[Ability]:
    """What their role allows, as far as their part on the team does. A role that changed counts at once."""
    held = _on_the_team(case, user) or _through_glass(case, user, now)
    is_closed = Case.objects.filter(pk=case.pk).exclude(closed_on=None).exists()
    return held & WHEN_CLOSED if is_closed else held


def _on_the_team(case: Case, user: User) -> frozenset[Ability]:
    members = CaseMember.objects.filter(case=case, user=user, user__is_active=True)
    member = members.values_list("user__role", "part").first()
    return abilities_of(*member) if member else frozenset()


def _through_glass(case: Case, user: User, now: dt.datetime) -> frozenset[Ability]:
    """Whoever is not on the team, and has given a reason, looks and does nothing else."""
    can_break = user.can(Ability.BREAK_GLASS)
    return LOOKING if can_break and Glass.objects.open_for(user, now).filter(case=case).exists() else frozenset()


def glasses_of(user: User) -> QuerySet[Glass]:
    """The looks into cases of which this person is a lawyer, newest last.

    Where a case has nobody who is its lawyer now, everybody who works on it is told.
    """
    on_team = CaseMember.objects.filter(user=user, user__is_active=True)
    lawyers = CaseMember.objects.filter(
        part=Part.LAWYER, user__is_active=True, user__role__in=roles_with(Ability.KEEP_CASES)
    )
    editors = on_team.exclude(part=Part.VIEWER).exclude(case__in=lawyers.values("case"))
    mine = Q(case__in=lawyers.filter(user=user).values("case")) | Q(case__in=editors.values("case"))
    return Glass.objects.filter(mine).select_related("case", "user").order_by("opened_at", "pk")


def glasses_to_tell_of(user: User) -> QuerySet[Glass]:
    """Those that this person has not acknowledged."""
    return glasses_of(user).exclude(seen_by=user)
