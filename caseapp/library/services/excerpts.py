"""Excerpts: quoting a passage, tagging it, moving its bounds, taking it out again.

An excerpt's quote is always exactly what stands in the capture between its bounds, and it lies within the article.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.excerpts.anchors import Anchor, BlankQuote, OutsideText, Place, make_anchor, stand_alike
from caseapp.library.excerpts.relocating import around
from caseapp.library.keeping.rechecking import look_again
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.models import Capture, Excerpt, Theme
from caseapp.library.services.reading import begin_reading
from caseapp.library.services.undoing import remember

# What the office says to itself of a passage; everything else is vetted.
NOT_VETTED = frozenset({"note", "answer"})


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
    answer: str = "",
    now: dt.datetime | None = None,
    words: str | None = None,
) -> Excerpt:
    """Make an excerpt of the passage between `start` and `end`, without the white space at its edges.

    `words` are those that the person saw there, where they are known; they must be those of the text.
    """
    anchor = _anchor_in_article(capture, start, end, words)
    _refuse_taken(capture, anchor.start, anchor.end)
    excerpt = Excerpt(
        capture=capture,
        note=note,
        translation=translation,
        is_adverse=is_adverse,
        answer=answer,
        created_at=now or timezone.now(),
        created_by=by,
    )
    _place(excerpt, anchor)
    try:
        with transaction.atomic():
            excerpt.save()
    except IntegrityError:
        # Somebody excerpted the same passage between our look and our writing.
        _refuse_taken(capture, anchor.start, anchor.end)
        raise
    excerpt.themes.set(themes)
    refresh_search(excerpts=[excerpt])
    look_again(excerpt, now=now or timezone.now())
    begin_reading(by=by, source=capture.source, now=excerpt.created_at)
    on_record(by, Action.EXCERPT_ADDED, excerpt)
    _remember(by, "excerpt.added", excerpt, now)
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
    answer: str | None = None,
    now: dt.datetime | None = None,
) -> Excerpt:
    """Change what is said of the passage. Where that is more than the note and the answer, which nobody vets, it is
    proposed anew.

    `version` is that of the excerpt the person saw. Without a `translation` or an `answer`, the one that stands is
    kept.
    """
    current = locked(excerpt)
    if current.version != version:
        raise ExcerptChangedMeanwhile(current)
    wanted = {"note": note, "is_adverse": is_adverse, "translation": translation, "answer": answer}
    changed = {
        name: [getattr(current, name), new]
        for name, new in wanted.items()
        if new is not None and getattr(current, name) != new
    }
    before = said_of(current)
    retagged = _retag(current, set(themes))
    if not changed and not retagged:
        return current
    for name, (_old, new) in changed.items():
        setattr(current, name, new)
    if retagged or changed.keys() - NOT_VETTED:
        _save_changed(current, by)
    else:
        _save_version(current)
    on_record(by, Action.EXCERPT_CHANGED, current, changed=changed, **retagged)
    _remember(by, "excerpt.changed", current, now, said=before)
    return current


@transaction.atomic
def move_bounds(
    *,
    by: User | None,
    excerpt: Excerpt,
    start: int,
    end: int,
    version: int | None = None,
    now: dt.datetime | None = None,
) -> Excerpt:
    """Quote more or fewer words. Themes and note stay; it is proposed anew, for what was vetted were other words."""
    current = locked(excerpt)
    if version is not None and current.version != version:
        raise ExcerptChangedMeanwhile(current)
    anchor = _anchor_in_article(current.capture, start, end)
    if (anchor.start, anchor.end) == (current.start, current.end):
        return current
    _refuse_taken(current.capture, anchor.start, anchor.end)
    before, words = (current.start, current.end), [current.quote, anchor.quote]
    _place(current, anchor)
    try:
        with transaction.atomic():
            _save_changed(current, by)
    except IntegrityError:
        _refuse_taken(current.capture, anchor.start, anchor.end)
        raise
    look_again(current, now=now or timezone.now())
    on_record(by, Action.EXCERPT_MOVED, current, was=before, words=words)
    _remember(by, "excerpt.moved", current, now, place=before)
    return current


@transaction.atomic
def carry_over_excerpt(
    *, by: User | None, excerpt: Excerpt, capture: Capture, start: int, end: int, version: int | None = None
) -> Excerpt:
    """Quote the passage from another version of its source, where it stands between `start` and `end`.

    Themes, note and translation stay. The same words in the same surroundings stay as vetted as they are; other words,
    and words that something else stands around now, are proposed anew.
    """
    current = locked(excerpt)
    if version is not None and current.version != version:
        raise ExcerptChangedMeanwhile(current)
    anchor = _anchor_in_article(capture, start, end)
    _refuse_taken(capture, anchor.start, anchor.end)
    was = (current.capture.number, current.start, current.end)
    reworded = {"words": [current.quote, anchor.quote]} if anchor.quote != current.quote else {}
    is_framed_anew = not stand_alike(
        current.prefix, current.suffix, *around(capture.text, Place(anchor.start, anchor.end))
    )
    current.capture = capture
    _place(current, anchor)
    try:
        with transaction.atomic():
            if reworded or is_framed_anew:
                _save_changed(current, by)
            else:
                _save_version(current)
    except IntegrityError:
        _refuse_taken(capture, anchor.start, anchor.end)
        raise
    on_record(by, Action.EXCERPT_CARRIED, current, was=was, capture=capture.number, **reworded)
    return current


@transaction.atomic
def remove_excerpt(*, by: User | None, excerpt: Excerpt, now: dt.datetime | None = None) -> None:
    current = locked(excerpt)
    on_record(by, Action.EXCERPT_REMOVED, current)
    rows = serializers.serialize("python", [current, *current.comments.all()])
    _remember(by, "excerpt.removed", current, now, rows=rows)
    try:
        current.delete()
    except ProtectedError as error:
        raise ExcerptInUse from error
    refresh_search(sources=[current.capture.source])


def said_of(excerpt: Excerpt) -> dict[str, Any]:
    """What a person said of the passage, as plain values."""
    return {
        "themes": [theme.pk for theme in excerpt.themes.all()],
        "note": excerpt.note,
        "translation": excerpt.translation,
        "is_adverse": excerpt.is_adverse,
        "answer": excerpt.answer,
    }


def _remember(by: User | None, kind: str, excerpt: Excerpt, now: dt.datetime | None, **before: Any) -> None:
    """That it can be undone (services/restoring.py) for as long as the excerpt stays as it is left here."""
    payload = {"excerpt": excerpt.pk, "version": excerpt.version, **before}
    remember(by=by, kind=kind, payload=payload, label=str(excerpt), now=now or timezone.now())


def _anchor_in_article(capture: Capture, start: int, end: int, words: str | None = None) -> Anchor:
    try:
        anchor = make_anchor(capture.text, start, end)
    except BlankQuote as error:
        raise NoWordsSelected from error
    except OutsideText as error:
        raise OutsideTheText from error
    if words is not None and words.strip() != anchor.quote:
        raise WordsDiffer
    _refuse_outside(capture, anchor.start, anchor.end)
    return anchor


def refuse_unplaceable(capture: Capture, start: int, end: int) -> None:
    """Raises where no excerpt can stand at this place of the capture: outside the article, or where one stands."""
    _refuse_outside(capture, start, end)
    _refuse_taken(capture, start, end)


def _refuse_outside(capture: Capture, start: int, end: int) -> None:
    # Held until the end of the transaction, so that nobody trims the article meanwhile.
    bounds = Capture.objects.select_for_update().values_list("article_start", "article_end")
    article_start, article_end = bounds.get(pk=capture.pk)
    if start < article_start or end > article_end:
        raise OutsideTheArticle


def _refuse_taken(capture: Capture, start: int, end: int) -> None:
    same = Excerpt.objects.filter(capture=capture, start=start, end=end).first()
    if same:
        raise AlreadyExcerpted(same)


def _place(excerpt: Excerpt, anchor: Anchor) -> None:
    excerpt.start, excerpt.end, excerpt.quote = anchor.start, anchor.end, anchor.quote
    excerpt.prefix, excerpt.suffix = anchor.prefix, anchor.suffix


def locked(excerpt: Excerpt) -> Excerpt:
    """The excerpt as it stands now, held until the end of the transaction."""
    try:
        return Excerpt.objects.select_for_update(of=("self",)).select_related("capture__source").get(pk=excerpt.pk)
    except Excerpt.DoesNotExist as error:
        raise ExcerptGone from error


def _retag(excerpt: Excerpt, themes: set[Theme]) -> dict[str, list[str]]:
    """Give it these themes; tells the names of those that came and went, where any did."""
    before = set(excerpt.themes.all())
    if before == themes:
        return {}
    excerpt.themes.set(themes)
    return {
        "themes_added": sorted(theme.name for theme in themes - before),
        "themes_removed": sorted(theme.name for theme in before - themes),
    }


def _save_changed(excerpt: Excerpt, by: User | None) -> None:
    """Save it as proposed anew, by this person."""
    excerpt.changed_by = by
    propose_anew(excerpt)
    excerpt.sent_back_at = excerpt.sent_back_by = None
    _save_version(excerpt)


def _save_version(excerpt: Excerpt) -> None:
    excerpt.version += 1
    excerpt.save()
    refresh_search(excerpts=[excerpt])


def propose_anew(excerpt: Excerpt) -> None:
    """To proposed, without saving it."""
    excerpt.checked_at = excerpt.checked_by = excerpt.approved_at = excerpt.approved_by = None
    excerpt.is_checked_by_author = False


def on_record(by: User | None, action: Action, excerpt: Excerpt, **detail: Any) -> None:
    title = excerpt.capture.source.title
    record(by=by, action=action, subject=excerpt, label=title, start=excerpt.start, end=excerpt.end, **detail)
