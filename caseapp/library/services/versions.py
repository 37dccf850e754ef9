"""Newer versions of a source: asking for its page again, and deciding what becomes of each passage of an older one."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.relocating import Standing
from caseapp.library.fetching import Address, may_fetch
from caseapp.library.keeping.arrivals import ring
from caseapp.library.models import Excerpt, Recapture, Recheck, Settled, Source, Undo
from caseapp.library.services.excerpts import ExcerptRefused, carry_over_excerpt
from caseapp.library.services.undoing import UndoRefused, remember, undoes

RECAPTURE = "library.recapture"


class RecaptureRefused(Exception):
    """The page was not asked for. str() says why."""


class FetchingIsOff(RecaptureRefused):
    def __init__(self) -> None:
        super().__init__(
            _("Your office does not let this program fetch pages. Save the page in your browser and upload the file.")
        )


class AlreadyAtWork(RecaptureRefused):
    def __init__(self) -> None:
        super().__init__(_("This page is being fetched already. Wait for what comes of it."))


class RecheckRefused(ExcerptRefused):
    """The passage stays where it was. str() says why."""


class SettledMeanwhile(RecheckRefused):
    def __init__(self) -> None:
        super().__init__(_("Somebody else decided about this passage meanwhile. Look at it as it is now."))


class NewerVersionMeanwhile(RecheckRefused):
    def __init__(self) -> None:
        super().__init__(_("A newer version of the source came meanwhile, and the passage was looked for there anew."))


class NoReasonGiven(RecheckRefused):
    def __init__(self) -> None:
        super().__init__(_("Say in a line why the passage stays on the older version."))


class ChangedSinceSettled(RecheckRefused):
    def __init__(self) -> None:
        super().__init__(_("The excerpt was changed since, so this was not taken back. Look at it as it is now."))


@transaction.atomic
def ask_again(*, by: User, source: Source, address: str, now: dt.datetime) -> Recapture:
    """Have a worker fetch the source's page. Raises a class of RecaptureRefused or of FetchRefused."""
    if not may_fetch():
        raise FetchingIsOff
    Address.parse(address)
    try:
        with transaction.atomic():
            recapture = Recapture.objects.create(
                source=source, address=address, requested_at=now, requested_by=by, heartbeat_at=now
            )
    except IntegrityError as error:
        raise AlreadyAtWork from error
    record(by=by, action=Action.RECAPTURE_ASKED, subject=source, label=source.title, address=address)
    transaction.on_commit(lambda: ring(RECAPTURE, recapture.pk), robust=True)
    return recapture


@transaction.atomic
def carry_over(*, by: User | None, recheck: Recheck, place: Place, now: dt.datetime) -> Undo:
    """Quote the passage from the newer version from now on, at this place. Raises a class of ExcerptRefused."""
    current = _open(recheck)
    excerpt = current.excerpt
    current.came_from, current.came_start, current.came_end = excerpt.capture, excerpt.start, excerpt.end
    carry_over_excerpt(by=by, excerpt=excerpt, capture=current.capture, start=place.start, end=place.end)
    return _settle(current, Settled.CARRIED, by, now)


@transaction.atomic
def carry_over_exact(*, by: User | None, source: Source, now: dt.datetime) -> tuple[int, int]:
    """Carry over all passages that stand exactly in the newest version: how many were, and how many could not be.

    One cannot be where the article was trimmed since, or where the same passage was excerpted anew.
    """
    rows = Recheck.objects.filter(capture__source=source, standing=Standing.EXACT.value, settled=Settled.OPEN)
    carried = refused = 0
    for recheck in rows.order_by("pk"):
        try:
            carry_over(
                by=by, recheck=recheck, place=Place(recheck.places[0]["start"], recheck.places[0]["end"]), now=now
            )
            carried += 1
        except ExcerptRefused:
            refused += 1
    return carried, refused


@transaction.atomic
def keep_on_older(*, by: User | None, recheck: Recheck, note: str, now: dt.datetime) -> Undo:
    """The newer version no longer says it, or says something else: the passage stays where it was quoted."""
    current = _open(recheck)
    current.note = note.strip()
    if not current.note:
        raise NoReasonGiven
    record(
        by=by,
        action=Action.EXCERPT_KEPT,
        subject=current.excerpt,
        label=current.excerpt.capture.source.title,
        capture=current.excerpt.capture.number,
    )
    return _settle(current, Settled.KEPT, by, now)


@transaction.atomic
def reopen(*, by: User | None, recheck: Recheck) -> Recheck:
    """Take back what was decided: the passage stands where it stood, and waits again."""
    current = _locked(recheck)
    if current.settled == Settled.OPEN:
        raise SettledMeanwhile
    if not current.capture.is_newest:
        raise NewerVersionMeanwhile
    excerpt = current.excerpt
    if current.came_from is not None:
        if excerpt.capture_id != current.capture_id:
            raise ChangedSinceSettled
        start, end = current.came_start or 0, current.came_end or 0
        carry_over_excerpt(by=by, excerpt=excerpt, capture=current.came_from, start=start, end=end)
    record(by=by, action=Action.EXCERPT_REOPENED, subject=excerpt, label=excerpt.capture.source.title)
    current.came_from = current.came_start = current.came_end = None
    current.settled, current.settled_at, current.settled_by, current.note = Settled.OPEN, None, None, ""
    current.save()
    return current


def _locked(recheck: Recheck) -> Recheck:
    rows = Recheck.objects.select_for_update(of=("self",)).select_related("excerpt__capture__source", "capture__source")
    try:
        return rows.defer("excerpt__capture__text").get(pk=recheck.pk)
    except Recheck.DoesNotExist as error:
        raise NewerVersionMeanwhile from error


def _open(recheck: Recheck) -> Recheck:
    current = _locked(recheck)
    if current.settled != Settled.OPEN:
        raise SettledMeanwhile
    return current


def _settle(recheck: Recheck, how: Settled, by: User | None, now: dt.datetime) -> Undo:
    recheck.settled, recheck.settled_at, recheck.settled_by = how, now, by
    recheck.save()
    label = _("re-check of “%(words)s”") % {"words": recheck.excerpt}
    return remember(by=by, kind="recheck.settled", payload={"recheck": recheck.pk}, label=label, now=now)


@undoes("recheck.settled")
def unsettle(by: User, payload: dict[str, Any], now: dt.datetime) -> Excerpt:
    recheck = Recheck.objects.filter(pk=payload["recheck"]).first()
    if recheck is None:
        raise UndoRefused(str(NewerVersionMeanwhile()))
    try:
        return reopen(by=by, recheck=recheck).excerpt
    except ExcerptRefused as refusal:
        raise UndoRefused(str(refusal)) from refusal
