"""Headers on every answer; sign-in as a whole page."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from caseapp.core.middleware import SecurityHeaders, SignInForWholePage

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "frame-src 'self'",
}


@pytest.mark.django_db
class TestEveryAnswer:
    @pytest.fixture(params=["/sign-in/", "/health/", "/people/", "/nowhere/", "/people/add/"])
    def answer(self, request, as_person, administrator):
        return as_person(administrator).get(request.param)

    def test_is_kept_by_nobody(self, answer):
        assert answer.headers["Cache-Control"] == "no-store"

    def test_has_the_strict_content_policy(self, answer):
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY

    def test_is_shut_to_other_sites(self, answer):
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"

    def test_is_given_no_power_over_the_device(self, answer):
        powers = answer.headers["Permissions-Policy"].split(", ")
        assert {"camera=()", "microphone=()", "geolocation=()", "usb=()"} <= set(powers)
        of_its_own = {"publickey-credentials-create=(self)", "publickey-credentials-get=(self)"}
        assert {power for power in powers if not power.endswith("=()")} == of_its_own


def test_no_store_goes_before_what_a_view_says():
    middleware = SecurityHeaders(lambda request: HttpResponse(headers={"Cache-Control": "max-age=3600, public"}))
    assert middleware(RequestFactory().get("/")).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_methods_that_no_browser_needs_are_refused_at_the_door(client, db, method):
    answer = client.generic(method, "/sign-in/")
    assert (answer.status_code, answer.headers.get("Allow")) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("charset", ["idna", "rot13", "hex", "utf-16", "utf-7", "latin-1"])
def test_forms_in_another_encoding_are_refused_at_the_door(client, charset):
    body = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n\xff\r\n--x--\r\n'
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    assert client.generic("POST", "/sign-in/", body, content_type=kind).status_code == 400


@pytest.mark.django_db
def test_a_cookie_with_what_no_database_takes_is_as_if_it_had_not_been_sent(client):
    """Quoted, a cookie can hold any character; PostgreSQL would answer for the session with an error."""
    answer = client.get("/cases/", headers={"Cookie": r'sessionid="\000aaaaaaaa"; other=kept'})
    assert answer.wsgi_request.COOKIES == {"other": "kept"}
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/?next=/cases/")


class TestSignInForWholePage:
    def answer_to(self, response: HttpResponse, **headers: str) -> HttpResponse:
        return SignInForWholePage(lambda request: response)(RequestFactory().get("/x/", headers=headers))

    def test_an_ended_session_opens_sign_in_and_comes_back_to_the_page(self):
        answer = self.answer_to(
            HttpResponseRedirect("/sign-in/?next=/fragment/"),
            hx_request="true",
            hx_current_url="http://testserver/sources/7/?page=2",
        )
        assert answer.status_code == 401
        assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2Fsources%2F7%2F%3Fpage%3D2"

    @pytest.mark.parametrize("forged", ["https://evil.example", "http://[", "https://\u2100/"])
    def test_a_forged_page_stays_on_the_site(self, forged):
        answer = self.answer_to(HttpResponseRedirect("/sign-in/"), hx_request="true", hx_current_url=forged)
        assert answer.headers["HX-Redirect"] == "/sign-in/?next=%2F"

    @pytest.mark.parametrize(
        ("location", "headers"),
        [("/sign-in/?next=/x/", {}), ("/sources/", {"hx_request": "true"}), ("/sign-in/", {"hx_request": "false"})],
    )
    def test_leaves_other_redirects_alone(self, location, headers):
        response = HttpResponseRedirect(location)
        assert self.answer_to(response, **headers) is response

    def test_leaves_pages_alone(self):
        response = HttpResponse("page")
        assert self.answer_to(response, hx_request="true") is response

    @pytest.mark.django_db
    def test_in_place(self, client):
        answer = client.get("/people/", headers={"hx-request": "true", "hx-current-url": "http://testserver/people/"})
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in/?next=%2Fpeople%2F")
        assert answer.headers["Cache-Control"] == "no-store"
