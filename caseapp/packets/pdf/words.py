"""How dates, numbers and origins are written on the pages. Pure."""

from django.utils import translation

from caseapp.core.addresses import parts_of
from caseapp.forums.profile import DateOrder
from caseapp.library.sources.languages import LANGUAGES
from caseapp.library.sources.published import PartialDate
from caseapp.typesetting.printed import direction

NOT_STATED = "not stated"
_METHODS = {"pasted": "pasted as text", "uploaded": "uploaded as a file", "imported": "imported as a file"}
_SHORT = 64
_LEFT_TO_RIGHT = "\u200e"


def date_words(partial: str, order: DateOrder) -> str:
    """`2019`, `March 2019`, and `March 4, 2019` or `4 March 2019`; nothing where no date is known."""
    return PartialDate.parse(partial).in_words(order) if partial else ""


def method_words(method: str) -> str:
    return _METHODS.get(method, method)


def language_words(code: str) -> str:
    """The English name of a language, or its code where we have no name for it."""
    with translation.override("en"):
        return str(dict(LANGUAGES).get(code.partition("-")[0], code))


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def beside(separator: str, *pieces: str) -> str:
    """Pieces on one line of English; the mark keeps a date that follows Arabic or Hebrew from changing places."""
    return separator.join(piece + _LEFT_TO_RIGHT if direction(piece) == "rtl" else piece for piece in pieces if piece)


def short(text: str) -> str:
    """One line for places that only help to find the way: running heads and bookmarks."""
    line = " ".join(text.split())
    if len(line) <= _SHORT:
        return line
    return line[:_SHORT].rpartition(" ")[0].rstrip(",;:–—- ") + "…" if " " in line[:_SHORT] else line[:_SHORT] + "…"


def web_address(url: str) -> str:
    """The address if a reader may safely click it, else nothing."""
    parts = parts_of(url)
    is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.netloc)
    return url if is_web and url.isprintable() and " " not in url else ""
