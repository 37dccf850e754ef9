"""Pure: putting a list into another order while a colleague may be changing the same list."""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

Id = TypeVar("Id", bound=int | uuid.UUID)


class OrderOutOfDate(Exception):
    """The list was changed by somebody else after the person who sorts it saw it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else changed this list in the meantime, so nothing was moved. This is how it stands now.")
        )


class Positioned(Protocol):
    pk: Any
    position: Any


def renumber(rows: Sequence[Positioned], *, seen: Sequence[Id], wanted: Sequence[Id]) -> bool:
    """Give each row its position, from 1, in the wanted order. False: that is the order they had.

    `rows` stand as they are now; `seen` and `wanted` are ids. Raises OrderOutOfDate, and moves nothing.
    """
    order = agreed_order(current=[row.pk for row in rows], seen=seen, wanted=wanted)
    if order == list(seen):
        return False
    place = {pk: position for position, pk in enumerate(order, start=1)}
    for row in rows:
        row.position = place[row.pk]
    return True


def agreed_order(*, current: Sequence[Id], seen: Sequence[Id], wanted: Sequence[Id]) -> list[Id]:
    """The wanted order, if it rearranges the list as it stands and the person saw that list."""
    if list(current) != list(seen) or Counter(current) != Counter(wanted):
        raise OrderOutOfDate
    return list(wanted)


def shifted(order: Sequence[Id], item: Id, by: int) -> list[Id]:
    """The order after moving one item up (-1) or down (1); at either end it stays where it is."""
    if item not in order:
        raise OrderOutOfDate
    rest = [other for other in order if other != item]
    place = min(max(order.index(item) + by, 0), len(rest))
    return [*rest[:place], item, *rest[place:]]


def wanted_order(seen: Sequence[Id], order: Sequence[Id], *, up: Id | None, down: Id | None) -> list[Id]:
    """What a person asks for: one item up or down, or the order that dragging made; as it was, if neither."""
    if up is not None:
        return shifted(seen, up, -1)
    if down is not None:
        return shifted(seen, down, 1)
    return list(order or seen)
