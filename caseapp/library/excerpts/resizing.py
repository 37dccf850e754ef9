"""Growing and shrinking a passage by a word or a sentence at either end.

A word is what stands between white space. A sentence ends at a full stop, a question or exclamation mark, or at the
end of its line; an abbreviation ends one too early, and then the person asks once more.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from caseapp.library.excerpts.anchors import Place

Edge = Literal["start", "end"]
Unit = Literal["sentence", "word"]

_STOPS = ".!?…。؟۔"
_CLOSING = r"[\"'”’»)\]]"
_UNITS: dict[Unit, re.Pattern[str]] = {
    "word": re.compile(r"\S+"),
    # Possessive throughout (++, *+): a line of leader dots, as in a table of contents, must not take quadratic time.
    "sentence": re.compile(
        rf"\S(?:[^\S\n]*+(?:[^\s{_STOPS}]|[{_STOPS}]++(?!{_CLOSING}*+(?:\s|$))))*+(?:[^\S\n]*+[{_STOPS}]++{_CLOSING}*+)?"
    ),
}
_REACH = 10_000  # characters that are searched backwards for the start of a sentence


@dataclass(frozen=True)
class Step:
    """One way of moving one edge. `place` is where the passage then stands, or None where it cannot go."""

    edge: Edge
    unit: Unit
    grows: bool
    place: Place | None


def steps(text: str, passage: Place, bounds: Place) -> Iterator[Step]:
    """Every step from `passage` that stays within `bounds`."""
    start, end = passage
    for unit, pattern in _UNITS.items():
        wider_start = _last_start(text, pattern, bounds.start, start)
        later_start = next((m.start() for m in pattern.finditer(text, start, end) if m.start() > start), None)
        earlier_end = max((m.end() for m in pattern.finditer(text, start, end) if m.end() < end), default=None)
        wider_end = next((m.end() for m in pattern.finditer(text, end, bounds.end)), None)
        yield Step("start", unit, grows=True, place=_place(wider_start, end))
        yield Step("start", unit, grows=False, place=_place(later_start, end))
        yield Step("end", unit, grows=False, place=_place(start, earlier_end))
        yield Step("end", unit, grows=True, place=_place(start, wider_end))


def _last_start(text: str, pattern: re.Pattern[str], low: int, start: int) -> int | None:
    """Where the word or sentence begins that stands right before `start`, or that `start` cuts."""
    before = text[max(low, start - _REACH) : start].rstrip()
    line = before.rfind("\n") + 1
    found = max((m.start() for m in pattern.finditer(before, line)), default=None)
    return None if found is None else max(low, start - _REACH) + found


def _place(start: int | None, end: int | None) -> Place | None:
    return None if start is None or end is None else Place(start, end)
