"""Plain text: bytes in an encoding that can be told for sure, or refused.

In this order: a byte order mark decides; bytes with zeros that can be nothing else are UTF-16 or UTF-32; bytes that
are valid UTF-8 are UTF-8; else Windows-1252, if that gives plausible text. Bytes that are UTF-8 but for a few are
damaged UTF-8 and never Windows-1252: read so, every accent would turn into two wrong characters.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from caseapp.intake.readers.reading import Reading
from caseapp.intake.readers.signatures import signature_of
from caseapp.intake.readers.text import (
    Notice,
    Unreadable,
    check_text,
    notices_of,
    place_of,
)
from caseapp.intake.wide_letters import by_mark, without_mark

MEDIA_TYPE = "text/plain"

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"  # shapes are enough for counting
)
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# The beginning of UTF-8's curly quotes and dashes, cut off. As Windows-1252 it is "â€", which no language writes.
_CUT_PUNCTUATION = b"\xe2\x80"
_WESTERN = re.compile(r"[A-Za-z]")
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_MOST_ACCENTED = 0.3  # of all letters; French and Portuguese, the richest in accents, stay below 0.1


@dataclass(eq=False)
class NotPlainText(Unreadable):
    words: str

    def __str__(self) -> str:
        return _(
            "This is %(what)s, not a text file. Open it in its own program and save it as plain text (UTF-8), "
            "or copy the words and paste them."
        ) % {"what": _(self.words)}


@dataclass(eq=False)
class DamagedText(Unreadable):
    """`offset` counts bytes from 0."""

    encoding: str
    offset: int
    byte: int
    line: int

    def __str__(self) -> str:
        return _(
            "This file is %(encoding)s text with damage: byte %(place)s (0x%(byte)s, on line %(line)s) belongs to no "
            "character. Save it again as plain text (UTF-8) from the program it comes from, or paste the words."
        ) % {
            "encoding": self.encoding.upper(),
            "place": f"{self.offset + 1:,}",
            "byte": f"{self.byte:02X}",
            "line": f"{self.line:,}",
        }


@dataclass(eq=False)
class UnknownEncoding(Unreadable):
    def __str__(self) -> str:
        return _(
            "It cannot be told for sure in which encoding this file was saved. Open it in a text editor where it "
            "reads well and save it as plain text (UTF-8), or paste the words."
        )


@dataclass(frozen=True)
class DecodedAsWindows1252(Notice):
    kind: ClassVar[str] = "decoded-as-windows-1252"
    count: int
    line: int

    def __str__(self) -> str:
        return ngettext(
            "The file does not say its encoding and was read as Windows-1252. "
            "Check the accents: %(count)s character, the first on line %(line)s.",
            "The file does not say its encoding and was read as Windows-1252. "
            "Check the accents: %(count)s characters, the first on line %(line)s.",
            self.count,
        ) % {"count": f"{self.count:,}", "line": f"{self.line:,}"}


def read(data: bytes) -> Reading:
    """Raises one of the classes of `Unreadable`."""
    signature = signature_of(data)
    if signature:
        raise NotPlainText(signature.words)
    decoded, encoding = _decode(data)
    text = check_text(decoded)
    notices = notices_of(text)
    if encoding == "windows-1252":
        accented = _ACCENTED.findall(text)
        notices = (DecodedAsWindows1252(len(accented), place_of(text, text.index(accented[0])).line), *notices)
    return Reading(text, MEDIA_TYPE, encoding, notices)


def _decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding."""
    encoding = by_mark(data)[1] or without_mark(data)
    if encoding:
        return _decode_surely(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if b"\0" in data:
            raise NotPlainText(gettext_noop("a file of binary data")) from None
    if _is_damaged_utf8(data):
        return _decode_surely(data, "utf-8"), "utf-8"
    return _decode_windows_1252(data), "windows-1252"


def _decode_surely(data: bytes, encoding: str) -> str:
    """Decode bytes whose encoding is known; what does not decode is damage, said with its place."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        _refuse_lone_surrogates(data, encoding)
        before = data[: error.start].decode(encoding, "replace")
        raise DamagedText(encoding, error.start, data[error.start], _line_at_end(before)) from None


def _refuse_lone_surrogates(data: bytes, encoding: str) -> None:
    """Halves of characters decode where halves are let pass; `check_text` then says how many and where."""
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return
    check_text(text)


def _line_at_end(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1


def _is_damaged_utf8(data: bytes) -> bool:
    """Invalid UTF-8 in which whole characters are at least as many as broken places, or which was cut like UTF-8.

    Chance makes a whole character of two accented letters in Windows-1252 now and then, never of most.
    """
    rest, whole = _UTF8_SEQUENCE.subn(b" ", data)
    return whole >= len(_HIGH_RUN.findall(rest)) or _CUT_PUNCTUATION in rest or _is_utf8_with_surrogates(data)


def _is_utf8_with_surrogates(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _decode_windows_1252(data: bytes) -> str:
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError:
        raise UnknownEncoding from None
    accented = len(_ACCENTED.findall(text))
    if accented > _MOST_ACCENTED * (accented + len(_WESTERN.findall(text))):
        raise UnknownEncoding
    return text
