"""Which pages come where: the volumes, the index that fits them, and where each link and bookmark leads.

What depends on the page numbers (the index, the covers and continuation tabs of several volumes) is set here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol

from caseapp.packets.indexing import Layout, has_schedule, meant_pages, printed_quote
from caseapp.packets.manifest import Exhibit, FiledPart, Manifest
from caseapp.packets.numbering import highest_number
from caseapp.packets.packing import Load, Piece, Sized, Unit, packed
from caseapp.packets.pdf import html, words
from caseapp.packets.pdf.assemble import Bookmark, Target
from caseapp.packets.pdf.index_pages import render_index, render_schedule
from caseapp.packets.pdf.rendered import PartBookmark, Place, RenderedPart
from caseapp.packets.pdf.weighing import Scales
from caseapp.packets.plan import (
    ATTEMPTS,
    UNDER_A_TAB,
    IndexDoesNotSettle,
    Plan,
    PlannedPart,
    Spot,
    goes_with_exhibit,
    page_plan,
    page_range,
    pinpoint,
    settle,
)
from caseapp.packets.showing import shown_pages
from caseapp.typesetting.printed import printed_form

# Stamp, link and page object of a page, as the volume writes them.
_PAGE_BYTES = 500
# Deeper bookmarks of a source stand at this level: readers open no more.
_DEEPEST = 6


class Spec(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def bookmark(self) -> str: ...


@dataclass(frozen=True)
class Gathered:
    """What is known of the parts before they are put together, by name in filing order, and where passages stand."""

    kinds: Mapping[str, str]
    titles: Mapping[str, str]
    marks: Mapping[str, str]
    sizes: Mapping[str, Sized]
    hashes: Mapping[str, str]
    places: Mapping[str, tuple[str, Place]]
    outlines: Mapping[str, Sequence[PartBookmark]]
    seen: Mapping[str, Sequence[Mapping[str, Any] | None]]
    scales: Scales


def gather(specs: Sequence[Spec], rendered: Mapping[str, RenderedPart]) -> Gathered:
    sizes: dict[str, Sized] = {}
    hashes: dict[str, str] = {}
    places: dict[str, tuple[str, Place]] = {}
    outlines: dict[str, Sequence[PartBookmark]] = {}
    seen: dict[str, Sequence[Mapping[str, Any] | None]] = {}
    for spec in specs:
        part = rendered[spec.name]
        sizes[spec.name] = _sized(spec.name, part)
        hashes[spec.name] = part.sha256
        places |= {key: (spec.name, place) for key, place in part.places.items()}
        outlines[spec.name], seen[spec.name] = part.bookmarks, part.seen
    return Gathered(
        {spec.name: spec.kind for spec in specs},
        {spec.name: spec.title for spec in specs},
        {spec.name: spec.bookmark for spec in specs},
        sizes,
        hashes,
        places,
        outlines,
        seen,
        Scales(rendered, _PAGE_BYTES),
    )


def _sized(name: str, part: RenderedPart) -> Sized:
    return Sized(name, part.pages, part.size + part.pages * _PAGE_BYTES)


@dataclass(frozen=True)
class Bound:
    """The plan, and the parts `made` for it, by their name in the plan."""

    gathered: Gathered
    plan: Plan
    index: RenderedPart
    made: Mapping[str, RenderedPart]

    @cached_property
    def identity(self) -> str:
        """A hash over all that the packet is made of, in its order."""
        digest = sha256()
        for part in self.plan.parts:
            made = self.made.get(part.name)
            content = made.sha256 if made else self.gathered.hashes[part.piece.source]
            digest.update(f"{part.name} {part.volume} {content} {' '.join(part.labels)}\n".encode())
        return digest.hexdigest()

    @cached_property
    def pinpoints(self) -> Mapping[str, "Pinpoint"]:
        return pinpoints(self.plan, self.gathered)

    def targets(self, manifest: Manifest) -> dict[str, Target]:
        return _targets(manifest, self.plan, self.pinpoints, meant(manifest, self.plan, self.gathered))

    def bookmarks(self, manifest: Manifest) -> list[list[Bookmark]]:
        return [
            list(_bookmarks(manifest, self, number, parts)) for number, parts in enumerate(self.plan.volumes, start=1)
        ]


@dataclass(frozen=True)
class Pinpoint:
    """Where a passage stands in the packet: all its pages, in one volume. `boxes` are those of its lines on pages of a
    file, each with its place in the volume."""

    spots: tuple[Spot, ...]
    top_pt: float
    boxes: tuple[tuple[int, float, float, float, float], ...]

    @property
    def volume(self) -> int:
        return self.spots[0].volume

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(spot.label for spot in self.spots)


@dataclass(frozen=True)
class _Guess:
    """What is not known before they are set: how long and heavy index and schedule are, and how long a cover of several
    volumes.

    What turns out to be more than was guessed is the next guess.
    """

    cover_pages: int
    index_pages: int = 1
    index_bytes: int = 0
    schedule_pages: int = 0
    schedule_bytes: int = 0


def bind(manifest: Manifest, gathered: Gathered, target: int | None) -> Bound:
    """`target`: what a volume may weigh, if anybody asks. Raises PageOverLimit."""
    guess = _Guess(gathered.sizes["cover"].pages, schedule_pages=int(has_schedule(manifest)))
    lengths: list[int] = []
    while len(lengths) < ATTEMPTS:
        index = _index(manifest, gathered, guess, target)
        plan = _plan(manifest, gathered, guess, index.pages, target)
        covers = dict(_covers(manifest, plan))
        schedule = _schedule(manifest, plan, gathered)
        lengths.append(index.pages + sum(part.pages for part in schedule.values()))
        found = _Guess(
            max((cover.pages for cover in covers.values()), default=guess.cover_pages),
            index.pages,
            max(guess.index_bytes, index.size + index.pages * _PAGE_BYTES),
            sum(part.pages for part in schedule.values()),
            max([guess.schedule_bytes, *(part.size + part.pages * _PAGE_BYTES for part in schedule.values())]),
        )
        if plan == _plan(manifest, gathered, found, index.pages, target):
            tabs = dict(_continuation_tabs(manifest, plan))
            return Bound(gathered, plan, index, covers | tabs | dict(_indexes(plan, index)) | schedule)
        guess = found
    raise IndexDoesNotSettle(lengths)


def _index(manifest: Manifest, gathered: Gathered, guess: _Guess, target: int | None) -> RenderedPart:
    def lay_out(pages: int) -> RenderedPart:
        return render_index(manifest, layout(manifest, _plan(manifest, gathered, guess, pages, target), gathered))

    return settle(lay_out, guess.index_pages)


def _plan(manifest: Manifest, gathered: Gathered, guess: _Guess, index_pages: int, target: int | None) -> Plan:
    cover = Sized("cover", guess.cover_pages, gathered.sizes["cover"].bytes)
    index = Sized("index", index_pages, guess.index_bytes)
    schedule = Unit((Sized("schedule", guess.schedule_pages, guess.schedule_bytes),))
    units = (*((schedule,) if guess.schedule_pages else ()), *_units(gathered))
    load = Load((cover, index), units, gathered.scales.weigh, _together(gathered))
    return page_plan(packed(load, target), *_numbers(manifest))


def _numbers(manifest: Manifest) -> tuple[int, dict[str, tuple[str, ...]]]:
    """Where the page numbers begin, and by part the labels of filed pages that keep them.

    An exhibit is the filed one if it has its tab: freezing has seen to that.
    """
    style, filed = manifest.numbering.style, manifest.numbering.filed
    if style == "fresh":
        return 1, {}
    if style == "continue":
        return highest_number(label for part in filed for label in part.page_labels) + 1, {}
    keys = {exhibit.label: exhibit.key for exhibit in manifest.exhibits}
    kept: dict[str, tuple[str, ...]] = {}
    for part in filed:
        name = _name_now(part, keys)
        kept[name] = kept.get(name, ()) + part.page_labels
    return 1, kept


def _name_now(part: FiledPart, keys: Mapping[str, str]) -> str:
    """What a filed part is called in this packet; the pieces of an exhibit are one."""
    if not part.tab:
        return part.name
    if part.tab not in keys:
        return f"{part.name} ({part.tab})"
    kind, _, rest = part.name.partition("-")
    _, piece, number = rest.partition("/")
    return f"{kind}-{keys[part.tab]}" + (piece + number if kind == "tab" else "")


def _units(gathered: Gathered) -> Iterator[Unit]:
    """A tab sheet goes with all that stands under it; each other part by itself."""
    together: list[list[Sized]] = []
    for name, size in gathered.sizes.items():
        kind = gathered.kinds[name]
        if kind == "exhibit" or goes_with_exhibit(name):
            together[-1].append(size)
        elif kind != "cover":
            together.append([size])
    for parts in together:
        yield Unit(tuple(parts), 1 if gathered.kinds[parts[0].source] == "tab" else None)


def _together(gathered: Gathered) -> dict[str, set[int]]:
    """By part, the pages whose last quotation goes on overleaf."""
    found: dict[str, set[int]] = {}
    for name, place in gathered.places.values():
        found.setdefault(name, set()).update(place.pages[:-1])
    return found


def _covers(manifest: Manifest, plan: Plan) -> Iterator[tuple[str, RenderedPart]]:
    """Where there are several volumes, the cover of each says which it is."""
    of = len(plan.volumes)
    if of > 1:
        for number, parts in enumerate(plan.volumes, start=1):
            yield parts[0].name, html.render_cover(manifest, volume=(number, of))


def _indexes(plan: Plan, index: RenderedPart) -> Iterator[tuple[str, RenderedPart]]:
    for part in plan.parts:
        if part.piece.source == "index":
            yield part.name, index


def _schedule(manifest: Manifest, plan: Plan, gathered: Gathered) -> dict[str, RenderedPart]:
    """It stands once, after the first index, and cites the pages that the plan gives."""
    if not has_schedule(manifest):
        return {}
    return {"schedule": render_schedule(manifest, layout(manifest, plan, gathered))}


def _continuation_tabs(manifest: Manifest, plan: Plan) -> Iterator[tuple[str, RenderedPart]]:
    exhibits = {f"tab-{exhibit.key}": exhibit for exhibit in manifest.exhibits}
    for part in plan.parts:
        exhibit = exhibits.get(part.piece.source)
        if exhibit and part.piece.number > 1:
            yield part.name, html.render_tab(manifest, exhibit, piece=(part.piece.number, part.piece.of))


def pinpoints(plan: Plan, gathered: Gathered) -> dict[str, Pinpoint]:
    return {
        key: Pinpoint(
            tuple(plan.spot(name, page) for page in place.pages),
            place.top_pt,
            tuple((plan.spot(name, p).page, left, low, right, top) for p, left, low, right, top in place.boxes),
        )
        for key, (name, place) in gathered.places.items()
    }


def _pages_of(plan: Plan, exhibit: Exhibit) -> Sequence[PlannedPart]:
    """The pages of an exhibit, of its translation, and of what was signed for that."""
    return [part for name in UNDER_A_TAB for part in plan.pieces(f"{name}-{exhibit.key}")]


def meant(manifest: Manifest, plan: Plan, gathered: Gathered) -> dict[str, Pinpoint]:
    """Where the pages of documents stand that the index cites, as far as they are shown and in one volume."""
    found = {}
    for key, (exhibit, numbers) in meant_pages(manifest).items():
        part = f"exhibit-{exhibit.key}"
        leaves = [page for page, seen in enumerate(gathered.seen[part], start=1) if seen]
        pages = dict(zip(shown_pages(exhibit), leaves, strict=False))
        spots = tuple(plan.spot(part, pages[number]) for number in numbers if number in pages)
        if len(spots) == len(numbers) and len({spot.volume for spot in spots}) == 1:
            found[key] = Pinpoint(spots, 0.0, ())
    return found


def layout(manifest: Manifest, plan: Plan, gathered: Gathered) -> Layout:
    found = pinpoints(plan, gathered)
    documents = meant(manifest, plan, gathered)
    pieces = {exhibit.key: _pages_of(plan, exhibit) for exhibit in manifest.exhibits}
    is_one = len(plan.volumes) == 1
    return Layout(
        {key: place.labels for key, place in found.items()},
        {key: (parts[0].labels[0], parts[-1].labels[-1]) for key, parts in pieces.items()},
        {} if is_one else {key: place.volume for key, place in found.items()},
        {} if is_one else {key: (parts[0].volume, parts[-1].volume) for key, parts in pieces.items()},
        {key: place.labels for key, place in documents.items()},
        {} if is_one else {key: place.volume for key, place in documents.items()},
    )


def _targets(
    manifest: Manifest, plan: Plan, found: Mapping[str, Pinpoint], documents: Mapping[str, Pinpoint]
) -> dict[str, Target]:
    targets = {}
    exhibits = {exhibit.key: exhibit.label for exhibit in manifest.exhibits}
    for key, place in documents.items():
        label = exhibits[key.partition(".")[0]]
        says = pinpoint(manifest.forum.tab_word, label, place.labels, plan.volume_word(place.volume))
        targets[f"pages/{key}"] = Target(place.spots[0], says=says)
    for exhibit in manifest.exhibits:
        for passage in exhibit.passages:
            place = found[passage.key]
            volume = plan.volume_word(place.volume)
            says = pinpoint(manifest.forum.tab_word, exhibit.label, place.labels, volume)
            targets[f"passage/{passage.key}"] = Target(place.spots[0], place.top_pt, says)
        pieces = _pages_of(plan, exhibit)
        says = page_range(pieces[0].labels[0], pieces[-1].labels[-1])
        targets[f"exhibit/{exhibit.key}"] = Target(pieces[0].spot(1), says=says)
        targets[f"tab/{exhibit.key}"] = Target(plan.spot(f"tab-{exhibit.key}", 1), says=exhibit.label)
    return targets


def _bookmarks(manifest: Manifest, bound: Bound, volume: int, parts: Sequence[PlannedPart]) -> Iterator[Bookmark]:
    """Cover, index, then every tab with what is marked in it and the source's own bookmarks."""
    tabs = {f"tab-{exhibit.key}": exhibit for exhibit in manifest.exhibits}
    by_name = {part.name: part for part in parts}
    for part in parts:
        first = Target(part.spot(part.piece.from_page))
        source = part.piece.source
        if source == "cover":
            yield Bookmark("Cover", first)
        elif source == "index":
            yield Bookmark(manifest.forum.index_title, first)
        elif source == "schedule":
            yield Bookmark(manifest.forum.schedule.title if manifest.forum.schedule else "", first)
        elif source in tabs:
            exhibit = tabs[source]
            pages = next(other for other in by_name.values() if other.piece.source == f"exhibit-{exhibit.key}")
            title = f"{manifest.forum.tab_word} {exhibit.label} — {' '.join(printed_form(exhibit.title).split())}"
            if part.piece.number > 1:
                title += f" ({continued(part.piece)})"
            children = (
                *_passage_marks(exhibit, bound, volume),
                *_source_marks(bound, pages),
                *_translation_marks(exhibit, bound, by_name),
            )
            yield Bookmark(title, first, children)
        elif bound.gathered.marks[source] and not goes_with_exhibit(source):
            yield Bookmark(bound.gathered.marks[source], first)


def continued(piece: Piece) -> str:
    return f"continued: part {piece.number} of {piece.of}"


def _passage_marks(exhibit: Exhibit, bound: Bound, volume: int) -> Iterator[Bookmark]:
    found = bound.pinpoints
    for passage in sorted(exhibit.passages, key=lambda passage: (passage.start, passage.end, passage.key)):
        place = found[passage.key]
        if place.volume == volume:
            title = _readable(f"“{words.short(printed_quote(exhibit, passage))}”")
            yield Bookmark(title, Target(place.spots[0], place.top_pt))


def _readable(title: str) -> str:
    """In one line, and without the sign for an unreadable letter, which each reader shows in a way of its own."""
    return " ".join(title.replace("\ufffd", " ").split())


def _translation_marks(exhibit: Exhibit, bound: Bound, here: Mapping[str, PlannedPart]) -> Iterator[Bookmark]:
    for name in UNDER_A_TAB[1:]:
        part = here.get(f"{name}-{exhibit.key}")
        if part is not None:
            yield Bookmark(bound.gathered.marks[part.name], Target(part.spot(1)))


def _source_marks(bound: Bound, pages: PlannedPart) -> tuple[Bookmark, ...]:
    """The source's own outline, as much of it as leads to pages of this piece."""
    marks = [mark for mark in bound.gathered.outlines[pages.piece.source] if pages.holds(mark.page)]
    return _nested(pages, marks, 0)


def _nested(pages: PlannedPart, marks: Sequence[PartBookmark], depth: int) -> tuple[Bookmark, ...]:
    """Each mark with the deeper ones that follow it; at the deepest level they stand beside it."""
    found: list[Bookmark] = []
    at = 0
    while at < len(marks):
        mark, end = marks[at], at + 1
        while depth < _DEEPEST and end < len(marks) and marks[end].level > mark.level:
            end += 1
        title = _readable(printed_form(mark.title)) or "…"
        target = Target(pages.spot(mark.page), mark.top_pt)
        found.append(Bookmark(title, target, _nested(pages, marks[at + 1 : end], depth + 1)))
        at = end
    return tuple(found)
