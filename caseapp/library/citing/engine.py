"""The only place that knows citeproc.

A style is read anew for every citation, two to five milliseconds: citeproc writes into the style's own tree while it
cites, so a shared one would give results that depend on what was cited before, and on which thread came first.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import BibliographySource, Date, Name, Reference
from citeproc.string import String

from caseapp.forums.profile import CitationStyle
from caseapp.library.citing.references import Cited
from caseapp.library.citing.runs import ITALIC, ROMAN
from caseapp.library.sources.published import PartialDate

_STYLES = Path(__file__).parent / "styles"
_FILES: dict[CitationStyle, str] = {
    "bluebook": "bluebook-law-review.csl",
    "oscola": "oscola.csl",
    "mcgill": "mcgill-en.csl",
}
_CSL = "{http://purl.org/net/xbiblio/csl}"
_KEY = "cited"
# Titles come in their final case. To citeproc no text is English, and English alone would be cased again.
_LANGUAGE = "zxx"


class _Italic(str):
    __slots__ = ()

    def __new__(cls, text: object) -> "_Italic":
        return super().__new__(cls, f"{ITALIC}{text}{ROMAN}")


_FORMATTER = SimpleNamespace(
    preformat=str,
    Italic=_Italic,
    Oblique=_Italic,
    **dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str),
)


def formatted(cited: Cited, style: CitationStyle) -> str:
    """The citation, with the marks of `runs` about its italics."""
    read = CitationStylesStyle(str(_STYLES / _FILES[style]), validate=False)
    _say_titles_once(read)
    source = BibliographySource()
    source.add(Reference(_KEY, cited.kind, **_variables(cited)))
    bibliography = CitationStylesBibliography(read, source, _FORMATTER)
    citation = Citation([CitationItem(_KEY)])
    bibliography.register(citation)
    return str(bibliography.cite(citation, None))


def _variables(cited: Cited) -> dict[str, Any]:
    texts = {"title": cited.title, "container_title": cited.container, "publisher": cited.publisher, "URL": cited.url}
    dates = {"issued": cited.issued, "accessed": cited.accessed}
    return (
        {name: String(text) for name, text in texts.items() if text}
        | {name: _date(date) for name, date in dates.items() if date}
        | ({"author": [Name(literal=cited.author)]} if cited.author else {})
        | {"language": _LANGUAGE}
    )


def _date(date: PartialDate) -> Date:
    known = {"year": date.year, "month": date.month, "day": date.day}
    return Date(**{part: number for part, number in known.items() if number})


def _say_titles_once(style: CitationStylesStyle) -> None:
    """OSCOLA begins with the title where no author is known. citeproc then prints the title a second time in its own
    place, so the stand-in goes: the title's own place is the first one left."""
    for element in list(style.root.iter(f"{_CSL}substitute")):
        for text in element.findall(f"{_CSL}text"):
            element.remove(text)
