"""The schedule of country information that UK tribunals want: by disputed issue, extract, link and page. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from caseapp.packets.indexing.arranging import Cluster, Heading, Item, by_theme, ranked
from caseapp.packets.indexing.filling import filled
from caseapp.packets.indexing.model import Entry, Layout, Section
from caseapp.packets.manifest import Manifest

NO_ISSUE = "Other extracts"


@dataclass(frozen=True)
class EvidenceSchedule:
    title: str
    sections: tuple[Section, ...]


def has_schedule(manifest: Manifest) -> bool:
    """Where the forum wants one, and there is country information to put into it."""
    passages = (exhibit.passages for exhibit in manifest.exhibits if exhibit.section == "country")
    return manifest.forum.schedule is not None and any(passages)


def build_schedule(manifest: Manifest, layout: Layout) -> EvidenceSchedule:
    title = manifest.forum.schedule.title if manifest.forum.schedule else ""
    return EvidenceSchedule(title, filled(manifest, layout, tuple(_issues(manifest))))


def schedule_lines(schedule: EvidenceSchedule) -> list[str]:
    """All that the schedule prints, in order."""
    lines = [schedule.title]
    for section in schedule.sections:
        lines += [section.heading, section.count]
        for group in section.groups:
            for entry in group.entries:
                lines += entry_lines(entry)
    return [line for line in lines if line]


def entry_lines(entry: Entry) -> list[str]:
    translation = f"Translated from {entry.translated_from}: {entry.translated}" if entry.translation else ""
    citation = "".join(run.text for run in entry.citation)
    lines = (entry.proposition, entry.quoted, translation, citation, *entry.notes, entry.address, entry.pinpoint)
    return [line for line in lines if line]


def _issues(manifest: Manifest) -> Iterator[Heading]:
    """The elements that the statements go to, where statements are told apart; else the themes. Numbered anew."""
    found = list(_by_element(manifest)) or [_country(heading) for heading in by_theme(manifest)]
    number = 0
    for heading in found:
        if heading.clusters and heading.numeral:
            number += 1
            yield replace(heading, numeral=str(number), name=_capitalised(heading.name), depth=0)
        elif heading.clusters:
            yield replace(heading, name=NO_ISSUE)


def _country(heading: Heading) -> Heading:
    items = tuple(item for cluster in heading.clusters for item in cluster.items if _is_country(item))
    return replace(heading, clusters=(Cluster("", items),) if items else ())


def _is_country(item: Item) -> bool:
    return item.passage is not None and item.exhibit.section == "country"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _by_element(manifest: Manifest) -> Iterator[Heading]:
    elements = dict.fromkeys(statement.element for statement in manifest.statements if statement.element)
    items = [item for item in ranked(manifest) if _is_country(item)]
    borne: set[str] = set()
    for element in elements:
        keys = {
            bearing.key
            for statement in manifest.statements
            for bearing in statement.bearings
            if statement.element == element
        }
        borne |= keys
        yield _country(Heading("-", element, 0, (Cluster("", tuple(item for item in items if item.key in keys)),)))
    if elements:
        yield _country(Heading("", NO_ISSUE, 0, (Cluster("", tuple(item for item in items if item.key not in borne)),)))
