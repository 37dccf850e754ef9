"""Excerpts: quoting a passage, tagging it, moving its bounds, approving it, taking it out again.

An excerpt's quote is always exactly what stands in the capture between its bounds, and it lies within the article.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.anchors import Anchor, BlankQuote, OutsideText, make_anchor
from caseapp.library.models import Capture, Excerpt, Theme


class ExcerptRefused(Exception):
    """Nothing was saved. str() says why, in words for the person who asked."""


class NoWordsSelected(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("There are no words in this selection. Select the passage to be quoted."))


class OutsideTheText(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("This selection does not lie in the text. Load the page again and select the passage anew."))


class OutsideTheArticle(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(
            _(
                "This passage lies, in whole or in part, outside the article, in what was trimmed away. "
                "Select within the article, or change where it starts and ends."
            )
        )


class WordsDiffer(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(
            _(
                "The words that were selected are not those that stand at this place in the text. "
                "Load the page again and select the passage anew."
            )
        )


class AlreadyExcerpted(ExcerptRefused):
    def __init__(self, excerpt: Excerpt) -> None:
        self.excerpt = excerpt
        super().__init__(_("This passage is already an excerpt."))


class ExcerptChangedMeanwhile(ExcerptRefused):
    """`current` is the excerpt as somebody else left it."""

    def __init__(self, current: Excerpt) -> None:
        self.current = current
        super().__init__(
            _(
                "Somebody else changed this excerpt while you were at it, so nothing was saved. "
                "Compare the two below; saving again keeps what you entered."
            )
        )


class ExcerptGone(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(_("This excerpt was removed in the meantime."))


class ExcerptInUse(ExcerptRefused):
    def __init__(self) -> None:
        super().__init__(
            _("This excerpt is in use, so it cannot be removed. It can be changed, and its bounds can be moved.")
        )


@transaction.atomic
def quote_excerpt(
    *,
    by: User | None,
    capture: Capture,
    start: int,
    end: int,
    themes: Iterable[Theme],
    note: str = "",
    translation: str = "",
    is_adverse: bool = False,
    now: dt.datetime | None = None,
    words: str | None = None,
) -> Excerpt:
    """Make an excerpt of the passage between `start` and `end`, without the white space at its edges.

    `words` are those that the person saw there, where they are known; they must be those of the text.
    """
    anchor = _anchor_in_article(capture, start, end, words)
    _refuse_taken(capture, anchor)
    excerpt = Excerpt(
        capture=capture,
        note=note,
        translation=translation,
        is_adverse=is_adverse,
        created_at=now or timezone.now(),
        created_by=by,
    )
    _place(excerpt, anchor)
    try:
        with transaction.atomic():
            excerpt.save()
    except IntegrityError:
        # Somebody excerpted the same passage between our look and our writing.
        _refuse_taken(capture, anchor)
        raise
    excerpt.themes.set(themes)
    _record(by, Action.EXCERPT_ADDED, excerpt)
    return excerpt


@transaction.atomic
def change_excerpt(
    *,
    by: User | None,
    excerpt: Excerpt,
    themes: Iterable[Theme],
    note: str,
    is_adverse: bool,
    version: int,
    translation: str | None = None,
) -> Excerpt:
    """Change what is said of the passage. What was approved is then no longer what stands, so the approval falls away.

    `version` is that of the excerpt the person saw. Without a `translation`, the one that stands is kept.
    """
    current = _locked(excerpt)
    if current.version != version:
        raise ExcerptChangedMeanwhile(current)
    themes = set(themes)
    wanted = (note, is_adverse, current.translation if translation is None else translation)
    if (current.note, current.is_adverse, current.translation) == wanted and set(current.themes.all()) == themes:
        return current
    current.themes.set(themes)
    current.note, current.is_adverse, current.translation = wanted
    _save_changed(current)
    _record(by, Action.EXCERPT_CHANGED, current)
    return current


@transaction.atomic
def move_bounds(*, by: User | None, excerpt: Excerpt, start: int, end: int, version: int | None = None) -> Excerpt:
    """Quote more or fewer words. Themes and note stay; the approval falls away, for it was of other words."""
    current = _locked(excerpt)
    if version is not None and current.version != version:
        raise ExcerptChangedMeanwhile(current)
    anchor = _anchor_in_article(current.capture, start, end)
    if (anchor.start, anchor.end) == (current.start, current.end):
        return current
    _refuse_taken(current.capture, anchor)
    before = (current.start, current.end)
    _place(current, anchor)
    try:
        with transaction.atomic():
            _save_changed(current)
    except IntegrityError:
        _refuse_taken(current.capture, anchor)
        raise
    _record(by, Action.EXCERPT_MOVED, current, was=before)
    return current


@transaction.atomic
def remove_excerpt(*, by: User | None, excerpt: Excerpt) -> None:
    current = _locked(excerpt)
    _record(by, Action.EXCERPT_REMOVED, current)
    try:
        current.delete()
    except ProtectedError as error:
        raise ExcerptInUse from error


@transaction.atomic
def approve_excerpt(*, by: User, excerpt: Excerpt, now: dt.datetime, version: int | None = None) -> Excerpt:
    """`version` is that of the excerpt the lawyer read: nobody approves words they have not seen."""
    current = _locked(excerpt)
    if version is not None and current.version != version:
        raise ExcerptChangedMeanwhile(current)
    if not current.is_approved:
        current.approved_at, current.approved_by = now, by
        current.save(update_fields=["approved_at", "approved_by"])
        _record(by, Action.EXCERPT_APPROVED, current)
    return current


@transaction.atomic
def unapprove_excerpt(*, by: User, excerpt: Excerpt) -> Excerpt:
    current = _locked(excerpt)
    if current.is_approved:
        current.approved_at = current.approved_by = None
        current.save(update_fields=["approved_at", "approved_by"])
        _record(by, Action.EXCERPT_UNAPPROVED, current)
    return current


def _anchor_in_article(capture: Capture, start: int, end: int, words: str | None = None) -> Anchor:
    try:
        anchor = make_anchor(capture.text, start, end)
    except BlankQuote as error:
        raise NoWordsSelected from error
    except OutsideText as error:
        raise OutsideTheText from error
    if words is not None and words.strip() != anchor.quote:
        raise WordsDiffer
    # Held until the end of the transaction, so that nobody trims the article meanwhile.
    bounds = Capture.objects.select_for_update().values_list("article_start", "article_end")
    article_start, article_end = bounds.get(pk=capture.pk)
    if anchor.start < article_start or anchor.end > article_end:
        raise OutsideTheArticle
    return anchor


def _refuse_taken(capture: Capture, anchor: Anchor) -> None:
    same = Excerpt.objects.filter(capture=capture, start=anchor.start, end=anchor.end).first()
    if same:
        raise AlreadyExcerpted(same)


def _place(excerpt: Excerpt, anchor: Anchor) -> None:
    excerpt.start, excerpt.end, excerpt.quote = anchor.start, anchor.end, anchor.quote
    excerpt.prefix, excerpt.suffix = anchor.prefix, anchor.suffix


def _locked(excerpt: Excerpt) -> Excerpt:
    """The excerpt as it stands now, held until the end of the transaction."""
    try:
        return Excerpt.objects.select_for_update(of=("self",)).select_related("capture__source").get(pk=excerpt.pk)
    except Excerpt.DoesNotExist as error:
        raise ExcerptGone from error


def _save_changed(excerpt: Excerpt) -> None:
    excerpt.version += 1
    excerpt.approved_at = excerpt.approved_by = None
    excerpt.save()


def _record(by: User | None, action: Action, excerpt: Excerpt, **detail: Any) -> None:
    title = excerpt.capture.source.title
    record(by=by, action=action, subject=excerpt, label=title, start=excerpt.start, end=excerpt.end, **detail)
