"""What administrators do about people and the office, and people about themselves."""

from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from caseapp.accounts.links import SetPasswordTokens
from caseapp.accounts.models import Office, User
from caseapp.accounts.queries import values_of_office
from caseapp.accounts.roles import Ability, Role, roles_with
from caseapp.accounts.services.sessions import end_access
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core.differences import require_seen

ROLES_THAT_MANAGE_PEOPLE = roles_with(Ability.MANAGE_PEOPLE)


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
def change_person(*, by: User, person: User, name: str, role: Role, was: str | None = None) -> None:
    """A new role ends the person's sessions, so that no page of the old one stays open. `was` is what the page showed.

    Raises ChangedMeanwhile, LastAdministrator.
    """
    standing = User.objects.select_for_update().get(pk=person.pk)
    require_seen(standing, was, name=standing.name, role=standing.role)
    if role not in ROLES_THAT_MANAGE_PEOPLE:
        _refuse_if_last_administrator(person)
    before = {"name": person.name, "role": person.role}
    if role != person.role:
        end_access(person)
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
    end_access(person)
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
    end_access(person)
    record(by=by, action=Action.PERSON_LINK_MADE, subject=person, label=person.name)
    token = SetPasswordTokens().make_token(person)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": token})


@transaction.atomic
def choose_language(*, by: User, language: str) -> None:
    by.language = language
    by.save(update_fields=["language"])


@transaction.atomic
def change_office(*, by: User, may_fetch: bool, keep_years: int | None = None, was: str | None = None) -> Office:
    """What is None stays as it is. `was` is what the page showed. Raises ChangedMeanwhile."""
    office, _is_new = Office.objects.select_for_update().get_or_create(pk=Office.ONLY)
    require_seen(office, was, **values_of_office(office))
    if keep_years is not None and office.keep_years != keep_years:
        before, office.keep_years = office.keep_years, keep_years
        office.save(update_fields=["keep_years"])
        record(by=by, action=Action.KEEPING_CHANGED, subject=office, before=before, after=keep_years)
    if office.may_fetch != may_fetch:
        office.may_fetch = may_fetch
        office.save(update_fields=["may_fetch"])
        action = Action.FETCHING_ALLOWED if may_fetch else Action.FETCHING_FORBIDDEN
        record(by=by, action=action, subject=office)
    return office


def _refuse_if_last_administrator(person: User) -> None:
    """Locks the administrators' rows, so that two who close each other's accounts do not both succeed."""
    managing = User.objects.select_for_update().filter(is_active=True, role__in=ROLES_THAT_MANAGE_PEOPLE)
    if {one.pk for one in managing} == {person.pk}:
        raise LastAdministrator
