"""Where links and bookmarks lead: every way of saying it, made one that needs no other part of the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from caseapp.intake.pdf.geometry import Frame
from caseapp.intake.pdf.values import MOST_LEVELS, dictionary, items, name, number

_MOST_NAMES = 50_000


@dataclass(frozen=True)
class Destinations:
    """`places` finds a page's number (from 0) by its object; `named` is what names stand for."""

    pages: Sequence[Dictionary]
    frames: Sequence[Frame]
    places: Mapping[tuple[int, int], int]
    named: Mapping[bytes, Object]

    def of(self, thing: Dictionary) -> Array | None:
        """Where a link or bookmark leads inside this file; None where it leads elsewhere or nowhere."""
        if Name.Dest in thing:
            return self.explicit(thing.get(Name.Dest))
        action = thing.get(Name.A)
        if isinstance(action, Dictionary) and name(action.get(Name.S)) == "GoTo":
            return self.explicit(action.get(Name.D))
        return None

    def explicit(self, destination: object) -> Array | None:
        for _ in range(MOST_LEVELS):
            if isinstance(destination, pikepdf.String | Name):
                destination = self.named.get(_key(destination))
            elif isinstance(destination, Dictionary):
                destination = destination.get(Name.D)
            else:
                break
        if not isinstance(destination, Array) or not len(destination):
            return None
        place = self._page(destination[0])
        return None if place is None else self._at(place, list(destination)[1:])

    def _page(self, target: object) -> int | None:
        if isinstance(target, Dictionary):
            return self.places.get(target.objgen)
        index = number(target)
        return int(index) if index is not None and 0 <= index < len(self.pages) else None

    def _at(self, place: int, view: list[Object]) -> Array:
        """The height and left edge are kept; the zoom is left as the reader has it."""
        frame = self.frames[place]
        kind = name(view[0]) if view else ""
        values = [number(value) for value in view[1:]]
        left, top = _corner(kind, [*values, None, None, None, None])
        if left is None and top is None:
            left, top = frame.top_left()
        across = None if left is None else frame.x(left)
        up = None if top is None else frame.y(top)
        return Array([self.pages[place], Name.XYZ, across, up, None])


def destinations_of(pdf: Pdf, pages: Sequence[Dictionary], frames: Sequence[Frame]) -> Destinations:
    places = {page.objgen: index for index, page in enumerate(pages)}
    return Destinations(pages, frames, places, dict(_named(pdf)))


def _corner(kind: str, values: list[float | None]) -> tuple[float | None, float | None]:
    if kind == "XYZ":
        return values[0], values[1]
    if kind in {"FitH", "FitBH"}:
        return None, values[0]
    if kind in {"FitV", "FitBV"}:
        return values[0], None
    if kind == "FitR":
        return values[0], values[3]
    return None, None


def _key(thing: pikepdf.String | Name) -> bytes:
    return bytes(thing) if isinstance(thing, pikepdf.String) else bytes(thing)[1:]


def _named(pdf: Pdf) -> Iterator[tuple[bytes, Object]]:
    for old_key, value in dictionary(pdf.Root.get(Name.Dests)).items():
        yield str(old_key)[1:].encode("utf-8", "surrogateescape"), value
    tree = dictionary(pdf.Root.get(Name.Names)).get(Name.Dests)
    for key, value in leaves(tree, Name.Names):
        if isinstance(key, pikepdf.String):
            yield bytes(key), value


def leaves(tree: object, key: Name) -> Iterator[tuple[Object, Object]]:
    """The pairs of a name tree or number tree, however its branches are tied."""
    waiting, seen, given = [tree], set(), 0
    while waiting:
        branch = waiting.pop()
        if not isinstance(branch, Dictionary) or (branch.is_indirect and branch.objgen in seen):
            continue
        seen.add(branch.objgen)
        pairs = items(branch.get(key)) if key in branch else []
        for first, second in zip(pairs[0::2], pairs[1::2], strict=False):
            yield first, second
            given += 1
            if given >= _MOST_NAMES:
                return
        waiting += reversed(items(branch.get(Name.Kids)))
