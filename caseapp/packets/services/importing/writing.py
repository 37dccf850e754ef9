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
from caseapp.cases.covering import pointing_of
from caseapp.cases.elements import SYSTEMS
from caseapp.cases.models import Case, CaseEvidence, CaseTask, CoverageNote, Document, Statement
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.documents import DocumentDetails, add_read_document
from caseapp.cases.services.elements import point_evidence, rule_on_theme
from caseapp.cases.services.events_since import EventDetails, add_event
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.evidence_bulk import quote_all
from caseapp.cases.services.planning import STEP_FIELDS, change_steps
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.translations import (
    add_document_certificate,
    save_document_translation,
    withdraw_document_certificate,
)
from caseapp.intake.readers.text import Unreadable
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Capture, Excerpt, Method, Source, Theme
from caseapp.library.queries import captures_of
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.sources import trim_article
from caseapp.library.services.themes import ThemeFields, add_theme, change_theme, move_theme
from caseapp.library.services.translations import (
    TranslationDetails,
    add_certificate,
    save_translation,
    withdraw_certificate,
)
from caseapp.packets.casefile import (
    CaseFile,
    CaseFileRefused,
    DocumentEntry,
    EventEntry,
    ExcerptEntry,
    GapEntry,
    PacketEntry,
    Problem,
    SourceEntry,
    StatementEntry,
    TaskEntry,
    ThemeEntry,
    TranslationEntry,
    WaiverEntry,
)
from caseapp.packets.models import Packet, Waiver
from caseapp.packets.services.filing import change_filing
from caseapp.packets.services.importing.folder import FolderRead, name_of, response_of, to_be_accepted
from caseapp.packets.services.packets import add_exhibits, start_packet


@dataclass
class Imported:
    case: Case
    packet: Packet | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    excerpts: dict[str, Excerpt] = field(default_factory=dict)
    evidence: dict[str, CaseEvidence] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def write_case(folder: FolderRead, *, by: User | None, team: Iterable[User], now: dt.datetime) -> Imported:
    """Everything, in one go: whoever calls holds the transaction. Raises CaseFileRefused."""
    file = folder.file
    with _refusing("case"):
        case = open_case(by=by, details=_case_details(file), team=team, files=folder.files)
        steps = {name: getattr(file.case, name) for name in STEP_FIELDS}
        imported = Imported(case=change_steps(by=by, case=case, steps=steps, version=case.version))
    themes = {entry.slug: _theme(entry, by=by, remarks=imported.remarks) for entry in file.themes}
    for number, entry in enumerate(file.sources):
        with _refusing(f"sources[{number}]"):
            capture = _capture(entry, folder, imported, by=by, now=now)
            imported.captures[entry.key], imported.sources[entry.key] = capture, capture.source
        _translate_capture(f"sources[{number}]", entry.translation, capture, folder, by=by, now=now)
    for number, excerpt in enumerate(file.excerpts):
        with _refusing(f"excerpts[{number}]"):
            _use_excerpt(excerpt, folder, imported, themes, by=by, now=now)
    _rule_on_themes(file, themes, imported, by=by)
    for number, document in enumerate(file.documents):
        with _refusing(f"documents[{number}]"):
            imported.documents[document.key] = _document(document, folder, imported, by=by, now=now)
        _translate_document(
            f"documents[{number}]", document.translation, imported.documents[document.key], folder, by=by, now=now
        )
    for number, statement in enumerate(file.statements):
        with _refusing(f"statements[{number}]"):
            imported.statements.append(_statement(statement, imported, by=by))
    for number, gap in enumerate(file.gaps):
        with _refusing(f"gaps[{number}]"):
            _gap(gap, imported, by=by)
    for number, event in enumerate(file.events):
        with _refusing(f"events[{number}]"):
            _event(event, imported.case, themes, by=by)
    if file.packet:
        with _refusing("packet"):
            imported.packet = _packet(file.packet, file.case.forum, imported, by=by)
    for number, task in enumerate(file.tasks):
        with _refusing(f"tasks[{number}]"):
            _task(task, imported, by=by, now=now)
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
    except MustBeDecided as undecided:
        raise CaseFileRefused([to_be_accepted(where, undecided)]) from undecided
    except (Unreadable, intake.Unusable, NothingNew) as error:
        raise CaseFileRefused([Problem(where, str(error))]) from error


def _case_details(file: CaseFile) -> CaseDetails:
    case = file.case
    return CaseDetails(
        reference=case.reference,
        client_name=case.client,
        country=case.country,
        forum=case.forum,
        hearing_on=case.hearing_on,
        hearing_kind=case.hearing_kind,
        registry=case.registry or "",
        ordered_on=case.ordered_on,
        decision_on=case.decision_on,
        briefing_on=case.briefing_on,
        lodged_on=case.lodged_on,
        other_bundle_on=case.other_bundle_on,
        other_filing_on=case.other_filing_on,
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
    theme, fields = Theme.objects.filter(slug=entry.slug).first(), _theme_fields(entry)
    if theme is None:
        return add_theme(by=by, parent=parent, slug=entry.slug, **fields)
    if not theme.excerpts.exists() and not theme.children.exists():
        change_theme(by=by, theme=theme, **fields)
        return move_theme(by=by, theme=theme, parent=parent)
    if theme.parent != parent or any(getattr(theme, name) != value for name, value in fields.items()):
        remarks.append(f"The theme {entry.slug} is in use here and keeps the office's own words, colour and place.")
    return theme


def _theme_fields(entry: ThemeEntry) -> ThemeFields:
    """What the file says of the theme; what it does not, stays as the office has it."""
    fields = ThemeFields(name=entry.name, definition=entry.definition, colour=entry.colour)
    if entry.belongs is not None:
        fields["belongs"] = entry.belongs
    if entry.excludes is not None:
        fields["excludes"] = entry.excludes
    if entry.stale_after_months is not None:
        fields["stale_after_months"] = entry.stale_after_months or None
    return fields


def _rule_on_themes(file: CaseFile, themes: dict[str, Theme], imported: Imported, *, by: User | None) -> None:
    """Where the office says otherwise, the case keeps what the themes went to show where it came from.

    The file has each theme after the one that it follows.
    """
    for entry in file.themes:
        if entry.elements is not None:
            theme, every = themes[entry.slug], [element.key for system in SYSTEMS for element in system.elements]
            was = pointing_of(imported.case).goes_to[theme.pk].intersection(every)
            rule_on_theme(by=by, case=imported.case, theme=theme, elements=entry.elements, was=was, offered=every)


def _capture(
    entry: SourceEntry, folder: FolderRead, imported: Imported, *, by: User | None, now: dt.datetime
) -> Capture:
    if entry.version_of:
        capture = add_version(
            by=by,
            source=imported.sources[entry.version_of],
            original=folder.originals[entry.key],
            name=name_of(entry),
            method=Method(entry.method),
            now=entry.captured_at or now,
            accepted=frozenset(entry.accepted),
            response=response_of(entry),
        )
    else:
        capture = _source(entry, folder, by=by, now=now).capture
    earlier = captures_of(capture.original_sha256).exclude(pk=capture.pk).first()
    if earlier:
        imported.remarks.append(f"{entry.key}: the library has the same bytes as source {earlier.source_id} already.")
    if entry.article:
        trim_article(by=by, capture=capture, start=entry.article.start, end=entry.article.end)
    return capture


def _source(entry: SourceEntry, folder: FolderRead, *, by: User | None, now: dt.datetime) -> Source:
    return add_source(
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
            series=entry.series,
            edition=entry.edition,
        ),
        original=folder.originals[entry.key],
        name=name_of(entry),
        method=Method(entry.method),
        now=now,
        captured_at=entry.captured_at,
        accepted=frozenset(entry.accepted),
        guessed=entry.guessed,
        response=response_of(entry),
    )


def _translate_capture(
    where: str,
    entry: TranslationEntry | None,
    capture: Capture,
    folder: FolderRead,
    *,
    by: User | None,
    now: dt.datetime,
) -> None:
    if entry:
        with _refusing(f"{where}.translation"):
            save_translation(
                by=by,
                capture=capture,
                details=_translation_details(entry),
                file=folder.translations.get(entry.file),
                version=0,
                accepted=frozenset(entry.accepted),
            )
        for number, signed in enumerate(entry.certificates):
            with _refusing(f"{where}.translation.certificates[{number}]"):
                file, added_at = folder.translations[signed.file], signed.added_at or now
                accepted = frozenset(signed.accepted)
                add_certificate(by=by, capture=capture, file=file, now=added_at, accepted=accepted)
                if signed.withdrawn_at:
                    withdraw_certificate(by=by, capture=capture, now=signed.withdrawn_at)


def _translate_document(
    where: str,
    entry: TranslationEntry | None,
    document: Document,
    folder: FolderRead,
    *,
    by: User | None,
    now: dt.datetime,
) -> None:
    if entry:
        with _refusing(f"{where}.translation"):
            save_document_translation(
                by=by,
                document=document,
                details=_translation_details(entry),
                file=folder.translations.get(entry.file),
                version=0,
                accepted=frozenset(entry.accepted),
            )
        for number, signed in enumerate(entry.certificates):
            with _refusing(f"{where}.translation.certificates[{number}]"):
                file, added_at = folder.translations[signed.file], signed.added_at or now
                accepted = frozenset(signed.accepted)
                add_document_certificate(by=by, document=document, file=file, now=added_at, accepted=accepted)
                if signed.withdrawn_at:
                    withdraw_document_certificate(by=by, document=document, now=signed.withdrawn_at)


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
        capture=imported.captures[entry.source],
        start=start,
        end=end,
        themes=[themes[slug] for slug in entry.themes],
        note=entry.note,
        translation=entry.translation,
        is_adverse=entry.adverse,
        answer=entry.answer,
        now=now,
    )
    imported.excerpts[entry.key] = excerpt
    (imported.evidence[entry.key],) = add_evidence(
        by=by,
        case=imported.case,
        excerpts=[excerpt],
        why=entry.why,
        relevance=entry.relevance,
        answer=entry.case_answer,
    )
    if not entry.quoted:
        quote_all(by=by, case=imported.case, evidence=[imported.evidence[entry.key].pk], is_quoted=False)
    if entry.elements:
        point_evidence(by=by, evidence=imported.evidence[entry.key], elements=entry.elements, was=())


def _document(
    entry: DocumentEntry, folder: FolderRead, imported: Imported, *, by: User | None, now: dt.datetime
) -> Document:
    read = folder.documents[entry.key]
    return add_read_document(
        by=by,
        case=imported.case,
        details=DocumentDetails(
            title=entry.title,
            kind=entry.kind,
            author=entry.author,
            dated_on=entry.dated_on,
            language=entry.language,
            is_never_electronic=entry.never_electronic,
            is_confidential=entry.confidential,
        ),
        blob=read.blob,
        name=entry.name or Path(entry.file).name,
        now=entry.added_at or now,
        found=read.found,
        replaces=imported.documents[entry.replaces] if entry.replaces else None,
    )


def _statement(entry: StatementEntry, imported: Imported, *, by: User | None) -> Statement:
    details = StatementDetails(
        text=entry.text,
        paragraph=entry.paragraph,
        element=entry.element,
        document=imported.documents[entry.document] if entry.document else None,
    )
    (statement,) = add_statements(by=by, case=imported.case, statements=[details])
    if entry.said is not None:
        statement.said = entry.said
        statement.save(update_fields=["said"])
    bearings = [
        Bears(
            target=imported.evidence[row.excerpt] if row.excerpt else imported.documents[row.document or ""],
            relation=row.relation,
            is_shown=row.shown,
            pages=row.pages,
            answer=row.answer,
        )
        for row in entry.bearings
    ]
    if bearings:
        set_bearings(by=by, statement=statement, bearings=bearings, version=statement.version)
    return statement


def _gap(entry: GapEntry, imported: Imported, *, by: User | None) -> None:
    words = _signed(entry.words, entry.by, by, 500, imported.remarks)
    is_own = by is not None and by.name == entry.by
    note = CoverageNote(case=imported.case, element=entry.element, words=words, by=by if is_own else None, at=entry.at)
    note.full_clean(exclude=["by"])
    note.save()


def _event(entry: EventEntry, case: Case, themes: dict[str, Theme], *, by: User | None) -> None:
    named = [themes[slug] for slug in entry.themes]
    add_event(by=by, case=case, details=EventDetails(entry.happened_on, entry.words, named, entry.elements))


def _task(entry: TaskEntry, imported: Imported, *, by: User | None, now: dt.datetime) -> None:
    task = CaseTask(
        case=imported.case,
        words=entry.words,
        due_on=entry.due_on,
        about=_about(entry, imported),
        added_by=by,
        added_at=now,
    )
    task.full_clean(exclude=["added_by"])
    task.save()


def _about(entry: TaskEntry, imported: Imported) -> str:
    """As `packets.things` names what a task is about."""
    if entry.document:
        return f"document:{imported.documents[entry.document].pk}"
    if entry.excerpt:
        return f"evidence:{imported.evidence[entry.excerpt].pk}"
    if entry.statement:
        return f"statement:{imported.statements[entry.statement - 1].pk}"
    return f"packet:{imported.packet.pk}" if entry.packet and imported.packet else ""


def _signed(words: str, name: str, by: User | None, most: int, remarks: list[str]) -> str:
    """Whoever wrote them may not be known here: their name then stands with the words."""
    if not name or (by is not None and by.name == name):
        return words
    signed = f"{words} ({name})"
    if len(signed) <= most:
        return signed
    remarks.append(f"Words of {name} are as long as they may be, and stand without the name: {words[:60]}…")
    return words


def _packet(entry: PacketEntry, forum: str, imported: Imported, *, by: User | None) -> Packet:
    packet = start_packet(
        by=by, case=imported.case, title=entry.title, forum=entry.forum or forum, index_style=entry.index
    )
    for row in entry.exhibits:
        add_exhibits(
            by=by,
            packet=packet,
            captures=[imported.captures[row.source]] if row.source else (),
            documents=[imported.documents[row.document]] if row.document else (),
            include=row.include,
            context_pages=row.context_pages,
            pages_shown=row.pages,
        )
    if entry.filing:
        change_filing(by=by, packet=packet, version=0, **entry.filing.model_dump())
    for waiver in entry.waivers:
        _waiver(
            waiver,
            packet,
            by=by if by is not None and by.can(Ability.BUILD_PACKETS) else None,
            remarks=imported.remarks,
        )
    return packet


def _waiver(entry: WaiverEntry, packet: Packet, *, by: User | None, remarks: list[str]) -> None:
    is_own = by is not None and by.name == entry.by
    waiver = Waiver(
        packet=packet,
        finding=entry.finding,
        sentence=entry.sentence,
        reason=_signed(entry.reason, entry.by, by, 1000, remarks),
        waived_at=entry.at,
        waived_by=by if is_own else None,
    )
    waiver.full_clean(exclude=["waived_by"])
    waiver.save()
