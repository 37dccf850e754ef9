"""A passage in use, as far as counting needs it, and which cells of the matrix it stands in. Pure."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

from caseapp.cases.elements import Element

PROPOSED, CHECKED, APPROVED = "proposed", "checked", "approved"


@dataclass(frozen=True)
class Passage:
    """`against` are the elements that it cuts against through a statement, `stale_for` those for which it is too old.
    `pk` is that of the evidence, `excerpt` that of the passage in the library."""

    pk: int
    excerpt: int
    state: str
    is_adverse: bool
    is_answered: bool
    source: int
    family: str
    kind: str
    published_on: str
    elements: frozenset[str]
    against: frozenset[str] = frozenset()
    stale_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """A row of the matrix: an element with all below it. `cutting` are those of its keys under which everything is
    held against the client."""

    keys: frozenset[str]
    cutting: frozenset[str]

    def holds(self, passage: Passage) -> bool:
        return bool(passage.elements & self.keys)

    def is_against(self, passage: Passage) -> bool:
        return passage.is_adverse or passage.elements & self.keys <= passage.against | self.cutting

    def is_stale(self, passage: Passage) -> bool:
        return bool(passage.elements & self.keys & passage.stale_for)


def place_of(element: Element, elements: Iterable[Element]) -> Place:
    """The element with its parts and points, and theirs; every element stands before what is below it."""
    keys, cutting = {element.key}, set()
    for other in elements:
        if other.parent in keys:
            keys.add(other.key)
        if other.key in keys and other.cuts_against:
            cutting.add(other.key)
    return Place(frozenset(keys), frozenset(cutting))


def _in_state(state: str) -> Callable[[Place, Passage], bool]:
    return lambda place, passage: passage.state == state and not place.is_against(passage)


_approved = _in_state(APPROVED)

# The columns that hold passages, by the word that stands in addresses.
COLUMNS: dict[str, Callable[[Place, Passage], bool]] = {
    "all": lambda place, passage: True,
    "proposed": _in_state(PROPOSED),
    "checked": _in_state(CHECKED),
    "approved": _approved,
    "stale": lambda place, passage: _approved(place, passage) and place.is_stale(passage),
    "adverse": lambda place, passage: place.is_against(passage),
    "answered": lambda place, passage: place.is_against(passage) and passage.is_answered,
    "unanswered": lambda place, passage: place.is_against(passage) and not passage.is_answered,
}


def within(passages: Iterable[Passage], place: Place, column: str) -> list[Passage]:
    """The passages that a cell counts, in their order: what it opens is what it says."""
    belongs = COLUMNS[column]
    return [passage for passage in passages if place.holds(passage) and belongs(place, passage)]


def loose(passages: Iterable[Passage], known: Set[str]) -> list[Passage]:
    """Those that go to nothing which must be shown here."""
    return [passage for passage in passages if not passage.elements & known]
