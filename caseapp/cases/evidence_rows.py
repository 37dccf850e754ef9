"""The evidence of a case as its list shows it: narrowed, in groups, each piece with all that is said of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from caseapp.cases.aging import Aged, aged, elements_of_evidence
from caseapp.cases.elements import element_named, elements_of
from caseapp.cases.models import Bearing, Case, CaseEvidence
from caseapp.cases.queries import evidence_in_order
from caseapp.library.models import Theme
from caseapp.library.models.excerpt import State
from caseapp.library.queries import ids_below

MARKS = ("stale", "adverse", "no-statement", "no-theme")


@dataclass(frozen=True)
class Row:
    """`number` is its place in the case's own order; `elements` are of the law that decides the case."""

    item: CaseEvidence
    number: int
    aged: Aged | None
    bearings: tuple[Bearing, ...]
    elements: frozenset[str]

    @property
    def shows(self) -> list[str]:
        """What it goes to show, always in the same order."""
        return sorted(self.elements)

    @property
    def themes(self) -> list[Theme]:
        return list(self.item.excerpt.themes.all())


@dataclass(frozen=True)
class Narrowing:
    """What the list is asked for; nothing stands for all of it."""

    theme: Theme | None = None
    element: str = ""
    statement: int | None = None
    state: str = ""
    mark: str = ""
    by: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.theme or self.element or self.statement or self.state or self.mark)


@dataclass(frozen=True)
class Group:
    """`again` are those of the rows that a group before this one shows already."""

    heading: str
    rows: tuple[Row, ...]
    again: frozenset[int] = frozenset()


def rows_of(case: Case, *, today: dt.date) -> list[Row]:
    """All evidence of the case. The number of queries does not grow with it."""
    items = list(evidence_in_order(case))
    elements = elements_of_evidence(case, items)
    shows = {item.excerpt_id: elements[item.pk] for item in items}
    old = aged(case, [item.excerpt for item in items], today=today, elements=shows)
    law = frozenset(element.key for element in elements_of(case.forum))
    bearings: dict[int, list[Bearing]] = defaultdict(list)
    bearing_rows = Bearing.objects.filter(statement__case=case, evidence__isnull=False).select_related("statement")
    for bearing in bearing_rows.order_by("statement__position", "pk"):
        bearings[bearing.evidence_id or 0].append(bearing)
    return [
        Row(item, number, old.get(item.excerpt_id), tuple(bearings[item.pk]), elements[item.pk] & law)
        for number, item in enumerate(items, start=1)
    ]


def narrowed(rows: Iterable[Row], asked: Narrowing) -> list[Row]:
    below = set(ids_below(asked.theme)) if asked.theme else set()
    return [row for row in rows if _fits(row, asked, below)]


def in_groups(rows: list[Row], by: str) -> list[Group]:
    """By what is asked; a row stands under each heading that it belongs to, and those under none come last."""
    if by not in _HEADINGS:
        return [Group("", tuple(rows))]
    under: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for heading in list(_HEADINGS[by](row)) or [""]:
            under[heading].append(row)
    order = sorted(under, key=lambda heading: (not heading, min(row.number for row in under[heading])))
    return list(_with_again(order, under, {"": _WITHOUT[by]()}))


def _with_again(order: list[str], under: dict[str, list[Row]], names: dict[str, str]) -> Iterator[Group]:
    shown: set[int] = set()
    for heading in order:
        here = {row.item.pk for row in under[heading]}
        yield Group(names.get(heading, heading), tuple(under[heading]), frozenset(here & shown))
        shown |= here


def _fits(row: Row, asked: Narrowing, below: set[int]) -> bool:
    excerpt = row.item.excerpt
    return (
        (not asked.theme or bool(below & {theme.pk for theme in row.themes}))
        and (not asked.element or asked.element in row.elements)
        and (not asked.statement or asked.statement in {bearing.statement_id for bearing in row.bearings})
        and (not asked.state or excerpt.state == asked.state)
        and (not asked.mark or _is_marked(row, asked.mark))
    )


def _is_marked(row: Row, mark: str) -> bool:
    match mark:
        case "stale":
            return row.aged is not None
        case "adverse":
            return row.item.excerpt.is_adverse
        case "no-statement":
            return not row.bearings
        case "no-theme":
            return not row.themes
    return True


def _statement_words(row: Row) -> Iterator[str]:
    for bearing in row.bearings:
        statement = bearing.statement
        place = f"{statement.paragraph} · " if statement.paragraph else ""
        yield f"{place}{statement}"


def _element_words(row: Row) -> Iterator[str]:
    for key in sorted(row.elements):
        element = element_named(key)
        yield str(element.name) if element else key


_HEADINGS: dict[str, Callable[[Row], Iterable[str]]] = {
    "theme": lambda row: [theme.name for theme in row.themes],
    "element": _element_words,
    "statement": _statement_words,
    "state": lambda row: [str(State(row.item.excerpt.state).label)],
}
_WITHOUT: dict[str, Callable[[], str]] = {
    "theme": lambda: _("Without a theme"),
    "element": lambda: _("Goes to nothing in particular"),
    "statement": lambda: _("Bears on no statement"),
    "state": lambda: "",
}
