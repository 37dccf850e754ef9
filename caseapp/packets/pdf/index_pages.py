"""The pages that say what the evidence shows: annotated index and schedule of country information."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from caseapp.forums import Forum
from caseapp.packets.indexing import Entry, Group, Index, Layout, Section, build_index, build_schedule
from caseapp.packets.manifest import Manifest
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.packets.pdf.setting import set_pages
from caseapp.packets.pdf.templates import page_html
from caseapp.typesetting.blocks import breakable
from caseapp.typesetting.join import joined
from caseapp.typesetting.printed import direction
from caseapp.typesetting.typeset import Typeset

# A longer quotation may run over the page; a shorter one stays in one piece.
_LONG = 900


def render_index(manifest: Manifest, layout: Layout) -> RenderedPart:
    return render(manifest, build_index(manifest, layout))


def render(manifest: Manifest, index: Index) -> RenderedPart:
    context = {
        "forum": manifest.forum,
        "index": index,
        "sections": [_section(section) for section in index.sections],
        "rows": [vars(row) | {"title_direction": direction(row.title)} for row in index.rows],
    }
    laid = set_pages(page_html("index", context), manifest.forum, "index")
    return RenderedPart(joined([laid.pdf]), laid.pages, _places(laid))


def render_schedule(manifest: Manifest, layout: Layout) -> RenderedPart:
    """In the type and spacing that the forum asks of it, throughout."""
    schedule = build_schedule(manifest, layout)
    context = {"title": schedule.title, "sections": [_section(section) for section in schedule.sections]}
    laid = set_pages(page_html("schedule", context), _as_limited(manifest.forum), "schedule")
    return RenderedPart(joined([laid.pdf]), laid.pages, _places(laid))


def _as_limited(forum: Forum) -> Forum:
    if forum.schedule is None:
        return forum
    return replace(forum, body_size_pt=forum.schedule.type_pt, line_height=forum.schedule.line_height)


def entry_of(anchor: str) -> tuple[str, str]:
    """Key of the passage or exhibit, and section number, from the anchor of an entry."""
    section, _, key = anchor.partition("/")
    return key, section


def _section(section: Section) -> dict[str, Any]:
    return vars(section) | {"heading": section.heading, "groups": [_group(group) for group in section.groups]}


def _group(group: Group) -> dict[str, Any]:
    return {
        "heading": group.heading,
        "count": group.count,
        "source": _entry(group.source) if group.source else None,
        "entries": [_entry(entry) for entry in group.entries],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    where, _, pages = entry.pinpoint.rpartition(" ")
    return vars(entry) | {
        "target": entry.target,
        "address_shown": breakable([entry.address])[0],
        "lines": _lines(entry.quoted, entry.anchor),
        "translation_lines": _lines(entry.translated),
        "is_long": len(entry.quote) + len(entry.translation) > _LONG,
        # A link to an exhibit prints its pages and nothing else, as it does in the list of exhibits.
        "before_link": f"{where} " if entry.to == "exhibit" else "",
        "link": pages if entry.to == "exhibit" else entry.pinpoint,
    }


def _lines(text: str, anchor: str = "") -> list[dict[str, Any]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [
        {
            "text": breakable([line])[0],
            "direction": direction(line),
            "anchor": f"{anchor}.{number}" if anchor else "",
            "is_first": number == 0,
        }
        for number, line in enumerate(lines)
    ]


def _places(laid: Typeset) -> dict[str, Place]:
    """Places by entry: its section and its key, without the number of the line."""
    found: dict[str, list[tuple[int, float]]] = {}
    for page, anchor, box in laid.boxes():
        found.setdefault(anchor.rpartition(".")[0], []).append((page, round(box.top, 2)))
    return {key: _place(spots) for key, spots in sorted(found.items())}


def _place(spots: Iterable[tuple[int, float]]) -> Place:
    kept = sorted(spots)
    return Place(tuple(sorted({page for page, _ in kept})), kept[0][1])
