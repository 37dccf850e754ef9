"""Passages → the rows of the matrix: what stands behind each element, and where the gaps are. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from caseapp.cases.coverage.passages import APPROVED, CHECKED, PROPOSED, Passage, place_of
from caseapp.cases.elements import Element


class Gap(Enum):
    """Why an element is not shown well."""

    NOTHING = "nothing goes to it"
    NOT_APPROVED = "nothing that goes to it is approved"
    ONE_ORIGIN = "all that is approved comes from one origin"
    ONLY_STALE = "all that is approved is too old"


@dataclass(frozen=True)
class Note:
    """Why a gap is none, in somebody's words. It holds for the parts of its element too."""

    element: str
    words: str
    by: str
    on: str


@dataclass(frozen=True)
class Row:
    """What is approved is what counts: sources, origins, kinds, the newest date and how many are stale are of those
    passages. What cuts against us is counted apart. `papers`: the client's own that a statement rests on."""

    element: Element
    proposed: int
    checked: int
    approved: int
    sources: int
    independent: int
    kinds: tuple[tuple[str, int], ...]
    newest: str
    stale: int
    adverse: int
    answered: int
    papers: int
    gaps: tuple[Gap, ...]
    note: Note | None
    below: tuple["Row", ...] = ()

    @property
    def is_gap(self) -> bool:
        return bool(self.gaps) or any(row.is_gap for row in self.below)

    @property
    def is_open(self) -> bool:
        """A gap that nobody explained, here or in a part."""
        return (bool(self.gaps) and self.note is None) or any(row.is_open for row in self.below)

    @property
    def is_empty(self) -> bool:
        return not (self.proposed or self.checked or self.approved or self.adverse)

    @property
    def waits(self) -> int:
        """How many passages are not approved yet."""
        return self.proposed + self.checked

    @property
    def unanswered(self) -> int:
        return self.adverse - self.answered

    @property
    def empty_points(self) -> int:
        """How many points below it say nothing, so that they may be folded away."""
        return sum(row.element.is_point and row.is_empty for row in self.walk() if row is not self)

    def walk(self) -> Iterable["Row"]:
        yield self
        for row in self.below:
            yield from row.walk()


def count_rows(
    elements: Sequence[Element],
    passages: Sequence[Passage],
    notes: Mapping[str, Note] | None = None,
    papers: Mapping[str, int] | None = None,
) -> tuple[Row, ...]:
    """Gaps that nobody explained first, then those that somebody did, then what is shown; else in the law's order."""
    counter = _Counter(elements, passages, notes or {}, papers or {})
    rows = [counter.row(element, None) for element in elements if not element.parent]
    return tuple(sorted(rows, key=lambda row: (not row.is_open, not row.is_gap)))


@dataclass(frozen=True)
class _Counter:
    elements: Sequence[Element]
    passages: Sequence[Passage]
    notes: Mapping[str, Note]
    papers: Mapping[str, int]

    def row(self, element: Element, above: Note | None) -> Row:
        place = place_of(element, self.elements)
        here = [passage for passage in self.passages if place.holds(passage)]
        against = [passage for passage in here if place.is_against(passage)]
        states = Counter(passage.state for passage in here if not place.is_against(passage))
        approved = [passage for passage in here if passage.state == APPROVED and not place.is_against(passage)]
        stale = sum(place.is_stale(passage) for passage in approved)
        families = {passage.family for passage in approved}
        note = self.notes.get(element.key, above)
        below = tuple(self.row(other, note) for other in self.elements if other.parent == element.key)
        has_parts = any(not row.element.is_point for row in below)
        return Row(
            element=element,
            proposed=states[PROPOSED],
            checked=states[CHECKED],
            approved=len(approved),
            sources=len({passage.source for passage in approved}),
            independent=len(families),
            kinds=_kinds(approved),
            newest=max((passage.published_on for passage in approved), default=""),
            stale=stale,
            adverse=len(against),
            answered=sum(passage.is_answered for passage in against),
            papers=self.papers.get(element.key, 0),
            gaps=() if element.is_point or has_parts else _gaps(states, len(approved), len(families), stale),
            note=note,
            below=below,
        )


def _kinds(approved: Iterable[Passage]) -> tuple[tuple[str, int], ...]:
    """How many sources of each kind, the most first."""
    sources = {passage.source: passage.kind for passage in approved}
    return tuple(sorted(Counter(sources.values()).items(), key=lambda pair: (-pair[1], pair[0])))


def _gaps(states: Mapping[str, int], approved: int, families: int, stale: int) -> tuple[Gap, ...]:
    if not approved:
        return (Gap.NOT_APPROVED,) if any(states.values()) else (Gap.NOTHING,)
    found = []
    if families == 1:
        found.append(Gap.ONE_ORIGIN)
    if stale == approved:
        found.append(Gap.ONLY_STALE)
    return tuple(found)
