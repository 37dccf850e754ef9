"""How tests come in: past the door, as somebody who proved a moment ago who they are, with a second factor."""

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.utils import timezone

from caseapp.accounts import secret_box, session_times
from caseapp.accounts.models import User

APP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def app_code(key: str = APP_KEY, *, later: int = 0) -> str:
    """What the app shows now, or `later` half minutes from now. A code works once."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30 + later))


def with_code_app(person: User) -> User:
    """The person, whose app makes its codes of APP_KEY."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": secret_box.seal(APP_KEY)}}
    )
    person.__dict__.pop("has_second_factor", None)
    return person


def without_second_factor(person: User) -> User:
    Authenticator.objects.filter(user=person).delete()
    person.__dict__.pop("has_second_factor", None)
    return person


def sign_in(person: User, *, ago: float = 0, bare: bool = False, client: Client | None = None) -> Client:
    """A client signed in as the person, `ago` seconds before now; `bare` leaves the second factor as it is."""
    if not bare:
        with_code_app(person)
    client = client or Client()
    client.force_login(person)
    session = client.session
    session_times.begin(session, timezone.now())
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client
