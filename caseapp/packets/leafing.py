"""The pages of a finished build in order, and where its tabs begin: for somebody who leafs through them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from caseapp.packets.models import Build, Volume

PAGES_AT_ONCE = 12


@dataclass(frozen=True)
class Leaf:
    """A page: `number` is its place in the volume's file, from 1; `label` is printed on it."""

    volume: Volume
    number: int
    label: str

    @property
    def anchor(self) -> str:
        return f"page-{self.volume.number}-{self.number}"


@dataclass(frozen=True)
class Place:
    """Where something begins: on which sheet of pictures, and where on it."""

    title: str
    sheet: int
    anchor: str


class Leafing:
    """`published` is what a finished build says of itself."""

    def __init__(self, build: Build, published: Mapping[str, Any]) -> None:
        self._published = published
        self.leaves = list(_leaves(build, published))

    @cached_property
    def places(self) -> list[Place]:
        """Cover, index, tabs and papers, as the bookmarks have them."""
        marks = (mark for mark in self._published.get("bookmarks", ()) if mark["level"] == 0)
        return [self._place(mark["title"], mark.get("volume", 1), mark["page"]) for mark in marks]

    @cached_property
    def exhibits(self) -> dict[str, Place]:
        """Where the pages of each begin, by its key."""
        found: dict[str, Place] = {}
        for part in self._published["parts"]:
            kind, _dash, key = part.get("source", part["name"]).partition("-")
            if kind == "exhibit" and key not in found:
                found[key] = self._place("", part.get("volume", 1), part["first_page"])
        return found

    @cached_property
    def _order(self) -> dict[tuple[int, int], int]:
        return {(leaf.volume.number, leaf.number): place for place, leaf in enumerate(self.leaves)}

    def _place(self, title: str, volume: int, page: int) -> Place:
        place = self._order[volume, page]
        return Place(title, place // PAGES_AT_ONCE + 1, self.leaves[place].anchor)


def _leaves(build: Build, published: Mapping[str, Any]) -> Iterator[Leaf]:
    """The first manifests counted pages, and had no other labels."""
    labels = {row.get("number", 1): row.get("labels") for row in published["volumes"]}
    for volume in build.volumes.all():
        counted = [str(number) for number in range(1, volume.pages + 1)]
        for number, label in enumerate(labels.get(volume.number) or counted, start=1):
            yield Leaf(volume, number, label)
