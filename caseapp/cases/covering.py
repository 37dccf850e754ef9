"""What the matrix of a case is counted from, read by a number of queries that does not grow with the case."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.formats import date_format

from caseapp.cases.coverage.counting import Note, Row, count_rows
from caseapp.cases.coverage.passages import APPROVED, CHECKED, PROPOSED, Passage, loose
from caseapp.cases.coverage.pointing import (
    Ruling,
    ThemeFacts,
    elements_of_passage,
    months_for,
    themes_to_elements,
)
from caseapp.cases.elements import Element, System, elements_of, systems_of
from caseapp.cases.models import Bearing, Case, CaseEvidence, CaseThemeElement, CoverageNote, Relation, ThemeElement
from caseapp.cases.since import events_of, themes_above, waiting_for_a_look
from caseapp.cases.staleness import Facts, Since, is_past_its_months, reasons
from caseapp.library.models import Source, Theme
from caseapp.library.origins.undecided import InDoubt
from caseapp.library.publishers.editions import newer_editions
from caseapp.library.queries import Tagging, family_of


@dataclass(frozen=True)
class Pointing:
    """Where every theme goes: `office` as the office says, `goes_to` as this case does."""

    themes: dict[int, ThemeFacts]
    office: dict[int, frozenset[str]]
    goes_to: dict[int, frozenset[str]]


@dataclass(frozen=True)
class Coverage:
    """The case as it stands on the day `at`: that of the hearing, or today where that is not known or past."""

    case: Case
    at: dt.date
    passages: list[Passage]
    pointing: Pointing
    notes: dict[str, Note]
    papers: dict[str, int]

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        return elements_of(self.case.forum)

    @cached_property
    def groups(self) -> list[tuple[System, tuple[Row, ...]]]:
        return [
            (system, count_rows(system.elements, self.passages, self.notes, self.papers))
            for system in systems_of(self.case.forum)
        ]

    @cached_property
    def loose(self) -> list[Passage]:
        return loose(self.passages, {element.key for element in self.elements})

    @cached_property
    def in_doubt(self) -> InDoubt | None:
        """That fewer origins may be independent than are counted."""
        told = {passage.source: passage.family for passage in self.passages}
        return InDoubt.among(told, told)

    @property
    def rows(self) -> Iterator[Row]:
        """Every row, parts and points too."""
        return (row for _system, rows in self.groups for top in rows for row in top.walk())

    @property
    def open_gaps(self) -> list[Row]:
        """Each by itself: a group that lacks but its parts is not told besides them."""
        return [row for row in self.rows if row.gaps and row.note is None]

    @property
    def explained_gaps(self) -> list[Row]:
        return [row for row in self.rows if row.gaps and row.note is not None]


def coverage_of(case: Case, *, today: dt.date) -> Coverage:
    at = max(case.hearing_on or today, today)
    pointing = pointing_of(case)
    bearings = list(_bearings(case))
    return Coverage(
        case=case,
        at=at,
        passages=_passages(case, pointing, bearings, at),
        pointing=pointing,
        notes=_notes(case),
        papers=_papers(bearings),
    )


def pointing_of(case: Case | None = None) -> Pointing:
    """Of the office, and of the case where one is given."""
    themes = {
        pk: ThemeFacts(parent, months)
        for pk, parent, months in Theme.objects.values_list("pk", "parent_id", "stale_after_months")
    }
    office = list(ThemeElement.objects.values_list("theme_id", "element"))
    ruled = CaseThemeElement.objects.filter(case=case) if case else CaseThemeElement.objects.none()
    rulings = [Ruling(*row) for row in ruled.values_list("theme_id", "element", "is_on")]
    by_office = themes_to_elements(themes, office)
    return Pointing(themes, by_office, themes_to_elements(themes, office, rulings) if rulings else by_office)


@dataclass(frozen=True)
class _Bears:
    element: str
    relation: str
    answer: str
    evidence: int | None
    document: Any


def _bearings(case: Case) -> Iterator[_Bears]:
    """What bears on the statements that go to something."""
    rows = Bearing.objects.filter(statement__case=case).exclude(statement__element="").order_by("pk")
    for row in rows.values_list("statement__element", "relation", "answer", "evidence_id", "document_id"):
        yield _Bears(*row)


def _papers(bearings: Iterable[_Bears]) -> dict[str, int]:
    """How many of the client's own papers hold up a statement that goes to each element."""
    found: dict[str, set[Any]] = defaultdict(set)
    for one in bearings:
        if one.document is not None and one.relation != Relation.CONTRADICTS:
            found[one.element].add(one.document)
    return {element: len(documents) for element, documents in found.items()}


@dataclass(frozen=True)
class _Overtaken:
    """What makes a passage old whatever its months, by the same reasons as beside the evidence: a newer version or
    edition, a look at it that waits, or something that happened since."""

    editions: Mapping[int, Source]
    waiting: Container[int]
    events: list[Since]
    above: Mapping[int, frozenset[int]]

    def takes(self, row: Mapping[str, Any], themes: Iterable[int], elements: frozenset[str], at: dt.date) -> bool:
        edition = self.editions.get(row["source"])
        facts = Facts(
            published_on=row["published_on"],
            themes_and_above=frozenset[int]().union(*(self.above.get(theme, frozenset()) for theme in themes)),
            elements=elements,
            newer_capture=None if row["version"] == row["newest"] else row["newest"],
            waits=row["excerpt_id"] in self.waiting,
            newer_edition=edition.title if edition else "",
        )
        return bool(reasons(facts, self.events, at=at))


def _overtaken(case: Case) -> _Overtaken:
    used = CaseEvidence.objects.filter(case=case)
    serial = Source.objects.filter(pk__in=used.values("excerpt__capture__source")).exclude(series="")
    waiting = waiting_for_a_look(used.values("excerpt"))
    return _Overtaken(newer_editions(serial), waiting, events_of(case), themes_above())


def _passages(case: Case, pointing: Pointing, bearings: Iterable[_Bears], at: dt.date) -> list[Passage]:
    tags, borne, overtaken = _tags(case), defaultdict(list), _overtaken(case)
    for one in bearings:
        borne[one.evidence].append(one)
    return [
        _passage(row, tags[row["excerpt_id"]], borne[row["pk"]], pointing, overtaken, at) for row in _evidence(case)
    ]


def _evidence(case: Case) -> Iterable[Mapping[str, Any]]:
    source = F("excerpt__capture__source")
    answered = ExpressionWrapper(~Q(answer=""), output_field=BooleanField())
    return (
        CaseEvidence.objects.filter(case=case)
        .annotate(
            source=source,
            origin=F("excerpt__capture__source__origin"),
            kind=F("excerpt__capture__source__kind"),
            published_on=F("excerpt__capture__source__published_on"),
            version=F("excerpt__capture__number"),
            newest=F("excerpt__capture__source__newest"),
            checked_at=F("excerpt__checked_at"),
            approved_at=F("excerpt__approved_at"),
            is_adverse=F("excerpt__is_adverse"),
            has_answer=answered,
        )
        .order_by("position", "pk")
        .values(
            "pk", "excerpt_id", "elements", "source", "origin", "kind", "published_on",
            "version", "newest", "checked_at", "approved_at", "is_adverse", "has_answer",
        )
    )  # fmt: skip


def _tags(case: Case) -> dict[int, list[int]]:
    tags: dict[int, list[int]] = defaultdict(list)
    used = CaseEvidence.objects.filter(case=case).values("excerpt")
    for excerpt, theme in Tagging.objects.filter(excerpt__in=used).values_list("excerpt_id", "theme_id"):
        tags[excerpt].append(theme)
    return tags


def _passage(
    row: Mapping[str, Any],
    themes: list[int],
    borne: list[_Bears],
    pointing: Pointing,
    overtaken: _Overtaken,
    at: dt.date,
) -> Passage:
    elements = elements_of_passage(row["elements"], {one.element for one in borne}, themes, pointing.goes_to)
    against = [one for one in borne if one.relation == Relation.CONTRADICTS]
    is_overtaken = overtaken.takes(row, themes, elements, at)
    months = {element: months_for(element, themes, pointing.themes, pointing.goes_to) for element in elements}
    return Passage(
        pk=row["pk"],
        excerpt=row["excerpt_id"],
        state=APPROVED if row["approved_at"] else CHECKED if row["checked_at"] else PROPOSED,
        is_adverse=row["is_adverse"],
        # What this case says to the passage, or to each statement that it cuts against. What the library notes of it
        # in general answers nothing: another case is another client.
        is_answered=row["has_answer"] or (bool(against) and all(one.answer for one in against)),
        source=row["source"],
        family=family_of(row["source"], row["origin"]),
        kind=row["kind"],
        published_on=row["published_on"],
        elements=elements,
        against=frozenset(one.element for one in against),
        stale_for=frozenset(
            element
            for element in elements
            if is_overtaken or is_past_its_months(row["published_on"], months[element], at=at)
        ),
    )


def _notes(case: Case) -> dict[str, Note]:
    notes = CoverageNote.objects.filter(case=case).select_related("by")
    return {
        note.element: Note(note.element, note.words, note.by.name if note.by else "", date_format(note.at))
        for note in notes
    }
