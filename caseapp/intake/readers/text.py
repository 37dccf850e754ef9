"""Any text that comes in, pasted or read from a file: made regular, or refused with what to do about it.

What is changed, and nothing else: byte order marks at the beginning are dropped, the text is put in Unicode's
composed form (NFC), and each line end becomes one newline. A line end is whatever Unicode says must end a line:
CR LF, CR, LF, and also vertical tab, form feed, NEL (U+0085), U+2028 and U+2029, which editors, PDF converters
and old mainframes write and which browsers and typesetters would otherwise swallow or draw as boxes.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from caseapp.intake.letters import MARKS

MAX_TEXT = 10_000_000  # characters
MAX_LINE = 100_000
MAX_WORD = 1_000
MAX_MARKS = 30  # marks on one letter: the limit of Unicode's stream-safe format (UAX 15)
MAX_LISTED = 10  # lines or codes that a message names

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# C0 and C1 controls without tab and newline, and the code points that Unicode reserves as no characters.
_NO_CHARACTER = re.compile(
    "[\x01-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_MARK_HEAP = re.compile(f"[{MARKS}]{{{MAX_MARKS + 1},}}")
_DIRECTION_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_SEEN = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})  # categories: separators, controls, format characters
_LONG_LINE = re.compile(f"[^\n]{{{MAX_LINE + 1},}}")
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD + 1},}}")


@dataclass(frozen=True)
class Place:
    """Where a person finds a character: both count from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return _("line %(line)s, column %(column)s") % {"line": f"{self.line:,}", "column": f"{self.column:,}"}


def place_of(text: str, offset: int) -> Place:
    """The line and column of an offset in a text whose line ends are newlines."""
    return Place(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


@dataclass(eq=False)
class Unreadable(ValueError):
    """What was given cannot be taken in. str() says why and what to do; the fields say it to programs."""

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[Any, ...]]:
        return type(self), tuple(getattr(self, field.name) for field in fields(self))


@dataclass(eq=False)
class EmptyText(Unreadable):
    def __str__(self) -> str:
        return _("There are no words in this text. Choose another file, or paste the words.")


@dataclass(eq=False)
class TextTooLong(Unreadable):
    length: int

    def __str__(self) -> str:
        return _(
            "This text has %(length)s characters; at most %(most)s can be taken in. "
            "Divide it into parts and add each part as a source."
        ) % {"length": f"{self.length:,}", "most": f"{MAX_TEXT:,}"}


@dataclass(eq=False)
class NulCharacters(Unreadable):
    count: int
    first: Place

    def __str__(self) -> str:
        return ngettext(
            "This text holds %(count)s NUL character, the first at %(place)s. "
            "NUL stands in no text: the file was damaged or is no text file. "
            "Open it in the program it comes from and save it as plain text (UTF-8), or paste the words.",
            "This text holds %(count)s NUL characters, the first at %(place)s. "
            "NUL stands in no text: the file was damaged or is no text file. "
            "Open it in the program it comes from and save it as plain text (UTF-8), or paste the words.",
            self.count,
        ) % {"count": f"{self.count:,}", "place": self.first}


@dataclass(eq=False)
class LoneSurrogates(Unreadable):
    count: int
    first: Place

    def __str__(self) -> str:
        return ngettext(
            "This text holds %(count)s broken half-character, the first at %(place)s. "
            "A program cut an emoji or a rare character in two when it saved the text. "
            "Save it again as plain text (UTF-8) from the program it comes from, or paste the words.",
            "This text holds %(count)s broken half-characters, the first at %(place)s. "
            "A program cut an emoji or a rare character in two when it saved the text. "
            "Save it again as plain text (UTF-8) from the program it comes from, or paste the words.",
            self.count,
        ) % {"count": f"{self.count:,}", "place": self.first}


@dataclass(eq=False)
class ControlCharacters(Unreadable):
    codes: tuple[str, ...]
    count: int
    first: Place

    def __str__(self) -> str:
        more = ", …" if len(self.codes) == MAX_LISTED else ""
        return ngettext(
            "This text holds %(count)s control character that no page can show (%(codes)s), the first at %(place)s. "
            "Remove them in a text editor, or copy the words from where they were published and paste them.",
            "This text holds %(count)s control characters that no page can show (%(codes)s), the first at %(place)s. "
            "Remove them in a text editor, or copy the words from where they were published and paste them.",
            self.count,
        ) % {"count": f"{self.count:,}", "codes": f"{', '.join(self.codes)}{more}", "place": self.first}


@dataclass(eq=False)
class TooManyMarks(Unreadable):
    length: int
    first: Place

    def __str__(self) -> str:
        return _(
            "At %(place)s one letter carries %(length)s accents; no language needs more than %(most)s. "
            "Remove them in a text editor, or paste the words without them."
        ) % {"place": self.first, "length": f"{self.length:,}", "most": MAX_MARKS}


@dataclass(frozen=True)
class Notice:
    """Something to look at before relying on a text that was taken in. Plain values, kept with the capture."""

    kind: ClassVar[str]

    def as_dict(self) -> dict[str, Any]:
        """The sentence is kept in English, whoever took the text in: `sentence_of` says it in the reader's language."""
        with override("en"):
            return {"kind": self.kind, **asdict(self), "sentence": str(self)}


@dataclass(frozen=True)
class ReplacementCharacters(Notice):
    kind: ClassVar[str] = "replacement-characters"
    count: int
    line: int

    def __str__(self) -> str:
        return ngettext(
            "%(count)s character had been lost before the text came here and are shown as “%(shown)s”, "
            "the first on line %(line)s. Compare with the published page.",
            "%(count)s characters had been lost before the text came here and are shown as “%(shown)s”, "
            "the first on line %(line)s. Compare with the published page.",
            self.count,
        ) % {"count": f"{self.count:,}", "shown": "\ufffd", "line": f"{self.line:,}"}


@dataclass(frozen=True)
class DirectionControls(Notice):
    kind: ClassVar[str] = "direction-controls"
    count: int
    lines: tuple[int, ...]

    def __str__(self) -> str:
        more = ", …" if len(self.lines) == MAX_LISTED else ""
        lines = ", ".join(f"{line:,}" for line in self.lines)
        return ngettext(
            "%(count)s invisible character can make words appear in another order than they are stored "
            "(line %(lines)s). Compare with the published page.",
            "%(count)s invisible characters can make words appear in another order than they are stored "
            "(line %(lines)s). Compare with the published page.",
            self.count,
        ) % {"count": f"{self.count:,}", "lines": f"{lines}{more}"}


@dataclass(frozen=True)
class LongLine(Notice):
    kind: ClassVar[str] = "long-line"
    length: int
    line: int

    def __str__(self) -> str:
        return _(
            "Line %(line)s is %(length)s characters long: "
            "the paragraphs of this text may have been lost. Nothing was cut off."
        ) % {"line": f"{self.line:,}", "length": f"{self.length:,}"}


@dataclass(frozen=True)
class LongWord(Notice):
    kind: ClassVar[str] = "long-word"
    length: int
    line: int

    def __str__(self) -> str:
        return _(
            "Line %(line)s holds %(length)s characters without a space. "
            "They will be broken to fit the page; nothing was cut off."
        ) % {"line": f"{self.line:,}", "length": f"{self.length:,}"}


def check_text(text: str) -> str:
    """A pasted or imported text in the form in which it is stored; doing it again changes nothing.

    Raises one of the classes of `Unreadable`.
    """
    text = _LINE_END.sub("\n", text).lstrip("\ufeff")
    _refuse_too_long(text)
    _refuse_what_is_no_text(text)
    _refuse_heaps_of_marks(text)
    text = unicodedata.normalize("NFC", text)
    _refuse_too_long(text)
    _refuse_heaps_of_marks(text)
    if not _has_words(text):
        raise EmptyText
    return text


def notices_of(text: str) -> tuple[Notice, ...]:
    """What a person should know about a text in its stored form."""
    return tuple(_notices(text))


def _refuse_too_long(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise TextTooLong(len(text))


def _refuse_what_is_no_text(text: str) -> None:
    nuls = text.count("\0")
    if nuls:
        raise NulCharacters(nuls, place_of(text, text.index("\0")))
    surrogates = _LONE_SURROGATE.findall(text)
    if surrogates:
        raise LoneSurrogates(len(surrogates), place_of(text, text.index(surrogates[0])))
    controls = _NO_CHARACTER.findall(text)
    if controls:
        codes = tuple(f"U+{ord(control):04X}" for control in sorted(set(controls))[:MAX_LISTED])
        raise ControlCharacters(codes, len(controls), place_of(text, text.index(controls[0])))


def _refuse_heaps_of_marks(text: str) -> None:
    """Composing such a heap takes time that grows with the square of its length; and composing can make one."""
    if text.isascii():
        return
    heap = _MARK_HEAP.search(text)
    if heap:
        raise TooManyMarks(len(heap.group()), place_of(text, heap.start()))


def _has_words(text: str) -> bool:
    return any(unicodedata.category(character) not in _NOT_SEEN for character in text)


def _notices(text: str) -> Iterator[Notice]:
    replaced = text.count("\ufffd")
    if replaced:
        yield ReplacementCharacters(replaced, place_of(text, text.index("\ufffd")).line)
    if _DIRECTION_CONTROL.search(text):
        yield _direction_controls(text)
    for pattern, notice in ((_LONG_LINE, LongLine), (_LONG_WORD, LongWord)):
        longest = max(pattern.finditer(text), key=lambda found: found.end() - found.start(), default=None)
        if longest:
            yield notice(longest.end() - longest.start(), place_of(text, longest.start()).line)


def _direction_controls(text: str) -> DirectionControls:
    count = 0
    lines: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = len(_DIRECTION_CONTROL.findall(line))
        count += found
        if found and len(lines) < MAX_LISTED:
            lines.append(number)
    return DirectionControls(count, tuple(lines))
