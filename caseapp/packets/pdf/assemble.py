"""Rendered parts and a plan → one PDF: pages, stamps, links, bookmarks, labels, and nothing that names anyone.

The facts that the published manifest needs (links, bookmarks) are handed back as they were written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from caseapp.forums import Forum
from caseapp.packets.pdf.rendered import RenderedPart
from caseapp.packets.pdf.stamp import embed_font, stamp, stamp_text
from caseapp.packets.pdf.words import web_address
from caseapp.packets.plan import Plan
from caseapp.typesetting.errors import PrintProblem
from caseapp.typesetting.join import saved

SCHEME = "packet:"
PRODUCER = "caseapp packets"
# A jump lands a little above the words, so that they are not glued to the edge of the window.
_ABOVE = 10.0


class LinkLeadsNowhere(PrintProblem):
    """A page links to something that is not in the packet."""

    def __init__(self, target: str, page: int) -> None:
        super().__init__(
            _("A link on page %(page)s leads to “%(target)s”, which is not in this packet.")
            % {"page": page, "target": target}
        )


class StrangeAnnotation(PrintProblem):
    """A rendered page holds an annotation that is not a link of ours."""

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
    """A place in the packet: page from 1, and the height from the page's top in points (0: the top).

    `says` is what a link to it prints.
    """

    page: int
    top_pt: float = 0.0
    says: str = ""


@dataclass(frozen=True)
class Bookmark:
    title: str
    target: Target
    children: tuple["Bookmark", ...] = ()


@dataclass(frozen=True)
class Blueprint:
    """Everything that assembly adds to the parts: where links lead, by name, and the bookmarks."""

    title: str
    language: str
    forum: Forum
    plan: Plan
    targets: Mapping[str, Target]
    bookmarks: Sequence[Bookmark]


@dataclass(frozen=True)
class Assembled:
    pdf: bytes
    links: tuple[dict[str, Any], ...]
    bookmarks: tuple[dict[str, Any], ...]


def assemble(blueprint: Blueprint, parts: Iterable[tuple[str, RenderedPart]]) -> Assembled:
    """`parts` come in the plan's order, and are read one at a time."""
    with Pdf.new() as pdf:
        for name, part in parts:
            _append(pdf, blueprint.plan.part(name).pages, name, part)
        links = _connect(pdf, blueprint.targets)
        _stamp(pdf, blueprint)
        bookmarks = _bookmark(pdf, blueprint.bookmarks)
        _describe(pdf, blueprint)
        return Assembled(saved(pdf), tuple(links), tuple(bookmarks))


def _append(pdf: Pdf, planned: int, name: str, part: RenderedPart) -> None:
    with Pdf.open(BytesIO(part.pdf)) as source:
        if not len(source.pages) == part.pages == planned:
            raise PartMiscounted(name, len(source.pages), planned)
        pdf.pages.extend(source.pages)


def _connect(pdf: Pdf, targets: Mapping[str, Target]) -> list[dict[str, Any]]:
    """Turn links to `packet:` names into destinations; keep web addresses; refuse all else."""
    facts = []
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get(Name.Annots)
        if annotations is None:
            continue
        fresh = Array()
        for annotation in annotations:
            address = _address(annotation, number)
            link = _link(annotation)
            if address.startswith(SCHEME):
                name = address.removeprefix(SCHEME)
                if name not in targets:
                    raise LinkLeadsNowhere(name, number)
                link[Name.Dest] = _destination(pdf, targets[name])
                facts.append(_link_fact(number, link, name, targets[name]))
            elif web_address(address):
                link[Name.A] = Dictionary(S=Name.URI, URI=String(address))
            else:
                raise StrangeAnnotation(number)
            fresh.append(pdf.make_indirect(link))
        page.obj[Name.Annots] = fresh
    return facts


def _address(annotation: pikepdf.Object, page: int) -> str:
    action = annotation.get(Name.A)
    if annotation.get(Name.Subtype) != Name.Link or action is None or action.get(Name.S) != Name.URI:
        raise StrangeAnnotation(page)
    return str(action.get(Name.URI))


def _link(annotation: pikepdf.Object) -> Dictionary:
    rectangle = [round(float(value), 2) for value in annotation[Name.Rect]]
    left, right = sorted(rectangle[0::2])
    bottom, top = sorted(rectangle[1::2])
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([left, bottom, right, top]), Border=Array([0, 0, 0])
    )


def _link_fact(page: int, link: Dictionary, name: str, target: Target) -> dict[str, Any]:
    kind, _, key = name.partition("/")
    rectangle = [float(value) for value in link[Name.Rect]]
    return {
        "page": page,
        "rect": rectangle,
        "to": kind,
        "key": key,
        "says": target.says,
        "target_page": target.page,
    }


def _destination(pdf: Pdf, target: Target) -> Array:
    """Left and zoom are left as the reader has them."""
    page = pdf.pages[target.page - 1]
    top = float(page.mediabox[3])
    height = min(top, round(top - target.top_pt + _ABOVE, 2))
    return Array([page.obj, Name.XYZ, None, height, None])


def _stamp(pdf: Pdf, blueprint: Blueprint) -> None:
    forum = blueprint.forum
    texts = [stamp_text(forum.stamp_prefix, number) for number in range(1, len(pdf.pages) + 1)]
    font = embed_font(pdf, texts)
    for page, text in zip(pdf.pages, texts, strict=True):
        stamp(pdf, page, font, text, forum.stamp_position)


def _bookmark(pdf: Pdf, bookmarks: Sequence[Bookmark]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []

    def item(bookmark: Bookmark, level: int) -> OutlineItem:
        facts.append({"title": bookmark.title, "level": level, "page": bookmark.target.page})
        outline = OutlineItem(bookmark.title, _destination(pdf, bookmark.target))
        outline.children.extend(item(child, level + 1) for child in bookmark.children)
        outline.is_closed = level > 0
        return outline

    with pdf.open_outline() as outline:
        outline.root.extend(item(bookmark, 0) for bookmark in bookmarks)
    return facts


def _describe(pdf: Pdf, blueprint: Blueprint) -> None:
    label = Dictionary(S=Name.D, St=1)
    if blueprint.forum.stamp_prefix:
        label[Name.P] = String(blueprint.forum.stamp_prefix)
    pdf.Root[Name.PageLabels] = Dictionary(Nums=Array([0, label]))
    pdf.Root[Name.PageMode] = Name.UseOutlines
    pdf.Root[Name.OpenAction] = _destination(pdf, Target(1))
    pdf.Root[Name.Lang] = String(blueprint.language)
    pdf.Root[Name.ViewerPreferences] = Dictionary(DisplayDocTitle=True)
    pdf.docinfo[Name.Title] = String(blueprint.title)
    pdf.docinfo[Name.Producer] = String(PRODUCER)
