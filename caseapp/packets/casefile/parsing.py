"""From the bytes of a `case.json` to its entries, or every place in it that is wrong. Pure.

Whether a file exists and a quotation stands in its source is for the importing service to say, in the same words.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from caseapp.cases.elements import element_named
from caseapp.packets.casefile.entries import CaseFile, EventEntry, ExcerptEntry, PacketEntry, StatementEntry, TaskEntry


@dataclass(frozen=True)
class Problem:
    """`place` is a path into the file, such as `excerpts[3].quote`."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence


class CaseFileRefused(ValueError):
    """The case file cannot be imported; `problems` says where and why. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def parse(data: bytes, *, forums: Iterable[str]) -> CaseFile:
    """The contents of a `case.json`. `forums` are the forum keys that exist."""
    try:
        text = data.decode("utf-8-sig")
        json.loads(text, object_pairs_hook=_without_doubles)
        file = CaseFile.model_validate_json(text)
    except ValidationError as error:
        raise CaseFileRefused(_problems(error)) from error
    except (ValueError, RecursionError) as error:
        raise CaseFileRefused([Problem("", f"This is not JSON that can be read: {error}.")]) from error
    problems = tuple(_loose_ends(file, frozenset(forums)))
    if problems:
        raise CaseFileRefused(problems)
    return file


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    for key, times in Counter(key for key, _value in pairs).items():
        if times > 1:
            raise ValueError(f'the key "{key}" stands {times} times in one object')
    return dict(pairs)


def _problems(error: ValidationError) -> Iterator[Problem]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        yield Problem(place(detail["loc"]), f"{detail['msg']}.")


def place(path: Iterable[str | int]) -> str:
    """("excerpts", 3, "quote") → `excerpts[3].quote`"""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _loose_ends(file: CaseFile, forums: frozenset[str]) -> Iterator[Problem]:
    """What is right on its own but does not fit the rest of the file."""
    slugs = [theme.slug for theme in file.themes]
    sources, excerpts, documents = (
        [entry.key for entry in entries] for entries in (file.sources, file.excerpts, file.documents)
    )
    yield from _doubles("themes", "slug", slugs)
    yield from _doubles("sources", "key", sources)
    yield from _doubles("excerpts", "key", excerpts)
    yield from _doubles("documents", "key", documents)
    yield from _doubles("gaps", "element", [gap.element for gap in file.gaps])
    yield from _versions("sources", "version_of", "source before it", sources, [row.version_of for row in file.sources])
    yield from _versions("documents", "replaces", "document before it", documents, [d.replaces for d in file.documents])
    yield from _unknown_forums(file, forums)
    yield from _themes(file, slugs)
    for number, excerpt in enumerate(file.excerpts):
        yield from _unknown(f"excerpts[{number}].source", "source", excerpt.source, sources)
    for number, statement in enumerate(file.statements):
        yield from _statement(f"statements[{number}]", statement, excerpts, documents)
    for number, task in enumerate(file.tasks):
        yield from _task(f"tasks[{number}]", task, file, excerpts, documents)
    if file.packet:
        yield from _packet(file.packet, sources, documents)


def _versions(where: str, field: str, what: str, keys: Sequence[str], older: Sequence[str | None]) -> Iterator[Problem]:
    """Each names an entry before it, and no two the same one."""
    yield from _doubles(where, field, older)
    for number, key in enumerate(older):
        yield from _unknown(f"{where}[{number}].{field}", what, key, keys[:number])


def _themes(file: CaseFile, slugs: Sequence[str]) -> Iterator[Problem]:
    """Where themes and elements are named."""
    for number, theme in enumerate(file.themes):
        if theme.parent is not None and theme.parent not in slugs[:number]:
            yield Problem(
                f"themes[{number}].parent", f'The theme "{theme.parent}" must stand in the list before "{theme.slug}".'
            )
        yield from _unknown_elements(f"themes[{number}]", theme.elements or ())
    tagged: dict[str, tuple[ExcerptEntry | EventEntry, ...]] = {"excerpts": file.excerpts, "events": file.events}
    for name, entries in tagged.items():
        for number, entry in enumerate(entries):
            yield from _unknown_elements(f"{name}[{number}]", entry.elements)
            for which, slug in enumerate(entry.themes):
                yield from _unknown(f"{name}[{number}].themes[{which}]", "theme", slug, slugs)
    for number, gap in enumerate(file.gaps):
        if element_named(gap.element) is None:
            yield Problem(f"gaps[{number}].element", f'There is no element "{gap.element}".')


def _statement(where: str, statement: StatementEntry, excerpts: list[str], documents: list[str]) -> Iterator[Problem]:
    yield from _unknown(f"{where}.document", "document", statement.document, documents)
    yield from _doubles(f"{where}.bearings", "excerpt", [row.excerpt for row in statement.bearings])
    yield from _doubles(f"{where}.bearings", "document", [row.document for row in statement.bearings])
    for number, row in enumerate(statement.bearings):
        yield from _unknown(f"{where}.bearings[{number}].excerpt", "excerpt", row.excerpt, excerpts)
        yield from _unknown(f"{where}.bearings[{number}].document", "document", row.document, documents)


def _task(where: str, task: TaskEntry, file: CaseFile, excerpts: list[str], documents: list[str]) -> Iterator[Problem]:
    yield from _unknown(f"{where}.document", "document", task.document, documents)
    yield from _unknown(f"{where}.excerpt", "excerpt", task.excerpt, excerpts)
    if task.statement and task.statement > len(file.statements):
        yield Problem(f"{where}.statement", f"There are {len(file.statements)} statements in this file.")
    if task.packet and file.packet is None:
        yield Problem(f"{where}.packet", "There is no packet in this file.")


def _packet(packet: PacketEntry, sources: list[str], documents: list[str]) -> Iterator[Problem]:
    yield from _doubles("packet.exhibits", "source", [row.source for row in packet.exhibits])
    yield from _doubles("packet.exhibits", "document", [row.document for row in packet.exhibits])
    yield from _doubles("packet.waivers", "finding", [row.finding for row in packet.waivers])
    for number, row in enumerate(packet.exhibits):
        yield from _unknown(f"packet.exhibits[{number}].source", "source", row.source, sources)
        yield from _unknown(f"packet.exhibits[{number}].document", "document", row.document, documents)


def _unknown(where: str, what: str, key: str | None, known: Sequence[str]) -> Iterator[Problem]:
    if key is not None and key not in known:
        yield Problem(where, f'There is no {what} "{key}" in this file.')


def _unknown_elements(where: str, keys: Iterable[str]) -> Iterator[Problem]:
    for which, key in enumerate(keys):
        if element_named(key) is None:
            yield Problem(f"{where}.elements[{which}]", f'There is no element "{key}".')


def _unknown_forums(file: CaseFile, forums: frozenset[str]) -> Iterator[Problem]:
    known = ", ".join(sorted(forums))
    if file.case.forum not in forums:
        yield Problem("case.forum", f'There is no forum "{file.case.forum}"; there are: {known}.')
    if file.packet and file.packet.forum is not None and file.packet.forum not in forums:
        yield Problem("packet.forum", f'There is no forum "{file.packet.forum}"; there are: {known}.')


def _doubles(where: str, field: str, values: Sequence[str | None]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, value in enumerate(values):
        if value is None:
            continue
        if value in seen:
            yield Problem(f"{where}[{number}].{field}", f'"{value}" stands twice.')
        seen.add(value)
