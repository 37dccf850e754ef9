"""Make the case that a case folder describes, with everything in it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError

from caseapp import intake
from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.cases.models import Case, CaseEvidence, Document
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.documents import DocumentDetails, add_read_document
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.translations import save_document_translation
from caseapp.intake.readers.text import Unreadable
from caseapp.library.models import Capture, Excerpt, Method, Source, Theme
from caseapp.library.queries import captures_of
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.sources import SourceDetails, add_source, trim_article
from caseapp.library.services.themes import add_theme, change_theme, move_theme
from caseapp.library.services.translations import (
    FileNeedsDecision,
    TranslationDetails,
    save_translation,
)
from caseapp.packets.casefile import (
    CaseFile,
    CaseFileRefused,
    DocumentEntry,
    ExcerptEntry,
    PacketEntry,
    Problem,
    SourceEntry,
    StatementEntry,
    ThemeEntry,
    TranslationEntry,
    WaiverEntry,
)
from caseapp.packets.models import Packet, Waiver
from caseapp.packets.services.filing import change_filing
from caseapp.packets.services.importing.folder import FolderRead
from caseapp.packets.services.packets import add_exhibits, start_packet


@dataclass
class Imported:
    case: Case
    packet: Packet | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    evidence: dict[str, CaseEvidence] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def write_case(folder: FolderRead, *, by: User | None, team: Iterable[User], now: dt.datetime) -> Imported:
    """Everything, in one go: whoever calls holds the transaction. Raises CaseFileRefused."""
    file = folder.file
    with _refusing("case"):
        imported = Imported(case=open_case(by=by, details=_case_details(file), team=team))
    themes = {entry.slug: _theme(entry, by=by, remarks=imported.remarks) for entry in file.themes}
    for number, entry in enumerate(file.sources):
        with _refusing(f"sources[{number}]"):
            imported.sources[entry.key] = _source(entry, folder, by=by, now=now, remarks=imported.remarks)
        _translate_capture(f"sources[{number}]", entry.translation, imported.sources[entry.key].capture, folder, by=by)
    for number, excerpt in enumerate(file.excerpts):
        with _refusing(f"excerpts[{number}]"):
            _use_excerpt(excerpt, folder, imported, themes, by=by, now=now)
    for number, document in enumerate(file.documents):
        with _refusing(f"documents[{number}]"):
            imported.documents[document.key] = _document(document, folder, imported.case, by=by, now=now)
        _translate_document(
            f"documents[{number}]", document.translation, imported.documents[document.key], folder, by=by
        )
    for number, statement in enumerate(file.statements):
        with _refusing(f"statements[{number}]"):
            _statement(statement, imported, by=by)
    if file.packet:
        with _refusing("packet"):
            imported.packet = _packet(file.packet, file.case.forum, imported, by=by)
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
    except (Unreadable, intake.Unusable, FileNeedsDecision) as error:
        raise CaseFileRefused([Problem(where, str(error))]) from error


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
            archive_url=entry.archive_url,
            citation=entry.citation,
            origin_name=entry.origin,
        ),
        original=original,
        name=Path(entry.file).name,
        method=Method(entry.method),
        now=now,
        captured_at=entry.captured_at,
        accepted=frozenset(entry.accepted),
    )
    capture = source.capture
    earlier = captures_of(capture.original_sha256).exclude(pk=capture.pk).first()
    if earlier:
        remarks.append(f"{entry.key}: the library has the same bytes as source {earlier.source_id} already.")
    if entry.article:
        trim_article(by=by, capture=capture, start=entry.article.start, end=entry.article.end)
    return source


def _translate_capture(
    where: str, entry: TranslationEntry | None, capture: Capture, folder: FolderRead, *, by: User | None
) -> None:
    if entry:
        with _refusing(f"{where}.translation"):
            save_translation(
                by=by,
                capture=capture,
                details=_translation_details(entry),
                file=folder.translations.get(entry.file),
                version=0,
            )


def _translate_document(
    where: str, entry: TranslationEntry | None, document: Document, folder: FolderRead, *, by: User | None
) -> None:
    if entry:
        with _refusing(f"{where}.translation"):
            save_document_translation(
                by=by,
                document=document,
                details=_translation_details(entry),
                file=folder.translations.get(entry.file),
                version=0,
            )


def _translation_details(entry: TranslationEntry) -> TranslationDetails:
    return TranslationDetails(
        language=entry.language,
        text=entry.text,
        translator=entry.translator,
        address=entry.address,
        telephone=entry.telephone,
        qualification=entry.qualification,
        is_certified=entry.certified,
    )


def _use_excerpt(
    entry: ExcerptEntry,
    folder: FolderRead,
    imported: Imported,
    themes: dict[str, Theme],
    *,
    by: User | None,
    now: dt.datetime,
) -> None:
    start, end = folder.places[entry.key]
    excerpt = quote_excerpt(
        by=by,
        capture=imported.sources[entry.source].capture,
        start=start,
        end=end,
        themes=[themes[slug] for slug in entry.themes],
        note=entry.note,
        translation=entry.translation,
        is_adverse=entry.adverse,
        now=now,
    )
    imported.excerpts[entry.key] = excerpt
    (imported.evidence[entry.key],) = add_evidence(
        by=by, case=imported.case, excerpts=[excerpt], why=entry.why, relevance=entry.relevance
    )


def _document(entry: DocumentEntry, folder: FolderRead, case: Case, *, by: User | None, now: dt.datetime) -> Document:
    read = folder.documents[entry.key]
    return add_read_document(
        by=by,
        case=case,
        details=DocumentDetails(
            title=entry.title,
            kind=entry.kind,
            author=entry.author,
            dated_on=entry.dated_on,
            language=entry.language,
            is_never_electronic=entry.never_electronic,
        ),
        blob=read.blob,
        name=entry.name or Path(entry.file).name,
        now=entry.added_at or now,
        found=read.found,
    )


def _statement(entry: StatementEntry, imported: Imported, *, by: User | None) -> None:
    details = StatementDetails(
        text=entry.text,
        paragraph=entry.paragraph,
        element=entry.element,
        document=imported.documents[entry.document] if entry.document else None,
    )
    (statement,) = add_statements(by=by, case=imported.case, statements=[details])
    bearings = [
        Bears(
            target=imported.evidence[row.excerpt] if row.excerpt else imported.documents[row.document or ""],
            relation=row.relation,
            is_shown=row.shown,
            pages=row.pages,
        )
        for row in entry.bearings
    ]
    if bearings:
        set_bearings(by=by, statement=statement, bearings=bearings, version=statement.version)


def _packet(entry: PacketEntry, forum: str, imported: Imported, *, by: User | None) -> Packet:
    packet = start_packet(
        by=by, case=imported.case, title=entry.title, forum=entry.forum or forum, index_style=entry.index
    )
    for row in entry.exhibits:
        add_exhibits(
            by=by,
            packet=packet,
            captures=[imported.sources[row.source].capture] if row.source else (),
            documents=[imported.documents[row.document]] if row.document else (),
            include=row.include,
            context_pages=row.context_pages,
            pages_shown=row.pages,
        )
    if entry.filing:
        change_filing(by=by, packet=packet, version=0, **entry.filing.model_dump())
    for waiver in entry.waivers:
        _waiver(waiver, packet, by=by)
    return packet


def _waiver(entry: WaiverEntry, packet: Packet, *, by: User | None) -> None:
    """Whoever waived it may not be known here: their name then stands with the reason."""
    is_own = by is not None and by.name == entry.by and by.can(Ability.BUILD_PACKETS)
    reason = entry.reason if is_own or not entry.by else f"{entry.reason} ({entry.by})"
    waiver = Waiver(
        packet=packet,
        finding=entry.finding,
        sentence=entry.sentence,
        reason=reason[:1000],
        waived_at=entry.at,
        waived_by=by if is_own else None,
    )
    waiver.full_clean(exclude=["waived_by"])
    waiver.save()
