"""Which of some things belong together, when pairs of them do. Pure."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def groups(things: Iterable[Thing], pairs: Iterable[tuple[Thing, Thing]]) -> list[set[Thing]]:
    """Each thing in one of them; those that a chain of pairs leads between are in one."""
    above: dict[Thing, Thing] = {thing: thing for thing in things}

    def top(thing: Thing) -> Thing:
        while above[thing] != thing:
            thing = above[thing]
        return thing

    for one, other in pairs:
        above[top(one)] = top(other)
    found: dict[Thing, set[Thing]] = defaultdict(set)
    for thing in above:
        found[top(thing)].add(thing)
    return list(found.values())


def at_least(families: Iterable[Hashable], pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """How many families there are surely, should every pair be one."""
    return len(groups(families, pairs))
