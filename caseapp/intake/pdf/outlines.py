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
        self.dropped = 0
        self.top = self._nested(self._in_order(dictionary(pdf.Root.get(Name.Outlines))))

    def write(self, pdf: Pdf) -> None:
        if not self.top:
            return
        with pdf.open_outline() as outline:
            outline.root.extend(_item(bookmark) for bookmark in self.top)

    def _in_order(self, outlines: Dictionary) -> list[tuple[Dictionary, int]]:
        """Each bookmark with its level, as they stand under one another; deeper than Python may call itself."""
        found: list[tuple[Dictionary, int]] = []
        seen: set[tuple[int, int]] = set()
        waiting = [(outlines.get(Name.First), 1)]
        while waiting and len(seen) < _MOST:
            entry, level = waiting.pop()
            if isinstance(entry, Dictionary) and entry.objgen not in seen:
                seen.add(entry.objgen)
                found.append((entry, level))
                waiting += [(entry.get(Name.Next), level), (entry.get(Name.First), level + 1)]
        return found

    def _nested(self, entries: list[tuple[Dictionary, int]]) -> tuple[Bookmark, ...]:
        """From the last to the first, so that each finds those below it made, the last of them first."""
        made: dict[int, list[Bookmark]] = {}
        for entry, level in reversed(entries):
            below = made.pop(level + 1, [])
            made.setdefault(level, []).extend(self._bookmark(entry, level, below))
        return tuple(reversed(made.get(1, [])))

    def _bookmark(self, entry: Dictionary, level: int, below: list[Bookmark]) -> list[Bookmark]:
        destination = self._destinations.of(entry)
        title = " ".join(words(entry.get(Name.Title)).split())[:_LONGEST_TITLE]
        if destination is None and below:
            destination = below[-1].destination
        if destination is None or not title:
            self.dropped += 1
            return below
        if level >= _MOST_LEVELS:
            return [*below, Bookmark(title, destination, False, ())]
        is_closed = (number(entry.get(Name.Count)) or 0) < 0
        return [Bookmark(title, destination, is_closed, tuple(reversed(below)))]


def _item(bookmark: Bookmark) -> OutlineItem:
    item = OutlineItem(bookmark.title, Array(list(bookmark.destination)))
    item.children.extend(_item(child) for child in bookmark.children)
    item.is_closed = bookmark.closed
    return item
