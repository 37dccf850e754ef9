"""Facts → what citeproc cites, one function a style.

Which of a style's kinds a source is given decides what is printed of it. We choose by what comes out right for
documents found on the web: the whole date, the outlet, the address. Every choice has its golden test.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing.casing import ends_short, title_case
from caseapp.library.citing.facts import INSTITUTIONS, Facts
from caseapp.library.citing.runs import ITALIC, ROMAN, one_line
from caseapp.library.sources.published import PartialDate
from caseapp.typesetting.printed import direction

UNTITLED = "[Untitled]"
LEFT_TO_RIGHT = "\u200e"
_INITIAL = re.compile(r"(?<=\b[A-Z])\.")


@dataclass(frozen=True)
class Cited:
    """A reference in the words of CSL: `kind` is its type, `container` its container-title."""

    kind: str
    title: str
    author: str = ""
    container: str = ""
    publisher: str = ""
    url: str = ""
    issued: PartialDate | None = None
    accessed: PartialDate | None = None


def reference(facts: Facts, style: CitationStyle) -> Cited:
    return _STYLES[style](facts)


def _bluebook(facts: Facts) -> Cited:
    """As court papers are set (the Bluepages): titles in italics, no small capitals.

    `webpage` is the form of rule 18.2: author, title, outlet (date), address. A body that is its own publisher has no
    outlet, and `webpage` would leave a comma for it; `article` does not, but knows no italics.
    """
    title = _title(facts, is_cased=True)
    if facts.is_by_its_publisher or not facts.publisher:
        return _cited(facts, kind="article", title=f"{ITALIC}{title}{ROMAN}")
    return _cited(facts, kind="webpage", title=title, container=one_line(facts.publisher))


def _oscola(facts: Facts) -> Cited:
    kind = "article-newspaper" if facts.kind == "news" and facts.publisher else "webpage"
    container = "" if facts.is_by_its_publisher else facts.publisher
    cited = _cited(facts, kind=kind, title=_title(facts, is_cased=True), container=_without_stops(one_line(container)))
    return replace(cited, author=_without_stops(cited.author))


def _mcgill(facts: Facts) -> Cited:
    title, publisher = _title(facts, is_cased=False), one_line(facts.publisher)
    if facts.kind in INSTITUTIONS and publisher:
        author = "" if facts.author == facts.publisher else one_line(facts.author)
        return replace(
            _cited(facts, kind="report", title=title), author=_kept_apart(author), publisher=_kept_apart(publisher)
        )
    # Inside the style's double quotation marks, the title's own are single.
    title = title.replace("“", "‘").replace("”", "’")
    container = "" if facts.is_by_its_publisher else publisher
    return _cited(facts, kind="article-newspaper", title=title, container=container)


def _cited(facts: Facts, *, kind: str, title: str, container: str = "") -> Cited:
    author = facts.author or (facts.publisher if facts.is_by_its_publisher else "")
    return Cited(
        kind=kind,
        title=title,
        author=_kept_apart(one_line(author)),
        container=_kept_apart(container),
        url=one_line(facts.url),
        issued=facts.published(),
        accessed=facts.accessed(),
    )


def _title(facts: Facts, *, is_cased: bool) -> str:
    title = one_line(facts.title) or UNTITLED
    if title.endswith(".") and not ends_short(title):
        title = title[:-1].rstrip() or title
    return _kept_apart(title_case(title) if is_cased and facts.is_english else title)


def _kept_apart(text: str) -> str:
    """After Arabic or Hebrew, a mark that keeps what follows from changing places with it."""
    return text + LEFT_TO_RIGHT if direction(text) == "rtl" else text


def _without_stops(name: str) -> str:
    """`J.K. Rowling` → `JK Rowling`, `U.S. Department` → `US Department`."""
    return _INITIAL.sub("", name)


_STYLES: dict[CitationStyle, Callable[[Facts], Cited]] = {
    "bluebook": _bluebook,
    "oscola": _oscola,
    "mcgill": _mcgill,
}
