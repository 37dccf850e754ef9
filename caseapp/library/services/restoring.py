"""How what was done to excerpts is undone: by the same services, unless somebody has built on it since."""

import datetime as dt
from typing import Any, cast

from django.core import serializers

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.keeping.rechecking import look_again
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.models import Excerpt, Source, Theme
from caseapp.library.models.excerpt import State
from caseapp.library.services.excerpts import (
    ExcerptRefused,
    change_excerpt,
    move_bounds,
    propose_anew,
    refuse_unplaceable,
    remove_excerpt,
)
from caseapp.library.services.undoing import ChangedSince, UndoRefused, undoes


class PassageTaken(UndoRefused):
    """The excerpt that was removed cannot stand again. str() is why, as the library says it."""


@undoes("excerpt.added")
def unquote(by: User, payload: dict[str, Any], now: dt.datetime) -> Source:
    excerpt = _as_it_was_left(payload)
    if excerpt.state != State.PROPOSED:
        raise ChangedSince
    try:
        remove_excerpt(by=by, excerpt=excerpt, now=now)
    except ExcerptRefused as refusal:
        raise UndoRefused(str(refusal)) from refusal
    return excerpt.capture.source


@undoes("excerpt.changed")
def say_as_before(by: User, payload: dict[str, Any], now: dt.datetime) -> Excerpt:
    excerpt = _as_it_was_left(payload)
    said = payload["said"] | {"themes": _themes(payload["said"]["themes"])}
    return change_excerpt(by=by, excerpt=excerpt, version=excerpt.version, now=now, **said)


@undoes("excerpt.moved")
def move_back(by: User, payload: dict[str, Any], now: dt.datetime) -> Excerpt:
    excerpt, (start, end) = _as_it_was_left(payload), payload["place"]
    try:
        return move_bounds(by=by, excerpt=excerpt, start=start, end=end, version=excerpt.version, now=now)
    except ExcerptRefused as refusal:
        raise UndoRefused(str(refusal)) from refusal


@undoes("excerpt.removed")
def put_back(by: User, payload: dict[str, Any], now: dt.datetime) -> Excerpt:
    """The same row under the same number, with its comments. It is proposed again: whoever vetted it vetted what was
    then removed."""
    rows = payload["rows"]
    _themes(rows[0]["fields"]["themes"])
    kept, *comments = serializers.deserialize("python", rows, ignorenonexistent=True)
    excerpt = cast(Excerpt, kept.object)
    if Excerpt.objects.filter(pk=excerpt.pk).exists():
        raise ChangedSince
    try:
        refuse_unplaceable(excerpt.capture, excerpt.start, excerpt.end)
    except ExcerptRefused as refusal:
        raise PassageTaken(str(refusal)) from refusal
    propose_anew(excerpt)
    kept.save()
    for comment in comments:
        comment.save()
    refresh_search(sources=[excerpt.capture.source], excerpts=[excerpt])
    look_again(excerpt, now=now)
    record(by=by, action=Action.EXCERPT_ADDED, subject=excerpt, label=excerpt.capture.source.title)
    return excerpt


def _as_it_was_left(payload: dict[str, Any]) -> Excerpt:
    """Raises ChangedSince where somebody changed or removed it after the deed."""
    found = Excerpt.objects.select_for_update(of=("self",)).select_related("capture__source")
    excerpt = found.defer("capture__text").filter(pk=payload["excerpt"], version=payload["version"]).first()
    if excerpt is None:
        raise ChangedSince
    return excerpt


def _themes(ids: list[int]) -> list[Theme]:
    """Raises ChangedSince where one was removed or merged: what it was called is no longer what it means."""
    themes = list(Theme.objects.filter(pk__in=ids))
    if len(themes) != len(ids):
        raise ChangedSince
    return themes
