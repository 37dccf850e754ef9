"""Values of a PDF as plain Python values, whatever a broken file may have put in their place."""

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream

# Deeper than this, nothing in a PDF is meant: it goes round in circles.
MOST_LEVELS = 64
_UNSAYABLE = dict.fromkeys({*range(0x20), 0x7F, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF} - {0x09, 0x0A, 0x0D})


def dictionary(thing: object) -> Any:
    """The dictionary (or that of a stream), or an empty one."""
    return thing if isinstance(thing, Dictionary | Stream) else Dictionary()


def number(thing: object) -> float | None:
    if isinstance(thing, bool) or not isinstance(thing, int | float | Decimal):
        return None
    value = float(thing)
    return value if math.isfinite(value) else None


def whole(thing: object, otherwise: int = 0) -> int:
    value = number(thing)
    return otherwise if value is None or abs(value) > 1 << 31 else int(value)


def numbers(thing: object) -> list[float] | None:
    """All of an array's numbers, or None where one of them is none."""
    if not isinstance(thing, Array):
        return None
    values = [number(item) for item in thing]
    return [value for value in values if value is not None] if None not in values else None


def rectangle(thing: object) -> tuple[float, float, float, float] | None:
    """Left, bottom, right, top, in order; None where there is no area."""
    values = numbers(thing)
    if values is None or len(values) != 4:
        return None
    left, right = sorted(values[0::2])
    bottom, top = sorted(values[1::2])
    return (left, bottom, right, top) if right > left and top > bottom else None


def name(thing: object) -> str:
    """Without its slash, and as a dictionary has it for a key; empty where it is no name."""
    return bytes(thing)[1:].decode("utf-8", "surrogateescape") if isinstance(thing, Name) else ""


def words(thing: object) -> str:
    return sayable(str(thing)) if isinstance(thing, pikepdf.String) else ""


def sayable(text: str) -> str:
    """Without what no database and no page can hold: halves of characters, and characters that are none."""
    return text.translate(_UNSAYABLE)


def items(thing: object) -> list[Any]:
    """What stands in an array, or the one thing that stands there without one."""
    if isinstance(thing, Array):
        return list(thing)
    return [] if thing is None else [thing]


def inherited(thing: Dictionary, key: Name) -> Object | None:
    """The value of `thing` or of the nearest of its parents that has one."""
    for level in lineage(thing):
        if key in level:
            return level.get(key)
    return None


def lineage(thing: Dictionary) -> Iterator[Dictionary]:
    for _ in range(MOST_LEVELS):
        yield thing
        above = thing.get(Name.Parent)
        if not isinstance(above, Dictionary):
            return
        thing = above


def short(value: float) -> int | float:
    """As it is written in the clean copy: three decimals at most, and the same when it is read again."""
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded
