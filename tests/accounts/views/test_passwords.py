"""Changing one's password, and setting it with a link."""

import pytest
from django.test import Client
from django.urls import reverse

from caseapp.accounts.models import User
from caseapp.accounts.services import people as services
from caseapp.audit.models import Event
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "quite another long one 7"


def change(client: Client, **typed: str):
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW} | typed
    return client.post(reverse("account_change_password"), fields)


class TestChange:
    def test_stays_signed_in_here_and_nowhere_else(self, lawyer, as_person):
        here, elsewhere = as_person(lawyer), as_person(lawyer)
        answer = change(here)
        assert (answer.status_code, answer.url) == (302, reverse("account_security"))
        assert here.get(reverse("account_change_password")).status_code == 200
        assert elsewhere.get(reverse("account_change_password")).status_code == 302
        lawyer.refresh_from_db()
        assert lawyer.check_password(NEW)
        assert [str(event) for event in Event.objects.all()] == ["Lena Lawyer set a new password"]

    @pytest.mark.parametrize(
        ("typed", "field", "sentence"),
        [
            ({"oldpassword": "a wrong password"}, "oldpassword", "This is not your current password."),
            ({"password2": NEW + "x"}, "password2", "You must type the same password each time."),
            (
                {"password1": "elevenchars", "password2": "elevenchars"},
                "password1",
                "This password is too short. It must contain at least 12 characters.",
            ),
            (
                {"password1": "q1w2e3r4t5y6", "password2": "q1w2e3r4t5y6"},
                "password1",
                "This password is too common.",
            ),
            (
                {"password1": "lawyer@example.org", "password2": "lawyer@example.org"},
                "password1",
                "The password is too similar to the e-mail.",
            ),
            (
                {"password1": "Password12345!", "password2": "Password12345!"},
                "password1",
                "This password is easy to guess. Several words that have nothing to do with each other are better.",
            ),
            (
                {"password1": "long words " * 12, "password2": "long words " * 12},
                "password1",
                "This password has more than 128 characters.",
            ),
        ],
    )
    def test_says_what_is_wrong_and_changes_nothing(self, lawyer, as_person, typed, field, sentence):
        answer = change(as_person(lawyer), **typed)
        errors = answer.context["form"].errors
        assert (list(errors), errors[field][0]) == ([field], sentence)
        lawyer.refresh_from_db()
        assert lawyer.check_password(PASSWORD)

    def test_says_where_to_get_one_to_whoever_has_none(self, lawyer, as_person):
        lawyer.set_unusable_password()
        lawyer.save()
        response = as_person(lawyer).get(reverse("account_change_password"), follow=True)
        assert response.redirect_chain == [(reverse("account_security"), 302)]
        assert "Ask an administrator for a link to set one." in response.content.decode()

    def test_is_throttled(self, lawyer, as_person):
        client = as_person(lawyer)
        answers = [change(client, oldpassword="a wrong password").status_code for _ in range(6)]
        assert answers == [200, 200, 200, 200, 200, 429]


class TestSetByLink:
    @pytest.fixture
    def newcomer(self, administrator) -> User:
        return services.add_person(by=administrator, email="nina@example.org", name="Nina Nueva", role="lawyer")

    @pytest.fixture
    def link(self, administrator, newcomer) -> str:
        return services.make_set_password_link(by=administrator, person=newcomer)

    def open_link(self, client: Client, link: str) -> str:
        answer = client.get(link)
        assert answer.status_code == 302
        return answer.url

    def test_sets_the_password_and_leads_to_sign_in(self, client, newcomer, link):
        form = self.open_link(client, link)
        assert link.split("-")[-1] not in form, "the secret does not stay in the address"
        assert "nina@example.org" in client.get(form).content.decode()
        answer = client.post(form, {"password1": NEW, "password2": NEW})
        assert (answer.status_code, answer.url) == (302, reverse("account_login"))
        signed_in = client.post(reverse("account_login"), {"login": newcomer.email, "password": NEW})
        assert (signed_in.status_code, signed_in.url) == (302, "/")

    def test_is_on_record_as_their_own_deed(self, client, newcomer, link):
        client.post(self.open_link(client, link), {"password1": NEW, "password2": NEW})
        event = Event.objects.first()
        assert (str(event), event.actor_id) == ("Nina Nueva set a new password", newcomer.pk)

    def test_works_once(self, client, newcomer, link):
        client.post(self.open_link(client, link), {"password1": NEW, "password2": NEW})
        again = Client().get(link)
        assert again.status_code == 200
        assert "This link no longer works" in again.content.decode()

    def test_keeps_to_the_password_rules(self, client, newcomer, link):
        answer = client.post(self.open_link(client, link), {"password1": "short", "password2": "short"})
        assert list(answer.context["form"].errors) == ["password1"]
        newcomer.refresh_from_db()
        assert not newcomer.has_usable_password()

    def test_dies_with_a_newer_one_even_when_already_opened(self, client, administrator, newcomer, link):
        form = self.open_link(client, link)
        services.make_set_password_link(by=administrator, person=newcomer)
        answer = client.post(form, {"password1": NEW, "password2": NEW})
        assert "This link no longer works" in answer.content.decode()
        newcomer.refresh_from_db()
        assert not newcomer.has_usable_password()

    def test_dies_with_the_account(self, client, administrator, newcomer, link):
        services.deactivate_person(by=administrator, person=newcomer)
        assert "This link no longer works" in client.get(link).content.decode()

    def test_of_an_account_closed_past_the_service_does_not_open(self, client, newcomer, link):
        User.objects.filter(pk=newcomer.pk).update(is_active=False)
        assert "This link no longer works" in client.get(link).content.decode()

    @pytest.mark.parametrize("path", ["/set-password/zz-nonsense/", "/set-password/1-x/", "/set-password/zzzzzz-a-b/"])
    def test_nonsense_gets_the_same_answer(self, client, path):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "This link no longer works" in answer.content.decode()

    def test_of_another_signs_the_reader_out_first(self, administrator, as_person, link):
        client = as_person(administrator)
        form = self.open_link(client, link)
        client.get(form)
        assert "_auth_user_id" not in client.session
