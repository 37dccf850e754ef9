"""Answering suggestions. Only an acceptance tags anything, and it does so as if the person had tagged by hand."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Answer, Capture, Excerpt, Suggestion, Theme, Undo
from caseapp.library.services.excerpts import change_excerpt, quote_excerpt
from caseapp.library.services.undoing import (
    ChangedSince,
    Everywhere,
    remember_together,
    undo,
    undo_each,
    undoes,
)
from caseapp.library.themes.proposals import Passage, Proposal, Proposer, passage_at


@transaction.atomic
def accept_suggestion(*, by: User, capture: Capture, start: int, end: int, theme: Theme, now: dt.datetime) -> Excerpt:
    """Tags the excerpt; a paragraph that is none becomes one. Raises ExcerptRefused as quoting and changing do."""
    passage = passage_at(capture, start, end)
    proposal = _proposal(passage, theme)
    excerpt = _tagged(by, capture, passage, theme, now)
    suggestion = _answer(by, passage, theme, Answer.ACCEPTED, proposal, now)
    _remember(by, suggestion, now, excerpt)
    return excerpt


@transaction.atomic
def accept_exact(
    *, by: User, chosen: Iterable[tuple[Capture, int, int, Theme]], now: dt.datetime
) -> tuple[int, Undo | None]:
    """Many at once: only those that a rule or a passage of the same wording speaks for, at this moment. How many were
    accepted, and what takes it back."""
    accepted: list[int] = []
    for capture, start, end, theme in chosen:
        proposal = _proposal(passage_at(capture, start, end), theme)
        if proposal and proposal.is_exact:
            accept_suggestion(by=by, capture=capture, start=start, end=end, theme=theme, now=now)
            accepted.append(Undo.objects.filter(made_by=by, kind="suggestion.answered").latest("pk").pk)
    if not accepted:
        return 0, None
    n = len(accepted)
    label = ngettext("%(n)d suggestion was accepted", "%(n)d suggestions were accepted", n) % {"n": n}
    return n, remember_together(by=by, kind="suggestions.accepted", deeds=accepted, label=label, now=now)


@transaction.atomic
def refuse_suggestion(
    *, by: User, capture: Capture, start: int, end: int, theme: Theme, now: dt.datetime
) -> Suggestion:
    """It is not made again for this passage."""
    passage = passage_at(capture, start, end)
    suggestion = _answer(by, passage, theme, Answer.REFUSED, _proposal(passage, theme), now)
    _remember(by, suggestion, now)
    return suggestion


@undoes("suggestion.answered")
def unanswer(by: User, payload: dict[str, Any], now: dt.datetime) -> Everywhere:
    """As if nobody had answered; the tag or the excerpt that came of it goes too, unless somebody built on it."""
    found = Suggestion.objects.select_related("capture__source", "theme").defer("capture__text")
    suggestion = found.filter(pk=payload["suggestion"], answer=payload["answer"], answered_by=by).first()
    if suggestion is None:
        raise ChangedSince
    for deed in payload["deeds"]:
        undo(by=by, undo_id=deed, now=now)
    reopen_suggestion(by=by, suggestion=suggestion)
    return Everywhere()


undoes("suggestions.accepted")(undo_each)


@transaction.atomic
def reopen_suggestion(*, by: User, suggestion: Suggestion) -> None:
    """As if it had not been answered. A tag that was set stays."""
    label = suggestion.capture.source.title
    record(by=by, action=Action.SUGGESTION_REOPENED, subject=suggestion, label=label, theme=suggestion.theme.name)
    suggestion.delete()


def _proposal(passage: Passage, theme: Theme) -> Proposal | None:
    """Nothing where the suggestion no longer stands, which is no reason to refuse what a person says of it."""
    return next(iter(Proposer(theme).for_passage(passage)), None)


def _tagged(by: User, capture: Capture, passage: Passage, theme: Theme, now: dt.datetime) -> Excerpt:
    excerpt = passage.excerpt
    if excerpt is None:
        return quote_excerpt(
            by=by, capture=capture, start=passage.start, end=passage.end, themes=[theme], words=passage.text, now=now
        )
    return change_excerpt(
        by=by,
        excerpt=excerpt,
        themes={*excerpt.themes.all(), theme},
        note=excerpt.note,
        is_adverse=excerpt.is_adverse,
        version=excerpt.version,
        now=now,
    )


def _remember(by: User, suggestion: Suggestion, now: dt.datetime, excerpt: Excerpt | None = None) -> None:
    """With what was done to the excerpt, if it was not tagged so before."""
    made = Undo.objects.filter(made_by=by, made_at=now, undone_at=None, part_of=None)
    of_excerpt = Q(kind__in=("excerpt.added", "excerpt.changed"), payload__excerpt=excerpt.pk if excerpt else 0)
    remember_together(
        by=by,
        kind="suggestion.answered",
        deeds=made.filter(of_excerpt).order_by("-pk").values_list("pk", flat=True)[:1],
        label=f"{suggestion.theme.name}: {suggestion.capture.source.title}",
        now=now,
        suggestion=suggestion.pk,
        answer=suggestion.answer,
    )


def _answer(
    by: User, passage: Passage, theme: Theme, answer: Answer, proposal: Proposal | None, now: dt.datetime
) -> Suggestion:
    said = {
        "answer": answer,
        "why": proposal.why if proposal else {},
        "score": proposal.score if proposal else 0,
        "answered_at": now,
        "answered_by": by,
    }
    suggestion, _is_new = Suggestion.objects.update_or_create(
        capture_id=passage.capture_id, start=passage.start, end=passage.end, theme=theme, defaults=said
    )
    action = Action.SUGGESTION_ACCEPTED if answer == Answer.ACCEPTED else Action.SUGGESTION_REFUSED
    record(by=by, action=action, subject=suggestion, label=passage.source.title, theme=theme.name)
    return suggestion
