"""Notes in the outer margin: which themes a marked passage stands for.

The article is set first; where its passages then stand decides where the notes go. They are set as sheets of their
own and laid over the pages, so that a long note can never push, break or hide a word of the article.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from caseapp.forums import Forum
from caseapp.packets.manifest import Passage
from caseapp.packets.pdf import paper
from caseapp.packets.pdf.join import laid_over
from caseapp.packets.pdf.passages import of_passages
from caseapp.packets.pdf.setting import set_pages
from caseapp.packets.pdf.templates import page_html
from caseapp.typesetting.errors import PrintProblem
from caseapp.typesetting.typeset import Typeset

PLAIN_COLOUR = "#6b6b6b"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BETWEEN = {"full": 5.0, "small": 4.0, "tight": 1.5}
STYLES = ("full", "small", "tight")
"""How notes are set, each tighter than the one before, for pages with very many passages."""


class MarginTooFull(PrintProblem):
    """So many passages begin on one page that their notes do not fit beside it."""

    def __init__(self, passages: int) -> None:
        super().__init__(
            _(
                "%(count)s marked passages begin on one page, more than its margin can name. "
                "Join or drop some of the passages in that part of the source and build again."
            )
            % {"count": passages}
        )


@dataclass(frozen=True)
class ThemeWords:
    """By theme slug: printed name and colour."""

    names: Mapping[str, str]
    colours: Mapping[str, str]


@dataclass(frozen=True)
class Note:
    """Beside a passage: `top` is the height of its first line, in points from the top of the page."""

    top: float
    lines: tuple[dict[str, str], ...]
    continued: bool


def safe_colour(colour: str) -> str:
    return colour if _COLOUR.fullmatch(colour) else PLAIN_COLOUR


def notes(passages: Sequence[Passage], laid: Typeset, themes: ThemeWords, begun: Set[str]) -> dict[int, list[Note]]:
    """Notes by page of `laid`; passages in `begun` started in an earlier document."""
    tops: dict[tuple[int, str], float] = {}
    for page, key, box in of_passages(laid.boxes()):
        tops[page, key] = min(tops.get((page, key), box.top), box.top)
    by_key = {passage.key: passage for passage in passages}
    first_page: dict[str, int] = {}
    for page, key in sorted(tops):
        first_page.setdefault(key, page)
    found: dict[int, list[Note]] = {}
    for (page, key), top in sorted(tops.items(), key=lambda item: (item[0][0], item[1], item[0][1])):
        continued = key in begun or page > first_page[key]
        found.setdefault(page, []).append(_note(by_key[key], top, themes, continued=continued))
    return found


def _note(passage: Passage, top: float, themes: ThemeWords, *, continued: bool) -> Note:
    lines = tuple({"name": themes.names[slug], "colour": themes.colours[slug]} for slug in passage.themes)
    return Note(top, lines, continued)


def overlaid(pdf: bytes, found: Mapping[int, Sequence[Note]], forum: Forum) -> bytes:
    """The pages with their notes beside them.

    They are set where they belong, and once more only where that would have two of them overlap.
    """
    if not found:
        return pdf
    pages = sorted(found)
    sheet = _sheet(forum, [{"notes": [_context(note, STYLES[0], note.top) for note in found[page]]} for page in pages])
    heights = _heights_of(sheet, [len(found[page]) for page in pages])
    placed = _placed(found, forum, heights)
    if any(note["style"] != STYLES[0] or note["top"] != round(wish.top, 2) for note, wish in _pairs(placed, found)):
        sheet = _sheet(forum, [{"notes": placed[page]} for page in pages])
    return laid_over(pdf, sheet.pdf, pages)


def _pairs(
    placed: Mapping[int, Sequence[dict[str, Any]]], found: Mapping[int, Sequence[Note]]
) -> Iterator[tuple[dict[str, Any], Note]]:
    return ((note, wish) for page in found for note, wish in zip(placed[page], found[page], strict=True))


def _heights_of(sheet: Typeset, counts: Sequence[int]) -> list[float] | None:
    """The heights of the notes on a sheet; None if one ran over the foot of its page and was cut there."""
    if sheet.pages != len(counts):
        return None
    boxes = (
        page[f"note-{number}"]
        for page, count in zip(sheet.anchors, counts, strict=True)
        for number in range(1, count + 1)
    )
    return [box.bottom - box.top for box in boxes]


def _placed(
    found: Mapping[int, Sequence[Note]], forum: Forum, heights: list[float] | None
) -> dict[int, list[dict[str, Any]]]:
    """Each page's notes with their tops, in the most generous style that fits beside that page.

    `heights` are those of all notes in the first style, if they are known.
    """
    margins = paper.MARGINS["exhibit"]
    highest, lowest = margins.top, paper.paper(forum)[1] - margins.bottom
    placed: dict[int, list[dict[str, Any]]] = {}
    for style in STYLES:
        left = sorted(found.keys() - placed.keys())
        contexts = [_context(note, style) for page in left for note in found[page]]
        known = heights if style == STYLES[0] and heights is not None else _heights(forum, contexts)
        measured = iter(zip(contexts, known, strict=True))
        for page in left:
            here = list(islice(measured, len(found[page])))
            wanted, own = [note.top for note in found[page]], [height for _, height in here]
            tops = stacked(wanted, own, Column(highest, lowest, _BETWEEN[style]))
            if tops is not None:
                placed[page] = [context | {"top": round(top, 2)} for (context, _), top in zip(here, tops, strict=True)]
        if len(placed) == len(found):
            return placed
    raise MarginTooFull(max(len(notes_here) for page, notes_here in found.items() if page not in placed))


@dataclass(frozen=True)
class Column:
    """From `top` down to `bottom`, with so much between two notes."""

    top: float
    bottom: float
    between: float


def stacked(wanted: Sequence[float], heights: Sequence[float], column: Column) -> list[float] | None:
    """Tops as near as possible to those wanted (which rise), without overlap, in the column; None if too many."""
    if sum(heights) + column.between * (len(heights) - 1) > column.bottom - column.top:
        return None
    tops: list[float] = []
    floor = column.top
    for want, height in zip(wanted, heights, strict=True):
        tops.append(max(want, floor))
        floor = tops[-1] + height + column.between
    ceiling = column.bottom
    for place in reversed(range(len(tops))):
        tops[place] = min(tops[place], ceiling - heights[place])
        ceiling = tops[place] - column.between
    return tops


def _context(note: Note, style: str, top: float = 0.0) -> dict[str, Any]:
    return {"lines": note.lines, "continued": note.continued, "style": style, "top": round(top, 2)}


def _heights(forum: Forum, contexts: Sequence[dict[str, Any]]) -> list[float]:
    """The notes set below one another, only to be measured."""
    heights = [0.0] * len(contexts)
    for boxes in _sheet(forum, [{"notes": contexts}], is_measuring=True).anchors:
        for name, box in boxes.items():
            heights[int(name.removeprefix("note-")) - 1] += box.bottom - box.top
    return heights


def _sheet(forum: Forum, pages: Sequence[dict[str, Any]], *, is_measuring: bool = False) -> Typeset:
    width, _ = paper.paper(forum)
    left = width - paper.MARGINS["exhibit"].right + paper.NOTE_GAP
    html = page_html(
        "notes",
        {
            "pages": pages,
            "left": round(left, 2),
            "width": paper.NOTE_COLUMN,
            "is_measuring": is_measuring,
        },
    )
    return set_pages(html, forum, "exhibit", page_styles=" @page { margin: 0 }")
