"""Cover, index, tab sheets and exhibits as pages. Values go into templates as data and are escaped there."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from caseapp.forums.profile import DateOrder
from caseapp.packets.indexing.describing import kind_words
from caseapp.packets.manifest import Exhibit, Manifest, Theme
from caseapp.packets.pdf import margin, words
from caseapp.packets.pdf.passages import Run, of_passages, runs
from caseapp.packets.pdf.rendered import PartBookmark, Place, RenderedPart
from caseapp.packets.pdf.setting import set_pages
from caseapp.packets.pdf.templates import page_html
from caseapp.packets.showing import GAP, Stretch, is_whole, shown_stretches, shown_words
from caseapp.typesetting.blocks import Block, blocks, breakable, chunks
from caseapp.typesetting.join import joined
from caseapp.typesetting.printed import PrintedText, direction, printed_form
from caseapp.typesetting.typeset import Typeset

_CAPITALS = {"top-right", "court"}
EMPTY = "The captured text is empty."
TAB_STEPS = 9
_ABOVE, _DEEPEST = 1, 6
"""Above the headings of a text stands the title of its exhibit; a page knows headings so deep."""
_TAB_TOP, _TAB_STEP = 70, 70


def render_cover(manifest: Manifest, volume: tuple[int, int] | None = None) -> RenderedPart:
    """`volume`: its number, and of how many."""
    slots: dict[str, list[dict[str, str]]] = {}
    for label, value in manifest.cover.fields:
        if value.strip():
            entry = {"label": printed_form(label), "value": printed_form(value)}
            slots.setdefault(manifest.forum.slot(label).replace("-", "_"), []).append(entry)
    context = {"title": printed_form(manifest.cover.title), "slots": slots, "volume": volume_line(volume)}
    return _simple(manifest, "cover", context)


def volume_line(volume: tuple[int, int] | None) -> str:
    return "Volume {} of {}".format(*volume) if volume else ""


def continued_line(piece: tuple[int, int] | None) -> str:
    return "continued: part {} of {}".format(*piece) if piece else ""


def render_tab(manifest: Manifest, exhibit: Exhibit, piece: tuple[int, int] | None = None) -> RenderedPart:
    """`piece`: for a sheet before a later piece of a divided exhibit, its number and of how many."""
    position = next(n for n, other in enumerate(manifest.exhibits) if other.key == exhibit.key)
    return _simple(
        manifest,
        "tab",
        {
            "label": exhibit.label,
            "long_label": len(exhibit.label) > 2,
            "top": _TAB_TOP + _TAB_STEP * (position % TAB_STEPS),
            "title": printed_form(exhibit.title),
            "title_direction": direction(printed_form(exhibit.title)),
            "publisher": printed_form(exhibit.publisher),
            "published": words.date_words(exhibit.published_on, manifest.forum.date_order),
            "continued": continued_line(piece),
        },
    )


def render_exhibit(manifest: Manifest, exhibit: Exhibit) -> RenderedPart:
    text, stretches = PrintedText(exhibit.text), shown_stretches(exhibit)
    themes = {theme.slug: theme for theme in manifest.themes}
    headings = dict(_headings(exhibit, stretches))
    laid: list[tuple[int, Typeset]] = []
    sheets: list[bytes] = []
    begun: set[str] = set()
    before = run_number = 0
    for chunk in chunks(_shown_blocks(exhibit, stretches)):
        paragraphs, run_number = _paragraphs(chunk, exhibit, text, themes, run_number)
        for paragraph in paragraphs:
            paragraph["headings"] = headings.pop(paragraph["start"], ())
        context = _head(exhibit, text, manifest.forum.date_order) if not laid else {}
        context["foot"] = () if headings.keys() - {len(exhibit.text)} else headings.get(len(exhibit.text), ())
        chunk_laid = _typeset(manifest, "exhibit", context | _running(exhibit) | {"paragraphs": paragraphs})
        notes = margin.notes(exhibit.passages, chunk_laid, _theme_words(manifest), begun)
        sheets.append(margin.overlaid(chunk_laid.pdf, notes, manifest.forum))
        begun |= {key for _, key, _ in of_passages(chunk_laid.boxes())}
        laid.append((before, chunk_laid))
        before += chunk_laid.pages
    bookmarks = tuple(_bookmarks(exhibit, text, laid))
    return RenderedPart(joined(sheets), before, _places(laid), text.notices(), bookmarks=bookmarks)


def render_head(manifest: Manifest, exhibit: Exhibit) -> RenderedPart:
    """The sheet before the pages of a file: what they are."""
    context = _file_head(exhibit, manifest.forum.date_order) | _running(exhibit) | {"paragraphs": []}
    return _simple(manifest, "exhibit", context)


def head_lines(exhibit: Exhibit, order: DateOrder) -> list[str]:
    """All that such a sheet prints in its body, in order."""
    head = _file_head(exhibit, order)
    facts = [f"{fact['label']} {fact['value']}" for fact in head["facts"]]
    return [head["title"], head["byline"], *facts, *head["notices"]]


def _shown_blocks(exhibit: Exhibit, stretches: Sequence[Stretch]) -> Iterator[Block]:
    starts = [start for start, _ in stretches]
    for block in blocks(exhibit.text):
        place = bisect_right(starts, block.start) - 1
        if place >= 0 and block.start < stretches[place][1]:
            yield block


def _headings(exhibit: Exhibit, stretches: tuple[Stretch, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """What stands above the paragraph that begins there (or, at the end of the text, below the last one)."""
    if is_whole(exhibit, stretches):
        return
    noun = "Extract" if exhibit.include == "extract" else "Part"
    for number, (start, _end) in enumerate(stretches, start=1):
        page = _page_label(exhibit, start)
        gap = (GAP,) if number > 1 or exhibit.text[:start].strip() else ()
        yield start, (*gap, f"{noun} {number} of {len(stretches)}{page}")
    if exhibit.text[stretches[-1][1] :].strip():
        yield len(exhibit.text), (GAP,)


def _page_label(exhibit: Exhibit, place: int) -> str:
    if exhibit.file is None:
        return ""
    number = next(page for page, (_s, end, _l) in enumerate(exhibit.file.page_map, start=1) if place < end)
    return f", from page {number} of {exhibit.file.pages}"


def cover_lines(manifest: Manifest, volume: tuple[int, int] | None = None) -> list[str]:
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
    printed.append(volume_line(volume))
    heading = len(manifest.forum.court_heading) + 1
    return [printed_form(line) for line in (*(line.upper() for line in printed[:heading]), *printed[heading:])]


def tab_lines(manifest: Manifest, exhibit: Exhibit, piece: tuple[int, int] | None = None) -> list[str]:
    """All that a tab sheet prints in its body, in order."""
    published = words.date_words(exhibit.published_on, manifest.forum.date_order)
    printed = (printed_form(exhibit.title), printed_form(exhibit.publisher), published)
    return [manifest.forum.tab_word.upper(), exhibit.label, continued_line(piece), *printed]


def exhibit_lines(exhibit: Exhibit, order: DateOrder) -> list[str]:
    """All that the pages of an exhibit print in their body, in order: its head, and the article in one piece."""
    text = PrintedText(exhibit.text)
    head = _head(exhibit, text, order)
    facts = [f"{fact['label']} {fact['value']}" for fact in head["facts"]]
    empty = [EMPTY] if head["is_empty"] else []
    return [head["title"], head["byline"], *facts, *head["notices"], *empty, *_article_lines(exhibit, text)]


def _article_lines(exhibit: Exhibit, text: PrintedText) -> Iterator[str]:
    stretches = shown_stretches(exhibit)
    headings = dict(_headings(exhibit, stretches))
    for start, end in stretches:
        yield from headings.get(start, ())
        yield text.between(start, end)
    yield from headings.get(len(exhibit.text), ())


def _head(exhibit: Exhibit, text: PrintedText, order: DateOrder) -> dict[str, Any]:
    return _head_context(exhibit, order, text.notices()) | {"is_empty": not exhibit.text.strip(), "empty": EMPTY}


def _file_head(exhibit: Exhibit, order: DateOrder) -> dict[str, Any]:
    return _head_context(exhibit, order, exhibit.file.notices if exhibit.file else ())


def _source_facts(exhibit: Exhibit, order: DateOrder) -> list[tuple[str, str]]:
    published = words.date_words(exhibit.published_on, order)
    return [
        ("Publisher", exhibit.publisher or words.NOT_STATED),
        ("Author", exhibit.author or words.NOT_STATED),
        ("Published", published or words.NOT_STATED),
        ("Address", exhibit.url or words.NOT_STATED),
        ("Captured", f"{words.date_words(exhibit.captured_on, order)}, {words.method_words(exhibit.method)}"),
        ("Accessed", words.date_words(exhibit.accessed_on, order)),
    ]


def _document_facts(exhibit: Exhibit, order: DateOrder) -> list[tuple[str, str]]:
    dated = words.date_words(exhibit.published_on, order)
    return [("Document", kind_words(exhibit)), ("Author", exhibit.author), ("Dated", dated)]


def _head_context(exhibit: Exhibit, order: DateOrder, notices: Sequence[str]) -> dict[str, Any]:
    address = words.web_address(exhibit.url)
    published = words.date_words(exhibit.published_on, order)
    told = _document_facts(exhibit, order) if exhibit.section == "client" else _source_facts(exhibit, order)
    facts = [*told, ("SHA-256", exhibit.sha256), ("Shown", shown_words(exhibit))]
    return {
        "has_head": True,
        "title": printed_form(exhibit.title),
        "title_direction": direction(printed_form(exhibit.title)),
        "byline": printed_form(words.beside(" · ", exhibit.publisher, published)),
        "facts": [
            {"label": label, "value": printed_form(value), "link": address if label == "Address" else ""}
            for label, value in facts
            if value
        ],
        "notices": [printed_form(notice) for notice in notices],
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
    starts = [start for start, _end, _depth in exhibit.headings]
    for block in chunk:
        block_runs = runs(block, exhibit.passages, number)
        number += len(block_runs)
        texts = breakable([text.between(run.start, run.end) for run in block_runs])
        paragraphs.append(
            {
                "direction": direction(text.between(block.start, block.end)),
                "continues": block.continues,
                "start": block.start,
                **_element(block, exhibit.headings, starts),
                "runs": [_run(run, printed, themes) for run, printed in zip(block_runs, texts, strict=True)],
            }
        )
    return paragraphs, number


def _element(block: Block, headings: Sequence[tuple[int, int, int]], starts: Sequence[int]) -> dict[str, str]:
    """What a block is set as; a heading has an anchor where it begins."""
    place = bisect_right(starts, block.start) - 1
    if place < 0 or headings[place][1] <= block.start:
        return {"element": "p"}
    start, _end, depth = headings[place]
    anchor = "" if block.continues else _heading_anchor(start)
    return {"element": f"h{min(depth + _ABOVE, _DEEPEST)}", "anchor": anchor}


def _heading_anchor(start: int) -> str:
    return f"heading-{start}"


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
        for page, key, box in of_passages(document.boxes()):
            found.setdefault(key, []).append((before + page, round(box.top, 2)))
    return {
        key: Place(tuple(sorted({page for page, _ in spots})), min(spots)[1]) for key, spots in sorted(found.items())
    }


def _bookmarks(exhibit: Exhibit, text: PrintedText, laid: Iterable[tuple[int, Typeset]]) -> Iterator[PartBookmark]:
    """One for each heading that is shown, as the outline of a file has them."""
    found: dict[str, tuple[int, float]] = {}
    for before, document in laid:
        for page, anchor, box in document.boxes():
            found.setdefault(anchor, (before + page, round(box.top, 2)))
    for start, end, depth in exhibit.headings:
        if _heading_anchor(start) in found:
            yield PartBookmark(words.short(text.between(start, end)), depth - 1, *found[_heading_anchor(start)])


def _simple(manifest: Manifest, kind: str, context: dict[str, Any]) -> RenderedPart:
    laid = _typeset(manifest, kind, context)
    return RenderedPart(joined([laid.pdf]), laid.pages)


def _typeset(manifest: Manifest, kind: str, context: dict[str, Any]) -> Typeset:
    page = page_html(kind, context | {"forum": manifest.forum})
    return set_pages(page, manifest.forum, kind)
