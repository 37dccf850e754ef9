"""Rows H of security.md: what the browser is told with every answer, and what an error page says."""

import re
from http import HTTPStatus

import pytest
from django.apps import apps
from django.core.exceptions import RequestDataTooBig
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.core import numbered, views
from caseapp.urls import handler400, handler500
from caseapp.urls import urlpatterns as every_address
from tests.architecture.test_every_url import ROWS, address, world

SECRET = "Zubizarreta"
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
# What a look leaves behind: that somebody looked, the session of whoever did, and the picture of a page, which is drawn
# when it is first asked for.
LEFT_BY_LOOKING = {
    *("audit_event", "django_session", "usersessions_usersession"),
    *("cases_documentpicture", "packets_volumepicture"),
}
LOOKS = {
    *(Action.CASE_VIEWED, Action.DOCUMENT_VIEWED, Action.BUILD_PAGES_VIEWED),
    *(Action.ORIGINAL_DOWNLOADED, Action.LIBRARY_TAKEN_OUT),
    *(Action.DOCUMENT_DOWNLOADED, Action.INDEX_DOWNLOADED, Action.VOLUME_DOWNLOADED, Action.MANIFEST_DOWNLOADED),
    *(Action.CALENDAR_DOWNLOADED, Action.RECORD_TAKEN_OUT, Action.DENIED),
}


def broken(request: HttpRequest) -> None:
    raise RuntimeError(SECRET)


def too_big(request: HttpRequest) -> None:
    raise RequestDataTooBig(SECRET)


urlpatterns = [path("broken/", broken), path("too-big/", too_big), *every_address]
__all__ = ["handler400", "handler500", "urlpatterns", "world"]


def what_is_wrong(answer, *, is_kept=False):
    headers, wrong = answer.headers, []
    policy = set(headers.get("Content-Security-Policy", "").split("; "))
    if policy != POLICY and not (policy >= {"sandbox"} and "attachment" in headers.get("Content-Disposition", "")):
        wrong.append("policy")
    for name, value in (
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ):
        if headers.get(name) != value:
            wrong.append(name)
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if not is_kept and headers.get("Cache-Control") != "no-store":
        wrong.append("Cache-Control")
    return wrong


def everything_stored():
    """Each table, row by row, as the database has it."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - LEFT_BY_LOOKING
    stored = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # names of our own tables
            stored[table] = cursor.fetchall()
    return stored


@pytest.mark.parametrize("person", ["lawyer", "administrator"])
def test_h1_h2_h3_every_answer_has_its_headers_and_h4_get_changes_nothing(person, world, request, as_person):
    client, wrong = as_person(request.getfixturevalue(person)), {}
    before, events = everything_stored(), set(Event.objects.values_list("pk", flat=True))
    for row in ROWS:
        answer = client.get(address(row, world))
        answer.getvalue()
        if found := what_is_wrong(answer):
            wrong[row.name] = found
    assert wrong == {}
    after = everything_stored()
    assert [table for table in before if before[table] != after[table]] == []
    assert set(Event.objects.exclude(pk__in=events).values_list("action", flat=True)) <= LOOKS


def test_h4_no_address_takes_a_form_that_does_not_come_from_our_own_page(world, lawyer):
    client, taken = Client(enforce_csrf_checks=True), {}
    client.force_login(lawyer)
    before = everything_stored()
    for row in ROWS:
        answer = client.post(address(row, world), {"sent": "from elsewhere"})
        if answer.status_code != 403 or "The page was open too long" not in answer.content.decode():
            taken[row.name] = answer.status_code
    assert taken == {}
    assert everything_stored() == before


def test_h1_h2_static_files_have_them_too_and_may_be_kept(client, db):
    answer = client.get("/static/css/app.css")
    assert (answer.status_code, what_is_wrong(answer, is_kept=True)) == (200, [])
    assert "no-store" not in answer.headers["Cache-Control"]
    answer.close()


def test_h2_browsers_are_told_to_come_by_tls_alone_for_a_year(settings, db):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    answer = Client().get(reverse("account_login"), secure=True)
    assert answer.headers.get("Strict-Transport-Security", "").startswith("max-age=31536000; includeSubDomains")


def test_h3_signing_out_clears_what_the_browser_kept(lawyer, as_person):
    answer = as_person(lawyer).post(reverse("account_logout"))
    assert (answer.status_code, answer.headers.get("Clear-Site-Data")) == (302, '"cache"')


ERRORS = {
    HTTPStatus.NOT_FOUND: ("/nowhere/", {}),
    HTTPStatus.FORBIDDEN: ("/people/", {}),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("/broken/", {}),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("/too-big/", {}),
    HTTPStatus.BAD_REQUEST: ("/", {"host": "evil.example"}),
}


@override_settings(ROOT_URLCONF="tests.security.test_h_rows")
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("status", ERRORS)
def test_h5_an_error_page_is_plain_and_has_a_number_and_no_trace(status, language, lawyer, as_person):
    lawyer.language = language
    lawyer.save()
    client = as_person(lawyer)
    client.raise_request_exception = False
    where, headers = ERRORS[status]
    answer = client.get(where, headers={"accept-language": language, **headers})
    page = answer.content.decode()
    assert (answer.status_code, what_is_wrong(answer)) == (status, [])
    assert re.search(r'class="hash">[0-9a-f]{8}<', page)
    assert not re.search(rf"{SECRET}|Traceback|RuntimeError|RequestDataTooBig|evil|\.py\b|/caseapp/", page)


def test_h5_a_broken_error_page_gives_its_number_in_plain_words(monkeypatch):
    def fail(*_template):
        raise RuntimeError(SECRET)

    monkeypatch.setattr(views, "render_to_string", fail)
    with numbered.numbered():
        answer = views.server_error(RequestFactory().get("/"))
        words = f"Something broke on our side: {numbered.number()}"
    assert (answer.status_code, answer.content.decode()) == (500, words)


def test_h5_a_form_that_was_open_too_long_and_too_many_tries_have_a_number_too(lawyer, db):
    client = Client(enforce_csrf_checks=True)
    answers = [client.post(reverse("account_login"), {"login": "x"})]
    guesser = Client()
    for _ in range(7):
        answers.append(guesser.post(reverse("account_login"), {"login": lawyer.email, "password": "wrong"}))
    assert [answer.status_code for answer in (answers[0], answers[-1])] == [403, 429]
    for answer in (answers[0], answers[-1]):
        assert re.search(r'class="hash">[0-9a-f]{8}<', answer.content.decode())
        assert what_is_wrong(answer) == []
