"""How much stands behind some passages: sources, of how many independent origins, and how far that is not decided."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseapp.library.origins.undecided import InDoubt
from caseapp.library.queries import independent_origins


@dataclass(frozen=True)
class Reach:
    sources: int
    independent: int
    in_doubt: InDoubt | None

    @classmethod
    def of(cls, source_ids: Iterable[int]) -> "Reach":
        ids = set(source_ids)
        return cls(len(ids), independent_origins(ids), InDoubt.among(ids))
