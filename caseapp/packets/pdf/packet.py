"""What a worker calls: which parts a packet has, one part's pages, the finished packet. Pure.

parts = planned_parts(manifest)
rendered = {part.name: render_part(manifest, part.name) for part in parts}      # on any workers, in any order
finished = finish_packet(manifest, rendered)
failures = verify_packet(finished.published, finished.volumes)                  # in verify.py
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from caseapp import typesetting
from caseapp.packets.indexing import Index, Layout, build_index, printed_quote, section_rows
from caseapp.packets.manifest import Exhibit, Manifest
from caseapp.packets.pdf import html, paper, templates, words
from caseapp.packets.pdf.assemble import Assembled, Blueprint, Bookmark, Target, assemble
from caseapp.packets.pdf.index_pages import entry_of, render_index
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.packets.pdf.tools import tool_versions
from caseapp.packets.plan import Plan, page_plan, page_range, pinpoint, settle
from caseapp.typesetting import fonts
from caseapp.typesetting.errors import PrintProblem
from caseapp.typesetting.printed import printed_form
from caseapp.typesetting.readback import reads_back_exactly
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

PUBLISHED_FORMAT = 1
FILE_NAME = "packet.pdf"
LANGUAGE = "en"
Kind = Literal["cover", "index", "tab", "exhibit"]


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
class VolumeFile:
    file_name: str
    pdf: bytes
    pages: int


@dataclass(frozen=True)
class Finished:
    """The volumes, and the manifest to be published beside them as canonical JSON."""

    volumes: tuple[VolumeFile, ...]
    published: bytes


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


def finish_packet(manifest: Manifest, rendered: Mapping[str, RenderedPart]) -> Finished:
    """Lay out the index for the pages that the parts have, and put everything together.

    `rendered` may be lazy: a part is read when its pages are counted and again when they are put in place.
    """
    parts = _parts(manifest)
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    places: dict[str, tuple[str, Place]] = {}
    for part in parts:
        name, pages = part.spec.name, rendered[part.spec.name]
        counts[name], hashes[name] = pages.pages, sha256(pages.pdf).hexdigest()
        places |= {key: (name, place) for key, place in pages.places.items()}
    _check_places(manifest, places)
    index = settle(lambda pages: render_index(manifest, _layout(manifest, _plan(counts, pages), places)))
    hashes["index"] = sha256(index.pdf).hexdigest()
    plan = _plan(counts, index.pages)
    pinpoints = _pinpoints(plan, places)
    blueprint = Blueprint(
        title=manifest.document_title,
        language=LANGUAGE,
        forum=manifest.forum,
        plan=plan,
        targets=_targets(manifest, plan, pinpoints),
        bookmarks=_bookmarks(manifest, plan, pinpoints),
    )
    ordered = ((part.name, index if part.name == "index" else rendered[part.name]) for part in plan.parts)
    assembled = assemble(blueprint, ordered)
    volume = VolumeFile(FILE_NAME, assembled.pdf, plan.pages)
    index_words = build_index(manifest, _layout(manifest, plan, places))
    published = _published(manifest, plan, hashes, pinpoints, index, index_words, assembled, volume)
    return Finished((volume,), _canonical(published))


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
    return sha256(_canonical({"kind": kind, "inputs": inputs, "engine": _engine_fingerprint()})).hexdigest()


@cache
def _engine_fingerprint() -> list[Any]:
    return [engine(), tool_versions(), _code_fingerprint(), templates.fingerprint(), fonts.fingerprint()]


def _code_fingerprint() -> str:
    """Our own modules decide as much as the engine does."""
    digest = sha256()
    folders = (Path(__file__).parent, Path(typesetting.__file__).parent)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest() + styles_fingerprint()


def _check_places(manifest: Manifest, places: Mapping[str, object]) -> None:
    for exhibit in manifest.exhibits:
        if any(passage.key not in places for passage in exhibit.passages):
            raise PassageNotOnPaper(exhibit.label, exhibit.title)


def _plan(counts: Mapping[str, int], index_pages: int) -> Plan:
    cover, *rest = counts.items()
    return page_plan([cover, ("index", index_pages), *rest])


def _pinpoints(plan: Plan, places: Mapping[str, tuple[str, Place]]) -> dict[str, Place]:
    """Where each passage stands in the packet."""
    found = {}
    for key, (name, place) in places.items():
        before = plan.part(name).first_page - 1
        found[key] = Place(tuple(before + page for page in place.pages), place.top_pt)
    return found


def _layout(manifest: Manifest, plan: Plan, places: Mapping[str, tuple[str, Place]]) -> Layout:
    exhibits = {exhibit.key: plan.part(f"exhibit-{exhibit.key}") for exhibit in manifest.exhibits}
    return Layout(
        {key: place.pages for key, place in _pinpoints(plan, places).items()},
        {key: (part.first_page, part.last_page) for key, part in exhibits.items()},
    )


def _targets(manifest: Manifest, plan: Plan, pinpoints: Mapping[str, Place]) -> dict[str, Target]:
    targets = {}
    for exhibit in manifest.exhibits:
        for passage in exhibit.passages:
            place = pinpoints[passage.key]
            says = pinpoint(manifest.forum.tab_word, exhibit.label, place.pages)
            targets[f"passage/{passage.key}"] = Target(place.pages[0], place.top_pt, says)
        pages = plan.part(f"exhibit-{exhibit.key}")
        says = page_range(pages.first_page, pages.last_page)
        targets[f"exhibit/{exhibit.key}"] = Target(pages.first_page, says=says)
        targets[f"tab/{exhibit.key}"] = Target(plan.part(f"tab-{exhibit.key}").first_page, says=exhibit.label)
    return targets


def _bookmarks(manifest: Manifest, plan: Plan, pinpoints: Mapping[str, Place]) -> list[Bookmark]:
    marks = [Bookmark("Cover", Target(1)), Bookmark(manifest.forum.index_title, Target(plan.part("index").first_page))]
    for exhibit in manifest.exhibits:
        passages = sorted(exhibit.passages, key=lambda passage: (passage.start, passage.end, passage.key))
        children = tuple(
            Bookmark(
                f"“{words.short(printed_quote(exhibit, passage))}”",
                Target(pinpoints[passage.key].pages[0], pinpoints[passage.key].top_pt),
            )
            for passage in passages
        )
        title = f"{manifest.forum.tab_word} {exhibit.label} — {' '.join(printed_form(exhibit.title).split())}"
        marks.append(Bookmark(title, Target(plan.part(f"tab-{exhibit.key}").first_page), children))
    return marks


def _published(
    manifest: Manifest,
    plan: Plan,
    hashes: Mapping[str, str],
    pinpoints: Mapping[str, Place],
    index: RenderedPart,
    index_words: Index,
    assembled: Assembled,
    volume: VolumeFile,
) -> dict[str, Any]:
    """No client's name and nothing of the cover: this file goes wherever the packet goes."""
    forum = manifest.forum
    return {
        "format": PUBLISHED_FORMAT,
        "title": manifest.packet_title,
        "reference": manifest.reference,
        "document_title": manifest.document_title,
        "forum": forum.to_dict(),
        "tools": [list(tool) for tool in dict((*manifest.tools, *tool_versions(), *engine())).items()],
        "stamp": {"prefix": forum.stamp_prefix, "position": forum.stamp_position, "band": paper.STAMP_BAND},
        "inputs": [
            {
                "key": exhibit.key,
                "tab": exhibit.label,
                "title": exhibit.title,
                "printed_title": printed_form(exhibit.title),
                "sha256": exhibit.sha256,
                "text_sha256": sha256(exhibit.text.encode("utf-8", "surrogatepass")).hexdigest(),
            }
            for exhibit in manifest.exhibits
        ],
        "parts": _part_rows(manifest, plan, hashes),
        "volumes": [
            {
                "number": 1,
                "file": volume.file_name,
                "sha256": sha256(volume.pdf).hexdigest(),
                "bytes": len(volume.pdf),
                "pages": volume.pages,
                "first_page": 1,
            }
        ],
        "sections": section_rows(index_words.sections),
        "quotations": _quotation_rows(manifest, plan, pinpoints, index),
        "links": [{"volume": 1} | link for link in assembled.links],
        "bookmarks": [{"volume": 1} | bookmark for bookmark in assembled.bookmarks],
    }


def _part_rows(manifest: Manifest, plan: Plan, hashes: Mapping[str, str]) -> list[dict[str, Any]]:
    parts = {part.spec.name: part for part in _parts(manifest)}
    rows = []
    for planned in plan.parts:
        part = parts.get(planned.name)
        spec = part.spec if part else None
        kind = spec.kind if spec else "index"
        rows.append(
            {
                "name": planned.name,
                "kind": kind,
                "key": spec.key if spec else hashes[planned.name],
                "sha256": hashes[planned.name],
                "pages": planned.pages,
                "volume": 1,
                "first_page": planned.first_page,
                "body": list(paper.body_box(manifest.forum, kind)),
                "shown": part.shown() if part else None,
            }
        )
    return rows


def _quotation_rows(
    manifest: Manifest, plan: Plan, pinpoints: Mapping[str, Place], index: RenderedPart
) -> list[dict[str, Any]]:
    before = plan.part("index").first_page - 1
    entries: dict[str, list[list[int]]] = {}
    for anchor, place in index.places.items():
        passage, _ = entry_of(anchor)
        entries.setdefault(passage, []).append([before + page for page in place.pages])
    return [
        {
            "key": passage.key,
            "quote": printed_quote(exhibit, passage),
            "tab": exhibit.label,
            "volume": 1,
            "pages": list(pinpoints[passage.key].pages),
            "index_pages": entries.get(passage.key, []),
            "read_back": "exact" if reads_back_exactly(passage.quote) else "by-words",
        }
        for exhibit in manifest.exhibits
        for passage in exhibit.passages
    ]


def _canonical(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
