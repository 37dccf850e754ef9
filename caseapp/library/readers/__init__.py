"""Bytes to text, one format a module.

A format is added by writing its module and one line in `FORMATS`. The first bytes of a file tell what it is; its
name and the media type that came with it are asked only where the bytes say nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from caseapp.library.readers import txt
from caseapp.library.readers.reading import Reading
from caseapp.library.readers.signatures import signature_of
from caseapp.library.readers.text import Unreadable

MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Format:
    name: str
    extensions: tuple[str, ...]
    read: Callable[[bytes], Reading]


FORMATS: dict[str, Format] = {
    txt.MEDIA_TYPE: Format("plain text", (".txt", ".text"), txt.read),
}

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,10}\Z")
_SAYS_NOTHING = frozenset({"", "application/octet-stream"})


@dataclass(eq=False)
class FileTooLarge(Unreadable):
    size: int

    def __str__(self) -> str:
        return (
            f"This file has {self.size:,} bytes; at most {MAX_BYTES:,} (10 MB) can be taken in. "
            "Divide it into parts and add each part as a source."
        )


@dataclass(eq=False)
class UnsupportedFormat(Unreadable):
    found: str  # ".html", or a media type where the name has no extension

    def __str__(self) -> str:
        known = " or ".join(f"{form.name} ({', '.join(form.extensions)})" for form in FORMATS.values())
        return f"A file of the kind {self.found} cannot be read. Save it as {known}, or copy the words and paste them."


def read(data: bytes, *, name: str = "", media_type: str = "") -> Reading:
    """The text of a file, and what to know about it. Raises one of the classes of `Unreadable`."""
    if len(data) > MAX_BYTES:
        raise FileTooLarge(len(data))
    return FORMATS[_media_type(data, name, media_type)].read(data)


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
