"""How far a person is with the sources of a list, and which source comes before and after another in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from django.db.models import Q

from caseapp.accounts.models import User
from caseapp.library.found.listing import Asked, SourceList
from caseapp.library.models import Reading, Source
from caseapp.library.models.reading import Standing
from caseapp.library.searching.choices import Choices


@dataclass(frozen=True)
class Neighbours:
    """`address` is that of the list; `place` counts from 1, and is 0 where the source does not stand in the list (any
    more: it keeps its neighbours when the work on it takes it out)."""

    address: str
    before: int | None = None
    after: int | None = None
    place: int = 0
    count: int = 0


def neighbours_of(source: Source, address: str, person: User) -> Neighbours:
    """In the list that the address asks for; in all sources, the newest first, where it asks for none."""
    choices = Choices.read(parse_qs(address))
    if not choices.address:
        return Neighbours("", _nearest(source, later=True), _nearest(source, later=False))
    listed = SourceList(Asked.of(choices, person.pk))
    ids, count = list(listed.ids_around(source.pk)), len(listed)
    at = ids.index(source.pk)
    before = ids[at - 1] if at else None
    after = ids[at + 1] if at + 1 < len(ids) else None
    return Neighbours(choices.address, before, after, at + 1 if len(ids) == count else 0, count)


def _nearest(source: Source, *, later: bool) -> int | None:
    way, order = ("gt", "") if later else ("lt", "-")
    same_moment = Q(created_at=source.created_at, **{f"pk__{way}": source.pk})
    beyond = Source.objects.filter(Q(**{f"created_at__{way}": source.created_at}) | same_moment)
    return beyond.order_by(f"{order}created_at", f"{order}pk").values_list("pk", flat=True).first()


def reading_of(person: User, source: Source) -> Reading | None:
    return Reading.objects.filter(person=person, source=source).first()


def standings_of(person: User) -> dict[int, Standing]:
    """By source; what is unread is missing."""
    said = Reading.objects.filter(person=person).values_list("source", "standing")
    return {source: Standing(standing) for source, standing in said}


def through(standings: Mapping[int, Standing], sources: Collection[int]) -> int:
    """How many of the sources a person has got through."""
    done = {source for source, standing in standings.items() if standing in Reading.DONE}
    return len(done.intersection(sources))
