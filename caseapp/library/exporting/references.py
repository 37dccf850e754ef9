"""Sources as CSL-JSON and RIS, the two formats that Zotero and its like read and write. Pure."""

import json
from collections.abc import Iterable
from typing import Any

import rispy

from caseapp.library.exporting.model import SourceOut
from caseapp.library.sources.published import PartialDate

# Kind of a source → type in CSL, type in RIS.
_TYPES = {
    "government": ("report", "GOVDOC"),
    "intergovernmental": ("report", "RPRT"),
    "ngo": ("report", "RPRT"),
    "news": ("article-newspaper", "NEWS"),
    "academic": ("article-journal", "JOUR"),
    "expert": ("report", "RPRT"),
    "other": ("webpage", "ELEC"),
}
# Types in which the publisher is the paper or journal that the text stands in.
_STANDS_IN = frozenset({"article-newspaper", "article-journal", "webpage"})


def csl_json(sources: Iterable[SourceOut]) -> bytes:
    return f"{json.dumps([_csl(source) for source in sources], ensure_ascii=False, indent=1)}\n".encode()


def ris(sources: Iterable[SourceOut]) -> bytes:
    return rispy.dumps([_ris(source) for source in sources], implementation=_Ris).encode()


class _Ris(rispy.RisWriter):
    """Without the running numbers that rispy writes between records, and the format does not know."""

    def set_header(self, count: int) -> str:
        return ""


def _csl(source: SourceOut) -> dict[str, Any]:
    facts = source.facts
    kind, _ris_kind = _TYPES[facts.kind]
    values = {
        "id": f"source-{source.id}",
        "type": kind,
        "title": facts.title,
        "author": [{"literal": facts.author}] if facts.author else None,
        "container-title" if kind in _STANDS_IN else "publisher": facts.publisher,
        "issued": _date_parts(facts.published()),
        "accessed": _date_parts(facts.accessed()),
        "URL": facts.url,
        "archive_location": facts.archive_url,
        "language": facts.language,
    }
    return {name: value for name, value in values.items() if value}


def _date_parts(date: PartialDate | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in str(date).split("-")]]} if date else None


def _ris(source: SourceOut) -> dict[str, Any]:
    facts = source.facts
    csl_kind, kind = _TYPES[facts.kind]
    values = {
        "type_of_reference": kind,
        "title": facts.title,
        "authors": [facts.author] if facts.author else None,
        "secondary_title" if csl_kind in _STANDS_IN else "publisher": facts.publisher,
        "year": facts.published_on[:4],
        "date": _slashes(facts.published_on),
        "access_date": _slashes(facts.accessed_on),
        "urls": [facts.url] if facts.url else None,
        "language": facts.language,
    }
    return {name: value for name, value in values.items() if value}


def _slashes(date: str) -> str:
    """As RIS writes dates: YYYY/MM/DD/, with what is unknown left empty between the strokes."""
    if not date:
        return ""
    year, month, day = (*date.split("-"), "", "")[:3]
    return f"{year}/{month}/{day}/"
