"""The whole library goes out, comes into an empty one, and is the same."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from caseapp.accounts.models import User
from caseapp.audit.models import Event
from caseapp.core import storage
from caseapp.core.jobs import Job
from caseapp.library.archive import errors
from caseapp.library.archive.reading import read_archive
from caseapp.library.archive.tables import DERIVED, as_row, tables
from caseapp.library.archive.writing import write_archive
from caseapp.library.models import (
    Capture,
    Comment,
    Comparison,
    Excerpt,
    Link,
    LinkKind,
    Manner,
    Publisher,
    Reading,
    SavedSearch,
    SearchEntry,
    Source,
    Theme,
    ThemeExample,
    ThemeRule,
)
from caseapp.library.services.translations import TranslationDetails, save_translation
from tests.library.conftest import NOW


@pytest.fixture
def library(source, add, quote, killings, law, caseworker, lawyer) -> None:
    """Two sources with all that can hang on them, one of them added by nobody in particular."""
    capture = source.capture
    excerpt = quote(capture, "two men came to his house", killings, law, created_by=caseworker, note="At *home*.")
    excerpt.checked_at, excerpt.checked_by = NOW, lawyer
    excerpt.approved_at, excerpt.approved_by = NOW, lawyer
    excerpt.save()
    child = Theme.objects.create(name="At the house", slug="at-the-house", parent=killings, position=7)
    Theme.objects.create(name="At the house", slug="at-the-house-2", parent=law)
    quote(capture, "His rifle had stayed at the station", child)
    spanish = add("Salió a las seis.\n", by=lawyer, title="Salió", language="es", origin_name="La Estrella")
    save_translation(
        by=lawyer,
        capture=spanish.capture,
        details=TranslationDetails(language="en", text="He left at six.", translator="T. Translator"),
        file=None,
        version=0,
    )
    publisher = Publisher.objects.create(name="Sample Herald", who="A paper.", reviewed_by=lawyer)
    publisher.names.create(name="The Herald", key="herald")
    Comment.objects.create(excerpt=excerpt, words="Which house?", written_by=lawyer)
    Reading.objects.create(person=caseworker, source=source, standing="read", at=NOW)
    SavedSearch.objects.create(name="Killings", address=f"theme={killings.pk}", owner=caseworker)
    ThemeRule.objects.create(theme=killings, kind="word", text="off duty")
    ThemeExample.objects.create(theme=killings, excerpt=excerpt)
    link = Link.objects.create(
        one=source,
        other=spanish,
        one_capture=capture,
        other_capture=spanish.capture,
        kind=LinkKind.TRANSLATION,
        score=60,
        share_one=10,
        share_other=90,
    )
    link.passages.create(one_start=0, one_end=4, other_start=0, other_end=5, words=1, manner=Manner.TRANSLATED)


def everything() -> dict[str, list[str]]:
    """Every row of the library in plain words, with people by their e-mail."""
    found: dict[str, list[str]] = {}
    for model in tables():
        found[model._meta.label] = sorted(_in_words(row) for row in model._default_manager.all())
    return found


def _in_words(row: models.Model) -> str:
    return json.dumps(as_row(row), sort_keys=True)


def empty_the_library() -> None:
    for model in reversed(tables()):
        if model is Theme:
            Theme.objects.update(parent=None, name=models.F("slug"))
        model._default_manager.all().delete()
    shutil.rmtree(storage.path_of("00" * 32).parents[1])


@pytest.fixture
def archive(library, tmp_path) -> Path:
    path = tmp_path / "library.zip"
    write_archive(by=None, path=path, now=NOW)
    return path


def test_it_comes_back_as_it_was(archive, caseworker):
    before = everything()
    assert [len(before[name]) for name in ("library.Source", "library.Excerpt")] == [2, 2]
    empty_the_library()
    Theme.objects.create(name="Brought by the installation", slug="brought")

    rows = read_archive(by=caseworker, path=archive, now=NOW)

    assert everything() == before
    assert rows["excerpt_themes"] == 3
    for capture in Capture.objects.all():
        assert storage.is_whole(capture.original_sha256)
    assert SearchEntry.objects.exists()
    later = Theme.objects.create(name="Added afterwards", slug="added-afterwards")
    assert later.pk > max(Theme.objects.exclude(pk=later.pk).values_list("pk", flat=True))
    assert Comparison.objects.count() == 2
    event = Event.objects.latest("pk")
    assert (event.actor_name, event.action, event.subject_label) == (
        "Carla Caseworker",
        "library.imported",
        archive.name,
    )


def test_an_archive_of_the_same_library_is_the_same(archive, tmp_path):
    write_archive(by=None, path=tmp_path / "again.zip", now=NOW)
    with zipfile.ZipFile(archive) as one, zipfile.ZipFile(tmp_path / "again.zip") as other:
        assert one.namelist() == other.namelist()
        assert [one.read(name) for name in one.namelist()] == [other.read(name) for name in other.namelist()]


def test_whoever_is_not_known_here_stays_on_record_and_cannot_sign_in(archive):
    empty_the_library()
    User.objects.filter(email="lawyer@example.org").update(email="renamed@example.org")

    read_archive(by=None, path=archive, now=NOW)

    known = Excerpt.objects.get(approved_at__isnull=False).approved_by
    assert (known.email, known.is_active, known.has_usable_password()) == ("lawyer@example.org", False, False)


def test_nothing_is_read_into_a_library_with_sources(archive):
    before = everything()
    with pytest.raises(errors.LibraryNotEmpty) as refusal:
        read_archive(by=None, path=archive, now=NOW)
    assert str(refusal.value) == "There are 2 sources here already. An archive is read into an empty library only."
    assert everything() == before


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda entries: entries.pop(next(entry for entry in entries if entry.startswith(name)))


def altered(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def alter(entries: dict[str, bytes]) -> None:
        entry = next(entry for entry in entries if entry.startswith(name))
        assert old in entries[entry]
        entries[entry] = entries[entry].replace(old, new)

    return alter


@pytest.mark.parametrize(
    ("harm", "refusal"),
    [
        (without("library.json"), errors.NotAnArchive),
        (altered("library.json", b"evidence organiser", b"something else"), errors.NotAnArchive),
        (altered("library.json", b'"theme"', b'"thing"'), errors.NotAnArchive),
        (altered("library.json", b'"schema": "00', b'"schema": "99'), errors.OtherVersion),
        (without("rows/excerpt.jsonl"), errors.RowsMissing),
        (altered("rows/source.jsonl", b"Two men", b"Ten men"), errors.RowsMissing),
        (altered("rows/excerpt.jsonl", b'"note"', b'"nite"'), errors.RowsMissing),
        (altered("rows/theme.jsonl", b"{", b"["), errors.RowsMissing),
        (without("files/"), errors.FileMissing),
        (altered("files/", b"", b"x"), errors.FileMissing),
    ],
)
def test_a_damaged_archive_changes_nothing(archive, harm, refusal):
    with zipfile.ZipFile(archive) as whole:
        entries = {name: whole.read(name) for name in whole.namelist()}
    harm(entries)
    with zipfile.ZipFile(archive, "w") as damaged:
        for name, data in entries.items():
            damaged.writestr(name, data)
    empty_the_library()
    founding = Theme.objects.create(name="Brought by the installation", slug="brought")

    with pytest.raises(refusal):
        read_archive(by=None, path=archive, now=NOW)

    assert (Source.objects.count(), list(Theme.objects.all())) == (0, [founding])


def at_each_entry(of_the_list: int, before_the_data: int, value: int) -> Callable[[bytearray], None]:
    """Sets one byte of what the zip says of each of its entries, in both places where it says so."""

    def alter(data: bytearray) -> None:
        for mark, offset in ((b"PK\x01\x02", of_the_list), (b"PK\x03\x04", before_the_data)):
            place = data.find(mark)
            while place >= 0:
                data[place + offset] = value
                place = data.find(mark, place + 4)

    return alter


def squeezed(data: bytearray) -> None:
    """Changes the first bytes that were packed, which then unpack to nothing."""
    start = data.find(b"library.json") + len("library.json")
    data[start : start + 8] = b"\xff" * 8


@pytest.mark.parametrize("harm", [at_each_entry(8, 6, 1), at_each_entry(10, 8, 97), at_each_entry(10, 8, 14), squeezed])
def test_a_zip_that_is_locked_or_packed_otherwise_is_no_archive(archive, harm):
    with zipfile.ZipFile(archive) as whole:
        entries = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    changed = bytearray(archive.read_bytes())
    harm(changed)
    archive.write_bytes(changed)
    empty_the_library()
    with pytest.raises(CommandError, match="This file is not an archive of a library"):
        call_command("import_library", archive)
    assert Source.objects.count() == 0


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_archive_is_refused(db, tmp_path, data):
    path = tmp_path / "library.zip"
    path.write_bytes(data)
    with pytest.raises(CommandError, match="This file is not an archive of a library"):
        call_command("import_library", path)


def test_by_the_command_line(library, tmp_path):
    path, said = tmp_path / "library.zip", io.StringIO()
    call_command("export_library", path, stdout=said)
    assert said.getvalue().startswith(f"{path}: 2 sources, ")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_library", path)
    empty_the_library()
    call_command("import_library", path, stdout=said)
    assert Source.objects.count() == 2


def test_every_table_is_either_kept_or_named_as_worked_out_again():
    """A new table of the library is in archives at once; this fails where one points at rows that stay behind."""
    kept = set(tables())
    for model in kept:
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label == "library":
                assert field.related_model in kept, f"{model} points at {field.related_model}, which stays behind"
    names = {model._meta.model_name for model in Capture._meta.apps.get_app_config("library").get_models()}
    assert names >= DERIVED
    assert not any(issubclass(model, Job) for model in kept)
