"""How allauth behaves in a closed office."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseapp.accounts import secret_box, session_times, throttle
from caseapp.accounts.models import User
from caseapp.accounts.recent import signed_in_recently
from caseapp.audit.actions import Action
from caseapp.audit.models import record


class ClosedOffice(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("No open account has this e-mail and this password. Check both and try again."),
        "enter_current_password": _("This is not your current password."),
        "incorrect_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, never by the person at the door."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Where somebody may be led next: to a page by its whole path. What is no address at all, such as “http://[”
        or a lone word, is nowhere."""
        try:
            return bool(url and url.startswith(("/", "http")) and super().is_safe_url(url))
        except ValueError:
            return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        throttle.refuse_if_shut(request, str(credentials.get("email", "")))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """On record for somebody who is here; for anybody else without what was typed, at the same cost of time."""
        email = str(credentials.get("email", ""))
        throttle.count_failure(request, email)
        person = User.objects.filter(email__iexact=email).first()
        record(by=None, action=Action.SIGN_IN_FAILED, subject=person or User, label=person.name if person else "")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account gets the answer that a wrong password gets."""
        person: User | None = super().authenticate(request, **credentials)
        if person and not person.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return person

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        session_times.begin(request.session, timezone.now())
        proofs = [proof.get("type") or proof["method"] for proof in get_authentication_records(request, user)]
        record(by=user, action=Action.SIGNED_IN, subject=user, by_means_of=proofs)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """People set only their own password, by changing it or with a link."""
        super().set_password(user, password)
        record(by=user, action=Action.PASSWORD_SET, subject=user)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again: allauth alone would not count a sign-in."""
        return not signed_in_recently(context.request)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code of your app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [way | {"description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("account_security")


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code does not hold. Codes change every half minute and work once: wait for the next."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Evidence organiser"

    def encrypt(self, text: str) -> str:
        return secret_box.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secret_box.unseal(encrypted_text)
