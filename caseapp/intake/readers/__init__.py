"""Bytes to text, one format a module.

A format is added by writing its module and one line in `FORMATS`. The first bytes of a file tell what it is; its
name and the media type that came with it are asked only where the bytes say nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from caseapp.intake.readers import txt
from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.signatures import signature_of
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
class Format:
    name: str
    extensions: tuple[str, ...]
    read: Callable[[bytes], Reading]


FORMATS: dict[str, Format] = {
    txt.MEDIA_TYPE: Format(gettext_noop("plain text"), (".txt", ".text"), txt.read),
}

NOTICES: dict[str, type[Notice]] = {
    notice.kind: notice
    for notice in (ReplacementCharacters, DirectionControls, LongLine, LongWord, txt.DecodedAsWindows1252)
}

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
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
        known = _(" or ").join(f"{_(form.name)} ({', '.join(form.extensions)})" for form in FORMATS.values())
        return _(
            "A file of the kind %(kind)s cannot be read. "
            "Save it as %(known)s or as a PDF, or copy the words and paste them."
        ) % {"kind": self.found, "known": known}


def read(data: bytes, *, name: str = "", media_type: str = "") -> Reading:
    """The text of a file, and what to know about it. Raises one of the classes of `Unreadable`."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(len(data))
    return FORMATS[_media_type(data, name, media_type)].read(data)


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
    if signature:
        return signature.media_type if signature.media_type in FORMATS else txt.MEDIA_TYPE
    extension = _EXTENSION.search(name)
    if extension:
        return _media_type_of_extension(extension.group().lower())
    stated = media_type.partition(";")[0].strip().lower()
    if stated in _SAYS_NOTHING:
        return txt.MEDIA_TYPE
    if stated not in FORMATS:
        raise UnsupportedFormat(stated)
    return stated


def _media_type_of_extension(extension: str) -> str:
    for media_type, form in FORMATS.items():
        if extension in form.extensions:
            return media_type
    raise UnsupportedFormat(extension)
