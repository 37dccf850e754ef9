"""The text of a capture as HTML, paragraph by paragraph, with its passages marked.

The text content of every element made here is exactly the stored text, code point for code point, so that a selection
made in a browser can be counted back to it. Characters that could reorder or hide words stay where they are, each
in an element that keeps its effect to itself and that the style sheet shows as a badge.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from caseapp.library.texts.paging import Page

# Controls except tab and line feed; embeddings, overrides and isolates of direction.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
# Above the headings of a text stands the title of the page.
_ABOVE = 1
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Mark:
    """A passage to be shown as marked. `label` is read out and shown when pointed at."""

    key: int
    start: int
    end: int
    colours: tuple[str, ...]
    is_adverse: bool
    label: str


@dataclass(frozen=True)
class Underline:
    """A passage that stands elsewhere too; `label` says where."""

    start: int
    end: int
    label: str


Range = Mark | Underline
# (start, end, level 1 to 6) of lines of the text.
Headings = Iterable[Sequence[int]]


@dataclass(frozen=True)
class Paragraph:
    start: int
    end: int


@dataclass(frozen=True)
class PageBreak:
    """Where a page begins, with the address of its picture, and how both are said aloud."""

    page: Page
    address: str
    says: str


def paragraphs_of(text: str, start: int, end: int) -> list[Paragraph]:
    """The lines with words between `start` and `end`."""
    lines = _LINE.finditer(text, start, end)
    return [Paragraph(*line.span()) for line in lines if not line.group().isspace()]


def article_html(
    text: str,
    start: int,
    end: int,
    marks: Iterable[Range],
    pages: Sequence["PageBreak"] = (),
    headings: Headings = (),
) -> SafeString:
    """Every paragraph between `start` and `end`, and between them whatever white space and page breaks stand there."""
    paragraphs = paragraphs_of(text, start, end)
    marks_of = _by_paragraph(paragraphs, marks)
    levels = depths_of(headings)
    breaks = deque(pages)
    pieces, place = [], start
    for paragraph in paragraphs:
        pieces.append(escape(text[place : paragraph.start]))
        while breaks and breaks[0].page.start <= paragraph.start:
            pieces.append(_break(breaks.popleft()))
        pieces.append(_paragraph(text, paragraph, marks_of.get(paragraph.start, []), levels.get(paragraph.start)))
        place = paragraph.end
    pieces.append(escape(text[place:end]))
    pieces.extend(map(_break, breaks))
    return mark_safe("".join(pieces))  # noqa: S308 (all text was escaped)


def piece_html(start: int, end: int, article: SafeString) -> SafeString:
    """The place of a piece with its text in it."""
    return mark_safe(_piece(start, end, article))  # noqa: S308 (article_html has escaped it)


def ahead_html(start: int, end: int, address: str, says: str, pages: Sequence[int] = ()) -> SafeString:
    """The place of a piece that is sent when it is wanted. Like a page break, its link has no words of its own."""
    words = escape(says)
    numbers = " ".join(str(number) for number in pages)
    link = f'<a class="piece-link" href="{escape(address)}" data-says="{words}" aria-label="{words}"></a>'
    return mark_safe(_piece(start, end, link, f' data-ahead data-pages="{numbers}"'))  # noqa: S308 (all was escaped)


def _piece(start: int, end: int, inner: str, more: str = "") -> str:
    return f'<div class="piece" id="piece-{start}" data-start="{start}" data-end="{end}"{more}>{inner}</div>'


def touched_html(
    text: str,
    start: int,
    end: int,
    marks: Iterable[Range],
    changed: Iterable[tuple[int, int]],
    headings: Headings = (),
) -> SafeString:
    """The paragraphs that overlap one of the `changed` ranges, each to replace itself in a page that is open."""
    ranges = list(changed)
    paragraphs = paragraphs_of(text, start, end)
    marks_of = _by_paragraph(paragraphs, marks)
    touched = (p for p in paragraphs if any(p.start < last and first < p.end for first, last in ranges))
    levels = depths_of(headings)
    swap = ' hx-swap-oob="true"'
    return mark_safe(  # noqa: S308 (all text was escaped)
        "".join(
            _paragraph(text, paragraph, marks_of.get(paragraph.start, []), levels.get(paragraph.start), swap)
            for paragraph in touched
        )
    )


def plain_html(text: str) -> SafeString:
    """Text without marks, in line with other words."""
    return mark_safe(_visible(text))  # noqa: S308 (all text was escaped)


def _by_paragraph(paragraphs: list[Paragraph], marks: Iterable[Range]) -> dict[int, list[Range]]:
    """For the start of each paragraph the marks that overlap it, in the order of the text."""
    found: dict[int, list[Range]] = defaultdict(list)
    first = 0
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        while first < len(paragraphs) and paragraphs[first].end <= mark.start:
            first += 1
        at = first
        while at < len(paragraphs) and paragraphs[at].start < mark.end:
            found[paragraphs[at].start].append(mark)
            at += 1
    return found


def depths_of(headings: Headings) -> dict[int, int]:
    """For the start of each heading, how many it stands under and itself: authors skip levels, pages must not."""
    found: dict[int, int] = {}
    above: list[int] = []
    for start, _end, level in headings:
        while above and above[-1] >= level:
            above.pop()
        above.append(level)
        found[start] = len(above)
    return found


def _paragraph(text: str, paragraph: Paragraph, marks: list[Range], level: int | None, attributes: str = "") -> str:
    """A heading is a paragraph by its element, so that all that counts letters in a page meets only one kind."""
    if level:
        attributes += f' role="heading" aria-level="{level + _ABOVE}" class="heading heading-{level}"'
    words = "".join(_runs(text, paragraph, marks)) if marks else _visible(text[paragraph.start : paragraph.end])
    return f'<p id="p{paragraph.start}" data-start="{paragraph.start}" dir="auto"{attributes}>{words}</p>'


def _runs(text: str, paragraph: Paragraph, marks: list[Range]) -> Iterator[str]:
    """The paragraph cut wherever a mark or a line below the words starts or ends."""
    edges = {paragraph.start, paragraph.end}
    for mark in marks:
        edges.update(edge for edge in (mark.start, mark.end) if paragraph.start < edge < paragraph.end)
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        covering = [mark for mark in marks if mark.start <= start and end <= mark.end]
        words = _underlined(_visible(text[start:end]), [line for line in covering if isinstance(line, Underline)])
        passages = [mark for mark in covering if isinstance(mark, Mark)]
        yield _run(words, start, end, passages) if passages else words


def _underlined(words: str, lines: list[Underline]) -> str:
    if not lines:
        return words
    label = escape(" · ".join(dict.fromkeys(line.label for line in lines)))
    return f'<u class="also-in" title="{label}">{words}</u>'


def _run(words: str, start: int, end: int, marks: list[Mark]) -> str:
    """Words under one or several marks. The shortest mark, which is the hardest to hit, answers a click."""
    nearest = min(marks, key=lambda mark: mark.end - mark.start)
    colours = list(dict.fromkeys(colour for mark in [nearest, *marks] for colour in mark.colours[:1]))
    classes = ["passage", *_shape(start, end, marks)]
    attributes = {
        "class": " ".join(classes),
        "data-excerpts": " ".join(str(mark.key) for mark in marks),
        "data-excerpt": str(nearest.key),
        "title": " · ".join(mark.label for mark in marks),
    }
    attributes |= {f"data-colour{number or ''}": colour for number, colour in zip(("", 2), colours, strict=False)}
    anchors = "".join(
        f'<span class="passage-start" id="excerpt-{mark.key}"></span>' for mark in marks if mark.start == start
    )
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f'{anchors}<mark tabindex="-1"{written}>{words}</mark>'


def _shape(start: int, end: int, marks: list[Mark]) -> Iterator[str]:
    if len(marks) > 1:
        yield "passage-shared"
    if any(mark.is_adverse for mark in marks):
        yield "passage-adverse"
    if any(mark.is_adverse and mark.end == end for mark in marks):
        yield "passage-adverse-end"


def _break(page_break: PageBreak) -> str:
    """It holds no words: what it shows comes from the style sheet."""
    page = page_break.page
    attributes = {
        "class": "page-break",
        "id": f"page-{page.number}",
        "href": page_break.address,
        "data-page": page.name,
        "aria-label": page_break.says,
        "title": page_break.says,
    }
    return "<a" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + "></a>"


def _visible(text: str) -> str:
    escaped = escape(text)
    return _UNSEEN.sub(_badge, escaped) if _UNSEEN.search(escaped) else escaped


def _badge(match: re.Match[str]) -> str:
    character = match.group()
    return f'<span class="unseen" data-code="U+{ord(character):04X}">{character}</span>'
