"""What the program writes into its log: lines of code, classes and ids."""

import logging
import sys
import threading
import uuid
import warnings

import pytest
from django.db import IntegrityError, transaction

from caseapp.accounts.models import User
from caseapp.core.logs import IdsOnly, log_what_nobody_catches

CANARY = "Zubizarreta"
PK = "3f2b8c1e-0000-4000-8000-000000000001"


def written(record: logging.LogRecord) -> str:
    return IdsOnly().format(record).partition(f"{record.levelname} ")[2]


def spoken(name, words, *arguments, error=None, **more):
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "/lib/site/some/module.py", 7, words, arguments, exc_info)
    record.__dict__ |= more
    return written(record)


def raised(make):
    try:
        make()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def broken():
    try:
        int(CANARY)
    except ValueError as error:
        raise RuntimeError(CANARY) from error


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/people/?q=Zubizarreta", 403, "django.request 403 GET person_list person={pk}"),
        ("/Zubizarreta/", 404, "django.request 404 GET no such address person={pk}"),
        (f"/cases/{PK}/?q=Zubizarreta", 404, f"django.request 404 GET case_show pk={PK} person={{pk}}"),
        ("/sources/facets/Zubizarreta/", 404, "django.request 404 GET facet_show person={pk}"),
    ],
)
def test_a_refusal_is_one_line_without_the_address(address, status, said, lawyer, as_person, caplog):
    assert as_person(lawyer).get(address).status_code == status
    (record,) = (record for record in caplog.records if record.name == "django.request")
    assert written(record) == said.format(pk=lawyer.pk)


def test_a_failure_is_told_by_classes_and_lines_of_code():
    lines = spoken("django.request", "Internal Server Error: %s", CANARY, error=raised(broken), status_code=500)
    head, *frames = lines.splitlines()
    assert head == "django.request 500  no such address"
    assert [line.strip() for line in frames if " in " not in line] == ["builtins.RuntimeError", "builtins.ValueError"]
    assert f"{__file__}:" in lines
    assert CANARY not in lines


def test_a_database_that_quotes_the_row_is_not_quoted(caseworker):
    def twice():
        with transaction.atomic():
            User.objects.create(email=caseworker.email, name=CANARY)

    error = raised(twice)
    assert isinstance(error, IntegrityError)
    lines = spoken("caseapp.cases", "A row was refused.", error=error)
    assert "IntegrityError" in lines
    assert caseworker.email not in lines
    assert CANARY not in lines


@pytest.mark.parametrize(
    ("name", "words", "arguments", "said"),
    [
        ("caseapp.core.jobs", "build %s, part %d", (PK, 2), f"build {PK}, part 2"),
        ("django.security.csrf", "Forbidden (%s): %s", ("Zubi", "/"), "Forbidden (…): … (site/some/module.py:7)"),
        ("celery.app.trace", "Task %(name)s[%(id)s] raised: %(exc)s %(args)s",
         ({"name": "cases.read", "id": PK, "exc": "Zubizarreta", "args": "(Zubizarreta)"},),
         f"Task cases.read[{PK}] raised: … … (site/some/module.py:7)"),
        ("gunicorn.error", "Invalid request: GET /?q=Zubizarreta", (), "(site/some/module.py:7)"),
        ("gunicorn.error", "Worker %d of %s", (7, uuid.UUID(PK)), f"Worker 7 of {PK} (site/some/module.py:7)"),
        ("django.x", "%d pages", ("Zubizarreta",), "… pages (site/some/module.py:7)"),
        ("weasyprint", "Ignored `%s` at %d:%d", ("Zubizarreta", 1, 2), "(site/some/module.py:7)"),
        ("urllib3.connectionpool", "https://example.org/Zubizarreta", (), "(site/some/module.py:7)"),
    ],
)  # fmt: skip
def test_what_a_library_says_is_written_without_what_it_says_it_of(name, words, arguments, said):
    assert spoken(name, words, *arguments) == f"{name} {said}"


def test_nothing_moves_the_cursor_or_begins_a_line_of_its_own():
    said = spoken("caseapp.core", "build %s", "7\n2026-01-01 INFO all is well\x1b[2J\u202e\r")
    assert said == "caseapp.core build 7\n    2026-01-01 INFO all is well\\x1b[2J\\u202e\\r"


def test_threads_and_warnings_speak_by_the_log(caplog):
    log_what_nobody_catches()
    thread = threading.Thread(target=broken)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "excepthook", sys.modules["caseapp.core.logs"]._thread_ended)
        thread.start()
        thread.join()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = logging._showwarning
        warnings.warn(CANARY, stacklevel=1)
    assert [record.name for record in caplog.records] == ["caseapp.core.logs", "py.warnings"]
    assert CANARY not in "".join(map(written, caplog.records))
