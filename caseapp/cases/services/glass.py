"""Looking into a case whose team one is not on: with a reason, for an hour, on record, and told to its lawyers."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import Event, record
from caseapp.cases.models import Case, Glass

TRIES_PER_HOUR = 5


class NoSuchReference(Exception):
    """No case has this reference, or several have it and nobody of the team was named."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No case is found by this. Type the reference exactly. Where two teams use the same reference, give "
                "the e-mail of somebody on the team too. That you tried is on record."
            )
        )


class TooManyTries(Exception):
    def __init__(self) -> None:
        super().__init__(
            _("You have tried %(count)d times within an hour. Wait an hour, or ask a lawyer of the case.")
            % {"count": TRIES_PER_HOUR}
        )


def break_glass(*, by: User, reference: str, reason: str, now: dt.datetime, member_email: str = "") -> Glass:
    """Raises NoSuchReference, TooManyTries. Both the try and the look are on record."""
    if not by.can(Ability.BREAK_GLASS):
        raise PermissionDenied
    _refuse_after_many(by, now)
    case = _named(reference, member_email)
    if case is None:
        # What was typed may be a name: it is not written down.
        record(by=by, action=Action.GLASS_REFUSED, subject=Case)
        raise NoSuchReference
    with transaction.atomic():
        standing = Glass.objects.open_for(by, now).filter(case=case).first()
        if standing is not None:
            return standing
        glass = Glass.objects.create(case=case, user=by, reason=reason, opened_at=now)
        record(by=by, action=Action.GLASS_BROKEN, subject=glass, label=case.reference, case_id=case.pk)
    return glass


def _named(reference: str, member_email: str) -> Case | None:
    """The one case that is meant. All are looked through either way, so that nobody learns more by the clock."""
    cases = Case.objects.filter(reference__iexact=reference)
    if member_email:
        cases = cases.filter(members__user__email__iexact=member_email)
    found = list(cases.distinct()[:2])
    return found[0] if len(found) == 1 else None


def _refuse_after_many(by: User, now: dt.datetime) -> None:
    """Counted on record, so that all processes count the same, and a restart forgives nothing."""
    tries = Event.objects.filter(actor_id=by.pk, action__in=(Action.GLASS_BROKEN, Action.GLASS_REFUSED))
    if tries.filter(at__gt=now - dt.timedelta(hours=1)).count() >= TRIES_PER_HOUR:
        raise TooManyTries


@transaction.atomic
def shut_glass(*, by: User, glass: Glass, now: dt.datetime) -> None:
    """End the look before its hour is over. Doing it twice does it once."""
    rows = Glass.objects.filter(pk=glass.pk, user=by, shut_at=None)
    if rows.update(shut_at=now):
        case = glass.case
        record(by=by, action=Action.GLASS_SHUT, subject=glass, label=case.reference, case_id=case.pk)


@transaction.atomic
def acknowledge_glass(*, by: User, glass: Glass) -> None:
    """This person has read that somebody looked into the case; the others are told until they have too."""
    if not glass.seen_by.filter(pk=by.pk).exists():
        glass.seen_by.add(by)
        case = glass.case
        record(by=by, action=Action.GLASS_SEEN, subject=glass, label=case.reference, case_id=case.pk)
