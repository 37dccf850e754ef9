"""One rendered part of a packet, and how a worker stores it beside its bytes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Place:
    """Where a passage stands in its part: every page it touches, from 1, and how far its start is from the top."""

    pages: tuple[int, ...]
    top_pt: float


@dataclass(frozen=True)
class RenderedPart:
    """`places` by passage key; for an index, by entry. `notices` are the sentences printed about the text."""

    pdf: bytes
    pages: int
    places: Mapping[str, Place] = field(default_factory=dict)
    notices: tuple[str, ...] = ()

    def layout(self) -> dict[str, Any]:
        """Plain values, to be stored as JSON beside the PDF."""
        return {
            "pages": self.pages,
            "places": {key: [list(place.pages), place.top_pt] for key, place in self.places.items()},
            "notices": list(self.notices),
        }

    @classmethod
    def from_layout(cls, pdf: bytes, layout: Mapping[str, Any]) -> Self:
        places = {key: Place(tuple(pages), top) for key, (pages, top) in layout["places"].items()}
        return cls(pdf, layout["pages"], places, tuple(layout["notices"]))
