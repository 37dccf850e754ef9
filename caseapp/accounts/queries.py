"""What is asked about people and their office."""

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession

from caseapp.accounts import browsers
from caseapp.accounts.models import Office, User


class NobodyWithEmail(LookupError):
    def __init__(self, email: str) -> None:
        super().__init__(f"There is no open account with the e-mail {email}.")


def person_by_email(email: str) -> User:
    try:
        return User.objects.get(email__iexact=email, is_active=True)
    except User.DoesNotExist as error:
        raise NobodyWithEmail(email) from error


def values_of_office(office: Office) -> dict[str, Any]:
    """All that was decided, by the names of its fields."""
    return {field.name: getattr(office, field.name) for field in Office._meta.concrete_fields if not field.primary_key}


def office() -> Office:
    """As it was decided, or as it was installed where nobody decided anything yet."""
    return Office.objects.first() or Office(pk=Office.ONLY)


@dataclass(frozen=True)
class OpenSession:
    """Where somebody is signed in. `browser` is what it says it is."""

    row: UserSession
    is_here: bool

    @property
    def browser(self) -> str:
        return browsers.in_words(self.row.user_agent)


def open_sessions(person: User, *, here: str | None) -> list[OpenSession]:
    """Those that still hold, this one first."""
    rows = UserSession.objects.purge_and_list(person)
    found = [OpenSession(row, is_here=row.session_key == here) for row in rows]
    return sorted(found, key=lambda one: (not one.is_here, -one.row.last_seen_at.timestamp()))
