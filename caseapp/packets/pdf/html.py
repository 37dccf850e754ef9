"""Cover, index, tab sheets and exhibits as pages. Values go into templates as data and are escaped there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from caseapp.forums.profile import DateOrder
from caseapp.packets.labels import roman
from caseapp.packets.manifest import Exhibit, Manifest, Passage, Theme
from caseapp.packets.pdf import margin, paper, words
from caseapp.packets.pdf.passages import Run, passage_of, runs
from caseapp.packets.pdf.rendered import Place, RenderedPart
from caseapp.packets.pdf.templates import page_html
from caseapp.packets.plan import page_range, pinpoint
from caseapp.typesetting.blocks import Block, blocks, breakable, chunks
from caseapp.typesetting.join import joined
from caseapp.typesetting.printed import PrintedText, direction, printed_form
from caseapp.typesetting.typeset import Typeset, font_stack, typeset

_CAPITALS = {"top-right", "court"}
EMPTY = "The captured text is empty."
TAB_STEPS = 9
_TAB_TOP, _TAB_STEP = 70, 70


@dataclass(frozen=True)
class Layout:
    """What the index must know: for each passage the packet pages it stands on, for each exhibit its first and last."""

    passage_pages: Mapping[str, tuple[int, ...]]
    exhibit_pages: Mapping[str, tuple[int, int]]


def render_cover(manifest: Manifest) -> RenderedPart:
    slots: dict[str, list[dict[str, str]]] = {}
    for label, value in manifest.cover.fields:
        if value.strip():
            entry = {"label": printed_form(label), "value": printed_form(value)}
            slots.setdefault(manifest.forum.slot(label).replace("-", "_"), []).append(entry)
    return _simple(manifest, "cover", {"title": printed_form(manifest.cover.title), "slots": slots})


def render_tab(manifest: Manifest, exhibit: Exhibit) -> RenderedPart:
    position = next(n for n, other in enumerate(manifest.exhibits) if other.key == exhibit.key)
    return _simple(
        manifest,
        "tab",
        {
            "label": exhibit.label,
            "long_label": len(exhibit.label) > 2,
            "top": _TAB_TOP + _TAB_STEP * (position % TAB_STEPS),
            "title": printed_form(exhibit.title),
            "title_direction": direction(exhibit.title),
            "publisher": printed_form(exhibit.publisher),
            "published": words.date_words(exhibit.published_on, manifest.forum.date_order),
        },
    )


def render_index(manifest: Manifest, layout: Layout) -> RenderedPart:
    sections = index_sections(manifest, layout)
    laid = _typeset(manifest, "index", {"sections": sections, "exhibits": _exhibit_rows(manifest, layout)})
    return RenderedPart(joined([laid.pdf]), laid.pages, _places([(0, laid)]))


def render_exhibit(manifest: Manifest, exhibit: Exhibit) -> RenderedPart:
    text = PrintedText(exhibit.text)
    themes = {theme.slug: theme for theme in manifest.themes}
    laid: list[tuple[int, Typeset]] = []
    sheets: list[bytes] = []
    begun: set[str] = set()
    before = run_number = 0
    for chunk in chunks(blocks(exhibit.text)):
        paragraphs, run_number = _paragraphs(chunk, exhibit, text, themes, run_number)
        context = _head(exhibit, text, manifest.forum.date_order) if not laid else {}
        chunk_laid = _typeset(manifest, "exhibit", context | _running(exhibit) | {"paragraphs": paragraphs})
        notes = margin.notes(exhibit.passages, chunk_laid, _theme_words(manifest), begun)
        sheets.append(margin.overlaid(chunk_laid.pdf, notes, manifest.forum))
        begun |= {passage_of(anchor) for _, anchor, _ in chunk_laid.boxes()}
        laid.append((before, chunk_laid))
        before += chunk_laid.pages
    return RenderedPart(joined(sheets), before, _places(laid), text.notices())


def cover_lines(manifest: Manifest) -> list[str]:
    """All that the cover prints, in no order. Its style sheet sets capitals, which may take more letters."""
    printed = [*manifest.forum.court_heading, manifest.cover.title]
    for label, value in manifest.cover.fields:
        if value.strip():
            slot = manifest.forum.slot(label)
            beside = {"number": label, "line": label, "matter": manifest.forum.matter_heading}.get(slot, "")
            printed += [beside, value.upper() if slot in _CAPITALS else value]
    slots = {manifest.forum.slot(label) for label, value in manifest.cover.fields if value.strip()}
    if manifest.forum.other_party and slots & {"matter", "number"}:
        printed += [manifest.forum.other_party_heading, manifest.forum.other_party]
    heading = len(manifest.forum.court_heading) + 1
    return [printed_form(line) for line in (*(line.upper() for line in printed[:heading]), *printed[heading:])]


def tab_lines(manifest: Manifest, exhibit: Exhibit) -> list[str]:
    """All that a tab sheet prints in its body, in order."""
    published = words.date_words(exhibit.published_on, manifest.forum.date_order)
    printed = (printed_form(exhibit.title), printed_form(exhibit.publisher), published)
    return [manifest.forum.tab_word.upper(), exhibit.label, *printed]


def exhibit_lines(exhibit: Exhibit, order: DateOrder) -> list[str]:
    """All that the pages of an exhibit print in their body, in order: its head, and the article in one piece."""
    text = PrintedText(exhibit.text)
    head = _head(exhibit, text, order)
    facts = [f"{fact['label']} {fact['value']}" for fact in head["facts"]]
    empty = [EMPTY] if head["is_empty"] else []
    return [head["title"], head["byline"], *facts, *head["notices"], *empty, text.whole()]


def entry_of(anchor: str) -> tuple[str, str]:
    """Passage key and section number from the key of an index place."""
    section, _, passage = anchor.partition("/")
    return passage, section


@dataclass(frozen=True)
class Section:
    """A theme of the index with its passages; the last one holds those without a theme."""

    numeral: str
    name: str
    depth: int
    count: str
    entries: tuple[dict[str, Any], ...] = field(default_factory=tuple)


def index_sections(manifest: Manifest, layout: Layout) -> list[Section]:
    numerals = theme_numerals(manifest.themes)
    found = sorted(
        ((exhibit, passage) for exhibit in manifest.exhibits for passage in exhibit.passages),
        key=lambda pair: pair[1].rank,
    )
    sections = []
    for number, theme in enumerate(manifest.themes):
        here = [(exhibit, passage) for exhibit, passage in found if theme.slug in passage.themes]
        sections.append(_section(number, numerals[theme.slug], theme.name, theme.depth, here, layout, manifest))
    without = [(exhibit, passage) for exhibit, passage in found if not passage.themes]
    if without:
        title = without_theme(manifest)
        sections.append(_section(len(manifest.themes), "", title, 0, without, layout, manifest))
    return sections


def without_theme(manifest: Manifest) -> str:
    """The heading of the passages that no theme was chosen for."""
    return "Further passages" if manifest.themes else "Passages"


def theme_numerals(themes: Sequence[Theme]) -> dict[str, str]:
    """`I`, `I.1`, `I.1.1` by the depth of each theme, in order; a theme whose parent is absent stands as its own."""
    counters: list[int] = []
    numerals = {}
    for theme in themes:
        depth = min(theme.depth, len(counters))
        counters = [*counters[: depth + 1], *([0] if depth == len(counters) else [])]
        counters[depth] += 1
        numerals[theme.slug] = ".".join([roman(counters[0]), *map(str, counters[1:])])
    return numerals


def _section(
    number: int,
    numeral: str,
    name: str,
    depth: int,
    here: Sequence[tuple[Exhibit, Passage]],
    layout: Layout,
    manifest: Manifest,
) -> Section:
    sources = len({exhibit.key for exhibit, _ in here})
    count = f"{words.counted(len(here), 'passage', 'passages')} · {words.counted(sources, 'source', 'sources')}"
    entries = tuple(_entry(number, exhibit, passage, layout, manifest) for exhibit, passage in here)
    return Section(numeral, printed_form(name), depth, count if here else "", entries)


def _entry(number: int, exhibit: Exhibit, passage: Passage, layout: Layout, manifest: Manifest) -> dict[str, Any]:
    lines = [line for line in printed_quote(exhibit, passage).split("\n") if line.strip()]
    return {
        "lines": [
            {
                "text": breakable([line.strip()])[0],
                "direction": direction(line),
                "anchor": f"{number}/{passage.key}.{n}",
                "is_first": n == 0,
                "is_last": n == len(lines) - 1,
            }
            for n, line in enumerate(lines)
        ],
        "language": exhibit.language,
        "source": printed_form(words.source_line(exhibit, manifest.forum.date_order)),
        "pinpoint": pinpoint(manifest.forum.tab_word, exhibit.label, layout.passage_pages[passage.key]),
        "target": f"packet:passage/{passage.key}",
        "is_long": len(passage.quote) > 900,
    }


def printed_quote(exhibit: Exhibit, passage: Passage) -> str:
    """The passage as it stands on paper, printed in the context of its article."""
    return PrintedText(exhibit.text).between(passage.start, passage.end)


def _exhibit_rows(manifest: Manifest, layout: Layout) -> list[dict[str, str]]:
    return [
        {
            "tab": exhibit.label,
            "title": printed_form(exhibit.title),
            "title_direction": direction(exhibit.title),
            "publisher": printed_form(exhibit.publisher) or words.NOT_STATED,
            "published": words.date_words(exhibit.published_on, manifest.forum.date_order) or words.NOT_STATED,
            "pages": page_range(*layout.exhibit_pages[exhibit.key]),
            "tab_target": f"packet:tab/{exhibit.key}",
            "target": f"packet:exhibit/{exhibit.key}",
        }
        for exhibit in manifest.exhibits
    ]


def _head(exhibit: Exhibit, text: PrintedText, order: DateOrder) -> dict[str, Any]:
    address = words.web_address(exhibit.url)
    published = words.date_words(exhibit.published_on, order)
    facts = [
        ("Publisher", exhibit.publisher or words.NOT_STATED),
        ("Author", exhibit.author or words.NOT_STATED),
        ("Published", published or words.NOT_STATED),
        ("Address", exhibit.url or words.NOT_STATED),
        ("Captured", f"{words.date_words(exhibit.captured_on, order)}, {words.method_words(exhibit.method)}"),
        ("Accessed", words.date_words(exhibit.accessed_on, order)),
        ("SHA-256", exhibit.sha256),
        ("Shown", words.shown_words(exhibit)),
    ]
    return {
        "has_head": True,
        "title": printed_form(exhibit.title),
        "title_direction": direction(exhibit.title),
        "byline": printed_form(words.beside(" · ", exhibit.publisher, published)),
        "facts": [
            {"label": label, "value": printed_form(value), "link": address if label == "Address" else ""}
            for label, value in facts
            if value
        ],
        "notices": text.notices(),
        "is_empty": not exhibit.text.strip(),
        "empty": EMPTY,
    }


def _running(exhibit: Exhibit) -> dict[str, str]:
    return {
        "label": exhibit.label,
        "running": words.short(printed_form(exhibit.title)),
        "language": exhibit.language,
    }


def _paragraphs(
    chunk: Iterable[Block], exhibit: Exhibit, text: PrintedText, themes: Mapping[str, Theme], number: int
) -> tuple[list[dict[str, Any]], int]:
    paragraphs = []
    for block in chunk:
        block_runs = runs(block, exhibit.passages, number)
        number += len(block_runs)
        texts = breakable([text.between(run.start, run.end) for run in block_runs])
        paragraphs.append(
            {
                "direction": direction(exhibit.text[block.start : block.end]),
                "continues": block.continues,
                "runs": [_run(run, printed, themes) for run, printed in zip(block_runs, texts, strict=True)],
            }
        )
    return paragraphs, number


def _run(run: Run, text: str, themes: Mapping[str, Theme]) -> dict[str, Any]:
    colours = [themes[slug].colour for passage in run.passages for slug in passage.themes]
    return {
        "text": text,
        "anchors": run.anchors,
        "depth": min(len(run.passages), 3),
        "colour": margin.safe_colour(colours[0] if colours else ""),
    }


def _theme_words(manifest: Manifest) -> margin.ThemeWords:
    return margin.ThemeWords(
        names={theme.slug: printed_form(theme.name) for theme in manifest.themes},
        colours={theme.slug: margin.safe_colour(theme.colour) for theme in manifest.themes},
    )


def _places(laid: Iterable[tuple[int, Typeset]]) -> dict[str, Place]:
    """Places by passage, over documents that follow each other; `laid` pairs each with the pages before it."""
    found: dict[str, list[tuple[int, float]]] = {}
    for before, document in laid:
        for page, anchor, box in document.boxes():
            found.setdefault(passage_of(anchor), []).append((before + page, round(box.top, 2)))
    return {
        key: Place(tuple(sorted({page for page, _ in spots})), min(spots)[1]) for key, spots in sorted(found.items())
    }


def _simple(manifest: Manifest, kind: str, context: dict[str, Any]) -> RenderedPart:
    laid = _typeset(manifest, kind, context)
    return RenderedPart(joined([laid.pdf]), laid.pages)


def _typeset(manifest: Manifest, kind: str, context: dict[str, Any]) -> Typeset:
    page = page_html(kind, context | {"forum": manifest.forum})
    return typeset(page, paper.page_styles(manifest.forum, kind, font_stack()))
