"""What matters much asks again who sits there."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from caseapp.accounts.recent import sign_in_recent
from tests.conftest import PASSWORD
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@sign_in_recent
def guarded(request, pk: int) -> HttpResponse:
    return HttpResponse(f"{pk}")


def ask(client, *, method: str = "get", **headers):
    request = getattr(RequestFactory(), method)("/cases/7/export/", **headers)
    request.session, request.user, request._messages = client.session, client.person, Said()
    return guarded(request, 7), request._messages.words


class Said:
    def __init__(self):
        self.words = []

    def add(self, level, message, extra_tags):
        self.words.append(message)


@pytest.fixture
def signed_in(lawyer):
    def sign(ago: float):
        client = sign_in(lawyer, ago=ago)
        client.person = lawyer
        return client

    return sign


def test_a_fresh_sign_in_goes_through(signed_in):
    answer, said = ask(signed_in(14 * 60))
    assert (answer.status_code, answer.content, said) == (200, b"7", [])


def test_an_older_one_is_asked_and_comes_back(signed_in):
    answer, said = ask(signed_in(16 * 60))
    assert (answer.status_code, answer.url, said) == (302, "/is-it-you/?next=%2Fcases%2F7%2Fexport%2F", [])


def test_whoever_sent_something_comes_back_to_the_page_they_sent_it_from(signed_in):
    answer, said = ask(signed_in(16 * 60), method="post", HTTP_REFERER="http://testserver/cases/7/?page=2")
    assert answer.url == "/is-it-you/?next=%2Fcases%2F7%2F%3Fpage%3D2"
    assert said == ["Nothing was changed yet. Once it is clear that it is you, do it again."]


@pytest.mark.parametrize("page", ["https://evil.example/", ""])
def test_no_page_of_another_host_is_come_back_to(signed_in, page):
    answer, _said = ask(signed_in(16 * 60), method="post", HTTP_REFERER=page)
    assert answer.url == "/is-it-you/?next=%2F"


def test_in_place_the_whole_page_is_asked(signed_in):
    answer, _said = ask(signed_in(16 * 60), HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/cases/7/")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/is-it-you/?next=%2Fcases%2F7%2F")


def test_a_session_of_somebody_else_proves_nothing(signed_in, caseworker):
    client = signed_in(0)
    client.person = caseworker
    answer, _said = ask(client)
    assert answer.status_code == 302


def test_the_right_password_opens_and_leads_back(lawyer):
    client = sign_in(lawyer, ago=16 * 60)
    wrong = client.post("/is-it-you/?next=/sources/", {"password": "not this one at all"})
    assert wrong.context["form"].errors == {"password": ["This is not your password."]}
    right = client.post("/is-it-you/?next=/sources/", {"password": PASSWORD})
    assert (right.status_code, right.url) == (302, "/sources/")
    client.person = lawyer
    assert ask(client)[0].status_code == 200
