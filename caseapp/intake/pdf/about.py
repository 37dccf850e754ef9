"""What a PDF says of itself: who wrote it and when, and which of its lines are headings by its bookmarks."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pypdfium2

from caseapp.intake.guessing import language_of, line

_DATE = re.compile(r"D:([12][0-9]{3})(?:(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])?)?")
# What programs write by themselves where nobody gave a title: the name of a file.
_NO_TITLE = re.compile(r"untitled.*|(?:Microsoft Word - )?[^ ]*\.\w{2,5}|Microsoft Word - .*", re.IGNORECASE)
_MOST_BOOKMARKS = 5_000
_DEEPEST = 6
_LINE = re.compile(r"[^\n]+")


def read(folder: Path, *, pages: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Of `input`, whose words are in `words.txt`, with the start and end of each page in them."""
    text = (folder / "words.txt").read_text(encoding="utf-8")
    with closing(pypdfium2.PdfDocument(folder / "input")) as document:
        return {
            "found": _found(_said(document), text),
            "headings": sorted(_headings(document, text, pages)),
        }


def _said(document: pypdfium2.PdfDocument) -> dict[str, str]:
    """What it says, but for what is no text."""
    said = {}
    for name in ("Title", "Author", "CreationDate"):
        with suppress(UnicodeDecodeError):
            said[name] = document.get_metadata_value(name)
    return said


def _found(said: Mapping[str, str], text: str) -> dict[str, str]:
    title, date = line(said.get("Title"), "title"), _DATE.match(said.get("CreationDate", ""))
    found = {
        "title": "" if _NO_TITLE.fullmatch(title) else title,
        "author": line(said.get("Author"), "author"),
        "published_on": "-".join(filter(None, date.groups())) if date else "",
        "language": language_of(text),
    }
    return {field: value for field, value in found.items() if value}


def _headings(document: pypdfium2.PdfDocument, text: str, pages: Sequence[Sequence[Any]]) -> Iterator[list[int]]:
    """The first line of a page that says what a bookmark to it says."""
    wanted: dict[int, dict[str, int]] = defaultdict(dict)
    for number, bookmark in enumerate(document.get_toc(max_depth=_DEEPEST)):
        if number >= _MOST_BOOKMARKS:
            break
        destination = bookmark.get_dest()
        page = destination.get_index() if destination else None
        key = _key(_title(bookmark))
        if key and page is not None and page < len(pages):
            wanted[page].setdefault(key, min(bookmark.level + 1, _DEEPEST))
    for page, levels in wanted.items():
        start, end = pages[page][:2]
        for found in _LINE.finditer(text, start, end):
            level = levels.pop(_key(found.group()), 0)
            if level:
                yield [*found.span(), level]


def _title(bookmark: pypdfium2.PdfBookmark) -> str:
    try:
        return str(bookmark.get_title())
    except UnicodeDecodeError:
        return ""


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words)).casefold()
