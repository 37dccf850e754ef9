"""What the program writes into its log about requests."""

import logging
import sys

import pytest


def written(record: logging.LogRecord) -> str:
    """The lines that the program's own handler makes of a record."""
    (console,) = (handler for handler in logging.getLogger().handlers if handler.name == "console")
    assert console.filter(record)
    return console.format(record)


@pytest.mark.parametrize(("address", "status"), [("/people/", 403), ("/no-such-page/", 404)])
def test_a_refusal_is_one_line(address, status, lawyer, as_person, caplog):
    assert as_person(lawyer).get(address).status_code == status
    (record,) = (record for record in caplog.records if record.name == "django.request")
    assert written(record).splitlines() == [written(record)]
    assert written(record).endswith(f": {address}")


def test_a_failure_of_the_program_keeps_its_stack():
    try:
        raise RuntimeError("broken")
    except RuntimeError:
        record = logging.makeLogRecord({"name": "django.request", "status_code": 500, "exc_info": sys.exc_info()})
    assert "Traceback" in written(record)
