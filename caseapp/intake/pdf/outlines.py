"""The bookmarks of a file, each with a place of its own, without those that lead nowhere."""

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

from caseapp.intake.pdf.destinations import Destinations
from caseapp.intake.pdf.values import dictionary, number, words

_MOST = 10_000
_MOST_LEVELS = 12
_LONGEST_TITLE = 500


@dataclass(frozen=True)
class Bookmark:
    title: str
    destination: Array
    closed: bool
    children: tuple["Bookmark", ...]


class Bookmarks:
    """The bookmarks read from a file, and how many were left out because they lead nowhere in it."""

    def __init__(self, pdf: Pdf, destinations: Destinations) -> None:
        self._destinations = destinations
        self._seen: set[tuple[int, int]] = set()
        self.dropped = 0
        self.top = self._children(dictionary(pdf.Root.get(Name.Outlines)), 1)

    def write(self, pdf: Pdf) -> None:
        if not self.top:
            return
        with pdf.open_outline() as outline:
            outline.root.extend(_item(bookmark) for bookmark in self.top)

    def _children(self, parent: Dictionary, level: int) -> tuple[Bookmark, ...]:
        found: list[Bookmark] = []
        entry = parent.get(Name.First)
        while isinstance(entry, Dictionary) and entry.objgen not in self._seen and len(self._seen) < _MOST:
            self._seen.add(entry.objgen)
            found += self._bookmark(entry, level)
            entry = entry.get(Name.Next)
        return tuple(found)

    def _bookmark(self, entry: Dictionary, level: int) -> list[Bookmark]:
        children = self._children(entry, level + 1)
        destination = self._destinations.of(entry)
        title = " ".join(words(entry.get(Name.Title)).split())[:_LONGEST_TITLE]
        if destination is None and children:
            destination = children[0].destination
        if destination is None or not title:
            self.dropped += 1
            return list(children)
        if level >= _MOST_LEVELS:
            return [Bookmark(title, destination, False, ()), *children]
        return [Bookmark(title, destination, (number(entry.get(Name.Count)) or 0) < 0, children)]


def _item(bookmark: Bookmark) -> OutlineItem:
    item = OutlineItem(bookmark.title, Array(list(bookmark.destination)))
    item.children.extend(_item(child) for child in bookmark.children)
    item.is_closed = bookmark.closed
    return item
