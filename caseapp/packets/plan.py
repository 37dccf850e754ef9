"""Where each page of a packet stands: its volume, its place in that file, the label printed on it. Pure.

One plan feeds the index, stamps, links, bookmarks and page labels, so that no number is ever derived twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from caseapp.packets.numbering import Numbered, page_labels
from caseapp.packets.packing import Piece
from caseapp.typesetting.errors import PrintProblem

ATTEMPTS = 8
UNDER_A_TAB = ("exhibit", "translation", "signed")
"""What follows a tab sheet, in this order: a part is called by one of these, and by the key of its exhibit."""


def goes_with_exhibit(source: str) -> bool:
    """Whether a part stands under the tab of an exhibit, after it: its translation, or what was signed for that."""
    return source.partition("-")[0] in UNDER_A_TAB[1:]


class IndexDoesNotSettle(PrintProblem):
    """The index keeps changing its own length, so its page numbers never come true."""

    def __init__(self, lengths: Iterable[int]) -> None:
        tried = ", ".join(str(length) for length in lengths)
        super().__init__(
            _(
                "The index changed its own length each time its page numbers were filled in (pages: %(pages)s). "
                "Shorten or lengthen a title or a note by a few words and build again."
            )
            % {"pages": tried}
        )


@dataclass(frozen=True)
class Spot:
    """A page of the packet: `page` is its place in its volume's file, from 1; `label` is printed on it."""

    volume: int
    page: int
    label: str


@dataclass(frozen=True)
class PlannedPart:
    """A part, or a piece of one, in its place. `first_page` is its place in its volume's file, from 1."""

    piece: Piece
    volume: int
    first_page: int
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.piece.name

    @property
    def pages(self) -> int:
        return len(self.labels)

    @property
    def last_page(self) -> int:
        return self.first_page + self.pages - 1

    def holds(self, page: int) -> bool:
        """Whether this page of the part's own is in this piece."""
        return self.piece.from_page <= page < self.piece.from_page + self.pages

    def spot(self, page: int) -> Spot:
        """The place of a page of the part's own, from 1 over all its pieces."""
        at = page - self.piece.from_page
        return Spot(self.volume, self.first_page + at, self.labels[at])


@dataclass(frozen=True)
class Plan:
    """`omitted`: by part, the labels of filed pages that no page has any more."""

    parts: tuple[PlannedPart, ...]
    omitted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return sum(part.pages for part in self.parts)

    @cached_property
    def volumes(self) -> tuple[tuple[PlannedPart, ...], ...]:
        numbers = sorted({part.volume for part in self.parts})
        return tuple(tuple(part for part in self.parts if part.volume == number) for number in numbers)

    @cached_property
    def _by_name(self) -> dict[str, PlannedPart]:
        return {part.name: part for part in self.parts}

    @cached_property
    def _by_source(self) -> dict[str, list[PlannedPart]]:
        found: dict[str, list[PlannedPart]] = {}
        for part in self.parts:
            if not part.piece.is_repeated:
                found.setdefault(part.piece.source, []).append(part)
        return found

    def part(self, name: str) -> PlannedPart:
        return self._by_name[name]

    def pieces(self, source: str) -> Sequence[PlannedPart]:
        """The pieces of a part, in order: one, unless it is divided between volumes; none if there is no such part."""
        return self._by_source.get(source, ())

    def spot(self, source: str, page: int) -> Spot:
        """Where page `page` of a part (from 1) stands."""
        for part in self.pieces(source):
            if part.holds(page):
                return part.spot(page)
        raise ValueError(f"The part “{source}” has no page {page}.")

    def labels(self, volume: int) -> tuple[str, ...]:
        return tuple(label for part in self.volumes[volume - 1] for label in part.labels)

    def volume_word(self, volume: int) -> int:
        """The number to print beside a page: none where there is one volume only."""
        return volume if len(self.volumes) > 1 else 0


def page_plan(
    volumes: Iterable[Iterable[Piece]], first_page: int = 1, filed: Mapping[str, Sequence[str]] | None = None
) -> Plan:
    """`volumes` are the pieces of each in filing order; `filed` the labels that pages of a filed packet keep."""
    packed = [list(volume) for volume in volumes]
    numbered = page_labels([piece for volume in packed for piece in volume], first_page, filed or {})
    return Plan(tuple(_in_place(packed, numbered)), numbered.omitted)


def _in_place(volumes: Sequence[Sequence[Piece]], numbered: Numbered) -> Iterable[PlannedPart]:
    for number, pieces in enumerate(volumes, start=1):
        first_page = 1
        for piece in pieces:
            yield PlannedPart(piece, number, first_page, numbered.labels[piece.name])
            first_page += piece.pages


class Paged(Protocol):
    @property
    def pages(self) -> int: ...


Laid = TypeVar("Laid", bound=Paged)


def settle(lay_out: Callable[[int], Laid], first_length: int = 1) -> Laid:
    """Lay the index out for a length of its own until it comes out at that length."""
    lengths = [first_length]
    for _attempt in range(ATTEMPTS):
        laid = lay_out(lengths[-1])
        if laid.pages == lengths[-1]:
            return laid
        lengths.append(laid.pages)
    raise IndexDoesNotSettle(lengths)


def pages_phrase(labels: Sequence[str]) -> str:
    """`p. 14`, `pp. 14–15`, `pp. 57–57B`: labels in the order of their pages."""
    first, last = labels[0], labels[-1]
    return f"p. {first}" if first == last else f"pp. {first}–{last}"


def pinpoint(tab_word: str, label: str, labels: Sequence[str], volume: int = 0) -> str:
    """`Tab B · p. 14`, and `Tab B · Volume 2, p. 14` where there are several, as the index prints it and the verifier
    expects it."""
    where = f"Volume {volume}, " if volume else ""
    return f"{tab_word} {label} · {where}{pages_phrase(labels)}"


def page_range(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"
