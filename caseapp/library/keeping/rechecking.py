"""Passages of older captures, looked for in the newest. Nothing is moved: what was found is written down to be seen."""

import datetime as dt
from collections.abc import Iterable

from caseapp.library.excerpts.relocating import NewerText
from caseapp.library.models import Capture, Excerpt, Recheck
from caseapp.library.models.recheck import Settled


def look_for_all(capture: Capture, *, now: dt.datetime) -> None:
    """Look for every excerpt of the source's older captures in this one, which has just become the newest.

    What waited because of a capture in between waits because of this one from now on. An excerpt that was kept on its
    older version is looked for again: that decision was about another text.
    """
    source = capture.source_id
    # Held until the end of the transaction: who excerpts a passage holds its capture too, so none is overlooked.
    list(Capture.objects.select_for_update().filter(source=source).order_by("pk").values_list("pk", flat=True))
    Recheck.objects.filter(capture__source=source, settled=Settled.OPEN).exclude(capture=capture).delete()
    _write(Excerpt.objects.filter(capture__source=source).exclude(capture=capture), capture, now)


def look_again(excerpt: Excerpt, *, now: dt.datetime) -> None:
    """Look for an excerpt that is new or has other words, where it stands on an older capture."""
    newest = Capture.objects.filter(source=excerpt.capture.source_id).defer("text").latest("number")
    if newest != excerpt.capture:
        Recheck.objects.filter(excerpt=excerpt, capture=newest).delete()
        _write([excerpt], newest, now)


def _write(excerpts: Iterable[Excerpt], capture: Capture, now: dt.datetime) -> None:
    text = NewerText(capture.text)
    Recheck.objects.bulk_create(
        Recheck(
            excerpt=excerpt,
            capture=capture,
            made_at=now,
            **text.relocate(excerpt.quote, excerpt.prefix, excerpt.suffix).as_plain,
        )
        for excerpt in excerpts
    )
