"""Adding a file from the command line."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from caseapp.library.models import Source

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_source", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def a_file(tmp_path):
    path = tmp_path / "report 4.txt"
    path.write_bytes("Words with an é.\n".encode())
    return path


def test_adds_a_source_with_its_details(a_file, caseworker) -> None:
    out, err = run(
        a_file, "--title", "T", "--publisher", "P", "--author", "A", "--published", "2019-03", "--url",
        "https://example.org/a", "--language", "es", "--kind", "ngo", "--country", "SV", "--accessed", "2026-11-22",
        "--by", "Caseworker@example.org", "--json",
    )  # fmt: skip
    source = Source.objects.get()
    assert json.loads(out) == {
        "source": source.pk,
        "capture": source.capture.pk,
        "sha256": source.capture.original_sha256,
        "same_bytes_as": [],
    }
    assert err == ""
    assert (source.title, source.publisher, source.author, source.published_on) == ("T", "P", "A", "2019-03")
    assert (source.language, source.kind, source.country.code, str(source.accessed_on)) == (
        "es",
        "ngo",
        "SV",
        "2026-11-22",
    )
    assert (source.created_by, source.capture.method, source.capture.original_name) == (
        caseworker,
        "uploaded",
        "report 4.txt",
    )


def test_the_title_is_the_file_name_unless_it_is_given(a_file) -> None:
    out, _err = run(a_file)
    source = Source.objects.get()
    assert (source.title, source.kind) == ("report 4", "other")
    assert out == f"Source {source.pk}: report 4, 17 characters.\n"


def test_the_same_file_again_is_said_and_not_refused(a_file) -> None:
    run(a_file)
    first = Source.objects.get()
    out, err = run(a_file, "--json")
    assert json.loads(out)["same_bytes_as"] == [first.pk]
    assert err == f"You already have these bytes, as source {first.pk}.\n"


def test_what_is_odd_but_readable_is_said_in_words(tmp_path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A " + "x" * 10_000)
    _out, err = run(path)
    assert err == (
        "Note: Line 1 holds 10,000 characters without a space. "
        "They will be broken to fit the page; nothing was cut off.\n"
    )


@pytest.mark.parametrize(
    ("data", "options", "words"),
    [
        (b"", (), "There are no words in this text."),
        (b"\x7fELF\x02\x01\x01", (), "program"),
        (b"fine", ("--country", "XX"), "country"),
        (b"fine", ("--url", "javascript:1"), "url"),
        (b"fine", ("--by", "nobody@example.org"), "There is no open account with the e-mail nobody@example.org."),
    ],
)
def test_refuses_in_words_and_adds_nothing(tmp_path, data, options, words) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refusal:
        run(path, *options)
    assert words in str(refusal.value)
    assert Source.objects.count() == 0


def test_refuses_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
        run(tmp_path / "none.txt")
