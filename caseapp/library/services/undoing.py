"""Taking back what one did oneself, as long as nobody built on it since.

A service that can be undone calls `remember` in its own transaction, and registers beside itself, with `undoes`, how
things are put back. Putting back is a deed like any other: it goes through the services, and is on record.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Undo

KEPT = dt.timedelta(days=30)


class UndoRefused(Exception):
    """Nothing was changed. str() says why, in words for the person who asked."""


class UndoneAlready(UndoRefused):
    def __init__(self) -> None:
        super().__init__(_("This was undone already."))


class ChangedSince(UndoRefused):
    def __init__(self) -> None:
        super().__init__(_("This was changed again since, so it was not undone. Look at it as it is now."))


class Shown(Protocol):
    """Where the person sees what was put back; "" where any page may show it, so that they stay on theirs."""

    def get_absolute_url(self) -> str: ...


class Everywhere:
    """What was put back shows in lists and queues."""

    def get_absolute_url(self) -> str:
        return ""


Handler = Callable[[User, dict[str, Any], dt.datetime], Shown]
_handlers: dict[str, Handler] = {}


def undoes(kind: str) -> Callable[[Handler], Handler]:
    """Registers who puts deeds of this kind back: a function of person, payload and time that may raise UndoRefused."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


@transaction.atomic
def remember(*, by: User | None, kind: str, payload: dict[str, Any], label: str, now: dt.datetime) -> Undo:
    """`label` says what was done, for the page that asks whether to undo it. What is a month old is forgotten."""
    Undo.objects.filter(made_by=by, made_at__lt=now - KEPT).delete()
    return Undo.objects.create(kind=kind, payload=payload, label=label[:300], made_by=by, made_at=now)


@transaction.atomic
def remember_together(
    *, by: User | None, kind: str, deeds: Iterable[int], label: str, now: dt.datetime, **payload: Any
) -> Undo:
    """One deed made of others, which are not offered by themselves any more."""
    parts = list(deeds)
    whole = remember(by=by, kind=kind, payload={"deeds": parts, **payload}, label=label, now=now)
    Undo.objects.filter(pk__in=parts).update(part_of=whole)
    return whole


def undo_each(by: User, payload: dict[str, Any], now: dt.datetime) -> Any:
    """Each of the deeds of one that was made of them, or none where one was built upon since."""
    return [undo(by=by, undo_id=deed, now=now) for deed in reversed(payload["deeds"])][-1]


@transaction.atomic
def undo(*, by: User, undo_id: int, now: dt.datetime) -> Shown:
    deed = Undo.objects.select_for_update().get(pk=undo_id, made_by=by)
    if deed.undone_at is not None:
        raise UndoneAlready
    before = Undo.objects.filter(made_by=by).latest("pk").pk
    shown = _handlers[deed.kind](by, deed.payload, now)
    Undo.objects.filter(made_by=by, pk__gt=before).update(part_of=deed)
    deed.undone_at = now
    deed.save(update_fields=["undone_at"])
    record(by=by, action=Action.UNDONE, subject=deed, label=deed.label, kind=deed.kind)
    return shown
