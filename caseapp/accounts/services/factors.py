"""What people do to their second factors, and administrators to those of somebody who lost theirs."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts import proving
from caseapp.accounts.models import User
from caseapp.accounts.services.sessions import end_access, end_access_elsewhere
from caseapp.audit.actions import Action
from caseapp.audit.models import record


class NothingToRecover(Exception):
    def __str__(self) -> str:
        return _("Set up a passkey or a code app first: recovery codes are for the day it is lost.")


@transaction.atomic
def note_factor_changed(*, by: User, action: Action, session: SessionBase) -> None:
    """Whoever else is signed in as this person must come in by the factors that hold now."""
    by.__dict__.pop("has_second_factor", None)
    end_access_elsewhere(person=by, session=session)
    record(by=by, action=action, subject=by)


@transaction.atomic
def make_recovery_codes(*, by: User, session: SessionBase) -> list[str]:
    """Shown once, in answer; the codes there were no longer work."""
    if not by.has_second_factor:
        raise NothingToRecover
    codes = proving.new_recovery_codes(by)
    end_access_elsewhere(person=by, session=session)
    record(by=by, action=Action.RECOVERY_CODES_MADE, subject=by)
    return codes


@transaction.atomic
def reset_second_factors(*, by: User, person: User) -> None:
    """The person sets up new ones at their next sign-in, and sees no case before; nobody can choose them for them."""
    Authenticator.objects.filter(user=person).delete()
    end_access(person)
    record(by=by, action=Action.SECOND_FACTORS_RESET, subject=person, label=person.name)
