"""What the doors call for a web page: its article as text, or all that it shows where no article stands out."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from caseapp.core.refused import Refused
from caseapp.intake.lines import Line, shown, written
from caseapp.intake.web.about import about
from caseapp.intake.web.article import article_lines, document_of, letters, tree_of
from caseapp.intake.web.decoding import decode
from caseapp.intake.web.visible import visible

# An article that is less of what the page shows is rather a teaser that was taken for the whole.
_LEAST_SHARE = 0.02
# Of the words of an article, so many must be seen on the page; else they stand in data that a script would show.
_LEAST_SEEN = 0.5
_LEAST_DATA = 250

WHOLE, ARTICLE, DATA = "whole", "article", "data"


def read(folder: Path, *, media_type: str, address: str) -> dict[str, Any]:
    """The text of `input` with its headings, what was found about it, and facts for the notices.

    `taken` says whether the text is the article, the whole page, or comes from data in the page; `percent`, how much it
    is of what the page shows.
    """
    decoded = decode((folder / "input").read_bytes(), media_type)
    page = decoded.text.replace("\0", "")
    all_lines = visible(page)
    tree = tree_of(page)
    document = None if tree is None else document_of(tree, address)
    taken, lines = _chosen(all_lines, None if document is None else document.body)
    text = written(lines)
    if not letters(text.text):
        raise Refused("page-without-words")
    return {
        "text": text.text,
        "headings": text.headings,
        "encoding": decoded.encoding,
        "is_encoding_guessed": decoded.is_guessed,
        "encoding_said": decoded.said,
        "taken": taken,
        "percent": round(100 * _size(lines) / max(_size(all_lines), 1)),
        "found": about(document, tree, text.text, address),
    }


def _chosen(lines: list[Line], body: Any | None) -> tuple[str, list[Line]]:
    if body is None:
        return WHOLE, lines
    article = article_lines(lines, body)
    said = len(letters("".join(body.itertext())))
    if said >= _LEAST_DATA and _size(article) < _LEAST_SEEN * said:
        return DATA, _lines_of(body)
    if _size(article) < _LEAST_SHARE * _size(lines):
        return WHOLE, lines
    return ARTICLE, article


def _lines_of(body: Any) -> list[Line]:
    texts = (shown("".join(element.itertext())) for element in body)
    return [Line(text, is_apart=True) for text in texts if text]


def _size(lines: Iterable[Line]) -> int:
    return sum(len(letters(line.text)) for line in lines)
