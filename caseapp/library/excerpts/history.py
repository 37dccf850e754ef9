"""What happened to an excerpt, from what is on record: who changed which words, bounds and themes, and its states."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import Excerpt
from caseapp.library.texts.rewording import Piece, rewording

MOST = 200
# A comment speaks for itself, and stands in the thread.
DEEDS: dict[str, str | Promise] = {
    Action.EXCERPT_ADDED: gettext_lazy("proposed it"),
    Action.EXCERPT_CHANGED: gettext_lazy("changed what is said of it"),
    Action.EXCERPT_MOVED: gettext_lazy("changed its bounds"),
    Action.EXCERPT_CARRIED: gettext_lazy("carried it over to a newer version of the source"),
    Action.EXCERPT_KEPT: gettext_lazy("kept it on the older version of the source"),
    Action.EXCERPT_CHECKED: gettext_lazy("checked it"),
    Action.EXCERPT_SENT_BACK: gettext_lazy("sent it back"),
    Action.EXCERPT_ASKED_AGAIN: gettext_lazy("asked for another look, as it stands"),
    Action.EXCERPT_APPROVED: gettext_lazy("approved it"),
    Action.EXCERPT_UNAPPROVED: gettext_lazy("took the approval back"),
    Action.EXCERPT_VETTING_UNDONE: gettext_lazy("took back what they had decided"),
    Action.COMMENT_REMOVED: gettext_lazy("took a comment away"),
}
FIELDS: dict[str, str | Promise] = {
    "translation": gettext_lazy("Translation"),
    "note": gettext_lazy("Note"),
    "answer": gettext_lazy("What can be said of it in general"),
}


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Deed:
    at: dt.datetime
    who: str
    words: str
    changes: list[Change]


def history_of(excerpt: Excerpt) -> list[Deed]:
    """The latest first."""
    events = Event.objects.of_subject(excerpt).filter(action__in=DEEDS)[:MOST]
    return [Deed(event.at, event.actor_name, _words(event), list(_changes(event.detail))) for event in events]


def _words(event: Event) -> str:
    if event.detail.get("by_author"):
        return _("checked it, though it is their own: the office had nobody else who could")
    return str(DEEDS[event.action])


def _changes(detail: dict[str, Any]) -> Iterator[Change]:
    if "words" in detail:
        yield Change(_("Quote"), rewording(*detail["words"]))
    if "was" in detail and "capture" not in detail:
        yield Change(
            _("Bounds"), [*_gone("–".join(map(str, detail["was"]))), *_new(f"{detail['start']}–{detail['end']}")]
        )
    themes = _gone(", ".join(detail.get("themes_removed", []))) + _new(", ".join(detail.get("themes_added", [])))
    if themes:
        yield Change(_("Themes"), themes)
    for field, (old, new) in detail.get("changed", {}).items():
        if field == "is_adverse":
            yield Change(_("Cuts against us"), [*_gone(_yes_or_no(old)), *_new(_yes_or_no(new))])
        else:
            yield Change(str(FIELDS[field]), rewording(old, new))


def _gone(words: str) -> list[Piece]:
    return [Piece("gone", words)] if words else []


def _new(words: str) -> list[Piece]:
    return [Piece("new", words)] if words else []


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
