"""A code without a phone, for whoever tries the program."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.signing_in import APP_KEY, app_code


def test_prints_the_code_that_an_app_would_show(capsys):
    before = app_code()
    call_command("show_code", f" {APP_KEY[:4]} {APP_KEY[4:].lower()} ")
    said = capsys.readouterr()
    assert said.out.strip() in (before, app_code())
    assert said.err.startswith("The next one comes in ")


@pytest.mark.parametrize("typed", ["1", "clave ñ", "JBSWY3DPEHPK3PX!"])
def test_says_when_it_is_no_key(typed):
    with pytest.raises(CommandError, match="This is no key"):
        call_command("show_code", typed)
