"""What a worker calls: which parts a packet has, one part's pages, the finished packet. Pure.

parts = planned_parts(manifest)
rendered = {part.name: render_part(manifest, part.name) for part in parts}      # on any workers, in any order
finished = finish_packet(manifest, rendered, room)                              # the volumes, as files in a folder
failures = verify_packet(finished.published, finished.volumes)                  # in verification
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from caseapp.packets.indexing import build_index
from caseapp.packets.indexing.word import word_index
from caseapp.packets.manifest import Manifest
from caseapp.packets.packing import PageOverLimit
from caseapp.packets.pdf.assemble import Blueprint, assemble
from caseapp.packets.pdf.binding import Bound, Gathered, bind, gather, layout
from caseapp.packets.pdf.file_exhibits import Workroom
from caseapp.packets.pdf.parts import PartSpec, parts_of
from caseapp.packets.pdf.publishing import AssembledVolume, IndexFile, PartFacts, VolumeFile, published
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.typesetting.errors import PrintProblem

__all__ = [
    "Finished",
    "PartSpec",
    "Place",
    "RenderedPart",
    "VolumeFile",
    "Workroom",
    "finish_packet",
    "planned_parts",
    "render_part",
]

LANGUAGE = "en"
# A volume that comes out too heavy is packed again for so much less than it was over.
_LOWER = 0.98
_ROUNDS = 12


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
class Finished:
    """The volumes, the manifest to be published beside them as canonical JSON, and the index as a Word file."""

    volumes: tuple[VolumeFile, ...]
    published: bytes
    index_docx: bytes


def planned_parts(manifest: Manifest) -> tuple[PartSpec, ...]:
    """The independent parts in filing order; the index is made by `finish_packet`, from their page counts."""
    return tuple(part.spec for part in parts_of(manifest))


def render_part(manifest: Manifest, name: str, work: Workroom | None = None) -> RenderedPart:
    """`work` is needed for parts that show pages of a file."""
    return next(part for part in parts_of(manifest) if part.spec.name == name).render(work)


def finish_packet(manifest: Manifest, rendered: Mapping[str, RenderedPart], room: Path) -> Finished:
    """Lay out the index for the pages that the parts have, and put everything together, as files in `room`.

    `rendered` may be lazy: a part is read when its pages are counted and again when they are put in place.
    """
    parts = parts_of(manifest)
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
        identity=bound.identity,
    )
    for number, planned in enumerate(bound.plan.volumes, start=1):
        out = room / file_name(number, len(bound.plan.volumes))
        parts = ((part, bound.made.get(part.name) or rendered[part.piece.source]) for part in planned)
        assembled = assemble(blueprint, number, parts, out)
        yield AssembledVolume(VolumeFile(out.name, out, sum(part.pages for part in planned)), assembled)


def file_name(volume: int, volumes: int) -> str:
    return f"packet_volume_{volume}_of_{volumes}.pdf" if volumes > 1 else "packet.pdf"


def _check_places(manifest: Manifest, gathered: Gathered) -> None:
    for exhibit in manifest.exhibits:
        if any(passage.key not in gathered.places for passage in exhibit.passages):
            raise PassageNotOnPaper(exhibit.label, exhibit.title)
