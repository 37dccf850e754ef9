"""Health, and the pages for when something is wrong."""

import re

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from caseapp.core import numbered, views
from caseapp.urls import handler500
from caseapp.urls import urlpatterns as every_address

SECRET = "the client's name"


def broken(request):
    raise RuntimeError(SECRET)


urlpatterns = [path("broken/", broken), *every_address]
__all__ = ["handler500", "urlpatterns"]


class TestHealth:
    pytestmark = pytest.mark.django_db

    def test_needs_no_sign_in_and_tells_nothing_else(self, client):
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok", "failing": []})

    def test_fails_when_the_database_is_silent(self, client, monkeypatch, caplog):
        def silent() -> None:
            raise DatabaseError("no answer")

        monkeypatch.setitem(views.HEALTH_CHECKS, "database", silent)
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (503, {"status": "failing", "failing": ["database"]})

    def test_fails_when_files_cannot_be_written(self, client, settings, tmp_path):
        settings.DATA_DIR = tmp_path / "gone"
        answer = client.get("/health/")
        assert (answer.status_code, answer.json()) == (503, {"status": "failing", "failing": ["files"]})

    def test_leaves_nothing_behind(self, client, settings):
        client.get("/health/")
        assert list(settings.DATA_DIR.iterdir()) == []

    def test_takes_no_orders(self, client):
        assert client.post("/health/").status_code == 405


@pytest.mark.django_db
class TestWrongPages:
    def test_not_found_says_the_same_to_everybody(self, as_person, lawyer):
        answer = as_person(lawyer).get("/nowhere/")
        assert answer.status_code == 404
        page = answer.content.decode()
        assert "There is nothing here for you" in page
        assert "nowhere" not in page.replace('value="/nowhere/"', "")

    def test_not_allowed(self, as_person, lawyer):
        answer = as_person(lawyer).get("/people/")
        assert answer.status_code == 403
        assert "Your role does not allow this" in answer.content.decode()

    def test_too_old_a_page(self, lawyer):
        client = Client(enforce_csrf_checks=True)
        answer = client.post("/sign-in/", {"login": lawyer.email, "password": "x"})
        assert answer.status_code == 403
        assert "The page was open too long" in answer.content.decode()

    def test_not_understood(self, client):
        answer = client.get("/health/", headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert "The server did not understand that" in answer.content.decode()

    @override_settings(ROOT_URLCONF="tests.core.test_views")
    def test_broken_gives_a_number_and_no_trace(self, as_person, lawyer, monkeypatch):
        numbers = []
        monkeypatch.setattr(
            numbered.secrets, "token_hex", lambda _bytes: numbers.append(f"{len(numbers):08x}") or numbers[-1]
        )
        client = as_person(lawyer)
        client.raise_request_exception = False
        answer = client.get("/broken/")
        assert answer.status_code == 500
        page = answer.content.decode()
        assert SECRET not in page
        assert "RuntimeError" not in page
        number = re.search(r'<p class="hash">([0-9a-f]{8})</p>', page)
        assert number is not None
        assert number[1] == numbers[-1]

    def test_broken_needs_neither_database_nor_session(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = views.server_error(RequestFactory().get("/"))
        assert answer.status_code == 500
