"""The workers' part of capturing a page again: fetch it, read it, and keep it where it is new.

May be called twice, late, or by two workers at once: a row is claimed by one conditional update and given up by
another. A page that does not arrive, or cannot be read, leaves the source as it was, and the row says why.
"""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from caseapp.accounts.roles import Ability
from caseapp.core.jobs import MOST_ATTEMPTS, claim, heart, new_owner
from caseapp.core.unforeseen import note_unexpected
from caseapp.intake import Unusable
from caseapp.intake.readers.text import Unreadable
from caseapp.library.fetching import FetchRefused, fetch, may_fetch
from caseapp.library.keeping.contents import MustBeDecided
from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Method, Recapture, RecaptureStatus

MOST_SECONDS = 5 * 60


def recapture(recapture_id: int) -> None:
    """Fetch one page, unless that was done already or somebody else is at it."""
    owner = new_owner()
    waiting = Recapture.objects.filter(pk=recapture_id, status=RecaptureStatus.WAITING, attempts__lt=MOST_ATTEMPTS)
    if not claim(waiting, to_status=RecaptureStatus.FETCHING, owner=owner, now=timezone.now()):
        return
    row = Recapture.objects.select_related("source", "requested_by").get(pk=recapture_id)
    with heart(Recapture.objects.filter(pk=recapture_id), owner=owner), _askers_language(row):
        _end(row, owner, **_outcome(row))


def give_up(row: Recapture) -> None:
    """The program stopped again and again while it had this page."""
    with _askers_language(row):
        sentence = _(
            "The program stopped %(times)d times while it had this page, so it was given up. Save the page in your "
            "browser and upload the file."
        ) % {"times": MOST_ATTEMPTS}
        _end(row, row.owner, **_failed(sentence))


def _end(row: Recapture, owner: str, **fields: Any) -> None:
    rows = Recapture.objects.filter(pk=row.pk, owner=owner, status=RecaptureStatus.FETCHING)
    rows.update(**fields, heartbeat_at=timezone.now())


def _outcome(row: Recapture) -> dict[str, Any]:
    """What the row says from now on."""
    try:
        return _fetched(row)
    except NothingNew:
        return {"status": RecaptureStatus.UNCHANGED}
    except (FetchRefused, Unreadable, Unusable, MustBeDecided) as refusal:
        return _failed(str(refusal))
    except Exception as error:
        unexpected = note_unexpected(error, where=f"Recapture {row.pk}")
        return _failed(
            _(
                "Something unexpected happened while this page was being fetched. Try again; if it happens again, "
                "give your administrator the reference %(reference)s."
            )
            % {"reference": unexpected.reference}
        )


def _fetched(row: Recapture) -> dict[str, Any]:
    person, now = row.requested_by, timezone.now()
    if person is None or not person.can(Ability.EDIT_LIBRARY) or not may_fetch():
        return _failed(_("This page may not be fetched any more."))
    fetched = fetch(row.address, now=now)
    capture = add_version(
        by=person,
        source=row.source,
        original=fetched.data,
        name=fetched.name,
        method=Method.FETCHED,
        now=now,
        response=fetched.response,
    )
    return {"status": RecaptureStatus.KEPT, "capture": capture}


def _failed(sentence: str) -> dict[str, Any]:
    return {"status": RecaptureStatus.FAILED, "failure": sentence}


def _askers_language(row: Recapture) -> override:
    """What a worker writes is read by the person who asked."""
    person = row.requested_by
    return override((person.language if person else "") or settings.LANGUAGE_CODE)
