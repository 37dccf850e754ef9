"""The parts of a packet that are set one by one: what decides each one's pages, how it is set, what it must hold."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from caseapp import typesetting
from caseapp.intake import pdf as intake_pdf
from caseapp.library import citing
from caseapp.packets import indexing, pdf
from caseapp.packets.manifest import Exhibit, Manifest, PagedFile, Translation
from caseapp.packets.pdf import html, papers, templates
from caseapp.packets.pdf.file_exhibits import Workroom, render_file_exhibit, render_pages_behind
from caseapp.packets.pdf.papers import Paper
from caseapp.packets.pdf.publishing import canonical
from caseapp.packets.pdf.rendered import RenderedPart
from caseapp.packets.pdf.tools import tool_versions
from caseapp.packets.showing import is_set_as_text
from caseapp.typesetting import fonts
from caseapp.typesetting.typeset import engine, styles_fingerprint
from caseapp.typesetting.wholeness import account, counted

Kind = Literal["cover", "index", "tab", "exhibit", "paper"]


@dataclass(frozen=True)
class PartSpec:
    """One piece that is rendered by itself. Equal keys, equal bytes. `bookmark`, in English, is that of a paper."""

    name: str
    kind: Kind
    key: str
    title: str
    bookmark: str = ""


@dataclass(frozen=True)
class Part:
    spec: PartSpec
    render: Callable[[Workroom | None], RenderedPart]
    shown: Callable[[], dict[str, Any]]
    """What its pages must hold, as the published manifest tells it; of pages of a file, the sheets before them."""


def parts_of(manifest: Manifest) -> list[Part]:
    """In filing order; the index is made when all have their pages."""
    return list(_parts(manifest))


def _parts(manifest: Manifest) -> Iterator[Part]:
    measures = {name: value for name, value in manifest.forum.to_dict().items() if name != "rules"}
    yield _cover(manifest, measures)
    for paper in papers.front(manifest):
        yield _paper(paper)
    for position, exhibit in enumerate(manifest.exhibits):
        yield _tab(manifest, exhibit, position, measures)
        yield _exhibit(manifest, exhibit, measures)
        if exhibit.translation is not None:
            yield from _translated(manifest, exhibit, exhibit.translation)
    for paper in papers.back(manifest):
        yield _paper(paper)


def _cover(manifest: Manifest, measures: dict[str, Any]) -> Part:
    spec = _spec("cover", "cover", _("Cover page"), {"forum": measures, "cover": asdict(manifest.cover)})
    return Part(spec, lambda _work: html.render_cover(manifest), lambda: counted(html.cover_lines(manifest)))


def _tab(manifest: Manifest, exhibit: Exhibit, position: int, measures: dict[str, Any]) -> Part:
    inputs = {
        "forum": measures,
        "step": position % html.TAB_STEPS,
        "printed": [exhibit.label, exhibit.title, exhibit.publisher, exhibit.published_on],
    }
    tab = f"{manifest.forum.tab_word} {exhibit.label}"
    spec = _spec(f"tab-{exhibit.key}", "tab", _("%(tab)s: tab sheet") % {"tab": tab}, inputs)
    return Part(
        spec, lambda _work: html.render_tab(manifest, exhibit), lambda: account(html.tab_lines(manifest, exhibit))
    )


def _exhibit(manifest: Manifest, exhibit: Exhibit, measures: dict[str, Any]) -> Part:
    used = {slug for passage in exhibit.passages for slug in passage.themes}
    themes = [[theme.slug, theme.name, theme.colour] for theme in manifest.themes if theme.slug in used]
    inputs = {"forum": measures, "exhibit": _printed(exhibit), "themes": themes}
    title = f"{manifest.forum.tab_word} {exhibit.label}: {exhibit.title}"
    spec, order = _spec(f"exhibit-{exhibit.key}", "exhibit", title, inputs), manifest.forum.date_order
    file = exhibit.file
    if file is None or is_set_as_text(exhibit):
        return Part(
            spec,
            lambda _work: html.render_exhibit(manifest, exhibit),
            lambda: account(html.exhibit_lines(exhibit, order)),
        )
    return Part(
        spec,
        lambda work: render_file_exhibit(manifest, exhibit, file, _needed(work)),
        lambda: account(html.head_lines(exhibit, order)),
    )


def _printed(exhibit: Exhibit) -> dict[str, Any]:
    """What of an exhibit comes to stand on its own pages: the rest is printed in the index and on papers."""
    printed = asdict(exhibit)
    for name in ("translation", "archive_url", "origin", "citation", "captured_at"):
        del printed[name]
    for passage in printed["passages"]:
        for name in ("rank", "relevance", "translation"):
            del passage[name]
    return printed


def _needed(work: Workroom | None) -> Workroom:
    if work is None:
        raise ValueError("Pages of a file are set in a workroom.")
    return work


def _translated(manifest: Manifest, exhibit: Exhibit, into: Translation) -> Iterator[Part]:
    yield _before_pages(manifest, exhibit, papers.translation(manifest, exhibit, into), into.file)
    if into.certificate is not None:
        signed = papers.signed_certificate(manifest, exhibit, into.certificate)
        yield _before_pages(manifest, exhibit, signed, into.certificate)


def _before_pages(manifest: Manifest, exhibit: Exhibit, paper: Paper, file: PagedFile | None) -> Part:
    """A paper, and behind it the pages of a file, if there is one."""
    if file is None:
        return _paper(paper)
    return Part(
        _paper_spec(paper),
        lambda work: render_pages_behind(manifest, exhibit, paper.render(), file, _needed(work)),
        lambda: account(paper.lines()),
    )


def _paper(paper: Paper) -> Part:
    told = counted if paper.is_confidential else account
    return Part(_paper_spec(paper), lambda _work: paper.render(), lambda: told(paper.lines()))


def _paper_spec(paper: Paper) -> PartSpec:
    return _spec(paper.name, "paper", paper.title, paper.inputs, paper.bookmark)


def _spec(name: str, kind: Kind, title: str, inputs: dict[str, Any], bookmark: str = "") -> PartSpec:
    return PartSpec(name, kind, part_key(kind, inputs), title, bookmark)


def part_key(kind: str, inputs: dict[str, Any]) -> str:
    """The hash of everything that decides how a part's pages come out."""
    return sha256(canonical({"kind": kind, "inputs": inputs, "engine": _engine_fingerprint()})).hexdigest()


@cache
def _engine_fingerprint() -> list[Any]:
    return [engine(), tool_versions(), _code_fingerprint(), templates.fingerprint(), fonts.fingerprint()]


def _code_fingerprint() -> str:
    """Our own modules decide as much as the engine does."""
    digest = sha256()
    packages = (pdf, typesetting, indexing, citing, intake_pdf)
    folders = (Path(package.__path__[0]) for package in packages)
    for path in (path for folder in folders for path in sorted(folder.glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest() + styles_fingerprint()
