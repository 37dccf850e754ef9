"""Each deed on people: what it changes, what it puts on record, whom it refuses."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from caseapp.accounts.links import SetPasswordTokens
from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.accounts.services import people as services
from caseapp.audit.models import Event
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def said() -> list[str]:
    return [str(event) for event in Event.objects.order_by("pk")]


def token_in(link: str) -> str:
    return link.removesuffix("/").split("/")[-1].partition("-")[2]


class TestAddPerson:
    def test_makes_somebody_who_cannot_sign_in_yet(self, administrator):
        person = services.add_person(by=administrator, email="Nina@Example.org", name="Nina Nueva", role=Role.LAWYER)
        assert (person.email, person.name, person.role) == ("nina@example.org", "Nina Nueva", "lawyer")
        assert not person.has_usable_password()
        assert said() == ["Ada Administrator added the person Nina Nueva"]

    def test_refuses_an_email_that_is_taken_in_any_case(self, administrator, lawyer):
        with pytest.raises(services.EmailTaken) as refusal:
            services.add_person(by=administrator, email="LAWYER@example.org", name="Twin", role=Role.LAWYER)
        assert str(refusal.value).startswith("Somebody with this e-mail is already here")
        assert said() == []
        assert not User.objects.filter(name="Twin").exists()


class TestChangePerson:
    def test_keeps_before_and_after(self, administrator, lawyer):
        services.change_person(by=administrator, person=lawyer, name="Lena Lopez", role=Role.LAWYER)
        lawyer.refresh_from_db()
        assert lawyer.name == "Lena Lopez"
        assert Event.objects.get().detail == {
            "before": {"name": "Lena Lawyer", "role": "lawyer"},
            "after": {"name": "Lena Lopez", "role": "lawyer"},
        }

    def test_a_new_name_leaves_sessions_open(self, administrator, lawyer):
        services.change_person(by=administrator, person=lawyer, name="Lena Lopez", role=Role.LAWYER)
        lawyer.refresh_from_db()
        assert lawyer.access_version == 0

    def test_a_new_role_ends_sessions(self, administrator, lawyer, as_person):
        client = as_person(lawyer)
        services.change_person(by=administrator, person=lawyer, name=lawyer.name, role=Role.CASEWORKER)
        assert client.get("/change-password/").status_code == 302

    def test_saving_nothing_new_is_not_put_on_record(self, administrator, lawyer):
        services.change_person(by=administrator, person=lawyer, name=lawyer.name, role=Role.LAWYER)
        assert said() == []

    def test_the_last_administrator_stays_one(self, administrator):
        with pytest.raises(services.LastAdministrator) as refusal:
            services.change_person(by=administrator, person=administrator, name="Ada", role=Role.LAWYER)
        assert str(refusal.value).startswith("This is the only account that can manage people.")
        administrator.refresh_from_db()
        assert (administrator.name, administrator.role) == ("Ada Administrator", "administrator")

    def test_one_of_two_administrators_may_step_down(self, administrator):
        other = User.objects.create_user(email="other@example.org", name="Otto", role=Role.ADMINISTRATOR)
        services.change_person(by=administrator, person=administrator, name="Ada", role=Role.LAWYER)
        with pytest.raises(services.LastAdministrator):
            services.change_person(by=other, person=other, name="Otto", role=Role.LAWYER)


class TestDeactivatePerson:
    def test_closes_the_account_and_every_session(self, administrator, lawyer, as_person):
        client = as_person(lawyer)
        services.deactivate_person(by=administrator, person=lawyer)
        assert client.get("/change-password/").status_code == 302
        assert said() == ["Ada Administrator closed the account of Lena Lawyer"]

    def test_reopening_does_not_bring_old_sessions_back(self, administrator, lawyer, as_person):
        client = as_person(lawyer)
        services.deactivate_person(by=administrator, person=lawyer)
        services.reactivate_person(by=administrator, person=lawyer)
        lawyer.refresh_from_db()
        assert lawyer.is_active
        assert client.get("/change-password/").status_code == 302
        assert said()[-1] == "Ada Administrator reopened the account of Lena Lawyer"

    def test_the_last_administrator_stays(self, administrator):
        User.objects.create_user(email="c@example.org", name="Closed", role=Role.ADMINISTRATOR)
        User.objects.filter(name="Closed").update(is_active=False)
        with pytest.raises(services.LastAdministrator):
            services.deactivate_person(by=administrator, person=administrator)
        administrator.refresh_from_db()
        assert administrator.is_active
        assert said() == []


class TestMakeSetPasswordLink:
    def test_the_link_opens_for_that_person_alone(self, administrator, lawyer, caseworker):
        link = services.make_set_password_link(by=administrator, person=lawyer)
        token = token_in(link)
        assert SetPasswordTokens().check_token(lawyer, token)
        assert not SetPasswordTokens().check_token(caseworker, token)
        assert said() == ["Ada Administrator made a set-password link for Lena Lawyer"]

    def test_the_link_is_not_put_on_record(self, administrator, lawyer):
        token = token_in(services.make_set_password_link(by=administrator, person=lawyer))
        event = Event.objects.get()
        assert token not in f"{event.subject_label} {event.detail}"

    def test_a_newer_link_ends_the_earlier(self, administrator, lawyer):
        first = token_in(services.make_set_password_link(by=administrator, person=lawyer))
        second = token_in(services.make_set_password_link(by=administrator, person=lawyer))
        assert not SetPasswordTokens().check_token(lawyer, first)
        assert SetPasswordTokens().check_token(lawyer, second)

    @pytest.mark.parametrize(("hours", "opens"), [(71, True), (73, False)])
    def test_it_lasts_three_days(self, administrator, lawyer, hours, opens):
        token = token_in(services.make_set_password_link(by=administrator, person=lawyer))
        # Django's tokens count local time without a zone.
        later = dt.datetime.now() + dt.timedelta(hours=hours)  # noqa: DTZ005
        with patch.object(PasswordResetTokenGenerator, "_now", return_value=later):
            assert SetPasswordTokens().check_token(lawyer, token) is opens

    def test_it_leaves_the_old_password_working_and_ends_sessions(self, administrator, lawyer, as_person):
        client = as_person(lawyer)
        services.make_set_password_link(by=administrator, person=lawyer)
        assert client.get("/change-password/").status_code == 302
        lawyer.refresh_from_db()
        assert lawyer.check_password(PASSWORD)

    def test_refuses_a_closed_account(self, administrator, lawyer):
        services.deactivate_person(by=administrator, person=lawyer)
        with pytest.raises(services.AccountClosed):
            services.make_set_password_link(by=administrator, person=lawyer)


def test_choose_language_is_kept(lawyer):
    services.choose_language(by=lawyer, language="es")
    assert User.objects.get(pk=lawyer.pk).language == "es"
