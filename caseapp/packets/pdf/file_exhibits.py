"""An exhibit whose content is a clean PDF: a head that says what it is, and the pages of it that are shown.

The file is opened in child processes only: one marks its passages, one makes its pages ready for the packet.
"""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp import intake
from caseapp.core import sandbox
from caseapp.packets.manifest import Exhibit, Manifest, PagedFile
from caseapp.packets.pdf import html, margin, paper
from caseapp.packets.pdf.rendered import PartBookmark, PartLink, Place, RenderedPart
from caseapp.packets.showing import shown_pages
from caseapp.typesetting.errors import PrintProblem

_HEAD, _CLEAN, _PAGES, _PART = "head.pdf", "clean.pdf", "pages.pdf", "part.pdf"
# Of the child that makes the pages ready; some pages hold large pictures.
_SECONDS, _SECONDS_A_PAGE = 60, 1


class ExhibitNotSet(PrintProblem):
    """The pages of a file could not be made ready."""

    def __init__(self, label: str, title: str, reason: str) -> None:
        super().__init__(
            _("Tab %(label)s, “%(title)s”: its pages could not be set. %(reason)s")
            % {"label": label, "title": title, "reason": reason}
        )


@dataclass(frozen=True)
class Workroom:
    """What setting a file needs: `files` finds a stored file by its hash; the part is left in `folder`, which is
    nobody else's."""

    files: Callable[[str], Path]
    folder: Path


def render_file_exhibit(manifest: Manifest, exhibit: Exhibit, file: PagedFile, work: Workroom) -> RenderedPart:
    """Raises PrintProblem."""
    try:
        spots = _marked(manifest, exhibit, file, work)
        part = pages_behind(html.render_head(manifest, exhibit), file, shown_pages(exhibit), manifest, work, spots)
    except (intake.Unusable, sandbox.ChildFailed) as error:
        raise ExhibitNotSet(exhibit.label, exhibit.title, str(error)) from error
    return part


def render_file_translation(
    manifest: Manifest, exhibit: Exhibit, head: RenderedPart, file: PagedFile, work: Workroom
) -> RenderedPart:
    try:
        for name in (_CLEAN, _PAGES):
            shutil.copyfile(work.files(file.sha256), work.folder / name)
        return pages_behind(head, file, tuple(range(1, file.pages + 1)), manifest, work, {})
    except sandbox.ChildFailed as error:
        raise ExhibitNotSet(exhibit.label, exhibit.title, str(error)) from error


Spots = Mapping[str, Sequence[intake.Spot]]


def _marked(manifest: Manifest, exhibit: Exhibit, file: PagedFile, work: Workroom) -> Spots:
    """Put the file into the room with its passages marked, and say where each stands."""
    clean = work.folder / _CLEAN
    shutil.copyfile(work.files(file.sha256), clean)
    if not exhibit.passages:
        shutil.copyfile(clean, work.folder / _PAGES)
        return {}
    colours = {theme.slug: margin.safe_colour(theme.colour) for theme in manifest.themes}
    passages = [
        intake.Passage(passage.start, passage.end, tuple(colours[slug] for slug in passage.themes))
        for passage in exhibit.passages
    ]
    found = intake.mark_passages(
        clean, text=exhibit.text, pages=file.page_map, passages=passages, out=work.folder / _PAGES
    )
    return {passage.key: spots for passage, spots in zip(exhibit.passages, found, strict=True)}


def pages_behind(
    head: RenderedPart, file: PagedFile, pages: Sequence[int], manifest: Manifest, work: Workroom, spots: Spots
) -> RenderedPart:
    """The sheets of `head`, and behind them pages of the file that stands in the room."""
    if not isinstance(head.pdf, bytes):
        raise TypeError("A head is set in memory.")
    (work.folder / _HEAD).write_bytes(head.pdf)
    forum = manifest.forum
    told = sandbox.run(
        "caseapp.packets.pdf.leaves:bind",
        folder=work.folder,
        arguments={
            "head": _HEAD,
            "file": _PAGES,
            "clean": _CLEAN,
            "out": _PART,
            "pages": pages,
            "paper": paper.paper(forum) if forum.page_fit == "paper" else None,
            "position": forum.stamp_position,
            "spots": [astuple(spot) for found in spots.values() for spot in found],
        },
        limits=_limits(len(pages)),
    )
    told_spots = iter(told["spots"])
    places = {key: _place([next(told_spots) for _ in found]) for key, found in spots.items()}
    return RenderedPart(
        work.folder / _PART,
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


def _limits(pages: int) -> sandbox.Limits:
    seconds = _SECONDS + pages * _SECONDS_A_PAGE
    return sandbox.Limits(cpu=seconds, wall=seconds + 30)


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
