"""RIS: records between TY and ER, a tag a line. rispy reads a record; where each begins is found here."""

import re
from collections.abc import Iterator

import rispy

from caseapp.core.refused import Refused
from caseapp.library.lists.records import MOST_RECORDS, Record
from caseapp.library.lists.tables import given

_BEGIN = re.compile(r"TY {1,2}- ?")
_END = re.compile(r"ER {1,2}-\s*\Z")
# Which keys of rispy say what; the first that is filled in is taken.
_KEYS = {
    "title": ("title", "primary_title", "short_title"),
    "publisher": ("journal_name", "secondary_title", "alternate_title3", "publisher"),
    "published_on": ("date", "year", "publication_year"),
    "language": ("language",),
    "abstract": ("abstract", "notes_abstract"),
    "type": ("type_of_reference",),
}


def read(text: str) -> list[Record]:
    """Raises Refused where nothing in it is a record. A record without its end is read up to the next one."""
    records = []
    for line, lines in _pieces(text):
        records.append(_record(line, lines))
        if len(records) > MOST_RECORDS:
            raise Refused("list-too-long", most=MOST_RECORDS)
    if not any(not record.wrong for record in records):
        raise Refused("list-no-records")
    return records


def _pieces(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines with the number of the first: a record each, or lines that belong to none."""
    begun, lines = 1, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        if _BEGIN.match(line) and lines:
            yield begun, lines
            lines = []
        if line.strip() or lines:
            begun = begun if lines else number
            lines.append(line)
        if _END.match(line):
            yield begun, lines
            lines = []
    if lines:
        yield begun, lines


def _record(line: int, lines: list[str]) -> Record:
    whole = "\n".join(lines)
    if not _BEGIN.match(lines[0]):
        return Record(line, columns={"RIS": whole}, wrong="record-outside", params={"line": line})
    closed = whole if _END.match(lines[-1]) else f"{whole}\nER  - "
    try:
        found = rispy.loads(closed, skip_unknown_tags=True)[0]
    except Exception:  # whatever its parser stumbles over, it is this record and no other
        return Record(line, columns={"RIS": whole}, wrong="record-unreadable", params={"line": line})
    written = {field: _first(found, keys) for field, keys in _KEYS.items()}
    written["author"] = "; ".join(_all(found, "authors", "first_authors"))
    written["url"] = next(iter(_all(found, "urls")), "")
    details = given(written)
    details["themes"] = _all(found, "keywords")
    details["files"] = _all(found, "file_attachments1", "file_attachments2")
    return Record(line, details, {"RIS": whole})


def _first(found: dict, keys: tuple[str, ...]) -> str:
    return next((words for key in keys for words in _all(found, key)), "")


def _all(found: dict, *keys: str) -> list[str]:
    words: list[str] = []
    for key in keys:
        value = found.get(key) or []
        words += [value] if isinstance(value, str) else [one for one in value if isinstance(one, str)]
    return [one for one in words if one.strip()]
