"""What administrators do about people, and people about themselves."""

from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.accounts.links import SetPasswordTokens
from caseapp.accounts.models import User
from caseapp.accounts.roles import ABILITIES, Ability, Role
from caseapp.audit.actions import Action
from caseapp.audit.models import record

ROLES_THAT_MANAGE_PEOPLE = [role for role in Role if Ability.MANAGE_PEOPLE in ABILITIES[role]]


class EmailTaken(Exception):
    def __str__(self) -> str:
        return _("Somebody with this e-mail is already here, perhaps with a closed account. Look in the list.")


class LastAdministrator(Exception):
    def __str__(self) -> str:
        return _(
            "This is the only account that can manage people. "
            "Make somebody else an administrator first, then try again."
        )


class AccountClosed(Exception):
    def __str__(self) -> str:
        return _("This account is closed. Reopen it first, then make a link.")


@transaction.atomic
def add_person(*, by: User | None, email: str, name: str, role: Role) -> User:
    """Somebody new, who cannot sign in before they have set a password by link."""
    if User.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    person = User.objects.create_user(email=email, name=name, role=role)
    record(by=by, action=Action.PERSON_ADDED, subject=person, label=person.name, role=role)
    return person


@transaction.atomic
def change_person(*, by: User, person: User, name: str, role: Role) -> None:
    """A new role ends the person's sessions, so that no page of the old one stays open."""
    if role not in ROLES_THAT_MANAGE_PEOPLE:
        _refuse_if_last_administrator(person)
    before = {"name": person.name, "role": person.role}
    if role != person.role:
        _end_access(person)
    person.name, person.role = name, role
    person.save(update_fields=["name", "role"])
    after = {"name": person.name, "role": person.role}
    if after != before:
        record(by=by, action=Action.PERSON_CHANGED, subject=person, label=person.name, before=before, after=after)


@transaction.atomic
def deactivate_person(*, by: User, person: User) -> None:
    _refuse_if_last_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _end_access(person)
    record(by=by, action=Action.PERSON_DEACTIVATED, subject=person, label=person.name)


@transaction.atomic
def reactivate_person(*, by: User, person: User) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(by=by, action=Action.PERSON_REACTIVATED, subject=person, label=person.name)


@transaction.atomic
def make_set_password_link(*, by: User | None, person: User) -> str:
    """The path at which the person sets a password, once, within three days. Earlier links and sessions end.

    The old password, if there is one, stays until then: a link that is never used locks nobody out.
    """
    if not person.is_active:
        raise AccountClosed
    _end_access(person)
    record(by=by, action=Action.PERSON_LINK_MADE, subject=person, label=person.name)
    token = SetPasswordTokens().make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})


@transaction.atomic
def choose_language(*, by: User, language: str) -> None:
    by.language = language
    by.save(update_fields=["language"])


def _end_access(person: User) -> None:
    User.objects.filter(pk=person.pk).update(access_version=F("access_version") + 1)
    person.refresh_from_db(fields=["access_version"])


def _refuse_if_last_administrator(person: User) -> None:
    """Locks the administrators' rows, so that two who close each other's accounts do not both succeed."""
    managing = User.objects.select_for_update().filter(is_active=True, role__in=ROLES_THAT_MANAGE_PEOPLE)
    if {one.pk for one in managing} == {person.pk}:
        raise LastAdministrator
