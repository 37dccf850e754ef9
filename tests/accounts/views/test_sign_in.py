"""The door: who comes in, what a guesser learns, when it stays shut."""

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.urls import NoReverseMatch, reverse

from caseapp.accounts.models import User
from caseapp.settings import PASSWORD_HASHERS
from tests.conftest import PASSWORD
from tests.signing_in import app_code, sign_in, without_second_factor

pytestmark = pytest.mark.django_db

SECOND_STEP = "/sign-in/second-step/"
WRONG = "No open account has this e-mail and this password. Check both and try again."


def try_door(email: str, password: str, *, address: str = "192.0.2.1", client: Client | None = None):
    return (client or Client()).post(
        reverse("account_login"), {"login": email, "password": password}, REMOTE_ADDR=address
    )


class TestComingIn:
    @pytest.mark.parametrize("typed", ["lawyer@example.org", " Lawyer@Example.ORG "])
    def test_with_the_right_password_one_is_asked_for_the_second_factor(self, lawyer, typed):
        client = Client()
        answer = try_door(typed, PASSWORD, client=client)
        assert (answer.status_code, answer.url) == (302, SECOND_STEP)
        assert "_auth_user_id" not in client.session
        answer = client.post(SECOND_STEP, {"code": app_code()})
        assert (answer.status_code, answer.url) == (302, "/")
        assert client.session["_auth_user_id"] == str(lawyer.pk)

    def test_leads_to_where_one_was_going(self, lawyer):
        client = Client()
        client.post("/sign-in/?next=/change-password/", {"login": lawyer.email, "password": PASSWORD})
        assert client.post(SECOND_STEP, {"code": app_code()}).url == "/change-password/"

    @pytest.mark.parametrize("forged", ["//evil.example/", "http://["])
    def test_never_leads_off_the_site(self, lawyer, forged):
        client = Client()
        assert client.get("/sign-in/", {"next": forged}).status_code == 200
        client.post(f"/sign-in/?next={forged}", {"login": lawyer.email, "password": PASSWORD})
        assert client.post(SECOND_STEP, {"code": app_code()}).url == "/"

    def test_what_is_no_page_leads_nowhere(self, lawyer):
        answer = sign_in(lawyer).get("/your-account/second-factor/", {"next": "nowhere"})
        assert (answer.status_code, answer.url) == (302, "/")

    def test_back_to_sign_in_is_somebody_else_who_may_try(self, lawyer):
        client = Client()
        try_door(lawyer.email, PASSWORD, client=client)
        assert client.get("/sign-in/").url == SECOND_STEP
        assert client.post(SECOND_STEP, {"leave": "1"}).url == "/sign-in/"
        assert client.get("/sign-in/").status_code == 200

    def test_gets_a_new_session_key(self, lawyer):
        without_second_factor(lawyer)
        client = Client()
        client.post(reverse("choose_language"), {"language": "en"})
        session = client.session
        session["before"] = True
        session.save()
        before = session.session_key
        client.cookies["sessionid"] = before
        try_door(lawyer.email, PASSWORD, client=client)
        assert client.session.session_key != before


class TestWhatAGuesserLearns:
    @pytest.fixture
    def closed(self, stranger) -> User:
        User.objects.filter(pk=stranger.pk).update(is_active=False)
        return stranger

    def test_unknown_wrong_and_closed_get_the_same_answer(self, lawyer, closed):
        unknown = try_door("nobody@example.org", PASSWORD)
        wrong = try_door(lawyer.email, "a wrong password")
        shut = try_door(closed.email, PASSWORD)
        for answer in (unknown, wrong, shut):
            assert answer.status_code == 200
            assert answer.context["form"].errors == {"__all__": [WRONG]}

        def without_what_was_typed(answer) -> str:
            page = answer.content.decode().replace(answer.context["form"]["login"].value(), "E")
            return page.replace(str(answer.context["csrf_token"]), "T")

        assert len({without_what_was_typed(answer) for answer in (unknown, wrong, shut)}) == 1

    def test_an_unknown_email_costs_as_much_work_as_a_wrong_password(self, lawyer, settings, monkeypatch):
        settings.PASSWORD_HASHERS = PASSWORD_HASHERS
        lawyer.set_password(PASSWORD)
        lawyer.save()
        hashed: list[str] = []

        def counted(step):
            def count(hasher, password, *rest):
                hashed.append(password)
                return step(hasher, password, *rest)

            return count

        for step in ("encode", "verify"):
            monkeypatch.setattr(Argon2PasswordHasher, step, counted(getattr(Argon2PasswordHasher, step)))

        for email in (lawyer.email, "nobody@example.org"):
            hashed.clear()
            try_door(email, "a wrong password", address="192.0.2.9")
            assert hashed == ["a wrong password"]

    def test_the_throttle_treats_unknown_and_known_alike(self, lawyer):
        for email, address in ((lawyer.email, "192.0.2.1"), ("nobody@example.org", "192.0.2.2")):
            answers = [try_door(email, "a wrong password", address=address).status_code for _ in range(6)]
            assert answers == [200, 200, 200, 200, 200, 429]


class TestThrottle:
    def test_the_sixth_try_meets_a_calm_page(self, lawyer):
        for _ in range(5):
            try_door(lawyer.email, "a wrong password")
        answer = try_door(lawyer.email, PASSWORD)
        assert answer.status_code == 429
        assert "Too many tries" in answer.content.decode()
        assert "Wait 15 minutes and try again." in answer.content.decode()

    def test_it_shuts_out_neither_the_colleague_nor_the_person_elsewhere(self, lawyer, caseworker):
        for _ in range(6):
            try_door(lawyer.email, "a wrong password")
        assert try_door(caseworker.email, PASSWORD).status_code == 302
        assert try_door(lawyer.email, PASSWORD, address="198.51.100.7").status_code == 302

    def test_twenty_failures_from_anywhere_shut_the_account_for_an_hour(self, lawyer):
        for n in range(20):
            assert try_door(lawyer.email, "a wrong password", address=f"192.0.2.{n}").status_code == 200
        assert try_door(lawyer.email, PASSWORD, address="198.51.100.7").status_code == 429

    def test_good_sign_ins_are_not_counted(self, lawyer):
        for _ in range(4):
            try_door(lawyer.email, "a wrong password")
        assert [try_door(lawyer.email, PASSWORD).status_code for _ in range(6)] == [302] * 6
        assert try_door(lawyer.email, "a wrong password").status_code == 200
        assert try_door(lawyer.email, PASSWORD).status_code == 429

    def test_a_forged_proxy_header_starts_no_new_count(self, lawyer):
        for n in range(5):
            Client().post(
                reverse("account_login"),
                {"login": lawyer.email, "password": "a wrong password"},
                REMOTE_ADDR="192.0.2.1",
                HTTP_X_FORWARDED_FOR=f"203.0.113.{n}",
            )
        assert try_door(lawyer.email, PASSWORD).status_code == 429

    def test_the_count_is_shared_by_all_processes(self, settings):
        assert settings.CACHES["default"]["BACKEND"] in {
            "django.core.cache.backends.db.DatabaseCache",
            "django.core.cache.backends.redis.RedisCache",
        }


class TestGoingOut:
    def test_asks_first(self, lawyer, as_person):
        client = as_person(lawyer)
        assert client.get(reverse("account_logout")).status_code == 200
        assert "_auth_user_id" in client.session

    def test_by_post(self, lawyer, as_person):
        client = as_person(lawyer)
        answer = client.post(reverse("account_logout"))
        assert (answer.status_code, answer.url) == (302, "/sign-in/")
        assert answer.headers["Clear-Site-Data"] == '"cache"'
        assert "_auth_user_id" not in client.session


class TestClosedOffice:
    @pytest.mark.parametrize(
        "name",
        [
            "account_signup", "account_reset_password", "account_email", "account_set_password",
            "account_confirm_login_code", "account_request_login_code",
        ],
    )  # fmt: skip
    def test_doors_we_do_not_use_do_not_exist(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    @pytest.mark.parametrize("path", ["/signup/", "/accounts/signup/", "/sign-up/", "/accounts/login/", "/admin/"])
    def test_usual_addresses_lead_nowhere(self, client, path):
        assert client.get(path).status_code == 404
