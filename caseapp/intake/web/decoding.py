"""The bytes of a web page as text. Some encoding always fits: a page is read as browsers read it, and never refused.

In this order: a byte order mark; letters of two or four bytes, which zeros among them show; bytes that are whole UTF-8
with more than ASCII in it; what the web server said; what the page says of itself; Windows-1252, which pages that say
nothing were mostly written in.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseapp.intake.wide_letters import by_mark, without_mark

WINDOWS_1252 = "windows-1252"
_HEAD = 4096  # bytes in which a page says its encoding
_SAID_BY_PAGE = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_SAID_BY_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_SAID_BY_SERVER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
# What browsers know, by the names that Python has for it. Others, such as UTF-7, have been used to hide scripts.
_ENCODINGS = (
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 "
    "cp1257 cp1258 mac-cyrillic gbk gb18030 big5 euc_jp iso2022_jp shift_jis euc_kr utf-16-le utf-16-be"
)
_KNOWN = frozenset(_ENCODINGS.split())
# Pages that say the one mean the other, and browsers read them so.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5hkscs": "big5",
    "utf-16": "utf-16-le",
}
_SEVERAL_BYTES = frozenset({"gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "euc_kr", "utf-16-le", "utf-16-be"})
_SHOWN = {"cp1252": WINDOWS_1252}


@dataclass(frozen=True)
class Decoded:
    """`said` is the encoding that was named for the page, where it is not the one it was read in."""

    text: str
    encoding: str
    is_guessed: bool = False
    said: str = ""


def decode(data: bytes, media_type: str = "") -> Decoded:
    mark, encoding = by_mark(data)
    encoding = encoding or without_mark(data)
    if encoding:
        return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    said = next(_said(data, media_type), "")
    if said not in _SEVERAL_BYTES and data.isascii():
        return Decoded(data.decode("ascii"), _name(said or "utf-8"))
    if said not in _SEVERAL_BYTES and _is_utf8(data):
        return Decoded(data.decode("utf-8"), "utf-8", said=_other(said, "utf-8"))
    for encoding in filter(None, (said, "cp1252")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Decoded(text, _name(encoding), is_guessed=not said, said=_other(said, encoding))
    return Decoded(data.decode(said or "cp1252", "replace"), _name(said or "cp1252"), is_guessed=not said)


def _said(data: bytes, media_type: str) -> Iterator[str]:
    by_server = _SAID_BY_SERVER.search(media_type)
    if by_server:
        yield from _known(by_server[1])
    for pattern in (_SAID_BY_XML, _SAID_BY_PAGE):
        for found in pattern.finditer(data[:_HEAD]):
            encoding = next(_known(found[1].decode("ascii", "replace")), "")
            if encoding:  # what could be read up to here as ASCII is not UTF-16, whatever it says
                yield "utf-8" if encoding.startswith("utf-16") else encoding


def _known(label: str) -> Iterator[str]:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return
    name = _MEANT.get(name, name)
    if name in _KNOWN:
        yield name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _other(said: str, used: str) -> str:
    return "" if said in {"", used} else _name(said)


def _name(encoding: str) -> str:
    return _SHOWN.get(encoding, encoding)
