"""Write a case into a folder: the same `case.json` that an import reads, and the original files beside it."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.cases.models import Case, CaseEvidence
from caseapp.core import storage
from caseapp.library import anchors
from caseapp.library.models import Capture, Theme
from caseapp.packets import freezing
from caseapp.packets.models import Packet


class FolderTaken(Exception):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} is not empty. Name a new folder, so that nothing in it is overwritten.")


@transaction.atomic
def export_case(*, by: User | None, case: Case, packet: Packet | None, folder: Path) -> None:
    """Write the case, its evidence, the sources of both evidence and exhibits, and one packet.

    What is not in the format stays behind: team, approvals, history and builds.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken(folder)
    evidence = list(case.evidence.select_related("excerpt").prefetch_related("excerpt__themes"))
    captures = _captures(evidence, packet)
    keys = {pk: f"s{number}" for number, pk in enumerate(captures, start=1)}
    document = {
        "case": _case(case),
        "themes": [_theme(theme) for theme in _themes_with_those_above(evidence)],
        "sources": [_source(capture, keys[capture.pk]) for capture in captures.values()],
        "excerpts": [
            _excerpt(item, f"x{number}", captures[item.excerpt.capture_id], keys)
            for number, item in enumerate(evidence, start=1)
        ],
        "documents": [],
        "packet": _packet(packet, keys) if packet else None,
    }
    _write(folder, document, {keys[pk]: capture.original_sha256 for pk, capture in captures.items()})
    record(by=by, action=Action.CASE_EXPORTED, subject=case, label=case.reference, case_id=case.pk)


def _captures(evidence: Iterable[CaseEvidence], packet: Packet | None) -> dict[int, Capture]:
    wanted = [row.capture_id for row in packet.exhibits.all() if row.capture_id] if packet else []
    wanted += [item.excerpt.capture_id for item in evidence]
    found = Capture.objects.select_related("source").in_bulk(wanted)
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


def _source(capture: Capture, key: str) -> dict[str, Any]:
    source = capture.source
    return {
        "key": key,
        "file": f"sources/{key}.txt",
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
    }


def _excerpt(evidence: CaseEvidence, key: str, capture: Capture, keys: dict[int, str]) -> dict[str, Any]:
    excerpt = evidence.excerpt
    return {
        "key": key,
        "source": keys[capture.pk],
        "quote": excerpt.quote,
        "occurrence": anchors.occurrence_at(capture.text, excerpt.quote, excerpt.start),
        "themes": [theme.slug for theme in excerpt.themes.all()],
        "note": excerpt.note,
        "adverse": excerpt.is_adverse,
        "why": evidence.why,
    }


def _packet(packet: Packet, keys: dict[int, str]) -> dict[str, Any]:
    return {
        "title": packet.title,
        "index": packet.index_style,
        "forum": packet.forum,
        "exhibits": [
            {"source": keys[row.capture_id], "include": row.include} for row in packet.exhibits.all() if row.capture_id
        ],
    }


def _write(folder: Path, document: dict[str, Any], originals: dict[str, str]) -> None:
    (folder / "sources").mkdir(mode=0o700, parents=True, exist_ok=True)
    for key, sha256 in originals.items():
        (folder / "sources" / f"{key}.txt").write_bytes(storage.read_bytes(sha256))
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (folder / "case.json").write_text(f"{text}\n", encoding="utf-8")
