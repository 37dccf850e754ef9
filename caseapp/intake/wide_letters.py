"""Text whose letters are written in two or four bytes each: which encoding that is, with a mark or without."""

import codecs
import unicodedata

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What no text has but line ends and tabs: controls, halves of characters, and what stands for no character.
_NO_LETTERS = frozenset({"Cc", "Cs", "Co", "Cn"})
_LINES = frozenset("\t\n\r")


def by_mark(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that the bytes begin with, and the encoding that it says; both empty where there is none."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))


def without_mark(data: bytes) -> str:
    """The encoding of bytes without a mark, where zeros among them show that it is one of these; "" where they do not.

    Zeros stand for the upper halves of Latin letters, spaces and figures. Bytes that read well once the zeros are left
    out are no letters of other scripts, but something else with zeros in it.
    """
    if b"\0" not in data:
        return ""
    for encoding in ("utf-32-le", "utf-32-be"):
        if _is_text(data, encoding):
            return encoding
    latin = _of_latin_letters(data)
    if latin or _reads_well(data.replace(b"\0", b"")):
        return latin
    return next((encoding for encoding in ("utf-16-le", "utf-16-be") if _is_text(data, encoding)), "")


def _of_latin_letters(data: bytes) -> str:
    """Most second bytes are zero, and no first ones; or the other way round."""
    if len(data) % 2:
        return ""
    units = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if odd * 2 > units and even * 100 <= units:
        return "utf-16-le"
    if even * 2 > units and odd * 100 <= units:
        return "utf-16-be"
    return ""


def _is_text(data: bytes, encoding: str) -> bool:
    """Read the wrong way round, spaces and line ends turn into others, or into nothing."""
    try:
        letters = set(data.decode(encoding))
    except UnicodeDecodeError:
        return False
    return not letters.isdisjoint(" \n") and _are_letters(letters)


def _reads_well(data: bytes) -> bool:
    try:
        return _are_letters(set(data.decode("utf-8")))
    except UnicodeDecodeError:
        return False


def _are_letters(letters: set[str]) -> bool:
    return all(unicodedata.category(letter) not in _NO_LETTERS for letter in letters - _LINES)
