"""The workers' part of capturing a page again, with a small web of its own."""

import datetime as dt

import pytest

from caseapp.accounts.services.people import change_office
from caseapp.core.jobs import MOST_ATTEMPTS
from caseapp.library import sweeping
from caseapp.library.arriving import recapturing
from caseapp.library.fetching import client
from caseapp.library.models import Method, Recapture, RecaptureStatus
from tests.library.conftest import ARTICLE, NOW
from tests.library.fetching.conftest import page, redirect, sending, web  # noqa: F401 (a fixture)

ADDRESS = "http://herald.example/door"


@pytest.fixture
def row(source, caseworker, administrator, web, monkeypatch):  # noqa: F811
    change_office(by=administrator, may_fetch=True)
    monkeypatch.setattr(client, "the_web", lambda: web.network)
    return Recapture.objects.create(
        source=source, address=ADDRESS, requested_at=NOW, requested_by=caseworker, heartbeat_at=NOW
    )


def recaptured(row: Recapture) -> Recapture:
    recapturing.recapture(row.pk)
    row.refresh_from_db()
    return row


def text(body: str) -> bytes:
    return page(body.encode(), "Server: sample", media_type="text/plain; charset=utf-8")


def test_a_page_that_changed_is_a_new_version(row, web, caseworker):  # noqa: F811
    web.handler = lambda connection, request: connection.sendall(
        text(ARTICLE + "Corrected.") if request.startswith("GET /new ") else redirect("/new")
    )
    done = recaptured(row)
    assert (done.status, done.failure) == (RecaptureStatus.KEPT, "")
    capture = done.capture
    assert (capture.number, capture.method, capture.captured_by) == (2, Method.FETCHED, caseworker)
    assert capture.text == ARTICLE + "Corrected."
    assert capture.original_name == "new.txt"
    assert capture.response["final_address"] == "http://herald.example/new"
    assert capture.response["received_sha256"] == capture.original_sha256
    assert ["Server", "sample"] in capture.response["headers"]
    web.handler = sending(b"")
    assert recaptured(row).status == RecaptureStatus.KEPT


def test_a_web_page_is_read_in_the_letters_that_its_server_names(row, web):  # noqa: F811
    words = "La policía no llegó. " * 20
    html = f"<html><body><article><h1>Año nuevo</h1><p>{words}</p></article></body></html>".encode("latin-1")
    web.handler = sending(page(html, media_type="text/html; charset=iso-8859-1"))
    done = recaptured(row)
    assert (done.status, done.failure) == (RecaptureStatus.KEPT, "")
    assert "La policía no llegó." in done.capture.text
    assert done.capture.media_type == "text/html"


def test_a_page_that_is_as_it_was_makes_no_version(row, web, source):  # noqa: F811
    web.handler = sending(text(ARTICLE))
    assert recaptured(row).status == RecaptureStatus.UNCHANGED
    assert source.captures.count() == 1


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (page(b"", status="404 Not Found"), "The server says that there is no page at this address (404)."),
        (text("\0\1\2" * 50), "This text holds 50 NUL characters"),
    ],
)
def test_a_page_that_fails_leaves_the_source_as_it_was(row, web, source, answer, sentence):  # noqa: F811
    web.handler = sending(answer)
    done = recaptured(row)
    assert done.status == RecaptureStatus.FAILED
    assert done.failure.startswith(sentence)
    source.refresh_from_db()
    assert (source.newest, source.captures.count()) == (1, 1)


def test_rights_are_looked_at_again(row, web, administrator):  # noqa: F811
    change_office(by=administrator, may_fetch=False)
    assert recaptured(row).failure == "This page may not be fetched any more."
    assert web.requests == []


def test_what_nobody_foresaw_is_said_by_a_reference(row, monkeypatch):
    def stumble(*_, **__):
        raise RuntimeError("words of a page")

    monkeypatch.setattr(recapturing, "fetch", stumble)
    failure = recaptured(row).failure
    assert failure.startswith("Something unexpected happened while this page was being fetched.")
    assert "words of a page" not in failure


def test_work_left_lying_is_taken_up_again_and_given_up_at_last(row):
    late = NOW + dt.timedelta(hours=1)
    rows = Recapture.objects.filter(pk=row.pk)
    rows.update(status=RecaptureStatus.FETCHING, owner="gone", attempts=1)
    assert sweeping.sweep_recaptures(late) == [row.pk]
    rows.update(status=RecaptureStatus.FETCHING, owner="gone", attempts=MOST_ATTEMPTS, heartbeat_at=NOW)
    assert sweeping.sweep_recaptures(late) == []
    row.refresh_from_db()
    assert row.failure.startswith("The program stopped 3 times while it had this page")
