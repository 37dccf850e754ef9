"""Which passages wait for somebody to look whether a newer version of their source still says them.

Nothing here loads the text of a capture: what stands around each place was written down with it.
"""

from django.db.models import Count, Q, QuerySet

from caseapp.library.excerpts.relocating import Standing
from caseapp.library.models import Capture, Recheck, Settled, Source


def rechecks() -> QuerySet[Recheck]:
    """With all that a card shows, in the order of sources and of their texts."""
    return (
        Recheck.objects.select_related("excerpt__capture__source", "capture__source", "settled_by")
        .defer("excerpt__capture__text", "capture__text")
        .prefetch_related("excerpt__themes")
        .order_by("capture__source__title", "capture__source_id", "excerpt__start", "pk")
    )


def waiting_rechecks(capture: Capture) -> QuerySet[Recheck]:
    """Those of the capture's source."""
    return rechecks().filter(Recheck.waiting(), capture__source=capture.source_id)


def waiting_count() -> int:
    return Recheck.objects.filter(Recheck.waiting()).count()


def sources_to_carry(source: Source | None = None) -> QuerySet[Source]:
    """The sources with passages of older versions that stand exactly in the newest, with `exact`: how many."""
    exact = Q(captures__rechecks__standing=Standing.EXACT.value, captures__rechecks__settled=Settled.OPEN)
    sources = Source.objects.filter(pk=source.pk) if source else Source.objects.all()
    counted = sources.annotate(exact=Count("captures__rechecks", filter=exact)).filter(exact__gt=0)
    return counted.order_by("title", "pk")


def settled_lately(source: Source | None = None) -> QuerySet[Recheck]:
    settled = rechecks().exclude(settled=Settled.OPEN)
    if source:
        settled = settled.filter(capture__source=source)
    return settled.order_by("-settled_at", "-pk")
