"""Closing a case, opening it again, and the legal hold, under which nothing of it is erased."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.access import require_on
from caseapp.cases.models import Case


class ClosedBeforeItWasOpened(Exception):
    """The day is not one on which the case can have been closed."""

    def __init__(self) -> None:
        super().__init__(_("Give a day between the one on which the case was opened here and today."))


class HeldAlready(Exception):
    """Somebody else put the case on hold first. `standing` is the case as it is now."""

    def __init__(self, standing: Case) -> None:
        self.standing = standing
        super().__init__(_("Somebody put this case on hold in the meantime. Their reason stands."))


@transaction.atomic
def close_case(*, by: User, case: Case, on: dt.date, today: dt.date) -> Case:
    """From now on it is read and not changed. Closing what is closed changes the day."""
    standing = _locked(case, by)
    if not timezone.localdate(standing.created_at) <= on <= today:
        raise ClosedBeforeItWasOpened
    if standing.closed_on != on:
        standing.closed_on = on
        standing.save(update_fields=["closed_on"])
        _record(Action.CASE_CLOSED, standing, by=by, on=on.isoformat())
    return standing


@transaction.atomic
def reopen_case(*, by: User, case: Case) -> Case:
    standing = _locked(case, by)
    if standing.closed_on:
        standing.closed_on = None
        standing.save(update_fields=["closed_on"])
        _record(Action.CASE_REOPENED, standing, by=by)
    return standing


@transaction.atomic
def hold_case(*, by: User, case: Case, reason: str, now: dt.datetime) -> Case:
    """Nothing of the case is erased until somebody lifts the hold. Raises HeldAlready."""
    standing = _locked(case, by)
    if standing.held_at:
        raise HeldAlready(standing)
    standing.hold_reason, standing.held_at, standing.held_by = reason, now, by
    standing.full_clean(exclude=["created_by"])
    standing.save(update_fields=["hold_reason", "held_at", "held_by"])
    # The reason may speak of the client: it stands with the case, which only the team sees.
    _record(Action.CASE_HELD, standing, by=by)
    return standing


@transaction.atomic
def release_case(*, by: User, case: Case) -> Case:
    standing = _locked(case, by)
    if standing.held_at:
        standing.hold_reason, standing.held_at, standing.held_by = "", None, None
        standing.save(update_fields=["hold_reason", "held_at", "held_by"])
        _record(Action.CASE_RELEASED, standing, by=by)
    return standing


def _locked(case: Case, by: User) -> Case:
    standing = Case.objects.select_for_update().get(pk=case.pk)
    require_on(standing, by, Ability.KEEP_CASES)
    return standing


def _record(action: Action, case: Case, *, by: User, **detail: str) -> None:
    record(by=by, action=action, subject=case, label=case.reference, case_id=case.pk, **detail)
