"""Read a case folder: every file that its `case.json` names, and every place that is wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from caseapp import intake
from caseapp.cases import reading
from caseapp.cases.files import CaseFiles
from caseapp.cases.models import Case, Document, DocumentStatus
from caseapp.core.storage import Blob
from caseapp.forums import FORUMS
from caseapp.intake.readers.text import Unreadable
from caseapp.intake.report import Notice
from caseapp.library.excerpts import anchors
from caseapp.library.keeping.contents import MustBeDecided, came_with, contents_of
from caseapp.library.services.translations import TranslationFile
from caseapp.packets.casefile import (
    CaseFile,
    CaseFileRefused,
    CertificateEntry,
    DocumentEntry,
    Problem,
    SourceEntry,
    TranslationEntry,
    parse,
)


class FileOutsideFolder(Exception):
    def __str__(self) -> str:
        return "The file lies outside the folder. Put it into the folder and name it from there."


class FileTooLarge(Exception):
    def __str__(self) -> str:
        return f"The file has more than {intake.MOST_BYTES:,} bytes. Divide it into parts."


class ClientsFileUnusable(Exception):
    """The open copy of a locked document is no PDF that can be filed."""


@dataclass(frozen=True)
class DocumentRead:
    """The stored original, and what its row says from the beginning."""

    blob: Blob
    found: dict[str, Any]


@dataclass
class FolderRead:
    """A case folder that holds together: every file read, every quotation found at one place."""

    file: CaseFile
    files: CaseFiles
    originals: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    documents: dict[str, DocumentRead] = field(default_factory=dict)
    translations: dict[str, TranslationFile] = field(default_factory=dict)


def read_folder(folder: Path) -> FolderRead:
    """Raises CaseFileRefused with all that is wrong."""
    try:
        data = (folder / "case.json").read_bytes()
    except OSError as error:
        raise CaseFileRefused([Problem("case.json", f"The file cannot be read: {error.strerror}.")]) from error
    read = FolderRead(parse(data, forums=FORUMS), CaseFiles.of_new_case())
    problems = [
        *_reference_problems(read.file),
        *_read_sources(folder, read),
        *_find_quotations(read),
        *_read_documents(folder, read),
        *_read_translations(folder, read),
    ]
    if problems:
        read.files.erase()
        raise CaseFileRefused(problems)
    return read


def _reference_problems(file: CaseFile) -> Iterator[Problem]:
    if Case.objects.filter(reference=file.case.reference).exists():
        yield Problem("case.reference", f"There is a case {file.case.reference} already.")


def _read_sources(folder: Path, read: FolderRead) -> Iterator[Problem]:
    for number, entry in enumerate(read.file.sources):
        try:
            read.originals[entry.key] = _bytes_within(folder, entry.file)
            read.texts[entry.key] = _text_of(entry, read.originals[entry.key])
        except MustBeDecided as undecided:
            yield to_be_accepted(f"sources[{number}]", undecided)
            continue
        except (OSError, FileOutsideFolder, FileTooLarge, Unreadable, intake.Unusable) as error:
            yield Problem(f"sources[{number}].file", _why(error))
            continue
        length = len(read.texts[entry.key])
        if entry.article and not entry.article.start < entry.article.end <= length:
            sentence = f"The article must lie within the {length} characters of the text."
            yield Problem(f"sources[{number}].article", sentence)


def to_be_accepted(where: str, undecided: MustBeDecided) -> Problem:
    codes = ", ".join(sorted(undecided.codes))
    return Problem(f"{where}.accepted", f"{undecided} To keep it as it was read, accept: {codes}.")


def _text_of(entry: SourceEntry, data: bytes) -> str:
    came = came_with(response_of(entry))
    return contents_of(data, name=name_of(entry), method=entry.method, accepted=frozenset(entry.accepted), **came).text


def name_of(entry: SourceEntry) -> str:
    """What the file was called where it came from, which says how it is read."""
    return Path(entry.file).name if entry.name is None else entry.name


def response_of(entry: SourceEntry) -> dict[str, Any] | None:
    return entry.response.model_dump(mode="json") if entry.response else None


def _why(error: Exception) -> str:
    return f"The file cannot be read: {error.strerror}." if isinstance(error, OSError) else str(error)


def _bytes_within(folder: Path, name: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileOutsideFolder
    with path.open("rb") as file:
        data = file.read(intake.MOST_BYTES + 1)
    if len(data) > intake.MOST_BYTES:
        raise FileTooLarge
    return data


def _find_quotations(read: FolderRead) -> Iterator[Problem]:
    articles = {entry.key: entry.article for entry in read.file.sources}
    taken: set[tuple[str, int, int]] = set()
    for number, entry in enumerate(read.file.excerpts):
        if entry.source not in read.texts:
            continue
        where = f"excerpts[{number}].quote"
        try:
            found = anchors.find(read.texts[entry.source], entry.quote, occurrence=entry.occurrence)
        except anchors.UnusableQuote as error:
            yield Problem(f"excerpts[{number}].occurrence", str(error))
            continue
        if not isinstance(found, anchors.Exact):
            yield _not_found(number, found)
            continue
        article = articles[entry.source]
        if article and not article.start <= found.start < found.end <= article.end:
            yield Problem(where, "The quotation stands outside the article's bounds.")
        elif (entry.source, found.start, found.end) in taken:
            yield Problem(where, "Another excerpt of this file stands at the very same place.")
        taken.add((entry.source, found.start, found.end))
        read.places[entry.key] = (found.start, found.end)


def _not_found(number: int, found: anchors.Ambiguous | anchors.Moved | anchors.Lost) -> Problem:
    quote, occurrence = f"excerpts[{number}].quote", f"excerpts[{number}].occurrence"
    match found:
        case anchors.Ambiguous():
            return Problem(occurrence, f"The quotation stands {found.count} times; say which, from 1 to {found.count}.")
        case anchors.Moved():
            return Problem(quote, f"The source reads differently here: “{found.found_text}”. Quote it as it stands.")
        case _:
            return Problem(quote, "The quotation does not stand in its source.")


def _read_documents(folder: Path, read: FolderRead) -> Iterator[Problem]:
    for number, entry in enumerate(read.file.documents):
        field_name = "file"
        try:
            blob = read.files.put_bytes(_bytes_within(folder, entry.file))
            answers = {row.code: {"by": row.by, "by_id": None, "at": row.at.isoformat()} for row in entry.decided}
            document = Document(
                original_sha256=blob.sha256, original_name=entry.name or Path(entry.file).name, answers=answers
            )
            found = reading.found(document, read.files)
            if entry.clean and found["status"] != DocumentStatus.READY:
                field_name = "clean"
                open_copy = _bytes_within(folder, entry.clean)
                found = _found_in_clean(open_copy, entry, found.get("report", {}), read.files)
        except (OSError, FileOutsideFolder, FileTooLarge, ClientsFileUnusable) as error:
            yield Problem(f"documents[{number}].{field_name}", _why(error))
            continue
        read.documents[entry.key] = DocumentRead(blob, found | {"answers": answers})


def _found_in_clean(data: bytes, entry: DocumentEntry, report: dict[str, Any], files: CaseFiles) -> dict[str, Any]:
    """The pages of the open copy of a locked file. It is read like anything else: nobody vouches for it."""
    answers: dict[str, Any] = {row.code: {} for row in entry.decided}
    open_copy = Document(original_sha256=files.put_bytes(data).sha256, original_name="clean.pdf", answers=answers)
    found = reading.found(open_copy, files)
    if found["status"] != DocumentStatus.READY:
        raise ClientsFileUnusable(found.get("failure") or "The open copy needs a decision that is not in the file.")
    notices = [Notice(row.code, row.count, row.detail) for row in entry.notices]
    said = {"clean": [notice.to_dict() for notice in notices], "locked": True}
    return found | {"report": report | said, "notices": reading.printed_notices(notices)}


def _read_translations(folder: Path, read: FolderRead) -> Iterator[Problem]:
    entries: list[tuple[str, TranslationEntry | None]] = [
        *((f"sources[{number}]", row.translation) for number, row in enumerate(read.file.sources)),
        *((f"documents[{number}]", row.translation) for number, row in enumerate(read.file.documents)),
    ]
    for where, entry in entries:
        if entry is None:
            continue
        named: list[tuple[str, TranslationEntry | CertificateEntry]] = [("file", entry)] if entry.file else []
        named += [(f"certificates[{number}].file", row) for number, row in enumerate(entry.certificates)]
        for place, one in named:
            try:
                data = _bytes_within(folder, one.file)
            except (OSError, FileOutsideFolder, FileTooLarge) as error:
                yield Problem(f"{where}.translation.{place}", _why(error))
                continue
            read.translations[one.file] = TranslationFile(one.name or Path(one.file).name, data)
