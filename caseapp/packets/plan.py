"""Where each part of a packet stands, from the page counts of the parts. Pure.

One plan feeds the index, stamps, links, bookmarks and page labels, so that no number is ever derived twice.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from caseapp.typesetting.errors import PrintProblem

ATTEMPTS = 8


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
class PlannedPart:
    name: str
    pages: int
    first_page: int

    @property
    def last_page(self) -> int:
        return self.first_page + self.pages - 1


@dataclass(frozen=True)
class Plan:
    parts: tuple[PlannedPart, ...]

    @property
    def pages(self) -> int:
        return sum(part.pages for part in self.parts)

    def part(self, name: str) -> PlannedPart:
        return next(part for part in self.parts if part.name == name)


def page_plan(counts: Iterable[tuple[str, int]], first_page: int = 1) -> Plan:
    """`counts` are (part name, pages) in filing order."""
    parts = []
    for name, pages in counts:
        if pages < 1:
            raise ValueError(f"The part “{name}” has no pages.")
        parts.append(PlannedPart(name, pages, first_page))
        first_page += pages
    return Plan(tuple(parts))


class Paged(Protocol):
    @property
    def pages(self) -> int: ...


Laid = TypeVar("Laid", bound=Paged)


def settle(lay_out: Callable[[int], Laid]) -> Laid:
    """Lay the index out for a length of its own until it comes out at that length."""
    lengths = [1]
    for _attempt in range(ATTEMPTS):
        laid = lay_out(lengths[-1])
        if laid.pages == lengths[-1]:
            return laid
        lengths.append(laid.pages)
    raise IndexDoesNotSettle(lengths)


def pages_phrase(pages: tuple[int, ...]) -> str:
    """`p. 14`, `pp. 14–15`."""
    first, last = min(pages), max(pages)
    return f"p. {first}" if first == last else f"pp. {first}–{last}"


def pinpoint(tab_word: str, label: str, pages: tuple[int, ...]) -> str:
    """`Tab B · p. 14`, as the index prints it and the verifier expects it."""
    return f"{tab_word} {label} · {pages_phrase(pages)}"


def page_range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"
