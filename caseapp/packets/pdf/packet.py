"""What a worker calls: which parts a packet has, one part's pages, the finished packet. Pure.

parts = planned_parts(manifest)
rendered = {part.name: render_part(manifest, part.name) for part in parts}      # on any workers, in any order
finished = finish_packet(manifest, rendered, room)                              # the volumes, as files in a folder
failures = verify_packet(finished.published, finished.volumes)                  # in verification
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from caseapp import typesetting
from caseapp.library import citing
from caseapp.packets import indexing
from caseapp.packets.indexing import build_index
from caseapp.packets.indexing.word import word_index
from caseapp.packets.manifest import Exhibit, Manifest
from caseapp.packets.packing import PageOverLimit
from caseapp.packets.pdf import html, templates
from caseapp.packets.pdf.assemble import Blueprint, assemble
from caseapp.packets.pdf.binding import Bound, Gathered, bind, gather, layout
from caseapp.packets.pdf.publishing import AssembledVolume, IndexFile, PartFacts, VolumeFile, canonical, published
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.packets.pdf.tools import tool_versions
from caseapp.typesetting import fonts
from caseapp.typesetting.errors import PrintProblem
from caseapp.typesetting.typeset import engine, styles_fingerprint
from caseapp.typesetting.wholeness import account, counted

__all__ = [
    "Finished",
    "PartSpec",
    "Place",
    "RenderedPart",
    "VolumeFile",
    "finish_packet",
    "planned_parts",
    "render_part",
]

LANGUAGE = "en"
# A volume that comes out too heavy is packed again for so much less than it was over.
_LOWER = 0.98
_ROUNDS = 12
Kind = Literal["cover", "index", "tab", "exhibit"]


class CannotSplit(PrintProblem):
    """Something that may not be divided is larger than the forum lets one file be."""

    def __init__(self, what: str, page: int, limit: int) -> None:
        said = (
            _("%(what)s: page %(page)s does not fit into a file of %(size)s MB, not even alone beside cover and index.")
            if page
            else _("%(what)s does not fit into a file of %(size)s MB, not even alone beside cover and index.")
        )
        advice = _("Make its pictures smaller, or show fewer of its pages, and build again.")
        sentence = said % {"what": what, "page": page, "size": f"{limit / 1_000_000:g}"}
        super().__init__(f"{sentence} {advice}")


class PassageNotOnPaper(PrintProblem):
    """A passage has no ink on any page, so nobody could turn to it."""

    def __init__(self, label: str, title: str) -> None:
        super().__init__(
            _(
                "Tab %(label)s, “%(title)s”: a marked passage holds no printable letter. Move its bounds, or take it "
                "out of the case’s evidence, and build again."
            )
            % {"label": label, "title": title}
        )


@dataclass(frozen=True)
class PartSpec:
    """One piece that is rendered by itself. Equal keys, equal bytes."""

    name: str
    kind: Kind
    key: str
    title: str


@dataclass(frozen=True)
class Finished:
    """The volumes, the manifest to be published beside them as canonical JSON, and the index as a Word file."""

    volumes: tuple[VolumeFile, ...]
    published: bytes
    index_docx: bytes


@dataclass(frozen=True)
class _Part:
    spec: PartSpec
    render: Callable[[], RenderedPart]
    shown: Callable[[], dict[str, Any]]
    """What its pages must hold, as the published manifest tells it."""


def planned_parts(manifest: Manifest) -> tuple[PartSpec, ...]:
    """The independent parts in filing order; the index is made by `finish_packet`, from their page counts."""
    return tuple(part.spec for part in _parts(manifest))


def render_part(manifest: Manifest, name: str) -> RenderedPart:
    return next(part for part in _parts(manifest) if part.spec.name == name).render()


def finish_packet(manifest: Manifest, rendered: Mapping[str, RenderedPart], room: Path) -> Finished:
    """Lay out the index for the pages that the parts have, and put everything together, as files in `room`.

    `rendered` may be lazy: a part is read when its pages are counted and again when they are put in place.
    """
    parts = _parts(manifest)
    gathered = gather([part.spec for part in parts], rendered)
    _check_places(manifest, gathered)
    bound, volumes = _within_limit(manifest, gathered, rendered, room)
    facts = {part.spec.name: PartFacts(part.spec.kind, part.spec.key, part.shown()) for part in parts}
    words = build_index(manifest, layout(manifest, bound.plan, bound.gathered))
    index = IndexFile(words, word_index(words, manifest.forum, manifest.document_title))
    rows = published(manifest, bound, facts, volumes, index)
    return Finished(tuple(volume.file for volume in volumes), rows, index.docx)


def _within_limit(
    manifest: Manifest, gathered: Gathered, rendered: Mapping[str, RenderedPart], room: Path
) -> tuple[Bound, list[AssembledVolume]]:
    """What parts weigh alone only foretells what their volume weighs: one that comes out too heavy is packed again."""
    limit = manifest.forum.volume_bytes_target or manifest.forum.volume_bytes_limit
    target = limit
    for _round in range(_ROUNDS):
        bound = _bound(manifest, gathered, target)
        volumes = list(_volumes(manifest, bound, rendered, room))
        heaviest = max(volume.file.path.stat().st_size for volume in volumes)
        if limit is None or target is None or heaviest <= limit:
            return bound, volumes
        target = int(target * limit / heaviest * _LOWER)
    raise CannotSplit(_("The packet"), 0, limit or 0)


def _bound(manifest: Manifest, gathered: Gathered, target: int | None) -> Bound:
    try:
        return bind(manifest, gathered, target)
    except PageOverLimit as error:
        what = gathered.titles.get(error.source, error.source)
        raise CannotSplit(what, error.page, target or 0) from error


def _volumes(
    manifest: Manifest, bound: Bound, rendered: Mapping[str, RenderedPart], room: Path
) -> Iterator[AssembledVolume]:
    blueprint = Blueprint(
        title=manifest.document_title,
        language=LANGUAGE,
        forum=manifest.forum,
        plan=bound.plan,
        targets=bound.targets(manifest),
        bookmarks=bound.bookmarks(manifest),
    )
    for number, planned in enumerate(bound.plan.volumes, start=1):
        out = room / file_name(number, len(bound.plan.volumes))
        parts = ((part, bound.made.get(part.name) or rendered[part.piece.source]) for part in planned)
        assembled = assemble(blueprint, number, parts, out)
        yield AssembledVolume(VolumeFile(out.name, out, sum(part.pages for part in planned)), assembled)


def file_name(volume: int, volumes: int) -> str:
    return f"packet_volume_{volume}_of_{volumes}.pdf" if volumes > 1 else "packet.pdf"


def _parts(manifest: Manifest) -> list[_Part]:
    word = manifest.forum.tab_word
    paper_facts = {name: value for name, value in manifest.forum.to_dict().items() if name != "rules"}
    cover_inputs = {"forum": paper_facts, "cover": asdict(manifest.cover)}
    cover = _spec("cover", "cover", _("Cover page"), cover_inputs)
    parts = [_Part(cover, lambda: html.render_cover(manifest), lambda: counted(html.cover_lines(manifest)))]
    for position, exhibit in enumerate(manifest.exhibits):
        parts += [_tab(manifest, exhibit, position, paper_facts, word), _exhibit(manifest, exhibit, paper_facts, word)]
    return parts


def _tab(manifest: Manifest, exhibit: Exhibit, position: int, paper_facts: dict[str, Any], word: str) -> _Part:
    inputs = {
        "forum": paper_facts,
        "step": position % html.TAB_STEPS,
        "printed": [exhibit.label, exhibit.title, exhibit.publisher, exhibit.published_on],
    }
    spec = _spec(f"tab-{exhibit.key}", "tab", _("%(tab)s: tab sheet") % {"tab": f"{word} {exhibit.label}"}, inputs)
    return _Part(spec, lambda: html.render_tab(manifest, exhibit), lambda: account(html.tab_lines(manifest, exhibit)))


def _exhibit(manifest: Manifest, exhibit: Exhibit, paper_facts: dict[str, Any], word: str) -> _Part:
    used = {slug for passage in exhibit.passages for slug in passage.themes}
    themes = [[theme.slug, theme.name, theme.colour] for theme in manifest.themes if theme.slug in used]
    printed = asdict(exhibit)
    for passage in printed["passages"]:
        del passage["rank"]  # decides the order of the index, and nothing here
    inputs = {"forum": paper_facts, "exhibit": printed, "themes": themes}
    spec = _spec(f"exhibit-{exhibit.key}", "exhibit", f"{word} {exhibit.label}: {exhibit.title}", inputs)
    order = manifest.forum.date_order
    return _Part(
        spec, lambda: html.render_exhibit(manifest, exhibit), lambda: account(html.exhibit_lines(exhibit, order))
    )


def _spec(name: str, kind: Kind, title: str, inputs: dict[str, Any]) -> PartSpec:
    return PartSpec(name, kind, part_key(kind, inputs), title)


def part_key(kind: str, inputs: dict[str, Any]) -> str:
    """The hash of everything that decides how a part's pages come out."""
    return sha256(canonical({"kind": kind, "inputs": inputs, "engine": _engine_fingerprint()})).hexdigest()


@cache
def _engine_fingerprint() -> list[Any]:
    return [engine(), tool_versions(), _code_fingerprint(), templates.fingerprint(), fonts.fingerprint()]


def _code_fingerprint() -> str:
    """Our own modules decide as much as the engine does."""
    digest = sha256()
    folders = (Path(__file__).parent, *(Path(package.__path__[0]) for package in (typesetting, indexing, citing)))
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest() + styles_fingerprint()


def _check_places(manifest: Manifest, gathered: Gathered) -> None:
    for exhibit in manifest.exhibits:
        if any(passage.key not in gathered.places for passage in exhibit.passages):
            raise PassageNotOnPaper(exhibit.label, exhibit.title)
