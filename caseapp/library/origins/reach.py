"""How much stands behind some passages: sources, of how many independent origins, and how far that is not decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from caseapp.library.origins.undecided import InDoubt
from caseapp.library.queries import origins_of


@dataclass(frozen=True)
class Reach:
    sources: int
    independent: int
    in_doubt: InDoubt | None

    @classmethod
    def of(cls, source_ids: Iterable[int]) -> "Reach":
        ids = set(source_ids)
        return cls.told(ids, origins_of(ids))

    @classmethod
    def told(cls, source_ids: Collection[int], origins: Mapping[int, int]) -> "Reach":
        """`origins` says which report a source tells, of those that tell somebody else's."""
        independent = len(source_ids) - len(origins) + len(set(origins.values()))
        return cls(len(source_ids), independent, InDoubt.among(source_ids, origins))
