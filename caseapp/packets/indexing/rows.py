"""What the published manifest tells of an index, from its words and not from its pages. Pure."""

from collections.abc import Iterator
from typing import Any

from caseapp.library.citing import plain_words
from caseapp.packets.indexing.model import Entry, Section


def section_rows(sections: tuple[Section, ...]) -> list[dict[str, Any]]:
    """The headings in order, and what must stand under each; a passage stands once under every heading of its own.

    `entries` have the words that stand in each beside its quotation.
    """
    return [_row(section) for section in sections]


def _row(section: Section) -> dict[str, Any]:
    found = list(_entries(section))
    return {
        "numeral": section.numeral,
        "name": section.name,
        "depth": section.depth,
        "detail": section.detail,
        "quotations": [entry.key for _, entry in found if entry.to == "passage"],
        "exhibits": [entry.key.partition(".")[0] for _, entry in found if entry.to != "passage"],
        "entries": [_entry_row(group, entry) for group, entry in found],
    }


def _entries(section: Section) -> Iterator[tuple[str, Entry]]:
    for group in section.groups:
        for entry in (*((group.source,) if group.source else ()), *group.entries):
            yield group.heading, entry


def _entry_row(group: str, entry: Entry) -> dict[str, Any]:
    texts = (entry.proposition, entry.translation, plain_words(entry.citation), *entry.notes)
    return {"to": entry.to, "key": entry.key, "group": group, "texts": [text for text in texts if text]}
