"""What every list is read into."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_RECORDS = 10_000
LONGEST_CELL = 1_000_000
LONGEST_TEXT = 10_000_000
DETAILS = ("title", "publisher", "author", "published_on", "url", "language", "kind", "country")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass
class Record:
    """One publication that a list names. `line` is where it begins in the file, or its number where lines say nothing.

    `given` are details by their names in the program, also `themes`, `files`, `text` and `abstract`. `columns` are the
    list's own words, as a table would hold them. `wrong` is the code of what is wrong with it, with `params` for the
    sentence.
    """

    line: int
    given: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    wrong: str = ""
    params: dict[str, str | int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "given": {name: _plain(value) for name, value in self.given.items() if value},
            "columns": {_plain(name)[:200]: _plain(value) for name, value in self.columns.items() if value},
            "wrong": self.wrong,
            "params": {name: _plain(value) for name, value in self.params.items()},
        }


def _plain(value: Any) -> Any:
    """The same, without the characters that a database refuses."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value[:LONGEST_TEXT])
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def one_line(value: str) -> str:
    return " ".join(value.split())


def each_once(values: Iterable[str]) -> list[str]:
    """In order, without those that are empty or differ from an earlier one by capitals alone."""
    kept: dict[str, str] = {}
    for value in values:
        line = one_line(value)
        if line:
            kept.setdefault(line.casefold(), line)
    return list(kept.values())
