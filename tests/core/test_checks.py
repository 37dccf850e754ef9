"""Start-up checks: quiet when all is well, and a way to mend what is not."""

import pytest
from django.core.checks import Tags, run_checks

from caseapp.core import checks

GOOD_KEY = "aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9dE2fG4hJ6kL8mN1pQ"
ALL = (
    checks.data_folder,
    checks.print_fonts,
    checks.secret_key,
    checks.hosts,
    checks.print_libraries,
    checks.confined_readers,
)


def ids(findings):
    return [finding.id for finding in findings]


@pytest.mark.parametrize("check", ALL)
def test_an_installation_in_order_raises_nothing(check, settings):
    settings.SECRET_KEY = GOOD_KEY
    assert check(None) == []


def test_the_embedded_database_is_not_warned_of():
    """Whoever types `make run` reads every warning, and can do nothing about an index of the program's."""
    assert [finding for finding in run_checks(tags=[Tags.models, Tags.database]) if not finding.is_silenced()] == []


def test_a_data_folder_that_is_not_there(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    [finding] = checks.data_folder(None)
    assert finding.id == "core.E001"
    assert finding.msg == f"Nothing can be written to the data folder {tmp_path}/gone: No such file or directory."


def test_fonts_that_are_gone(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert ids(checks.print_fonts(None)) == ["core.E002"]


@pytest.mark.parametrize("key", ["short", GOOD_KEY[:49], "ab" * 40, "django-insecure-" + GOOD_KEY])
def test_a_key_that_can_be_guessed(settings, key):
    settings.SECRET_KEY = key
    assert ids(checks.secret_key(None)) == ["core.E003"]


def test_a_weak_key_is_accepted_while_debugging(settings):
    settings.DEBUG, settings.SECRET_KEY = True, "short"
    assert checks.secret_key(None) == []


@pytest.mark.parametrize(
    ("debug", "allowed", "found"),
    [
        (False, ["evidence.example.org"], []),
        (False, ["*"], ["core.E004"]),
        (True, ["127.0.0.1", "localhost", "[::1]"], []),
        (True, ["localhost", "evidence.example.org"], ["core.E005"]),
        (True, ["*"], ["core.E004", "core.E005"]),
    ],
)
def test_hosts(settings, debug, allowed, found):
    settings.DEBUG, settings.ALLOWED_HOSTS = debug, allowed
    assert ids(checks.hosts(None)) == found


def test_a_missing_library_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(checks, "can_load", lambda name: not name.startswith("libpangoft2"))
    [finding] = checks.print_libraries(None)
    assert finding.id == "core.E006"
    assert finding.msg == "System libraries that typeset packets are missing: libpangoft2-1.0-0."


def test_a_library_that_nobody_has_cannot_be_loaded():
    assert not checks.can_load("libnobodyhasthis.so.0")


@pytest.mark.parametrize(
    ("https", "allowed", "found"),
    [
        (True, ["127.0.0.1"], "core.E007"),
        (False, ["evidence.example.org"], "core.E007"),
        (False, ["127.0.0.1", "localhost"], "core.W001"),
    ],
)
def test_s2_a_system_that_cannot_confine_what_reads_files_is_no_server(https, allowed, found, settings, monkeypatch):
    settings.HTTPS, settings.ALLOWED_HOSTS = https, allowed
    monkeypatch.setattr(checks.confinement, "gaps", lambda: ("files", "network"))
    [finding] = checks.confined_readers(None)
    assert finding.id == found
    assert finding.msg == ("This system cannot keep the processes that read uploaded files away from: files, network.")
