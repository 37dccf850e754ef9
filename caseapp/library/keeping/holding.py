"""Rows that hold others: a list becomes its records, a zip the files in it. Their bytes are read in a child process."""

import json
import os
import shutil
import unicodedata
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.utils.translation import override
from django_countries import countries

from caseapp.core import sandbox, storage
from caseapp.library.keeping.captures import safe_name
from caseapp.library.keeping.failures import Refusal, in_each_language
from caseapp.library.keeping.rows import add_rows, row_for_file, row_name
from caseapp.library.keeping.themes import themes_named
from caseapp.library.lists import wording
from caseapp.library.lists.formats import format_of
from caseapp.library.models import ImportRow, Method, Outcome, RowKind, RowStatus
from caseapp.library.models.imports import LONGEST_NAME

_INPUT = "input"
_LIST_LIMITS = sandbox.Limits(cpu=120, wall=240)
_ZIP_LIMITS = sandbox.Limits(cpu=120, wall=240)
# The same line of a list makes the same key, in whatever import it stands.
_KEYS = uuid.UUID("7d3c52c1-6f0e-4a55-9a44-0d5a0f1a2c11")
# Which of several files of one record is taken.
_BEST_FIRST = (".pdf", ".docx", ".html", ".htm", ".txt")


class HolderRefused(Refusal):
    """A list or a zip that cannot be read at all."""

    def __init__(self, code: str, params: wording.Params) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def __str__(self) -> str:
        return wording.sentence_of(self.code, self.params)


class CannotBeTakenApart(Refusal):
    """The child gave no answer: the bytes took too long, or too much memory, or were too much for the parser."""

    def __str__(self) -> str:
        return wording.sentence_of("holder-failed", {})


@dataclass
class Held:
    """What stands in a list or a zip; the rows of files, by their ids, that belong to records of it."""

    rows: list[ImportRow] = field(default_factory=list)
    used: list[tuple[int, ImportRow]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)


def taken_apart(row: ImportRow) -> Held:
    """Raises a class of Refusal where nothing of it can be taken in."""
    try:
        return _unpacked(row) if row.kind == RowKind.ARCHIVE else _records_of(row)
    except sandbox.Refused as refused:
        raise HolderRefused(refused.code, refused.params) from refused
    except sandbox.ChildFailed as failed:
        raise CannotBeTakenApart from failed


def keep_held(row: ImportRow, held: Held) -> None:
    """Called inside the transaction that ends the row which held them."""
    add_rows(row.batch, held.rows)
    for pk, record in held.used:
        waiting = ImportRow.objects.filter(pk=pk, status=RowStatus.WAITING)
        waiting.update(status=RowStatus.DONE, outcome=Outcome.USED, given={"row": record.position})


def _ask(function: str, row: ImportRow, folder: Path, limits: sandbox.Limits, **arguments: Any) -> Any:
    with storage.open_whole(row.original_sha256) as file, (folder / _INPUT).open("wb") as place:
        shutil.copyfileobj(file, place)
    return sandbox.run(function, folder=folder, arguments={"file": _INPUT, **arguments}, limits=limits)


def _unpacked(row: ImportRow) -> Held:
    held = Held()
    with sandbox.room() as folder:
        for entry in _ask("caseapp.library.lists.unpacking:unpack", row, folder, _ZIP_LIMITS):
            name = str(entry["name"])
            inner = row_for_file(name, _stored(folder / entry["file"])) if entry["file"] else _bad_entry(entry)
            inner.within = row
            held.rows.append(inner)
    return held


def _stored(path: Path) -> storage.Blob:
    """A child that was taken over could have left anything under that name, so only a plain file is taken."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        return storage.put(iter(lambda: file.read(storage.CHUNK), b""))


def _bad_entry(entry: dict[str, Any]) -> ImportRow:
    """What a system leaves in folders is left out; everything else that is not taken in has failed."""
    is_nothing = entry["wrong"] == "entry-of-system"
    return ImportRow(
        kind=RowKind.FILE,
        name=row_name(str(entry["name"])),
        status=RowStatus.DONE if is_nothing else RowStatus.FAILED,
        outcome=Outcome.SKIPPED if is_nothing else "",
        failure=in_each_language(lambda: wording.sentence_of(entry["wrong"], {})),
    )


def _records_of(row: ImportRow) -> Held:
    with sandbox.room() as folder:
        function = "caseapp.library.lists.reading:read"
        said = _ask(function, row, folder, _LIST_LIMITS, format_name=format_of(row.name))
    files = _Files(row)
    unknown = _unknown_themes(row, said["records"])
    rows = [_record(row, record, files, unknown) for record in said["records"]]
    return Held(rows, files.used, list(said["mapping"].items()))


def _unknown_themes(row: ImportRow, records: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The names, without capitals, that the library has not; with the switch on they are there now."""
    names = [name for record in records for name in record["given"].get("themes", ())]
    return themes_named(names, by=row.batch.created_by, creates=row.batch.creates_themes)


def _record(row: ImportRow, record: dict[str, Any], files: "_Files", unknown: frozenset[str]) -> ImportRow:
    given, columns = record["given"], list(record["columns"].items())
    name = given.get("title") or given.get("url") or next(iter(given.get("files", ())), "") or f"{record['line']}"
    held = ImportRow(kind=RowKind.RECORD, name=name[:LONGEST_NAME], within=row, columns=columns)
    if record["wrong"]:
        held.status = RowStatus.FAILED
        held.failure = in_each_language(lambda: wording.sentence_of(record["wrong"], record["params"]))
        return held
    if given.get("country"):
        given["country"] = country_code(given["country"])
    given["unknown_themes"] = [theme for theme in given.get("themes", ()) if theme.casefold() in unknown]
    _give_bytes(held, given, files)
    held.given = {name: value for name, value in given.items() if value}
    known = json.dumps([held.given, held.original_sha256], sort_keys=True, ensure_ascii=False)
    held.key = uuid.uuid5(_KEYS, known)
    return held


def _give_bytes(row: ImportRow, given: dict[str, Any], files: "_Files") -> None:
    """Its file where that was brought too, else its text; without either, its address is asked when it is read."""
    text = given.get("text") or ("" if given.get("url") else given.get("abstract", ""))
    file = files.of(given.get("files", ()), row)
    if file:
        row.original_sha256, row.original_size = file.original_sha256, file.original_size
        row.original_name = safe_name(file.name)
    row.method = Method.UPLOADED if file else Method.PASTED if text else Method.FETCHED
    # Text is stored as a file when its row is read: ten thousand files at once would hold up everybody.
    given["text"] = "" if file else text


class _Files:
    """The files that were brought with a list, found by the paths that its records name."""

    def __init__(self, row: ImportRow) -> None:
        self.folder = str(PurePosixPath(row.name).parent)
        self.used: list[tuple[int, ImportRow]] = []
        self.by_path: dict[str, ImportRow] = {}
        self.by_name: dict[str, list[ImportRow]] = {}
        brought = ImportRow.objects.filter(batch=row.batch_id, kind=RowKind.FILE).exclude(original_sha256="")
        for file in brought.only("name", "original_sha256", "original_size"):
            self.by_path[file.name.casefold()] = file
            self.by_name.setdefault(PurePosixPath(file.name).name.casefold(), []).append(file)

    def of(self, paths: Sequence[str], record: ImportRow) -> ImportRow | None:
        found = [file for path in paths if (file := self._at(row_name(path)))]
        found.sort(key=lambda file: _rank(file.name))
        self.used += [(file.pk, record) for file in found[:1]]
        return found[0] if found else None

    def _at(self, path: str) -> ImportRow | None:
        beside = path if self.folder == "." else f"{self.folder}/{path}"
        alike = self.by_name.get(PurePosixPath(path).name.casefold(), [])
        return self.by_path.get(beside.casefold()) or (alike[0] if len(alike) == 1 else None)


def _rank(name: str) -> int:
    ending = PurePosixPath(name).suffix.lower()
    return _BEST_FIRST.index(ending) if ending in _BEST_FIRST else len(_BEST_FIRST)


def country_code(written: str) -> str:
    """The code of a country by its code or its name in a language of the office; as written where there is none."""
    return _codes_of_countries().get(_folded(written), written)


@cache
def _codes_of_countries() -> dict[str, str]:
    return dict(_names_of_countries())


def _names_of_countries() -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            for code, name in countries:
                yield _folded(str(name)), code
                yield _folded(code), code


def _folded(written: str) -> str:
    plain = unicodedata.normalize("NFKD", written.strip().casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
