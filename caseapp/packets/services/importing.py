"""Bring in a case folder: `case.json` and the files it names, all of it or nothing."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from caseapp.accounts.models import User
from caseapp.cases.models import Case
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.forums import FORUMS
from caseapp.intake.readers import read
from caseapp.intake.readers.text import Unreadable
from caseapp.library import anchors
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.queries import captures_of
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.sources import SourceDetails, add_source, trim_article
from caseapp.library.services.themes import add_theme, change_theme, move_theme
from caseapp.packets.casefile import CaseFile, CaseFileRefused, ExcerptEntry, Problem, SourceEntry, ThemeEntry, parse
from caseapp.packets.models import Packet
from caseapp.packets.services.packets import add_exhibits, start_packet


class FileOutsideFolder(Exception):
    def __str__(self) -> str:
        return "The file lies outside the folder. Put it into the folder and name it from there."


@dataclass(frozen=True)
class FolderRead:
    """A case folder that holds together: every file read, every quotation found at one place."""

    file: CaseFile
    originals: dict[str, bytes]
    places: dict[str, tuple[int, int]]


@dataclass
class Imported:
    case: Case
    packet: Packet | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def import_case(*, folder: Path, by: User | None, team: Iterable[User], now: dt.datetime) -> Imported:
    """Make the case that the folder describes. Raises CaseFileRefused, and writes nothing, where it cannot."""
    read_folder = _read_folder(folder)
    with transaction.atomic():
        return _write(read_folder, by=by, team=team, now=now)


def _read_folder(folder: Path) -> FolderRead:
    try:
        data = (folder / "case.json").read_bytes()
    except OSError as error:
        raise CaseFileRefused([Problem("case.json", f"The file cannot be read: {error.strerror}.")]) from error
    file = parse(data, forums=FORUMS)
    problems: list[Problem] = []
    if Case.objects.filter(reference=file.case.reference).exists():
        problems.append(Problem("case.reference", f"There is a case {file.case.reference} already."))
    originals, texts = _read_sources(folder, file.sources, problems)
    places = _find_quotations(file, texts, problems)
    if problems:
        raise CaseFileRefused(problems)
    return FolderRead(file, originals, places)


def _read_sources(
    folder: Path, entries: Iterable[SourceEntry], problems: list[Problem]
) -> tuple[dict[str, bytes], dict[str, str]]:
    originals: dict[str, bytes] = {}
    texts: dict[str, str] = {}
    for number, entry in enumerate(entries):
        try:
            originals[entry.key] = _bytes_within(folder, entry.file)
            texts[entry.key] = read(originals[entry.key], name=entry.file).text
        except (OSError, FileOutsideFolder, Unreadable) as error:
            problems.append(Problem(f"sources[{number}].file", _why(error)))
            continue
        if entry.article and not entry.article.start < entry.article.end <= len(texts[entry.key]):
            length = len(texts[entry.key])
            problems.append(
                Problem(
                    f"sources[{number}].article", f"The article must lie within the {length} characters of the text."
                )
            )
    return originals, texts


def _why(error: Exception) -> str:
    return f"The file cannot be read: {error.strerror}." if isinstance(error, OSError) else str(error)


def _bytes_within(folder: Path, name: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileOutsideFolder
    return path.read_bytes()


def _find_quotations(file: CaseFile, texts: dict[str, str], problems: list[Problem]) -> dict[str, tuple[int, int]]:
    articles = {entry.key: entry.article for entry in file.sources}
    places: dict[str, tuple[int, int]] = {}
    taken: set[tuple[str, int, int]] = set()
    for number, entry in enumerate(file.excerpts):
        if entry.source not in texts:
            continue
        where = f"excerpts[{number}].quote"
        try:
            found = anchors.find(texts[entry.source], entry.quote, occurrence=entry.occurrence)
        except anchors.UnusableQuote as error:
            problems.append(Problem(f"excerpts[{number}].occurrence", str(error)))
            continue
        if not isinstance(found, anchors.Exact):
            problems.append(_not_found(number, found))
            continue
        article = articles[entry.source]
        if article and not article.start <= found.start < found.end <= article.end:
            problems.append(Problem(where, "The quotation stands outside the article's bounds."))
        elif (entry.source, found.start, found.end) in taken:
            problems.append(Problem(where, "Another excerpt of this file stands at the very same place."))
        taken.add((entry.source, found.start, found.end))
        places[entry.key] = (found.start, found.end)
    return places


def _not_found(number: int, found: anchors.Ambiguous | anchors.Moved | anchors.Lost) -> Problem:
    quote, occurrence = f"excerpts[{number}].quote", f"excerpts[{number}].occurrence"
    match found:
        case anchors.Ambiguous():
            return Problem(occurrence, f"The quotation stands {found.count} times; say which, from 1 to {found.count}.")
        case anchors.Moved():
            return Problem(quote, f"The source reads differently here: “{found.found_text}”. Quote it as it stands.")
        case _:
            return Problem(quote, "The quotation does not stand in its source.")


def _write(folder: FolderRead, *, by: User | None, team: Iterable[User], now: dt.datetime) -> Imported:
    file = folder.file
    with _refusing("case"):
        imported = Imported(case=open_case(by=by, details=_case_details(file), team=team))
    themes = {entry.slug: _theme(entry, by=by, remarks=imported.remarks) for entry in file.themes}
    for number, entry in enumerate(file.sources):
        with _refusing(f"sources[{number}]"):
            imported.sources[entry.key] = _source(entry, folder, by=by, now=now, remarks=imported.remarks)
    for excerpt in file.excerpts:
        imported.excerpts[excerpt.key] = _excerpt(excerpt, folder, imported, themes, by=by, now=now)
        add_evidence(by=by, case=imported.case, excerpts=[imported.excerpts[excerpt.key]], why=excerpt.why)
    imported.packet = _packet(file, imported, by=by)
    return imported


@contextmanager
def _refusing(where: str) -> Iterator[None]:
    """What the models refuse is refused with its place in the file."""
    try:
        yield
    except ValidationError as error:
        raise CaseFileRefused(
            Problem(f"{where}.{field}", " ".join(messages)) for field, messages in error.message_dict.items()
        ) from error


def _case_details(file: CaseFile) -> CaseDetails:
    case = file.case
    return CaseDetails(
        reference=case.reference,
        client_name=case.client,
        country=case.country,
        forum=case.forum,
        hearing_on=case.hearing_on,
        file_number=case.file_number,
        court=case.court,
        judge=case.judge,
        is_detained=case.detained,
        filer=case.filer,
    )


def _theme(entry: ThemeEntry, *, by: User | None, remarks: list[str]) -> Theme:
    """The office's own theme of that slug, or a new one.

    A theme that tags nothing yet takes the words and the place that the file gives it. One in use keeps its own:
    an import must not change what colleagues' passages mean.
    """
    parent = Theme.objects.get(slug=entry.parent) if entry.parent else None
    theme = Theme.objects.filter(slug=entry.slug).first()
    if theme is None:
        return add_theme(
            by=by, name=entry.name, parent=parent, definition=entry.definition, colour=entry.colour, slug=entry.slug
        )
    if not theme.excerpts.exists() and not theme.children.exists():
        change_theme(by=by, theme=theme, name=entry.name, definition=entry.definition, colour=entry.colour)
        return move_theme(by=by, theme=theme, parent=parent)
    if (theme.name, theme.definition, theme.colour, theme.parent) != (
        entry.name,
        entry.definition,
        entry.colour,
        parent,
    ):
        remarks.append(f"The theme {entry.slug} is in use here and keeps the office's own words, colour and place.")
    return theme


def _source(entry: SourceEntry, folder: FolderRead, *, by: User | None, now: dt.datetime, remarks: list[str]) -> Source:
    original = folder.originals[entry.key]
    source = add_source(
        by=by,
        details=SourceDetails(
            title=entry.title,
            publisher=entry.publisher,
            author=entry.author,
            published_on=entry.published_on,
            url=entry.url,
            language=entry.language,
            kind=entry.kind,
            country=entry.country,
            accessed_on=entry.accessed_on,
        ),
        original=original,
        name=Path(entry.file).name,
        method=Method(entry.method),
        now=now,
        captured_at=entry.captured_at,
    )
    capture = source.capture
    earlier = captures_of(capture.original_sha256).exclude(pk=capture.pk).first()
    if earlier:
        remarks.append(f"{entry.key}: the library has the same bytes as source {earlier.source_id} already.")
    if entry.article:
        trim_article(by=by, capture=capture, start=entry.article.start, end=entry.article.end)
    return source


def _excerpt(
    entry: ExcerptEntry,
    folder: FolderRead,
    imported: Imported,
    themes: dict[str, Theme],
    *,
    by: User | None,
    now: dt.datetime,
) -> Excerpt:
    start, end = folder.places[entry.key]
    return quote_excerpt(
        by=by,
        capture=imported.sources[entry.source].capture,
        start=start,
        end=end,
        themes=[themes[slug] for slug in entry.themes],
        note=entry.note,
        is_adverse=entry.adverse,
        now=now,
    )


def _packet(file: CaseFile, imported: Imported, *, by: User | None) -> Packet | None:
    if file.packet is None:
        return None
    packet = start_packet(
        by=by,
        case=imported.case,
        title=file.packet.title,
        forum=file.packet.forum or file.case.forum,
        index_style=file.packet.index,
    )
    add_exhibits(
        by=by, packet=packet, captures=[imported.sources[item.source].capture for item in file.packet.exhibits]
    )
    return packet
