"""What a page says of itself; what does not fit into the details of a source is left out."""

import re
from typing import Any
from urllib.parse import urlsplit

from caseapp.intake.guessing import language_code, language_of, line

_DATE = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_LONGEST_ADDRESS = 2048


def about(document: Any | None, tree: Any | None, text: str, address: str) -> dict[str, str]:
    """The fields of `readings.Found`."""
    said = {
        "title": line(document.title, "title") if document else "",
        "author": _names(line(document.author, "author")) if document else "",
        "publisher": _publisher(document) if document else "",
        "published_on": _date(document.date) if document else "",
        "url": web_address((document.url if document else "") or address),
        "language": _language_said(tree) or language_of(text),
    }
    return {field: value for field, value in said.items() if value}


def web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_plain = parts.scheme in {"http", "https"} and parts.hostname and address.isprintable() and " " not in address
    return address if is_plain and len(address) <= _LONGEST_ADDRESS else ""


def _publisher(document: Any) -> str:
    return line(document.sitename or document.hostname, "publisher")


def _names(author: str) -> str:
    return ", ".join(name.strip() for name in author.split(";") if name.strip())


def _date(date: str | None) -> str:
    return date if date and _DATE.fullmatch(date) else ""


def _language_said(tree: Any | None) -> str:
    return "" if tree is None else language_code(tree.get("lang") or tree.get("xml:lang"))
