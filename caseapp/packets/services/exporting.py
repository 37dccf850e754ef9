"""Write a case into a folder: the same `case.json` that an import reads, and the original files beside it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Bearing, Case, CaseEvidence, Document, Statement
from caseapp.core import storage
from caseapp.library import anchors
from caseapp.library.models import Capture, Theme
from caseapp.library.models.translation import Translation
from caseapp.packets import freezing
from caseapp.packets.casefile import FilingEntry
from caseapp.packets.models import Exhibit, FilingDetails, Packet, Waiver


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


@transaction.atomic
def export_case(*, by: User | None, case: Case, packet: Packet | None, folder: Path) -> list[str]:
    """Write the case, its evidence, documents and statements, the sources of evidence and exhibits, and one packet.

    What is not in the format stays behind: team, approvals, history and builds. Tells what of the packet that concerns.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder)
    evidence = list(case.evidence.select_related("excerpt").prefetch_related("excerpt__themes"))
    captures = _captures(evidence, packet)
    documents = list(case.documents.select_related("translation").defer("text", "page_map"))
    keys = Keys(
        captures={pk: f"s{number}" for number, pk in enumerate(captures, start=1)},
        evidence={item.pk: f"x{number}" for number, item in enumerate(evidence, start=1)},
        documents={document.pk: f"d{number}" for number, document in enumerate(documents, start=1)},
    )
    files = Files()
    contents = {
        "case": _case(case),
        "themes": [_theme(theme) for theme in _themes_with_those_above(evidence)],
        "sources": [_source(capture, keys, files) for capture in captures.values()],
        "excerpts": [_excerpt(item, captures[item.excerpt.capture_id], keys) for item in evidence],
        "documents": [_document(document, keys, files) for document in documents],
        "statements": [_statement(row, keys) for row in case.statements.prefetch_related("bearings")],
        "packet": _packet(packet, keys) if packet else None,
    }
    _write(folder, contents, files)
    record(by=by, action=Action.CASE_EXPORTED, subject=case, label=case.reference, case_id=case.pk)
    return list(_left_behind(packet)) if packet else []


def _left_behind(packet: Packet) -> Iterator[str]:
    if packet.follows_id is not None:
        yield (
            "The packet goes on from a filed build, and builds are not exported: where it is imported, it has tabs and "
            "page numbers of its own, from the beginning."
        )


def _captures(evidence: Iterable[CaseEvidence], packet: Packet | None) -> dict[int, Capture]:
    wanted = [row.capture_id for row in packet.exhibits.all() if row.capture_id] if packet else []
    wanted += [item.excerpt.capture_id for item in evidence]
    found = Capture.objects.select_related("source__origin", "translation").in_bulk(wanted)
    return {pk: found[pk] for pk in dict.fromkeys(wanted)}


def _case(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "client": case.client_name,
        "country": str(case.country),
        "forum": case.forum,
        "hearing_on": case.hearing_on.isoformat() if case.hearing_on else None,
        "file_number": case.file_number,
        "court": case.court,
        "judge": case.judge,
        "detained": case.is_detained,
        "filer": case.filer,
    }


def _themes_with_those_above(evidence: Iterable[CaseEvidence]) -> Iterator[Theme]:
    """The themes in use and all above them, parents first, siblings in their order."""
    every = {theme.pk: theme for theme in Theme.objects.order_by(*freezing.THEME_ORDER)}
    wanted: set[int] = set()
    for item in evidence:
        for theme in item.excerpt.themes.all():
            above: int | None = theme.pk
            while above is not None and above not in wanted:
                wanted.add(above)
                above = every[above].parent_id
    waiting = [theme for theme in reversed(every.values()) if theme.parent_id is None]
    while waiting:
        theme = waiting.pop()
        if theme.pk in wanted:
            yield theme
        waiting += [child for child in reversed(every.values()) if child.parent_id == theme.pk]


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "slug": theme.slug,
        "name": theme.name,
        "definition": theme.definition,
        "parent": theme.parent.slug if theme.parent else None,
        "colour": theme.colour,
    }


def _source(capture: Capture, keys: Keys, files: Files) -> dict[str, Any]:
    source, key = capture.source, keys.captures[capture.pk]
    suffix = ".pdf" if capture.clean_sha256 else ".txt"
    return {
        "key": key,
        "file": files.put(f"sources/{key}{suffix}", capture.original_sha256),
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
        "article": {"start": capture.article_start, "end": capture.article_end} if capture.is_trimmed else None,
        "archive_url": source.archive_url,
        "origin": source.origin.name if source.origin else "",
        "citation": source.citation,
        "accepted": [notice["code"] for notice in capture.notices if notice["kind"] == "file-question"],
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
        "translator": translation.translator,
        "address": translation.address,
        "telephone": translation.telephone,
        "qualification": translation.qualification,
        "certified": translation.is_certified,
    }


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
        "why": evidence.why,
        "relevance": evidence.relevance,
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
    }


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


def _write(folder: Path, contents: dict[str, Any], files: Files) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, sha256 in files.stored.items():
        place = folder / name
        place.parent.mkdir(mode=0o700, exist_ok=True)
        storage.copy_out(sha256, place)
    text = json.dumps(contents, ensure_ascii=False, indent=1)
    (folder / "case.json").write_text(f"{text}\n", encoding="utf-8")
