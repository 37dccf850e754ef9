"""Write a case into a folder: the same `case.json` that an import reads, and the original files beside it."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import F

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.covering import pointing_of
from caseapp.cases.models import Bearing, Case, CaseEvidence, CaseTask, CoverageNote, Document, EventSince, Statement
from caseapp.cases.services.planning import STEP_FIELDS
from caseapp.cases.versions import papers_of
from caseapp.intake.kinds import KINDS
from caseapp.library.excerpts import anchors
from caseapp.library.models import Capture, Recheck, Theme
from caseapp.library.models.translation import Certificate, Translation
from caseapp.packets import freezing
from caseapp.packets.casefile import FilingEntry
from caseapp.packets.files import FilesInReach
from caseapp.packets.models import Exhibit, FilingDetails, Packet, Waiver

DAYS = (
    "hearing_on", "ordered_on", "decision_on", "briefing_on", "lodged_on", "other_bundle_on", "other_filing_on",
)  # fmt: skip
# Of the sources that are no text.
_MEDIA_TYPES = {".pdf": KINDS["pdf"].media_type, ".docx": KINDS["docx"].media_type, ".html": "text/html"}


class FolderTaken(Exception):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty. Name a new folder, so that nothing in it is overwritten.")


@dataclass
class Files:
    """Stored files by the name that they have in the folder."""

    stored: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, sha256: str) -> str:
        self.stored[name] = sha256
        return name


@dataclass(frozen=True)
class Keys:
    """What the entries of the file are called in it."""

    captures: dict[int, str]
    evidence: dict[int, str]
    documents: dict[Any, str]
    statements: dict[int, int]
    packet: Any

    def about(self, thing: str) -> dict[str, Any]:
        """What a task is about, as `packets.things` names it; nothing where that is gone or stays behind."""
        kind, _colon, pk = thing.partition(":")
        match kind:
            case "document":
                return {"document": {str(one): key for one, key in self.documents.items()}.get(pk)}
            case "evidence":
                return {"excerpt": {str(one): key for one, key in self.evidence.items()}.get(pk)}
            case "statement":
                return {"statement": {str(one): number for one, number in self.statements.items()}.get(pk)}
            case "packet":
                return {"packet": pk == str(self.packet)}
        return {}


@transaction.atomic
def export_case(*, by: User | None, case: Case, packet: Packet | None, folder: Path) -> list[str]:
    """Write the case, its evidence, documents and statements, the sources of evidence and exhibits, and one packet.

    What is not in the format stays behind: team, approvals, history and builds. Tells what that concerns.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder)
    evidence = list(case.evidence.select_related("excerpt").prefetch_related("excerpt__themes"))
    captures = _captures(evidence, packet)
    documents, statements = _documents(case), list(case.statements.prefetch_related("bearings"))
    events = list(case.events_since.order_by("pk").prefetch_related("themes"))
    keys = Keys(
        captures={pk: f"s{number}" for number, pk in enumerate(captures, start=1)},
        evidence={item.pk: f"x{number}" for number, item in enumerate(evidence, start=1)},
        documents={document.pk: f"d{number}" for number, document in enumerate(documents, start=1)},
        statements={statement.pk: number for number, statement in enumerate(statements, start=1)},
        packet=packet.pk if packet else None,
    )
    files, goes_to = Files(), pointing_of(case).goes_to
    contents = {
        "case": _case(case),
        "themes": [
            _theme(theme, goes_to[theme.pk]) for theme in _themes_with_those_above(_in_use(case, evidence, events))
        ],
        "sources": [_source(capture, older, keys, files) for older, capture in _after_older(captures.values())],
        "excerpts": [_excerpt(item, captures[item.excerpt.capture_id], keys) for item in evidence],
        "documents": [_document(document, keys, files) for document in documents],
        "statements": [_statement(row, keys) for row in statements],
        "gaps": [_gap(note) for note in case.coverage_notes.select_related("by")],
        "events": [_event(event) for event in events],
        "tasks": [_task(task, keys) for task in case.tasks.filter(done_at=None)],
        "packet": _packet(packet, keys) if packet else None,
    }
    _write(folder, contents, files, FilesInReach(case.pk))
    record(by=by, action=Action.CASE_EXPORTED, subject=case, label=case.reference, case_id=case.pk)
    return list(_left_behind(case, packet, captures))


def _documents(case: Case) -> list[Document]:
    """All versions of the papers, each after the one that it replaces."""
    papers = papers_of(case)
    rows = case.documents.select_related("translation")
    return sorted(rows, key=lambda document: (document.position, papers.number(document.pk)))


def _left_behind(case: Case, packet: Packet | None, captures: Iterable[int]) -> Iterator[str]:
    if packet and packet.follows_id is not None:
        yield (
            "The packet goes on from a filed build, and builds are not exported: where it is imported, it has tabs and "
            "page numbers of its own, from the beginning."
        )
    others = [other for other in Packet.objects.filter(case=case) if other != packet]
    if others:
        titles = ", ".join(other.title for other in others)
        yield f"A folder holds one packet. These stay behind; export each into a folder of its own: {titles}."
    done, comments = case.tasks.exclude(done_at=None).count(), case.comments.count()
    if done or comments:
        yield f"What the team said and did stays behind: {comments} comments, {done} tasks that are done."
    newest = F("capture__source__newest")
    waiting = Recheck.objects.filter(
        Recheck.waiting(), excerpt__in=case.evidence.values("excerpt"), capture__number=newest
    )
    waiting = waiting.exclude(capture__in=captures)
    if waiting:
        yield (
            f"{waiting.count()} passages wait to be looked at in a newer version of their source. Decide about them "
            "first: where the case is imported, nobody is asked."
        )


def _captures(evidence: Iterable[CaseEvidence], packet: Packet | None) -> dict[int, Capture]:
    wanted = [row.capture_id for row in packet.exhibits.all() if row.capture_id] if packet else []
    wanted += [item.excerpt.capture_id for item in evidence]
    found = Capture.objects.select_related("source__origin", "translation").in_bulk(wanted)
    versions: dict[int, list[Capture]] = {}
    for pk in dict.fromkeys(wanted):
        versions.setdefault(found[pk].source_id, []).append(found[pk])
    return {one.pk: one for of_source in versions.values() for one in sorted(of_source, key=lambda one: one.number)}


def _after_older(captures: Iterable[Capture]) -> Iterator[tuple[Capture | None, Capture]]:
    """Each with the older version of its source that goes along, which comes before it."""
    older: Capture | None = None
    for capture in captures:
        yield (older if older and older.source_id == capture.source_id else None), capture
        older = capture


def _case(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "client": case.client_name,
        "country": str(case.country),
        "forum": case.forum,
        "hearing_kind": case.hearing_kind,
        "registry": case.registry or None,
        **{name: _day(getattr(case, name)) for name in DAYS},
        **{name: getattr(case, name) for name in STEP_FIELDS},
        "file_number": case.file_number,
        "court": case.court,
        "judge": case.judge,
        "detained": case.is_detained,
        "filer": case.filer,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _in_use(case: Case, evidence: Iterable[CaseEvidence], events: Iterable[EventSince]) -> Iterator[int]:
    """The themes that its passages and events have, and those that it rules on."""
    for item in evidence:
        yield from (theme.pk for theme in item.excerpt.themes.all())
    for event in events:
        yield from (theme.pk for theme in event.themes.all())
    yield from case.theme_elements.values_list("theme_id", flat=True)


def _themes_with_those_above(in_use: Iterable[int]) -> Iterator[Theme]:
    """The themes in use and all above them, parents first, siblings in their order."""
    every = {theme.pk: theme for theme in Theme.objects.order_by(*freezing.THEME_ORDER)}
    wanted: set[int] = set()
    for theme_id in in_use:
        above: int | None = theme_id
        while above is not None and above not in wanted:
            wanted.add(above)
            above = every[above].parent_id
    waiting = [theme for theme in reversed(every.values()) if theme.parent_id is None]
    while waiting:
        theme = waiting.pop()
        if theme.pk in wanted:
            yield theme
        waiting += [child for child in reversed(every.values()) if child.parent_id == theme.pk]


def _theme(theme: Theme, goes_to: Collection[str]) -> dict[str, Any]:
    return {
        "slug": theme.slug,
        "name": theme.name,
        "definition": theme.definition,
        "belongs": theme.belongs,
        "excludes": theme.excludes,
        "stale_after_months": theme.stale_after_months or 0,
        "parent": theme.parent.slug if theme.parent else None,
        "colour": theme.colour,
        "elements": sorted(goes_to),
    }


def _source(capture: Capture, older: Capture | None, keys: Keys, files: Files) -> dict[str, Any]:
    source, key = capture.source, keys.captures[capture.pk]
    return {
        "key": key,
        "file": files.put(f"sources/{key}{_ending_of(capture)}", capture.original_sha256),
        "name": capture.original_name,
        "version_of": keys.captures[older.pk] if older else None,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published_on": source.published_on,
        "url": source.url,
        "language": source.language,
        "kind": source.kind,
        "country": str(source.country),
        "accessed_on": source.accessed_on.isoformat() if source.accessed_on else None,
        "captured_at": capture.captured_at.isoformat(),
        "method": capture.method,
        "response": capture.response or None,
        "article": {"start": capture.article_start, "end": capture.article_end} if capture.is_trimmed else None,
        "archive_url": source.archive_url,
        "origin": source.origin.name if source.origin else "",
        "citation": source.citation,
        "series": source.series,
        "edition": source.edition,
        "accepted": [notice["code"] for notice in capture.notices if notice["kind"] == "file-question"],
        "guessed": source.guessed,
        "translation": _translation(getattr(capture, "translation", None), key, files),
    }


def _translation(translation: Translation | None, key: str, files: Files) -> dict[str, Any] | None:
    if translation is None:
        return None
    name = translation.original_name
    return {
        "language": translation.language,
        "text": translation.text,
        "file": files.put(f"translations/{key}{_ending(name)}", translation.original_sha256) if name else "",
        "name": name,
        "accepted": translation.accepted,
        "translator": translation.translator,
        "address": translation.address,
        "telephone": translation.telephone,
        "qualification": translation.qualification,
        "certified": translation.is_certified,
        "certificates": [_certificate(row, key, files) for row in translation.certificates.order_by("number")],
    }


def _certificate(certificate: Certificate, key: str, files: Files) -> dict[str, Any]:
    name = f"translations/{key}-signed-{certificate.number}{_ending(certificate.original_name)}"
    return {
        "file": files.put(name, certificate.original_sha256),
        "name": certificate.original_name,
        "accepted": certificate.accepted,
        "added_at": certificate.added_at.isoformat(),
        "withdrawn_at": certificate.withdrawn_at.isoformat() if certificate.withdrawn_at else None,
    }


def _ending_of(capture: Capture) -> str:
    return next((kind for kind, media_type in _MEDIA_TYPES.items() if media_type == capture.media_type), ".txt")


def _ending(name: str) -> str:
    """Of the file's name only its end, which says its kind: the rest may name the client."""
    return PurePosixPath(name).suffix.lower()


def _excerpt(evidence: CaseEvidence, capture: Capture, keys: Keys) -> dict[str, Any]:
    excerpt = evidence.excerpt
    return {
        "key": keys.evidence[evidence.pk],
        "source": keys.captures[capture.pk],
        "quote": excerpt.quote,
        "occurrence": anchors.occurrence_at(capture.text, excerpt.quote, excerpt.start),
        "themes": [theme.slug for theme in excerpt.themes.all()],
        "note": excerpt.note,
        "adverse": excerpt.is_adverse,
        "answer": excerpt.answer,
        "why": evidence.why,
        "relevance": evidence.relevance,
        "case_answer": evidence.answer,
        "quoted": evidence.is_quoted,
        "elements": evidence.elements,
        "translation": excerpt.translation,
    }


def _document(document: Document, keys: Keys, files: Files) -> dict[str, Any]:
    """A file that is locked with a password goes with its open copy, for nobody keeps the password."""
    key = keys.documents[document.pk]
    is_locked = bool(document.report.get("locked") and document.clean_sha256)
    return {
        "key": key,
        "file": files.put(f"documents/{key}{_ending(document.original_name)}", document.original_sha256),
        "name": document.original_name,
        "title": document.title,
        "kind": document.kind,
        "author": document.author,
        "dated_on": document.dated_on,
        "language": document.language,
        "never_electronic": document.is_never_electronic,
        "confidential": document.is_confidential,
        "replaces": keys.documents[document.replaces_id] if document.replaces_id else None,
        "added_at": document.added_at.isoformat(),
        "decided": [
            {"code": code, "by": answer["by"], "at": answer["at"]} for code, answer in document.answers.items()
        ],
        "clean": files.put(f"documents/{key}-open.pdf", document.clean_sha256) if is_locked else "",
        "notices": document.report.get("clean", []) if is_locked else [],
        "translation": _translation(getattr(document, "translation", None), key, files),
    }


def _statement(statement: Statement, keys: Keys) -> dict[str, Any]:
    return {
        "text": statement.text,
        "said": statement.said,
        "paragraph": statement.paragraph,
        "element": statement.element,
        "document": keys.documents[statement.document_id] if statement.document_id else None,
        "bearings": [_bearing(row, keys) for row in statement.bearings.all()],
    }


def _bearing(row: Bearing, keys: Keys) -> dict[str, Any]:
    return {
        "excerpt": keys.evidence[row.evidence_id] if row.evidence_id else None,
        "document": keys.documents[row.document_id] if row.document_id else None,
        "relation": row.relation,
        "shown": row.is_shown,
        "pages": row.pages,
        "answer": row.answer,
    }


def _gap(note: CoverageNote) -> dict[str, Any]:
    by = note.by.name if note.by else ""
    return {"element": note.element, "words": note.words, "by": by, "at": note.at.isoformat()}


def _event(event: EventSince) -> dict[str, Any]:
    return {
        "happened_on": event.happened_on,
        "words": event.words,
        "themes": [theme.slug for theme in event.themes.all()],
        "elements": event.elements,
    }


def _task(task: CaseTask, keys: Keys) -> dict[str, Any]:
    return {"words": task.words, "due_on": _day(task.due_on)} | keys.about(task.about)


def _packet(packet: Packet, keys: Keys) -> dict[str, Any]:
    filing = FilingDetails.objects.filter(packet=packet).first()
    return {
        "title": packet.title,
        "index": packet.index_style,
        "forum": packet.forum,
        "exhibits": [_exhibit(row, keys) for row in packet.exhibits.all()],
        "filing": {name: getattr(filing, name) for name in FilingEntry.model_fields} if filing else None,
        "waivers": [_waiver(row) for row in packet.waivers.select_related("waived_by")],
    }


def _exhibit(row: Exhibit, keys: Keys) -> dict[str, Any]:
    return {
        "source": keys.captures[row.capture_id] if row.capture_id else None,
        "document": keys.documents[row.document_id] if row.document_id else None,
        "include": row.include,
        "context_pages": row.context_pages,
        "pages": row.pages_shown,
    }


def _waiver(waiver: Waiver) -> dict[str, Any]:
    return {
        "finding": waiver.finding,
        "sentence": waiver.sentence,
        "reason": waiver.reason,
        "by": waiver.waived_by.name if waiver.waived_by else "",
        "at": waiver.waived_at.isoformat(),
    }


def _write(folder: Path, contents: dict[str, Any], files: Files, stored: FilesInReach) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, sha256 in files.stored.items():
        place = folder / name
        place.parent.mkdir(mode=0o700, exist_ok=True)
        stored.copy_out(sha256, place)
    text = json.dumps(contents, ensure_ascii=False, indent=1)
    (folder / "case.json").write_text(f"{text}\n", encoding="utf-8")
