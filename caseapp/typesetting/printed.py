"""The printed form of a text: what no font can draw, or would hide or reorder words, is shown by its code.

Nothing disappears silently. Decisions:

- Bidirectional overrides, embeddings and isolates, control characters, zero-width spaces, word joiners, private-use
  and unassigned code points, lone surrogates and blank fillers are shown as `[U+202E]`.
- Zero-width joiner and non-joiner stay after a letter of a script that joins or stacks (Arabic, Syriac, the Indic
  scripts …), where they are spelling. Left-to-right and right-to-left marks stay next to right-to-left letters,
  where they are punctuation. Elsewhere both are shown.
- Soft hyphens and the two presentation selectors (text or picture form of a symbol) are instructions to a screen,
  with nothing to see: they are left out, and counted.
- Line and page separators become line ends.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from functools import cache

from caseapp.typesetting.fonts import drawable

LINE_ENDS = "\n\r\x0b\x0c\x85\u2028\u2029"
LEFT_OUT = frozenset("\u00ad\ufe0e\ufe0f")
JOINERS = frozenset("\u200c\u200d")
DIRECTION_MARKS = frozenset("\u200e\u200f\u061c")
_VISIBLE_FORMAT = frozenset(map(chr, (*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2)))
# Letters and marks without ink, which category alone does not tell (Unicode: Default_Ignorable_Code_Point).
_INKLESS = frozenset(
    map(chr, (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, *range(0xFE00, 0xFE10)))
) | frozenset(map(chr, (0xFFA0, *range(0xE0100, 0xE01F0))))
JOINING_SCRIPTS = (
    "ARABIC", "SYRIAC", "NKO", "ADLAM", "HANIFI", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI",
    "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN",
)  # fmt: skip
_NEAR = 40
_MOST_CODES = 200


def code(character: str) -> str:
    return f"U+{ord(character):04X}"


def undrawable(text: str) -> set[str]:
    """The characters of the text for which none of our fonts has a glyph; white space needs none."""
    return {character for character in set(text) if not character.isspace() and ord(character) not in drawable()}


def direction(text: str) -> str:
    """`rtl` where the first strong letter runs from right to left, as HTML's dir=auto has it; else `ltr`."""
    for character in text:
        strong = unicodedata.bidirectional(character)
        if strong in {"R", "AL"}:
            return "rtl"
        if strong == "L":
            return "ltr"
    return "ltr"


class PrintedText:
    """A text beside its printed form, so that any stretch of the text can be printed in its own context."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at: list[int] = []
        self._instead: list[str] = []
        self.shown: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        suspects = "".join(sorted(character for character in set(text) if _is_suspect(character)))
        if suspects:
            for found in re.finditer(f"[{re.escape(suspects)}]", text):
                self._replace(found.start())

    def between(self, start: int, end: int) -> str:
        pieces = []
        position = start
        for index in range(bisect_left(self._at, start), bisect_left(self._at, end)):
            pieces += [self._text[position : self._at[index]], self._instead[index]]
            position = self._at[index] + 1
        pieces.append(self._text[position:end])
        return "".join(pieces)

    def whole(self) -> str:
        return self.between(0, len(self._text))

    def notices(self) -> tuple[str, ...]:
        """What a reader must know about the printed form, in sentences for the head of the exhibit."""
        sentences = []
        if self.shown:
            times = sum(self.shown.values())
            sentences.append(
                f"{_characters(times)} of the captured text cannot be printed, or would hide or reorder words, "
                f"and {'is' if times == 1 else 'are'} shown by code in square brackets: {_codes(self.shown)}."
            )
        if self.left_out:
            sentences.append(
                f"{_characters(sum(self.left_out.values()))} without ink (line-break and display hints) "
                f"not printed: {_codes(self.left_out)}."
            )
        return tuple(sentences)

    def _replace(self, position: int) -> None:
        character = self._text[position]
        if character in LINE_ENDS:
            instead = "\n"
        elif character in LEFT_OUT:
            self.left_out[code(character)] += 1
            instead = ""
        elif self._belongs(character, position):
            return
        else:
            self.shown[code(character)] += 1
            instead = f"[{code(character)}]"
        self._at.append(position)
        self._instead.append(instead)

    def _belongs(self, character: str, position: int) -> bool:
        if character in JOINERS:
            return _joins(self._text[max(0, position - _NEAR) : position])
        if character in DIRECTION_MARKS:
            near = self._text[max(0, position - _NEAR) : position + _NEAR + 1]
            return any(_runs_right_to_left(letter) for letter in near if letter not in DIRECTION_MARKS)
        return False


def printed_form(text: str) -> str:
    return PrintedText(text).whole()


def _characters(times: int) -> str:
    return "1 character" if times == 1 else f"{times:,} characters"


def _codes(counted: Counter[str]) -> str:
    named = [f"{name} ({times:,})" for name, times in sorted(counted.items())]
    further = len(named) - _MOST_CODES
    return ", ".join(named[:_MOST_CODES]) + (f" and {further:,} further codes" if further > 0 else "")


@cache
def _is_suspect(character: str) -> bool:
    if character in "\n\t ":
        return False
    if character in LINE_ENDS or character in _INKLESS:
        return True
    if character in _VISIBLE_FORMAT:
        return ord(character) not in drawable()
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn"}:
        return True
    return not character.isspace() and ord(character) not in drawable()


def _joins(before: str) -> bool:
    """Whether the last letter of `before` is of a script that spells with joiners."""
    for character in reversed(before):
        if character not in JOINERS and character not in LEFT_OUT:
            return unicodedata.name(character, "").startswith(JOINING_SCRIPTS)
    return False


@cache
def _runs_right_to_left(character: str) -> bool:
    """Also on paper: the code that is shown for a letter without a glyph does not."""
    return unicodedata.bidirectional(character) in {"R", "AL"} and ord(character) in drawable()
