"""What nobody has decided yet: of sources that may be one report, fewer are independent than stand apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from caseapp.library.models import Link, Verdict


def to_decide() -> QuerySet[Link]:
    """Links that wait for a person. What is one family already is not asked about again."""
    is_apart = Q(one__origin=None) | Q(other__origin=None) | ~Q(one__origin=F("other__origin"))
    return Link.objects.filter(is_apart, verdict=Verdict.SUGGESTED)


def undecided_among(source_ids: Iterable[int]) -> list[Link]:
    """Those of which both are among these sources, the surest first."""
    ids = set(source_ids)
    if len(ids) < 2:
        return []
    links = to_decide().filter(one__in=ids, other__in=ids)
    return list(links.select_related("one__origin", "other__origin").order_by("-score", "pk"))


@dataclass(frozen=True)
class InDoubt:
    """`sources` of these may be one report with another of them."""

    sources: int
    first: Link

    @classmethod
    def among(cls, source_ids: Iterable[int]) -> "InDoubt | None":
        links = undecided_among(source_ids)
        touched = {pk for link in links for pk in (link.one_id, link.other_id)}
        return cls(len(touched), links[0]) if links else None
