"""BibTeX, as Zotero and others write it."""

import re

from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry, ParsingFailedBlock

from caseapp.core.refused import Refused
from caseapp.library.lists.records import MOST_RECORDS, Record
from caseapp.library.lists.tables import given

_KEYS = {
    "title": ("title",),
    "author": ("author", "editor"),
    "publisher": ("journal", "journaltitle", "newspaper", "publisher", "institution", "organization", "school"),
    "url": ("url", "howpublished"),
    "language": ("langid", "language"),
    "abstract": ("abstract",),
}
_ATTACHED = re.compile(r"(?:\\.|[^\\;])+")
_PART = re.compile(r"(?:\\.|[^\\:])*")


# What begins anything in LaTeX. Text without it says itself, and reading it as LaTeX takes a hundred times as long.
_LATEX = re.compile(r"[\\{}$~%&#^_]|--|``|''|<<|>>|[!?]`")


class _Latex(middlewares.LatexDecodingMiddleware):
    def _transform_python_value_string(self, python_string: str) -> tuple[str, str]:
        if not _LATEX.search(python_string):
            return python_string, ""
        decoded: tuple[str, str] = super()._transform_python_value_string(python_string)
        return decoded


def read(text: str) -> list[Record]:
    """Raises Refused where nothing in it is an entry."""
    library = parse_string(text, append_middleware=[_Latex()])
    blocks: list[Entry | ParsingFailedBlock] = [*library.entries, *library.failed_blocks]
    if len(blocks) > MOST_RECORDS:
        raise Refused("list-too-long", most=MOST_RECORDS)
    if not blocks:
        raise Refused("list-no-records")
    return [_record(block) for block in sorted(blocks, key=lambda block: block.start_line or 0)]


def _record(block: Entry | ParsingFailedBlock) -> Record:
    line = (block.start_line or 0) + 1
    columns = {"BibTeX": block.raw or ""}
    quotes = " "
    if not isinstance(block, Entry):
        whole = getattr(block, "ignore_error_block", None)
        if not isinstance(whole, Entry):
            return Record(line, {}, columns, "record-unreadable", {"line": line})
        block = whole  # a key or a field that stands twice loses nothing: the first counts
        quotes = ' "{}'
    values = {field.key.lower(): str(field.value).strip(quotes) for field in reversed(block.fields)}
    written = {
        field: next((_unbraced(values[key]) for key in keys if values.get(key)), "") for field, keys in _KEYS.items()
    }
    written["published_on"] = _date(values)
    written["author"] = "; ".join(re.split(r"\s+and\s+", written["author"]))
    written["type"] = {"article": ""}.get(block.entry_type, block.entry_type)
    details = given(written)
    details["themes"] = [word.strip() for word in re.split(r"[;,]", _unbraced(values.get("keywords", "")))]
    details["files"] = [path for one in _ATTACHED.findall(values.get("file", "")) if (path := _path(one))]
    return Record(line, details, columns)


def _date(values: dict[str, str]) -> str:
    """A date, or the month and the year that stand apart from each other."""
    if values.get("date"):
        return _unbraced(values["date"])
    year, month = _unbraced(values.get("year", "")), _unbraced(values.get("month", ""))
    if month.isdigit():
        return f"{year}-{month.zfill(2)}"
    return f"{month} {year}".strip()


def _unbraced(value: str) -> str:
    return value.replace("{", "").replace("}", "").strip()


def _path(attached: str) -> str:
    """“Full Text:files/12/report.pdf:application/pdf”, or the path alone."""
    parts = [re.sub(r"\\(.)", r"\1", part) for part in _PART.findall(attached) if part]
    return (parts[1] if len(parts) > 2 else ":".join(parts)).strip()
