"""An exhibit whose content is a clean PDF: a head that says what it is, and the pages of it that are shown.

The file itself is opened in child processes only, behind the `Workroom`: one marks its passages, one makes its pages
ready for the packet (`leaves`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.intake.report import Passage, Spot
from caseapp.packets.manifest import Exhibit, Manifest, PagedFile
from caseapp.packets.pdf import html, margin, paper
from caseapp.packets.pdf.rendered import PartBookmark, PartLink, Place, RenderedPart
from caseapp.packets.showing import shown_pages
from caseapp.typesetting.errors import PrintProblem

HEAD, CLEAN, PAGES, PART = "head.pdf", "clean.pdf", "pages.pdf", "part.pdf"


class CannotWork(Exception):
    """A child could not do what it was asked; the sentence says why."""


class Workroom(Protocol):
    """Where a file is set: a folder that is nobody else's, and what children do there."""

    @property
    def folder(self) -> Path: ...

    def bring(self, sha256: str) -> None:
        """Put a stored file there, as it is (CLEAN) and to be worked on (PAGES)."""

    def mark(
        self, text: str, pages: Sequence[tuple[int, int, str]], passages: Sequence[Passage]
    ) -> list[tuple[Spot, ...]]:
        """Mark passages on PAGES. Raises CannotWork."""

    def bind(self, arguments: Mapping[str, Any], pages: int) -> dict[str, Any]:
        """`leaves.bind`, in a child. Raises CannotWork."""


class ExhibitNotSet(PrintProblem):
    """The pages of a file could not be made ready."""

    def __init__(self, label: str, title: str, reason: str) -> None:
        super().__init__(
            _("Tab %(label)s, “%(title)s”: its pages could not be set. %(reason)s")
            % {"label": label, "title": title, "reason": reason}
        )


def render_file_exhibit(manifest: Manifest, exhibit: Exhibit, file: PagedFile, work: Workroom) -> RenderedPart:
    """Raises PrintProblem."""
    pages = shown_pages(exhibit)
    try:
        spots = _marked(manifest, exhibit, file, work)
        return _pages_behind(html.render_head(manifest, exhibit), pages, manifest, work, spots)
    except CannotWork as error:
        raise ExhibitNotSet(exhibit.label, exhibit.title, str(error)) from error


def render_pages_behind(
    manifest: Manifest, exhibit: Exhibit, head: RenderedPart, file: PagedFile, work: Workroom
) -> RenderedPart:
    """The sheets of `head`, and behind them all pages of a file that goes with the exhibit. Raises PrintProblem."""
    work.bring(file.sha256)
    try:
        return _pages_behind(head, tuple(range(1, file.pages + 1)), manifest, work, {})
    except CannotWork as error:
        raise ExhibitNotSet(exhibit.label, exhibit.title, str(error)) from error


Spots = Mapping[str, Sequence[Spot]]


def _marked(manifest: Manifest, exhibit: Exhibit, file: PagedFile, work: Workroom) -> Spots:
    """Put the file into the room with its passages marked, and say where each stands."""
    work.bring(file.sha256)
    if not exhibit.passages:
        return {}
    colours = {theme.slug: margin.safe_colour(theme.colour) for theme in manifest.themes}
    passages = [
        Passage(passage.start, passage.end, tuple(colours[slug] for slug in passage.themes))
        for passage in exhibit.passages
    ]
    found = work.mark(exhibit.text, file.page_map, passages)
    return {passage.key: spots for passage, spots in zip(exhibit.passages, found, strict=True)}


def _pages_behind(
    head: RenderedPart, pages: Sequence[int], manifest: Manifest, work: Workroom, spots: Spots
) -> RenderedPart:
    """The sheets of `head`, and behind them pages of the file that stands in the room."""
    if not isinstance(head.pdf, bytes):
        raise TypeError("A head is set in memory.")
    (work.folder / HEAD).write_bytes(head.pdf)
    forum = manifest.forum
    told = work.bind(
        {
            "head": HEAD,
            "file": PAGES,
            "clean": CLEAN,
            "out": PART,
            "pages": pages,
            "paper": paper.paper(forum) if forum.page_fit == "paper" else None,
            "position": forum.stamp_position,
            "spots": [astuple(spot) for found in spots.values() for spot in found],
        },
        len(pages),
    )
    told_spots = iter(told["spots"])
    places = {key: _place([next(told_spots) for _ in found]) for key, found in spots.items()}
    return RenderedPart(
        work.folder / PART,
        head.pages + len(pages),
        places,
        tuple(_notices(told["links_dropped"])),
        tuple(PartLink(page, tuple(rect), target, top) for page, rect, target, top in told["links"]),
        tuple(PartBookmark(*mark) for mark in told["bookmarks"]),
        (*(None for _sheet in range(head.pages)), *told["seen"]),
        tuple(told["scans"]),
    )


def _place(spots: Sequence[Sequence[Any]]) -> Place:
    """From (page, left, bottom, right, top, depth) of each stretch of a passage."""
    first = min(page for page, *_ in spots)
    boxes = tuple((page, left, bottom, right, top) for page, left, bottom, right, top, _depth in spots)
    depth = min(depth for page, *_box, depth in spots if page == first)
    return Place(tuple(sorted({page for page, *_ in spots})), depth, boxes)


def _notices(dropped: int) -> list[str]:
    if not dropped:
        return []
    return [
        ngettext(
            "%(count)d link to a page that is not shown was taken out.",
            "%(count)d links to pages that are not shown were taken out.",
            dropped,
        )
        % {"count": dropped}
    ]
