"""The text of a clean PDF, and where in it each page stands.

Paragraphs are lines, and pages are parted by an empty line. The text is in its stored form: composed (NFC), ligatures
spelled out, no control characters; what stands for no character is U+FFFD and is counted.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2

from caseapp.core.refused import Refused
from caseapp.intake.pdf.hyphens import MARK, ends_with_hyphen, settle
from caseapp.intake.pdf.letters import UNKNOWN, Word, words_of
from caseapp.intake.pdf.order import Line, lines_in_order
from caseapp.intake.pdf.paragraphs import paragraphs_of
from caseapp.intake.report import Notice, ranges

MAX_TEXT = 10_000_000  # characters
BETWEEN_PAGES = "\n\n"
LONGEST_LABEL = 20
_FEWEST_LETTERS = 3  # from which a page is said to have text
_TOUCHING = 0.12
# Scripts that set no space between words, so that none is lost at a line end.
_WITHOUT_SPACES = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff\u1780-\u17ff]"
)
_NO_LABEL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class PageSpan:
    """Where a page's text stands in the whole, half-open, and the number printed on it, if the file says so."""

    start: int
    end: int
    label: str


def read_pages(folder: Path, *, file: str) -> dict[str, Any]:
    """The text of `file` in `folder` with its page map and notices, as plain values. Refuses what is too long."""
    with closing(pypdfium2.PdfDocument(folder / file)) as document:
        raw = list(_raw_pages(document))
        labels = [_label(document, number) for number in range(len(document))]
    settled = settle(raw)
    pages = [unicodedata.normalize("NFC", page) for page in settled.pages]
    spans = _spans(pages, labels)
    return {
        "text": BETWEEN_PAGES.join(pages),
        "pages": [[span.start, span.end, span.label] for span in spans],
        "notices": [notice.to_dict() for notice in _notices(pages, settled.kept)],
        "headings": [],
        "found": {},
    }


def lines_of(page: Any) -> list[Line]:
    """The lines of a page, in the order in which its text has them."""
    with closing(page.get_textpage()) as textpage:
        return lines_in_order(words_of(textpage))


def _raw_pages(document: Any) -> Iterator[str]:
    length = 0
    for number in range(len(document)):
        with closing(document[number]) as page:
            text = "\n".join(_paragraph(lines) for lines in paragraphs_of(lines_of(page)))
        length += len(text)
        if length > MAX_TEXT:
            raise Refused("words-too-many", most=MAX_TEXT)
        yield text


def _paragraph(lines: Sequence[Line]) -> str:
    pieces: list[str] = []
    for line in lines:
        if pieces:
            pieces.append(_between_lines(pieces[-1][-1], line))
        pieces.extend(_words(line))
        if ends_with_hyphen(line.words[-1]) and line is not lines[-1]:
            pieces.append(MARK)
    return "".join(pieces)


def _between_lines(last: str, line: Line) -> str:
    first = line.words[0].text[0]
    if last == MARK or (_WITHOUT_SPACES.match(last) and _WITHOUT_SPACES.match(first)):
        return ""
    return " "


def _words(line: Line) -> Iterator[str]:
    yield line.words[0].text
    for before, word in pairwise(line.words):
        yield _between_words(before, word, line.em) + word.text


def _between_words(before: Word, word: Word, em: float) -> str:
    gap = max(word.x0 - before.x1, before.x0 - word.x1)
    is_next = word.order == before.order + 1
    return "" if (word.follows and is_next) or (not is_next and gap < _TOUCHING * em) else " "


def _label(document: Any, number: int) -> str:
    return _NO_LABEL.sub("", unicodedata.normalize("NFC", document.get_page_label(number))).strip()[:LONGEST_LABEL]


def _spans(pages: Sequence[str], labels: Sequence[str]) -> list[PageSpan]:
    spans: list[PageSpan] = []
    start = 0
    for page, label in zip(pages, labels, strict=True):
        spans.append(PageSpan(start, start + len(page), label))
        start += len(page) + len(BETWEEN_PAGES)
    return spans


def _notices(pages: Sequence[str], kept_hyphens: int) -> Iterator[Notice]:
    bare = [number for number, page in enumerate(pages, 1) if sum(map(str.isalnum, page[:1000])) < _FEWEST_LETTERS]
    unknown = [number for number, page in enumerate(pages, 1) if UNKNOWN in page]
    if bare:
        yield Notice("no-text", len(bare), tuple(ranges(bare)))
    if unknown:
        yield Notice("unknown-characters", sum(page.count(UNKNOWN) for page in pages), tuple(ranges(unknown)))
    if kept_hyphens:
        yield Notice("hyphens-kept", kept_hyphens)
