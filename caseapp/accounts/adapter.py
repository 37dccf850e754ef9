"""How allauth behaves in a closed office."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record

# Failed tries are counted three ways (limits: ACCOUNT_RATE_LIMITS): somebody who guesses from afar is stopped
# without shutting out the person, and one colleague who forgot a password does not shut out the whole office.
FAILURES_HERE = "sign_in_failed_for_person_at_address"
FAILURES_ANYWHERE = "sign_in_failed_for_person"
FAILURES_OF_ADDRESS = "sign_in_failed_at_address"


class ClosedOffice(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("No open account has this e-mail and this password. Check both and try again."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, never by the person at the door."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Turn away before the password is looked at; the answer is the same whether the account exists or not."""
        if not all(self._count(request, credentials, dry_run=True)):
            raise ImmediateHttpResponse(ratelimit.respond_429(request))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._count(request, credentials, dry_run=False)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account gets the answer that a wrong password gets."""
        person: User | None = super().authenticate(request, **credentials)
        if person and not person.is_active:
            self.authentication_failed(request, **credentials)
            return None
        return person

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """People set only their own password, by changing it or with a link."""
        super().set_password(user, password)
        record(by=user, action=Action.PASSWORD_SET, subject=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")

    def _count(self, request: HttpRequest, credentials: dict[str, Any], *, dry_run: bool) -> list[bool]:
        person = str(credentials.get("email", "")).lower()
        here = f"{person} {self.get_client_ip(request)}"
        return [
            ratelimit.consume(request, action=FAILURES_HERE, key=here, dry_run=dry_run),
            ratelimit.consume(request, action=FAILURES_ANYWHERE, key=person, dry_run=dry_run),
            ratelimit.consume(request, action=FAILURES_OF_ADDRESS, dry_run=dry_run),
        ]
