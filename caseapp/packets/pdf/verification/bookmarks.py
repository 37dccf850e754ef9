"""Bookmarks, as deep as they go: the ones that the manifest lists, each at its page."""

from collections.abc import Iterator

from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.page import height_of
from caseapp.packets.pdf.verification.volume import Row, Volume
from caseapp.packets.plan import goes_with_exhibit

_DEEPEST = 15
_ABOVE = 40.0


def bookmarks(volume: Volume) -> Iterator[Failure]:
    told = [(mark["title"], mark["level"], mark["page"]) for mark in volume.here("bookmarks")]
    there = []
    for mark in volume.pdf.get_toc(max_depth=_DEEPEST):
        destination = mark.get_dest()
        index = destination.get_index() if destination else None
        height = height_of(destination.raw) if destination else None
        there.append((mark.get_title(), mark.level, 0 if index is None else index + 1, height))
    for (title, _level, page), (_title, _level_there, landed, height) in zip(told, there, strict=False):
        if page != landed:
            yield volume.failure("bookmark", "bookmark-lands", page, title=title, landed=landed)
        elif height is not None and not _is_visible(volume, page, height):
            yield volume.failure("bookmark", "bookmark-place", page, title=title)
    if [mark[:2] for mark in told] != [mark[:2] for mark in there]:
        yield volume.failure("bookmark", "bookmarks-other")
    tops = [page for _, level, page in told if level == 0]
    if tops != [part["first_page"] for part in volume.parts if not _stands_under_a_tab(part)]:
        yield volume.failure("bookmark", "bookmarks-plan")


def _stands_under_a_tab(part: Row) -> bool:
    """The pages of an exhibit, and what goes with it, have their bookmarks under that of their tab."""
    return part["kind"] == "exhibit" or goes_with_exhibit(part["source"])


def _is_visible(volume: Volume, page: int, height: float) -> bool:
    visible = volume.pages[page - 1].visible
    return visible.bottom - _ABOVE <= height <= visible.top + _ABOVE
