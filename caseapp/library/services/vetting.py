"""Vetting: a passage is checked by somebody else than who proposed it, then approved by a lawyer, or sent back.

Nobody decides about a passage without having been shown the paragraphs around it. Whatever changes what is vetted puts
the passage back to proposed (services/excerpts.py).
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.accounts.roles import Ability
from caseapp.audit.actions import Action
from caseapp.library.excerpts.context_shown import proves
from caseapp.library.excerpts.vetting_queues import checkable_by, is_author
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.models import Comment, Excerpt
from caseapp.library.services.excerpts import ExcerptRefused, locked, on_record, propose_anew
from caseapp.library.services.undoing import ChangedSince, UndoRefused, remember, undoes

# How far a passage is vetted.
_VETTED = (
    *("checked_at", "checked_by_id", "is_checked_by_author", "approved_at", "approved_by_id"),
    *("sent_back_at", "sent_back_by_id"),
)
# What whoever checks says to be right, in one statement.
CONFIRMED = ("quote", "context", "date", "attribution", "themes")


class ContextNotShown(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(
            _(
                "You have not been shown this passage, as it stands now, with the paragraphs around it. "
                "Read it below, then decide."
            )
        )


class OwnWords(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("You proposed or last changed this passage, so somebody else has to check it."))


class ApprovalStands(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("This passage is approved. Ask a lawyer to send it back."))


class OnlyLawyersApprove(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("Only a lawyer can approve, so this approval is not brought back."))


class NothingSaid(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("Write what is wrong, so that whoever proposed the passage can mend it."))


class CommentOfAnother(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("Only who wrote a comment can take it away."))


@transaction.atomic
def check_excerpt(*, by: User, excerpt: Excerpt, shown: str, now: dt.datetime) -> Excerpt:
    """Say that quotation, context, date, attribution and themes are right. `shown` proves what this person saw."""
    current = _seen(excerpt, by, shown)
    before = _vetted(current)
    if not current.is_checked:
        _check(current, by, now)
        _save(current)
        _remember(by, current, before, now)
    return current


@transaction.atomic
def approve_excerpt(*, by: User, excerpt: Excerpt, shown: str, now: dt.datetime) -> Excerpt:
    """Approve it for use. What nobody checked yet, the lawyer checks in the same step, if it is another's proposal."""
    current = _seen(excerpt, by, shown)
    before = _vetted(current)
    if not current.is_checked:
        _check(current, by, now)
    if not current.is_approved:
        current.approved_at, current.approved_by = now, by
        _save(current)
        _remember(by, current, before, now)
        on_record(by, Action.EXCERPT_APPROVED, current)
    return current


@transaction.atomic
def unapprove_excerpt(*, by: User, excerpt: Excerpt, now: dt.datetime) -> Excerpt:
    """Take the approval back; the check stands."""
    current = locked(excerpt)
    before = _vetted(current)
    if current.is_approved:
        current.approved_at = current.approved_by = None
        _save(current)
        _remember(by, current, before, now)
        on_record(by, Action.EXCERPT_UNAPPROVED, current)
    return current


@transaction.atomic
def send_back_excerpt(*, by: User, excerpt: Excerpt, shown: str, words: str, now: dt.datetime) -> Excerpt:
    """Back to whoever proposed it, saying why."""
    current = _seen(excerpt, by, shown)
    if current.is_approved and not by.can(Ability.APPROVE_EXCERPTS):
        raise ApprovalStands
    before = _vetted(current)
    _say(current, by, words, now)
    propose_anew(current)
    current.sent_back_at, current.sent_back_by = now, by
    _save(current)
    _remember(by, current, before, now)
    on_record(by, Action.EXCERPT_SENT_BACK, current)
    return current


@undoes("excerpt.vetted")
def vet_as_before(by: User, payload: dict[str, Any], now: dt.datetime) -> Excerpt:
    """Nothing else than the decision is taken back: what was written with it stays in the thread.

    Raises ChangedSince where the passage is another by now, or somebody has decided about it since.
    """
    current = Excerpt.objects.filter(pk=payload["excerpt"], version=payload["version"]).first()
    if current is None or _vetted(locked(current)) != payload["after"]:
        raise ChangedSince
    current, before = locked(current), payload["before"]
    if before["approved_at"] and not by.can(Ability.APPROVE_EXCERPTS):
        raise UndoRefused(str(OnlyLawyersApprove()))
    for name in _VETTED:
        is_moment = name.endswith("_at") and before[name]
        setattr(current, name, dt.datetime.fromisoformat(before[name]) if is_moment else before[name])
    _save(current)
    on_record(by, Action.EXCERPT_VETTING_UNDONE, current)
    return current


@transaction.atomic
def comment_on(*, by: User, excerpt: Excerpt, words: str, now: dt.datetime, asks_again: bool = False) -> Comment:
    """Say something about it. `asks_again` puts what came back among those to be checked again, as it stands."""
    current = locked(excerpt)
    comment = _say(current, by, words, now)
    refresh_search(excerpts=[current])
    if asks_again and current.is_sent_back:
        current.sent_back_at = current.sent_back_by = None
        _save(current)
        on_record(by, Action.EXCERPT_ASKED_AGAIN, current)
    return comment


@transaction.atomic
def remove_comment(*, by: User, comment: Comment) -> None:
    if comment.written_by_id != by.pk:
        raise CommentOfAnother
    current = locked(comment.excerpt)
    if Comment.objects.filter(pk=comment.pk).delete()[0]:
        refresh_search(excerpts=[current])
        on_record(by, Action.COMMENT_REMOVED, current, written_at=comment.written_at.isoformat())


def _seen(excerpt: Excerpt, by: User, shown: str) -> Excerpt:
    """The excerpt as it stands now, held, if that is what this person was shown."""
    current = locked(excerpt)
    if not proves(shown, current, by):
        raise ContextNotShown
    return current


def _vetted(excerpt: Excerpt) -> dict[str, Any]:
    """How far it is vetted, as plain values."""
    values = {name: getattr(excerpt, name) for name in _VETTED}
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in values.items()}


def _remember(by: User, excerpt: Excerpt, before: dict[str, Any], now: dt.datetime) -> None:
    payload = {"excerpt": excerpt.pk, "version": excerpt.version, "before": before, "after": _vetted(excerpt)}
    remember(by=by, kind="excerpt.vetted", payload=payload, label=str(excerpt), now=now)


def _check(excerpt: Excerpt, by: User, now: dt.datetime) -> None:
    """Mark it as checked, without saving it."""
    if not Excerpt.objects.filter(checkable_by(by), pk=excerpt.pk).exists():
        raise OwnWords
    excerpt.checked_at, excerpt.checked_by = now, by
    excerpt.is_checked_by_author = is_author(by, excerpt)
    excerpt.sent_back_at = excerpt.sent_back_by = None
    on_record(
        by,
        Action.EXCERPT_CHECKED,
        excerpt,
        confirmed=CONFIRMED,
        version=excerpt.version,
        by_author=excerpt.is_checked_by_author,
    )


def _save(excerpt: Excerpt) -> None:
    excerpt.save()
    refresh_search(excerpts=[excerpt])


def _say(excerpt: Excerpt, by: User, words: str, now: dt.datetime) -> Comment:
    if not words.strip():
        raise NothingSaid
    comment = Comment.objects.create(excerpt=excerpt, words=words.strip(), written_by=by, written_at=now)
    on_record(by, Action.COMMENT_ADDED, excerpt)
    return comment
