"""Events are sealed right after they were written, in a chain of their own.

Not within the transaction that writes an event: each would have to wait for the seal of every other, and locks taken
in different order would stop people at work. An event gets its place in the chain when it is seen, because ids of
PostgreSQL appear in another order than they were given out.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from caseapp.audit import chain
from caseapp.audit.models import Event, EventQuerySet, Seal

AT_ONCE = 500
# How far behind the newest sealed id an event can appear: others were given ids and committed before it did.
STILL_APPEARING = 5_000


def unsealed() -> EventQuerySet:
    events: EventQuerySet = Event.objects.filter(~Exists(Seal.objects.filter(event_id=OuterRef("pk"))))
    return events


def seal_new(*, everything: bool = False) -> int:
    """Seal what is on record and not yet sealed; how many events that was. Everything: however far back."""
    newest = 0 if everything else Seal.objects.aggregate(newest=Max("event_id"))["newest"] or 0
    waiting = unsealed().filter(pk__gt=newest - STILL_APPEARING).order_by("pk")
    count = 0
    while events := list(waiting[:AT_ONCE]):
        try:
            _seal(events)
        except IntegrityError:  # another worker has just sealed them
            return count
        count += len(events)
    return count


def _seal(events: list[Event]) -> None:
    with transaction.atomic():
        head = Seal.objects.order_by("-position").first()
        last, previous = (head.position, head.hash) if head else (0, chain.BEFORE_THE_FIRST)
        seals = []
        for position, event in enumerate(events, start=last + 1):
            previous = chain.seal(previous, position, chain.as_json(event))
            seals.append(Seal(position=position, event_id=event.pk, hash=previous))
        # The position is the lock: of two who seal at once, one finds it taken.
        Seal.objects.bulk_create(seals)
