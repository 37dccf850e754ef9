"""How a case stood then and how it stands now. Pure."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from caseapp.cases.coverage.passages import APPROVED, Passage


@dataclass(frozen=True)
class Changes:
    """Excerpts by their id. `opened` and `closed` are keys of elements whose gap came or went."""

    added: tuple[int, ...]
    approved: tuple[int, ...]
    lost_approval: tuple[int, ...]
    taken_out: int
    opened: tuple[str, ...]
    closed: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.approved, self.lost_approval, self.taken_out, self.opened, self.closed))


def changes_between(
    *, then: Mapping[int, str], gaps_then: Set[str], now: Iterable[Passage], gaps_now: Iterable[str]
) -> Changes:
    """`then` is the state of each excerpt that was in use. What came new and approved is told once, as added."""
    standing = {passage.excerpt: passage.state for passage in now}
    both = [(excerpt, then[excerpt], state) for excerpt, state in standing.items() if excerpt in then]
    open_now = list(gaps_now)
    return Changes(
        added=tuple(excerpt for excerpt in standing if excerpt not in then),
        approved=tuple(excerpt for excerpt, was, is_now in both if was != APPROVED and is_now == APPROVED),
        lost_approval=tuple(excerpt for excerpt, was, is_now in both if was == APPROVED and is_now != APPROVED),
        taken_out=sum(excerpt not in standing for excerpt in then),
        opened=tuple(key for key in open_now if key not in gaps_then),
        closed=tuple(sorted(gaps_then - set(open_now))),
    )
