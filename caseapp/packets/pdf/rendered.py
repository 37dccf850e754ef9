"""One rendered part of a packet, and how a worker stores it beside its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Place:
    """Where a passage stands in its part: every page it touches, from 1, and how far its start is from the top."""

    pages: tuple[int, ...]
    top_pt: float


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
    sentences printed about the text."""

    pdf: bytes | Path
    pages: int
    places: Mapping[str, Place] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
    links: tuple[PartLink, ...] = ()
    bookmarks: tuple[PartBookmark, ...] = ()

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
            "places": {key: [list(place.pages), place.top_pt] for key, place in self.places.items()},
            "notices": list(self.notices),
            "links": [[link.page, list(link.rect), link.target_page, link.top_pt] for link in self.links],
            "bookmarks": [[mark.title, mark.level, mark.page, mark.top_pt] for mark in self.bookmarks],
        }

    @classmethod
    def from_layout(cls, pdf: bytes | Path, layout: Mapping[str, Any]) -> Self:
        return cls(
            pdf,
            layout["pages"],
            {key: Place(tuple(pages), top) for key, (pages, top) in layout["places"].items()},
            tuple(layout["notices"]),
            tuple(PartLink(page, (x, y, z, w), to, top) for page, (x, y, z, w), to, top in layout.get("links", ())),
            tuple(PartBookmark(*mark) for mark in layout.get("bookmarks", ())),
        )
