"""Cover, tab sheets, exhibits: that they stand where the plan has them, and hold what they should and nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caseapp.packets.pdf.seen import COLUMNS, ROWS, Box
from caseapp.packets.pdf.verification.failure import Failure
from caseapp.packets.pdf.verification.page import Page
from caseapp.packets.pdf.verification.volume import Row, Volume, pages_of
from caseapp.packets.pdf.words import short
from caseapp.typesetting.wholeness import Shortfall, shortfall

_LOST, _GAINED, _MARKED = 2, 2, 10
"""Of sixteen shades: what a field of the page may have lost, gained, and gained where passages are marked."""
_COVERED = 3
# A single field that came out otherwise says nothing; a letter at its edge may have moved into the next.
_FEWEST = 2
# What bleeds over the edge of a page is cut elsewhere where the page was centred on another paper.
_EDGE = frozenset(
    place for place in range(COLUMNS * ROWS) if place % COLUMNS in {0, COLUMNS - 1} or place // COLUMNS in {0, ROWS - 1}
)


def plan(volume: Volume) -> Iterator[Failure]:
    expected = 1
    for part in volume.parts:
        if part["first_page"] != expected:
            yield volume.failure("plan", "plan-gap", expected, name=part["name"])
        expected = part["first_page"] + part["pages"]
    if expected - 1 != volume.page_count:
        yield volume.failure("plan", "plan-sum", planned=expected - 1, found=volume.page_count)


def shown(volume: Volume) -> Iterator[Failure]:
    """Cover, tab sheets and exhibits hold all that they should, and nothing else."""
    for part in volume.parts:
        ours = _ours(volume, part)
        if part["shown"] is None:
            if _must_be_told(part, ours):
                yield volume.failure("shown", "shown-untold", part["first_page"], name=part["name"])
        elif not _is_divided(part) and ours and pages_of(part)[-1] <= volume.page_count:
            found = shortfall(part["shown"], [volume.words(page) for page in ours])
            if found:
                page = ours[found.page]
                code, params = _told(volume.facts, part, found)
                yield volume.failure("shown", code, page, **params | {"page": volume.row["labels"][page - 1]})
    for exhibit in volume.facts["inputs"]:
        for kind in ("tab", "exhibit"):
            if not volume.pieces(f"{kind}-{exhibit['key']}"):
                yield volume.failure("shown", "shown-absent", **named(exhibit))


def _ours(volume: Volume, part: Row) -> list[int]:
    """The pages of a part that were not taken from a file."""
    return [page for page in pages_of(part) if page <= volume.page_count and volume.seen(page) is None]


def _must_be_told(part: Row, ours: Sequence[int]) -> bool:
    return part["kind"] != "index" and bool(ours) and not (_is_divided(part) and part["piece"] > 1)


def _is_divided(part: Row) -> bool:
    return bool(part["kind"] == "exhibit" and part["pieces"] > 1)


class Divided:
    """Exhibits that are divided between volumes: whole when their pieces are read together."""

    def __init__(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts
        self._words: dict[str, list[str]] = {}

    def read(self, volume: Volume) -> None:
        for part in filter(_is_divided, volume.parts):
            self._words.setdefault(part["source"], []).extend(volume.words(page) for page in _ours(volume, part))

    def failures(self) -> Iterator[Failure]:
        for part in self._facts["parts"]:
            if part["piece"] == 1 and part["shown"] and _is_divided(part) and part["source"] in self._words:
                found = shortfall(part["shown"], self._words[part["source"]])
                if found:
                    code, params = _told(self._facts, part, found)
                    yield Failure("shown", code, None, params | {"page": found.page + 1})


def _told(facts: Mapping[str, Any], part: Row, found: Shortfall) -> tuple[str, dict[str, Any]]:
    kind, _dash, key = part["source"].partition("-")
    exhibit = next((row for row in facts["inputs"] if row["key"] == key), None)
    what = kind if kind == "cover" or (kind in {"exhibit", "tab"} and exhibit) else "part"
    how = "other" if found.letters == 0 else "less" if found.letters < 0 else "more"
    facts_told = named(exhibit) if exhibit else {"name": part["name"]}
    return f"{what}-{how}", facts_told | {"count": abs(found.letters)}


def files(volume: Volume) -> Iterator[Failure]:
    """Each page that was taken from a file holds the words of that page and looks like it."""
    marked = _marked(volume)
    for number, page in enumerate(volume.pages, start=1):
        seen = volume.seen(number)
        if seen is None:
            continue
        if page.letters != seen["text"]:
            yield volume.failure("file-page", "page-words", number)
        stamp = _fields_of(page.stamp.box, page.clean) if page.stamp and page.clean else set()
        gained = _MARKED if number in marked else _GAINED
        lost_fields, gained_fields = _changed(seen["ink"], page.looks, gained)
        if len((lost_fields | gained_fields) - stamp - _EDGE) >= _FEWEST:
            yield volume.failure("file-page", "page-ink", number)
        if _covers_a_picture(seen["ink"], stamp) and not (page.stamp and page.stamp.covered):
            yield volume.failure("stamp", "stamp-covers-ink", number)
    yield from _page_numbers(volume)


def _marked(volume: Volume) -> set[int]:
    return {box[0] for row in volume.here("quotations") for box in row.get("boxes", ())}


def _changed(before: str, after: str, gain: int) -> tuple[set[int], set[int]]:
    """The fields that are lighter, and those that are darker, than they may be."""
    steps = [int(new, 16) - int(old, 16) for old, new in zip(before, after, strict=True)]
    return (
        {place for place, step in enumerate(steps) if step < -_LOST},
        {place for place, step in enumerate(steps) if step > gain},
    )


def _fields_of(box: Box, clean: Box) -> set[int]:
    """The fields of the grid over `clean` that a box touches, both as seen; the neighbours too, for a field is as large
    as a letter. None, where the box stands beside it."""
    if box.left > clean.right or box.right < clean.left or box.bottom > clean.top or box.top < clean.bottom:
        return set()
    width, height = clean.right - clean.left, clean.top - clean.bottom
    first, last = (int((x - clean.left) / width * COLUMNS) + step for x, step in ((box.left, -1), (box.right, 1)))
    top, bottom = (int((clean.top - y) / height * ROWS) + step for y, step in ((box.top, -1), (box.bottom, 1)))
    return {
        row * COLUMNS + column
        for row in range(max(0, top), min(ROWS, bottom + 1))
        for column in range(max(0, first), min(COLUMNS, last + 1))
    }


def _covers_a_picture(ink: str, stamp: set[int]) -> bool:
    """Whether the page, where its number stands, is much darker than its paper."""
    if not stamp:
        return False
    paper = sorted(ink)[len(ink) // 4]
    return sum(int(ink[place], 16) - int(paper, 16) > _COVERED for place in stamp) * 2 > len(stamp)


def _page_numbers(volume: Volume) -> Iterator[Failure]:
    """As many pages of each file are in the packet as the manifest says that it shows."""
    if volume.number != 1:
        return
    for exhibit in volume.facts["inputs"]:
        file = exhibit.get("file")
        if file:
            parts = volume.pieces(f"exhibit-{exhibit['key']}")
            found = sum(entry is not None for part in parts for entry in part.get("seen") or ())
            if found != len(file["shown"]):
                told = named(exhibit) | {"found": found, "planned": len(file["shown"])}
                yield volume.failure("file-page", "page-number-of-file", **told)


def annotations(volume: Volume) -> Iterator[Failure]:
    """A part keeps the web links, highlights and notes that it had, as many of each kind."""
    for part in volume.parts:
        pages = [volume.pages[page - 1] for page in pages_of(part) if page <= volume.page_count]
        found = sum(map(_own_annotations, pages), Counter[str]())
        told: Counter[str] = Counter(part["annotations"])
        for kind in sorted(found.keys() | told.keys()):
            if found[kind] != told[kind]:
                facts = {"name": part["name"], "kind": kind, "found": found[kind], "planned": told[kind]}
                yield volume.failure("annotations", "annotations", part["first_page"], **facts)


def _own_annotations(page: Page) -> Counter[str]:
    """All but the links into the packet, which the manifest lists one by one."""
    return Counter(page.kinds) - Counter(Link=sum(not link.address for link in page.links))


def named(exhibit: Row) -> dict[str, str]:
    return {"tab": exhibit["tab"], "title": short(exhibit["printed_title"])}
