"""The program does not start where second factors could be unsealed by guessing."""

import secrets

from caseapp.accounts.checks import second_factor_key


def test_a_key_that_can_be_guessed_is_refused_in_words(settings):
    settings.SECOND_FACTOR_KEY = "short"
    (finding,) = second_factor_key(None)
    assert finding.id == "accounts.E001"
    assert finding.msg == "SECOND_FACTOR_KEY can be guessed: it needs 50 random characters."


def test_a_good_key_passes(settings):
    settings.SECOND_FACTOR_KEY = secrets.token_urlsafe(64)
    assert second_factor_key(None) == []
