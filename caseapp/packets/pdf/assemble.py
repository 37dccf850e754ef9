"""Rendered parts and a plan → one PDF a volume: pages, stamps, links, bookmarks, labels, and nothing that names anyone.

Pages are read from the parts' files only while the volume is written, and no page's content is taken apart. The facts
that the published manifest needs (links, bookmarks) are handed back as they were written.
"""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from caseapp.forums import Forum
from caseapp.packets.packing import Piece
from caseapp.packets.pdf.rendered import PartLink, RenderedPart
from caseapp.packets.pdf.stamp import Stamper
from caseapp.packets.pdf.viewing import visible
from caseapp.packets.pdf.words import web_address
from caseapp.packets.plan import Plan, PlannedPart, Spot
from caseapp.typesetting.errors import PrintProblem

SCHEME = "packet:"
PRODUCER = "caseapp packets"
# A jump lands a little above the words, so that they are not glued to the edge of the window.
_ABOVE = 10.0
# What qpdf writes as identity where it is told to give always the same one.
_QPDFS_ID = b"31415926535897932384626433832795"
# As much of the end of a file, and of its trailer, as holds what is looked for.
_END, _TRAILER = 40, 1_000
# What a reader may mark on a page. Each is kept with its looks; none may do anything.
_MARKS = {
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Stamp", "/Popup",
}  # fmt: skip


class LinkLeadsNowhere(PrintProblem):
    """A page links to something that is not in the packet."""

    def __init__(self, target: str, page: int) -> None:
        super().__init__(
            _("A link on page %(page)s leads to “%(target)s”, which is not in this packet.")
            % {"page": page, "target": target}
        )


class StrangeAnnotation(PrintProblem):
    """A rendered page holds an annotation that may do something."""

    def __init__(self, page: int) -> None:
        super().__init__(
            _("Page %(page)s holds an annotation that is neither a link into the packet nor a web address.")
            % {"page": page}
        )


class PartMiscounted(PrintProblem):
    """A stored part no longer has the pages that its layout says."""

    def __init__(self, name: str, found: int, told: int) -> None:
        super().__init__(
            _("The stored pages of “%(name)s” do not agree with their record: %(found)s pages, not %(told)s.")
            % {"name": name, "found": found, "told": told}
        )


@dataclass(frozen=True)
class Target:
    """A place in the packet, and its height from the page's top in points (0: the top).

    `says` is what a link to it prints.
    """

    spot: Spot
    top_pt: float = 0.0
    says: str = ""


@dataclass(frozen=True)
class Bookmark:
    title: str
    target: Target
    children: tuple["Bookmark", ...] = ()


@dataclass(frozen=True)
class Blueprint:
    """Everything that assembly adds to the parts: where links lead, by name, and the bookmarks of each volume.

    `identity` is another for every packet that differs in anything.
    """

    title: str
    language: str
    forum: Forum
    plan: Plan
    targets: Mapping[str, Target]
    bookmarks: Sequence[Sequence[Bookmark]]
    identity: str = ""


@dataclass(frozen=True)
class Assembled:
    """What was written into a volume. `mentions` are links in words only: their place is in another volume.

    By part: how many `annotations` of each kind its source has, the web `addresses` that its pages link to, and how
    many of its links lead to pages that are not in the volume and so were left out.
    """

    links: tuple[dict[str, Any], ...]
    mentions: tuple[dict[str, Any], ...]
    bookmarks: tuple[dict[str, Any], ...]
    annotations: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    links_dropped: Mapping[str, int] = field(default_factory=dict)
    addresses: Mapping[str, Collection[str]] = field(default_factory=dict)


_Placed = tuple[PlannedPart, RenderedPart, Path]
"""A part in its place, and the file that holds its pages."""


def assemble(
    blueprint: Blueprint, volume: int, parts: Iterable[tuple[PlannedPart, RenderedPart]], out: Path
) -> Assembled:
    """Write one volume to `out`. `parts` come in the plan's order, and are read one at a time."""
    with TemporaryDirectory(prefix="parts-", dir=out.parent) as loose:
        placed = [(planned, part, _file(part, Path(loose), planned.first_page)) for planned, part in parts]
        with _joined(placed) as pdf:
            return _bound(_Binding(pdf, blueprint, volume, placed), pdf, out)


def _file(part: RenderedPart, folder: Path, number: int) -> Path:
    if isinstance(part.pdf, Path):
        return part.pdf
    path = folder / f"{number}.pdf"
    path.write_bytes(part.pdf)
    return path


def _joined(placed: Sequence[_Placed]) -> Pdf:
    """The pages of all, one after another. Other than pages that are added to a file one by one, their streams stay
    where they are until they are written, and not in memory."""
    for planned, part, path in placed:
        _check_count(planned.piece, part, path)
    pages = [
        {"file": str(path), "range": f"{planned.piece.from_page}-{planned.piece.from_page + planned.piece.pages - 1}"}
        for planned, _part, path in placed
    ]
    job = {"empty": "", "outputFile": "-", "pages": pages, "removeUnreferencedResources": "no", "noWarn": ""}
    return pikepdf.Job(job).create_pdf()


def _check_count(piece: Piece, part: RenderedPart, path: Path) -> None:
    with Pdf.open(path, access_mode=pikepdf.AccessMode.stream) as source:
        found = len(source.pages)
    if found != part.pages or piece.from_page + piece.pages - 1 > found or (piece.of == 1 and piece.pages != found):
        raise PartMiscounted(piece.source, found, part.pages if piece.of > 1 else piece.pages)


def _bound(binding: "_Binding", pdf: Pdf, out: Path) -> Assembled:
    binding.connect()
    binding.stamp()
    bookmarks = binding.bookmark()
    binding.describe()
    pdf.save(
        out,
        static_id=True,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    _name_file(out, binding.blueprint, binding.volume)
    return Assembled(
        tuple(binding.links),
        tuple(binding.mentions),
        bookmarks,
        binding.annotations,
        binding.links_dropped,
        binding.addresses,
    )


def _name_file(out: Path, blueprint: Blueprint, volume: int) -> None:
    """Give the file an identity of its own, told from what it was made of: qpdf's is the same for all, or else read
    from every byte once more."""
    digest = sha256(f"{blueprint.identity}\0{volume}\0{blueprint.title}".encode()).digest()[:16]
    with out.open("r+b") as file:
        file.seek(-_END, os.SEEK_END)
        start = int(file.read().split()[-2])  # startxref 12345 %%EOF
        file.seek(start)
        trailer = file.read(_TRAILER)
        file.seek(start)
        file.write(trailer.replace(_QPDFS_ID, digest.hex().encode()))


class _Binding:
    """One volume while it is made."""

    def __init__(self, pdf: Pdf, blueprint: Blueprint, volume: int, placed: Sequence[_Placed]) -> None:
        self.blueprint = blueprint
        self.volume = volume
        self._pdf = pdf
        self._parts = [(planned, part) for planned, part, _path in placed]
        self._pages = list(pdf.pages)  # asked for once: each question for one of them costs
        self._seen = [visible(page) for page in self._pages]
        self.links: list[dict[str, Any]] = []
        self.mentions: list[dict[str, Any]] = []
        self.annotations: dict[str, Counter[str]] = {}
        self.links_dropped: Counter[str] = Counter()
        self.addresses: dict[str, set[str]] = {}

    def connect(self) -> None:
        """Turn links to `packet:` names into destinations; keep web addresses and marks; refuse all else."""
        for planned, part in self._parts:
            for page in range(planned.first_page, planned.last_page + 1):
                self._connect_page(planned, page)
            for link in part.links:
                self._connect_source(planned, link)

    def _connect_page(self, planned: PlannedPart, number: int) -> None:
        page = self._pages[number - 1].obj
        annotations = page.get(Name.Annots)
        if annotations is None:
            return
        fresh: list[pikepdf.Object | Dictionary] = []
        for annotation in annotations:
            if annotation.get(Name.Subtype) == Name.Link:
                link = self._link(planned, annotation, number)
                fresh += [link] if link is not None else []
            else:
                self._count(planned, annotation)
                fresh.append(_harmless(annotation, number))
        page[Name.Annots] = Array([self._pdf.make_indirect(annotation) for annotation in fresh])

    def _link(self, planned: PlannedPart, annotation: pikepdf.Object, page: int) -> Dictionary | None:
        address = _address(annotation, page)
        link = _bare_link(annotation[Name.Rect])
        if address.startswith(SCHEME):
            return self._link_to(address.removeprefix(SCHEME), link, page)
        if not web_address(address):
            raise StrangeAnnotation(page)
        link[Name.A] = Dictionary(S=Name.URI, URI=String(address))
        self.addresses.setdefault(planned.name, set()).add(address)
        self._count(planned, annotation)
        return link

    def _count(self, planned: PlannedPart, annotation: pikepdf.Object) -> None:
        kind = str(annotation[Name.Subtype]).strip("/")
        self.annotations.setdefault(planned.name, Counter())[kind] += 1

    def _link_to(self, name: str, link: Dictionary, page: int) -> Dictionary | None:
        """A place in another volume is named in words, which a reader can follow; a link to it could not be."""
        target = self.blueprint.targets.get(name)
        if target is None:
            raise LinkLeadsNowhere(name, page)
        kind, _, key = name.partition("/")
        fact = _link_fact(self.volume, page, link) | {"to": kind, "key": key, "says": target.says}
        if target.spot.volume != self.volume:
            self.mentions.append(fact | {"target_volume": target.spot.volume, "target_page": target.spot.page})
            return None
        link[Name.Dest] = self._destination(target.spot.page, target.top_pt)
        self.links.append(fact | {"target_page": target.spot.page})
        return link

    def _connect_source(self, planned: PlannedPart, link: PartLink) -> None:
        """Make a source's own link again, if both its ends are in this piece."""
        if not planned.holds(link.page):
            return
        if not planned.holds(link.target_page):
            self.links_dropped[planned.name] += 1
            return
        page, target = planned.spot(link.page).page, planned.spot(link.target_page).page
        annotation = _bare_link(link.rect)
        annotation[Name.Dest] = self._destination(target, link.top_pt)
        annotations = self._pages[page - 1].obj.get(Name.Annots, Array())
        annotations.append(self._pdf.make_indirect(annotation))
        self._pages[page - 1].obj[Name.Annots] = annotations
        fact = _link_fact(self.volume, page, annotation)
        self.links.append(fact | {"to": "source", "key": planned.name, "says": "", "target_page": target})

    def _destination(self, page: int, top_pt: float = 0.0, zoom: float | None = None) -> Array:
        """Left and zoom are left as the reader has them."""
        seen = self._seen[page - 1]
        _, y = seen.point(0.0, min(seen.height, round(seen.height - top_pt + _ABOVE, 2)))
        return Array([self._pages[page - 1].obj, Name.XYZ, None, round(y, 2), zoom])

    def stamp(self) -> None:
        forum = self.blueprint.forum
        texts = [f"{forum.stamp_prefix}{label}" for label in self.blueprint.plan.labels(self.volume)]
        stamper = Stamper(self._pdf, forum.stamp_position)
        for page, seen, text in zip(self._pages, self._seen, texts, strict=True):
            stamper.stamp(page, seen, text)

    def bookmark(self) -> tuple[dict[str, Any], ...]:
        facts: list[dict[str, Any]] = []

        def item(bookmark: Bookmark, level: int) -> OutlineItem:
            page = bookmark.target.spot.page
            facts.append({"volume": self.volume, "title": bookmark.title, "level": level, "page": page})
            outline = OutlineItem(bookmark.title, self._destination(page, bookmark.target.top_pt))
            outline.children.extend(item(child, level + 1) for child in bookmark.children)
            outline.is_closed = level > 0
            return outline

        with self._pdf.open_outline() as outline:
            outline.root.extend(item(bookmark, 0) for bookmark in self.blueprint.bookmarks[self.volume - 1])
        return tuple(facts)

    def describe(self) -> None:
        pdf, blueprint = self._pdf, self.blueprint
        zoom = 1 if blueprint.forum.opening == "first page at 100 %" else None
        labels = blueprint.plan.labels(self.volume)
        pdf.Root[Name.PageLabels] = Dictionary(Nums=Array(_label_tree(labels, blueprint.forum.stamp_prefix)))
        pdf.Root[Name.PageMode] = Name.UseOutlines
        pdf.Root[Name.OpenAction] = self._destination(1, zoom=zoom)
        pdf.Root[Name.Lang] = String(blueprint.language)
        pdf.Root[Name.ViewerPreferences] = Dictionary(DisplayDocTitle=True)
        pdf.docinfo[Name.Title] = String(blueprint.title)
        pdf.docinfo[Name.Producer] = String(PRODUCER)


def _label_tree(labels: Sequence[str], prefix: str) -> Iterator[Any]:
    """Runs of counted numbers; a label with letters stands by itself, as a prefix without a number."""
    expected = ""
    for place, label in enumerate(labels):
        if not label.isdecimal():
            expected = ""
            yield from (place, Dictionary(P=String(prefix + label)))
            continue
        if label != expected:
            counted = Dictionary(S=Name.D, St=int(label))
            if prefix:
                counted[Name.P] = String(prefix)
            yield from (place, counted)
        expected = str(int(label) + 1)


def _address(annotation: pikepdf.Object, page: int) -> str:
    action = annotation.get(Name.A)
    if action is None or action.get(Name.S) != Name.URI or {"/AA", "/Dest"} & set(annotation.keys()):
        raise StrangeAnnotation(page)
    return str(action.get(Name.URI))


def _harmless(annotation: pikepdf.Object, page: int) -> pikepdf.Object:
    if str(annotation.get(Name.Subtype)) not in _MARKS or {"/A", "/AA", "/Dest"} & set(annotation.keys()):
        raise StrangeAnnotation(page)
    return annotation


def _bare_link(rect: Iterable[Any]) -> Dictionary:
    rectangle = [round(float(value), 2) for value in rect]
    left, right = sorted(rectangle[0::2])
    bottom, top = sorted(rectangle[1::2])
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([left, bottom, right, top]), Border=Array([0, 0, 0])
    )


def _link_fact(volume: int, page: int, link: Dictionary) -> dict[str, Any]:
    return {"volume": volume, "page": page, "rect": [float(value) for value in link[Name.Rect]]}
