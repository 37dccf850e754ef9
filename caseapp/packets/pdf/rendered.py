"""One rendered part of a packet, and how a worker stores it beside its bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Place:
    """Where a passage stands in its part: every page it touches, from 1, and how far its start is from the top.
    On pages of a file, also the boxes of its lines, in page space, each with its page."""

    pages: tuple[int, ...]
    top_pt: float
    boxes: tuple[tuple[int, float, float, float, float], ...] = ()


@dataclass(frozen=True)
class PartLink:
    """A link of the source's own to a page of the same part. `rect` is in page space."""

    page: int
    rect: tuple[float, float, float, float]
    target_page: int
    top_pt: float


@dataclass(frozen=True)
class PartBookmark:
    """A bookmark of the source's own, in the order of its outline; `level` counts from 0."""

    title: str
    level: int
    page: int
    top_pt: float


@dataclass(frozen=True)
class RenderedPart:
    """`pdf` are the pages, in memory or in a file. `places` by passage key; for an index, by entry. `notices` are the
    sentences printed about the text. `seen`, where pages of a source are among them, tells of each page where the
    source's own stands on it (None: a sheet of ours). `scans` are the fewest and the most dots an inch of its scans."""

    pdf: bytes | Path
    pages: int
    places: Mapping[str, Place] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    links: tuple[PartLink, ...] = ()
    bookmarks: tuple[PartBookmark, ...] = ()
    seen: tuple[Mapping[str, Any] | None, ...] = ()
    scans: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        return len(self.pdf) if isinstance(self.pdf, bytes) else self.pdf.stat().st_size

    @property
    def sha256(self) -> str:
        if isinstance(self.pdf, bytes):
            return sha256(self.pdf).hexdigest()
        with self.pdf.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    def layout(self) -> dict[str, Any]:
        """Plain values, to be stored as JSON beside the PDF."""
        return {
            "pages": self.pages,
            "places": {
                key: [list(place.pages), place.top_pt, [list(box) for box in place.boxes]]
                for key, place in self.places.items()
            },
            "notices": list(self.notices),
            "links": [[link.page, list(link.rect), link.target_page, link.top_pt] for link in self.links],
            "bookmarks": [[mark.title, mark.level, mark.page, mark.top_pt] for mark in self.bookmarks],
            "seen": [page and dict(page) for page in self.seen],
            "scans": list(self.scans),
        }

    @classmethod
    def from_layout(cls, pdf: bytes | Path, layout: Mapping[str, Any]) -> Self:
        return cls(
            pdf,
            layout["pages"],
            {key: _place(*place) for key, place in layout["places"].items()},
            tuple(layout["notices"]),
            tuple(PartLink(page, (x, y, z, w), to, top) for page, (x, y, z, w), to, top in layout.get("links", ())),
            tuple(PartBookmark(*mark) for mark in layout.get("bookmarks", ())),
            tuple(layout.get("seen", ())),
            tuple(layout.get("scans", ())),
        )


def _place(pages: list[int], top_pt: float, boxes: Sequence[Sequence[Any]] = ()) -> Place:
    return Place(
        tuple(pages), top_pt, tuple((page, left, bottom, right, top) for page, left, bottom, right, top in boxes)
    )
