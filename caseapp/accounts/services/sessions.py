"""Where somebody is signed in, and how that ends."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.db.models import F

from caseapp.accounts.models import User
from caseapp.accounts.session_times import Over
from caseapp.audit.actions import Action
from caseapp.audit.models import record

OVER = {Over.IDLE: Action.SESSION_IDLE, Over.TOO_LONG: Action.SESSION_OVER}


@transaction.atomic
def end_session(*, by: User, session: UserSession) -> None:
    """One of the person's own, somewhere else."""
    session.end()
    record(by=by, action=Action.SESSION_ENDED, subject=by)


@transaction.atomic
def end_other_sessions(*, by: User, session: SessionBase) -> None:
    end_access_elsewhere(person=by, session=session)
    record(by=by, action=Action.OTHER_SESSIONS_ENDED, subject=by)


@transaction.atomic
def end_sessions_of(*, by: User, person: User) -> None:
    end_access(person)
    record(by=by, action=Action.SESSIONS_ENDED, subject=person, label=person.name)


@transaction.atomic
def note_over(*, person: User, why: Over) -> None:
    record(by=person, action=OVER[why], subject=person)


@transaction.atomic
def sign_out_everywhere(*, by: User) -> None:
    """Whoever leaves one desk leaves none open behind them."""
    end_access(by)
    record(by=by, action=Action.SIGNED_OUT, subject=by)


def end_access(person: User) -> None:
    """Every session of the person ends at once, and every unused set-password link."""
    _raise_access_version(person)
    for session in UserSession.objects.filter(user=person):
        session.end()


def end_access_elsewhere(*, person: User, session: SessionBase) -> None:
    """The same, but the session in which the person sits goes on, under a new key."""
    _raise_access_version(person)
    before = session.session_key
    for other in UserSession.objects.filter(user=person).exclude(session_key=before):
        other.end()
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=session.session_key)


def _raise_access_version(person: User) -> None:
    User.objects.filter(pk=person.pk).update(access_version=F("access_version") + 1)
    person.refresh_from_db(fields=["access_version"])
