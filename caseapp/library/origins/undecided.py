"""What nobody has decided yet: of sources that may be one report, fewer are independent than stand apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from caseapp.library.models import Link, Verdict
from caseapp.library.queries import FEW


def to_decide() -> QuerySet[Link]:
    """Links that wait for a person. What is one family already is not asked about again."""
    is_apart = Q(one__origin=None) | Q(other__origin=None) | ~Q(one__origin=F("other__origin"))
    return Link.objects.filter(is_apart, verdict=Verdict.SUGGESTED)


def undecided_among(source_ids: Iterable[int]) -> list[Link]:
    """Those of which both are among these sources, the surest first."""
    ids = set(source_ids)
    links = _between(ids, to_decide()).select_related("one__origin", "other__origin")
    return [link for link in links if {link.one_id, link.other_id} <= ids]


def _between(ids: set[int], links: QuerySet[Link]) -> QuerySet[Link]:
    """Those that may be among these sources, the surest first: of many it is quicker to read all."""
    links = links.order_by("-score", "pk")
    return links.filter(one__in=ids, other__in=ids) if len(ids) <= FEW else links


@dataclass(frozen=True)
class InDoubt:
    """`sources` of these may be one report with another of them; `first` is the number of the surest link."""

    sources: int
    first: int

    @classmethod
    def among(cls, source_ids: Iterable[int], told: Mapping[int, object]) -> "InDoubt | None":
        """`told` says of sources which report they tell; who is missing stands for itself."""
        ids = set(source_ids)
        if len(ids) < 2:
            return None
        suggested = _between(ids, Link.objects.filter(verdict=Verdict.SUGGESTED))
        pairs = {
            pk: (one, other)
            for pk, one, other in suggested.values_list("pk", "one_id", "other_id")
            if one in ids and other in ids and (one not in told or told[one] != told.get(other))
        }
        return cls(len({pk for pair in pairs.values() for pk in pair}), next(iter(pairs))) if pairs else None
