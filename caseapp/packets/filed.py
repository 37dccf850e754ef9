"""What a packet goes on from: the build that was filed, as its published manifest tells."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from caseapp.forums import forum
from caseapp.packets.files import published_of
from caseapp.packets.manifest import FiledPart
from caseapp.packets.models import Build, Exhibit, Numbering, Packet
from caseapp.packets.numbering import tab_labels
from caseapp.packets.plan import UNDER_A_TAB

Published = Mapping[str, Any]


@dataclass(frozen=True)
class Following:
    """How a packet goes on from a filed one: `follows` is the build that was filed, None for new numbers."""

    follows: Build | None = None
    numbering: str = Numbering.FRESH


class FiledOrderChanged(Exception):
    """Exhibits that keep their filed tabs stand in another order than they were filed in."""

    def __init__(self, before: str, after: str) -> None:
        super().__init__(
            _(
                "Tab %(before)s was filed after tab %(after)s, and stands before it now. Filed exhibits keep their "
                "tabs and pages only in their own order: move them back, or choose new numbers for the whole packet."
            )
            % {"before": before, "after": after}
        )


def filed_parts(packet: Packet) -> tuple[FiledPart, ...]:
    """The parts of the filed packet that this one goes on from, in order. Raises FileAltered."""
    if packet.numbering == Numbering.FRESH or packet.follows is None:
        return ()
    return tuple(_parts(published_of(packet.follows)))


def _parts(published: Published) -> Iterator[FiledPart]:
    """An exhibit and what goes with it are one: their pages follow each other under one tab."""
    inputs = {row["key"]: row for row in published["inputs"]}
    volumes = {row.get("number", 1): row.get("labels") for row in published["volumes"]}
    for part in published["parts"]:
        name = part.get("source", part["name"])
        kind, _, key = name.partition("-")
        known = inputs.get(key) if kind in {"tab", *UNDER_A_TAB} else None
        labels = _labels(part, volumes.get(part.get("volume", 1)))
        yield FiledPart(part["name"], known["tab"] if known else "", known["sha256"] if known else "", labels)


def _labels(part: Published, labels: Sequence[str] | None) -> tuple[str, ...]:
    """The first manifests counted pages, and had no other labels."""
    first, pages = part["first_page"], part["pages"]
    return tuple(labels[first - 1 :][:pages]) if labels else tuple(map(str, range(first, first + pages)))


def tab_labels_of(packet: Packet, exhibits: Sequence[Exhibit]) -> tuple[str, ...]:
    """A label for each of its exhibits, in order: counted, going on from the filed packet, or set between its tabs.

    Raises NoLabelBetween, FiledOrderChanged and FileAltered.
    """
    filed = {part.tab: part.sha256 for part in filed_parts(packet) if part.tab}
    kept = [""] * len(exhibits)
    if packet.numbering == Numbering.INSERT:
        tabs = {sha256: tab for tab, sha256 in reversed(filed.items())}
        kept = [tabs.get(_original(exhibit), "") for exhibit in exhibits]
        _check_order([tab for tab in kept if tab], list(filed))
    return tab_labels(forum(packet.forum).tab_scheme, kept, tuple(filed))


def _original(exhibit: Exhibit) -> str:
    original = exhibit.capture or exhibit.document
    return original.original_sha256 if original else ""


def _check_order(kept: Sequence[str], filed: Sequence[str]) -> None:
    places = {tab: place for place, tab in enumerate(filed)}
    for before, after in pairwise(kept):
        if places[before] > places[after]:
            raise FiledOrderChanged(before, after)
