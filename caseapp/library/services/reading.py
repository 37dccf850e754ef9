"""Saying how far one is with a source. It is everybody's own affair, so it is not put on record."""

import datetime as dt

from django.db import transaction

from caseapp.accounts.models import User
from caseapp.library.models import Reading, Source, Standing


@transaction.atomic
def mark_reading(*, by: User, source: Source, standing: Standing | None, now: dt.datetime) -> None:
    """None: it counts as unread again."""
    if standing is None:
        Reading.objects.filter(person=by, source=source).delete()
    else:
        values = {"standing": standing, "at": now}
        Reading.objects.update_or_create(person=by, source=source, defaults=values)


def begin_reading(*, by: User | None, source: Source, now: dt.datetime) -> None:
    """Whoever takes a passage out of a source is reading it, unless they have said more of it already."""
    if by is not None:
        values = {"standing": Standing.READING, "at": now}
        Reading.objects.get_or_create(person=by, source=source, defaults=values)
