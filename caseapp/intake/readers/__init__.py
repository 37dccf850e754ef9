"""Bytes to text, one format a module.

A format is added by writing its module and one line in `FORMATS`. The first bytes of a file tell what it is; its
name and the media type that came with it are asked only where the bytes say nothing. A format that a library of others
takes apart is read in a child process: `intake.read_text` is the door for all of them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caseapp.intake.readers import html, txt
from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.signatures import SAVED_PAGES, signature_of
from caseapp.intake.readers.text import (
    DirectionControls,
    LongLine,
    LongWord,
    Notice,
    ReplacementCharacters,
    Unreadable,
)

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class ReadByChild:
    """`function` is for `sandbox.run`, on a room whose file is named `input`; `reading_of` takes what it answers."""

    function: str
    reading_of: Callable[[Mapping[str, Any]], Reading]


@dataclass(frozen=True)
class Format:
    name: str
    extensions: tuple[str, ...]
    read: Callable[[bytes], Reading] | ReadByChild


FORMATS: dict[str, Format] = {
    txt.MEDIA_TYPE: Format(gettext_noop("plain text"), (".txt", ".text"), txt.read),
    html.MEDIA_TYPE: Format(
        gettext_noop("web page"), html.EXTENSIONS, ReadByChild("caseapp.intake.web.reading:read", html.reading_of)
    ),
}
# Media types by which others call what we know.
_ALIASES = {"application/xhtml+xml": html.MEDIA_TYPE}

NOTICES: dict[str, type[Notice]] = {
    notice.kind: notice
    for notice in (
        *(ReplacementCharacters, DirectionControls, LongLine, LongWord, txt.DecodedAsWindows1252),
        *(html.WholePage, html.PartOfPage, html.FromPageData, html.OtherEncoding),
    )
}

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
_OF_EXTENSION = {extension: media_type for media_type, form in FORMATS.items() for extension in form.extensions}
_SAYS_NOTHING = frozenset({"", "application/octet-stream"})


@dataclass(eq=False)
class FileTooLarge(Unreadable):
    size: int

    def __str__(self) -> str:
        return _(
            "This file has %(size)s bytes; at most %(most)s (10 MB) can be taken in. "
            "Divide it into parts and add each part as a source."
        ) % {"size": f"{self.size:,}", "most": f"{MAX_BYTES:,}"}


@dataclass(eq=False)
class UnsupportedFormat(Unreadable):
    found: str  # ".html", or a media type where the name has no extension

    def __str__(self) -> str:
        known = ", ".join(f"{_(form.name)} ({', '.join(form.extensions[:2])})" for form in FORMATS.values())
        return _(
            "A file of the kind %(kind)s cannot be read. "
            "Save it as %(known)s, as a Word document (.docx) or as a PDF, or copy the words and paste them."
        ) % {"kind": self.found, "known": known}


@dataclass(eq=False)
class PageInOneFile(Unreadable):
    words: str

    def __str__(self) -> str:
        return _(
            "This is %(what)s. Open it in the browser that saved it, save it again as a web page (HTML only), and add "
            "that; or print it as a PDF."
        ) % {"what": _(self.words)}


def format_of(data: bytes, *, name: str = "", media_type: str = "") -> Format:
    """How to read a file. Raises one of the classes of `Unreadable`."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(len(data))
    return FORMATS[_media_type(data, name, media_type)]


def sentence_of(stored: dict[str, Any]) -> str:
    """A notice kept with a capture (see `Notice.as_dict`), in the reader's language.

    What a later or earlier version of the program noticed, and this one does not know, is said as it was kept.
    """
    notice = NOTICES.get(stored["kind"])
    values = {name: value for name, value in stored.items() if name not in {"kind", "sentence"}}
    try:
        return str(notice(**values)) if notice else stored["sentence"]
    except TypeError:
        return str(stored["sentence"])


def _media_type(data: bytes, name: str, media_type: str) -> str:
    """The format to read a file as. Bytes with the mark of a format that is not ours go to the reader of plain text,
    which says what they are."""
    signature = signature_of(data)
    if signature and signature.media_type in SAVED_PAGES:
        raise PageInOneFile(signature.words)
    if signature:
        return signature.media_type if signature.media_type in FORMATS else txt.MEDIA_TYPE
    found = _EXTENSION.search(name)
    extension = found.group().lower() if found else ""
    stated = media_type.partition(";")[0].strip().lower()
    stated = _ALIASES.get(stated, stated)
    if extension in _OF_EXTENSION:
        return _OF_EXTENSION[extension]
    if stated in FORMATS:
        return stated
    if stated in _SAYS_NOTHING and not extension:
        return txt.MEDIA_TYPE
    raise UnsupportedFormat(extension or stated)
