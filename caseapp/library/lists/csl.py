"""CSL-JSON, as Zotero exports it."""

import json
from typing import Any

from caseapp.core.refused import Refused
from caseapp.library.lists.records import MOST_RECORDS, Record
from caseapp.library.lists.tables import given


def read(text: str) -> list[Record]:
    """Its "line" is the number of an item. Raises Refused."""
    try:
        items = json.loads(text)
    except RecursionError as error:
        raise Refused("list-too-deep") from error
    except ValueError as error:
        raise Refused("list-broken", line=getattr(error, "lineno", 1)) from error
    items = items.get("items") if isinstance(items, dict) else items
    if not isinstance(items, list) or not items:
        raise Refused("list-no-records")
    if len(items) > MOST_RECORDS:
        raise Refused("list-too-long", most=MOST_RECORDS)
    return [_record(number, item) for number, item in enumerate(items, start=1)]


def _record(number: int, item: Any) -> Record:
    columns = {"CSL-JSON": json.dumps(item, ensure_ascii=False)}
    if not isinstance(item, dict):
        return Record(number, {}, columns, "record-unreadable", {"line": number})
    written = {
        "title": _words(item.get("title")),
        "author": "; ".join(filter(None, map(_name, _list(item.get("author"))))),
        "publisher": _words(item.get("container-title")) or _words(item.get("publisher")),
        "published_on": _date(item.get("issued")),
        "url": _words(item.get("URL")),
        "language": _words(item.get("language")),
        "type": _words(item.get("type")),
        "themes": _words(item.get("keyword")).replace(",", ";"),
        "abstract": _words(item.get("abstract")),
    }
    details = given(written)
    attached = [one.get("path") for one in _list(item.get("attachments")) if isinstance(one, dict)]
    details["files"] = [path for path in attached if isinstance(path, str)]
    return Record(number, details, columns)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _name(person: Any) -> str:
    if not isinstance(person, dict):
        return ""
    literal = _words(person.get("literal"))
    return literal or " ".join(filter(None, (_words(person.get("given")), _words(person.get("family")))))


def _date(issued: Any) -> str:
    if not isinstance(issued, dict):
        return _words(issued)
    parts = _list(issued.get("date-parts"))
    first = _list(parts[0]) if parts else []
    numbers = [str(part) for part in first if isinstance(part, int | str) and str(part).isdigit()]
    if numbers:
        return "-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:3])])
    return _words(issued.get("raw")) or _words(issued.get("literal"))
