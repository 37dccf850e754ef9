"""All the words that a page shows, in the order in which it has them.

Read without building a tree, so that no page is too deep or too broken. What the page itself says is not shown is left
out; what its style sheets or scripts would hide or add is not known here.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser

from caseapp.intake.lines import BETWEEN_CELLS, Line, Lines

_NOT_SHOWN = frozenset(
    (
        *("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "audio"),
        *("video", "canvas", "map", "datalist", "select", "option", "textarea", "noframes", "title"),
    )
)
_EMPTY = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "frame", "keygen"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_PARAGRAPHS = frozenset(
    (
        *("p", "div", "article", "section", "main", "header", "footer", "nav", "aside", "blockquote", "pre", "ul"),
        *("ol", "dl", "table", "figure", "figcaption", "form", "fieldset", "address", "details", "summary", "hr"),
        *("center", "body", "html", "menu", "dialog"),
    )
)
_LINES = frozenset({"br", "li", "tr", "dt", "dd", "option", "caption", "legend"})
_ENDED_BY_THE_NEXT = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
_CELLS = frozenset({"td", "th"})
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = Lines()
        self._hidden = ""  # the element that hides what stands in it
        self._open: Counter[str] = Counter()  # elements that began in it, itself among them

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self._hidden and not (tag == self._hidden and tag in _ENDED_BY_THE_NEXT):
            self._open[tag] += 1
        elif tag not in _EMPTY and (tag in _NOT_SHOWN or _is_hidden(dict(attrs))):
            self._hidden, self._open = tag, Counter([tag])
        else:
            self._hidden = ""
            self._begin(tag)

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """`<p/>` is a beginning, as browsers take it."""
        if tag not in {"script", "svg", "math", "path"}:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            self._end_hidden(tag)
        elif tag in _HEADINGS:
            self.lines.end_paragraph()
            self.lines.heading(0)
        else:
            self._part(tag)

    def _end_hidden(self, tag: str) -> None:
        """At its own end, or where something ends that began before it: its own end was left out."""
        if self._open[tag]:
            self._open[tag] -= 1
        elif tag in _PARAGRAPHS and self._hidden in _ENDED_BY_THE_NEXT:
            self._hidden = ""
            self._part(tag)
        if not self._open[self._hidden]:
            self._hidden = ""

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.lines.words(data)

    def _begin(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.lines.end_paragraph()
            self.lines.heading(_HEADINGS[tag])
        elif tag in _CELLS:
            self.lines.words("" if self.lines.is_at_start() else BETWEEN_CELLS)
        else:
            self._part(tag)

    def _part(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self.lines.end_paragraph()
        elif tag in _LINES:
            self.lines.end_line()


def visible(page: str) -> list[Line]:
    reader = _Visible()
    reader.feed(page)
    reader.close()
    reader.lines.end_line()
    return reader.lines.written


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDING.search(attributes.get("style") or ""))
