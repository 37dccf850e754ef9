"""What the manifest beside a packet says of it. "page" is a place in a volume's file, from 1; "label" is printed on it.

No client's name and nothing of the cover: this file goes wherever the packet goes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from caseapp.packets.indexing import Index, build_schedule, printed_quote, schedule_lines, section_rows
from caseapp.packets.manifest import Exhibit, Manifest
from caseapp.packets.pdf import html, paper
from caseapp.packets.pdf.assemble import Assembled
from caseapp.packets.pdf.binding import Bound, layout
from caseapp.packets.pdf.index_pages import entry_of
from caseapp.packets.pdf.tools import tool_versions
from caseapp.packets.plan import PlannedPart
from caseapp.packets.showing import is_set_as_text, shown_pages
from caseapp.typesetting.printed import printed_form
from caseapp.typesetting.readback import reads_back_exactly
from caseapp.typesetting.typeset import engine
from caseapp.typesetting.wholeness import account, counted

PUBLISHED_FORMAT = 2
INDEX_FILE_NAME = "index.docx"


@dataclass(frozen=True)
class VolumeFile:
    """One volume, in a folder of the caller's."""

    file_name: str
    path: Path
    pages: int


@dataclass(frozen=True)
class PartFacts:
    """Of a part that was set before the packet was put together: what decided its pages, and what they must hold."""

    kind: str
    key: str
    shown: dict[str, Any] | None


@dataclass(frozen=True)
class IndexFile:
    """The index in its final words, and as the Word file that is handed out beside the volumes."""

    words: Index
    docx: bytes


@dataclass(frozen=True)
class AssembledVolume:
    file: VolumeFile
    assembled: Assembled


def published(
    manifest: Manifest,
    bound: Bound,
    facts: Mapping[str, PartFacts],
    volumes: Sequence[AssembledVolume],
    index: IndexFile,
) -> bytes:
    forum = manifest.forum
    rows = {
        "format": PUBLISHED_FORMAT,
        "title": manifest.packet_title,
        "reference": manifest.reference,
        "document_title": manifest.document_title,
        "forum": forum.to_dict(),
        "tools": [list(tool) for tool in dict((*manifest.tools, *tool_versions(), *engine())).items()],
        "stamp": {"prefix": forum.stamp_prefix, "position": forum.stamp_position, "band": paper.STAMP_BAND},
        "inputs": [
            {
                "key": exhibit.key,
                "tab": exhibit.label,
                "title": exhibit.title,
                "printed_title": printed_form(exhibit.title),
                "sha256": exhibit.sha256,
                "text_sha256": _text_hash(exhibit.text),
                "file": _file_row(exhibit),
            }
            for exhibit in manifest.exhibits
        ],
        "parts": list(_part_rows(manifest, bound, facts, volumes)),
        "volumes": [_volume_row(bound, number, volume.file) for number, volume in enumerate(volumes, start=1)],
        "index_file": {
            "file": INDEX_FILE_NAME,
            "sha256": sha256(index.docx).hexdigest(),
            "bytes": len(index.docx),
        },
        "sections": section_rows(index.words.sections),
        "quotations": list(_quotation_rows(manifest, bound)),
        "links": [link for volume in volumes for link in volume.assembled.links],
        "mentions": [mention for volume in volumes for mention in volume.assembled.mentions],
        "bookmarks": [mark for volume in volumes for mark in volume.assembled.bookmarks],
        "omitted_labels": {name: list(labels) for name, labels in bound.plan.omitted.items()},
    }
    return canonical(rows)


def _file_row(exhibit: Exhibit) -> dict[str, Any] | None:
    """Which pages of its file an exhibit shows."""
    if exhibit.file is None or is_set_as_text(exhibit):
        return None
    return {"pages": exhibit.file.pages, "shown": list(shown_pages(exhibit))}


def _volume_row(bound: Bound, number: int, volume: VolumeFile) -> dict[str, Any]:
    with volume.path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {
        "number": number,
        "file": volume.file_name,
        "sha256": digest,
        "bytes": volume.path.stat().st_size,
        "pages": volume.pages,
        "labels": list(bound.plan.labels(number)),
    }


def _part_rows(
    manifest: Manifest, bound: Bound, facts: Mapping[str, PartFacts], volumes: Sequence[AssembledVolume]
) -> Iterator[dict[str, Any]]:
    for part in bound.plan.parts:
        source, made = part.piece.source, bound.made.get(part.name)
        known = facts.get(source)
        sha256 = made.sha256 if made else bound.gathered.hashes[source]
        kind = known.kind if known else source
        assembled = volumes[part.volume - 1].assembled
        yield {
            "name": part.name,
            "source": source,
            "kind": kind,
            "key": known.key if known and not made else sha256,
            "sha256": sha256,
            "pages": part.pages,
            "volume": part.volume,
            "first_page": part.first_page,
            "from_page": part.piece.from_page,
            "piece": part.piece.number,
            "pieces": part.piece.of,
            "body": list(paper.body_box(manifest.forum, kind)),
            "seen": list(bound.gathered.seen.get(source, ())[part.piece.from_page - 1 :][: part.pages]) or None,
            "shown": _shown(manifest, bound, part, known),
            "annotations": dict(sorted(assembled.annotations.get(part.name, {}).items())),
            "addresses": sorted(assembled.addresses.get(part.name, ())),
            "links_dropped": assembled.links_dropped.get(part.name, 0),
        }


def _shown(manifest: Manifest, bound: Bound, part: PlannedPart, known: PartFacts | None) -> dict[str, Any] | None:
    """What the pages of a part must hold. A divided exhibit is told with its first piece, and read with all."""
    volumes = len(bound.plan.volumes)
    if part.piece.source == "schedule":
        schedule = build_schedule(manifest, layout(manifest, bound.plan, bound.gathered))
        return account(schedule_lines(schedule))
    if known is None:
        return None
    if known.kind == "cover" and volumes > 1:
        return counted(html.cover_lines(manifest, volume=(part.volume, volumes)))
    if known.kind == "tab" and part.piece.number > 1:
        exhibit = next(one for one in manifest.exhibits if f"tab-{one.key}" == part.piece.source)
        return account(html.tab_lines(manifest, exhibit, piece=(part.piece.number, part.piece.of)))
    return known.shown if part.piece.number == 1 else None


def _quotation_rows(manifest: Manifest, bound: Bound) -> Iterator[dict[str, Any]]:
    found = bound.pinpoints
    entries: dict[str, list[tuple[int, ...]]] = {}
    for anchor, spot in bound.index.places.items():
        entries.setdefault(entry_of(anchor)[0], []).append(spot.pages)
    indexes = [part for part in bound.plan.parts if part.piece.source == "index"]
    for exhibit in manifest.exhibits:
        for passage in exhibit.passages:
            place = found[passage.key]
            yield {
                "key": passage.key,
                "quote": printed_quote(exhibit, passage),
                "tab": exhibit.label,
                "volume": place.volume,
                "pages": [each.page for each in place.spots],
                "labels": list(place.labels),
                "boxes": [list(box) for box in place.boxes],
                "index_pages": [
                    {"volume": index.volume, "pages": [index.spot(page).page for page in pages]}
                    for index in indexes
                    for pages in entries.get(passage.key, [])
                ],
                "read_back": "exact" if reads_back_exactly(passage.quote) else "by-words",
            }


def _text_hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def canonical(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
