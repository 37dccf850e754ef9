"""A newer version of a source: a capture beside those that are there, and only where there is something new."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.library.keeping.captures import keep_capture
from caseapp.library.keeping.contents import Contents, came_with, contents_of
from caseapp.library.models import Capture, Method, Source


class NothingNew(Exception):
    """The same bytes as the newest version's. No version was made."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        super().__init__(
            _("These are the very bytes of version %(number)d, so no new version was made.")
            % {"number": capture.number}
        )


def add_version(
    *,
    by: User | None,
    source: Source,
    original: bytes,
    name: str,
    method: Method,
    now: dt.datetime,
    accepted: frozenset[str] = frozenset(),
    response: dict[str, Any] | None = None,
) -> Capture:
    """Raises NothingNew, and what `contents_of` raises; then all is as it was.

    Whoever adds one holds the source, so of two people at once the second gets the next number, or is told that there
    is nothing new.
    """
    contents: Contents = contents_of(original, name=name, method=method, accepted=accepted, **came_with(response))
    blob = storage.put_bytes(original)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        newest = source.captures.defer("text").latest("number")
        if newest.original_sha256 == blob.sha256:
            raise NothingNew(newest)
        number = newest.number + 1
        capture = keep_capture(
            source, contents, blob, by=by, name=name, method=method, at=now, number=number, response=response
        )
        record(
            by=by,
            action=Action.SOURCE_CAPTURED_AGAIN,
            subject=source,
            label=source.title,
            sha256=blob.sha256,
            capture=number,
        )
    return capture
