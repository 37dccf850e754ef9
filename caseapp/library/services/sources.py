"""Sources: described, trimmed; their original bytes are kept for ever."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core import storage
from caseapp.core.differences import require_seen
from caseapp.library.keeping.arrivals import compare_with_all
from caseapp.library.keeping.contents import PDF
from caseapp.library.keeping.searching import refresh_search, refresh_text
from caseapp.library.keeping.sources import SourceDetails, origin_line, origin_named
from caseapp.library.models import Capture, Excerpt, Source
from caseapp.library.queries import excerpts_outside


class SourceChangedMeanwhile(Exception):
    """Somebody saved other details since the form was opened. Nothing was overwritten."""

    def __init__(self, current: Source) -> None:
        super().__init__(
            _("Somebody else saved these details while you were typing. Nothing was overwritten: compare the two.")
        )
        self.current = current


class ArticleRefused(Exception):
    """The bounds were left as they were. str() says why."""


class ArticleEmpty(ArticleRefused):
    def __init__(self) -> None:
        super().__init__(_("Between this start and this end stand no words. Choose an end below the start."))


class ExcerptsOutsideArticle(ArticleRefused):
    def __init__(self, excerpts: list[Excerpt]) -> None:
        self.excerpts = excerpts
        super().__init__(
            ngettext(
                "%(n)d excerpt would fall outside the article. Choose wider bounds, or remove the excerpt first.",
                "%(n)d excerpts would fall outside the article. Choose wider bounds, or remove the excerpts first.",
                len(excerpts),
            )
            % {"n": len(excerpts)}
        )


@transaction.atomic
def change_source(
    *, by: User | None, source: Source, details: SourceDetails, version: int, confirms: Collection[str] | None = None
) -> Source:
    """New details, where `version` is the one the person saw: what had been guessed of them is confirmed by that, or
    of those alone that are named in `confirms`.

    Raises SourceChangedMeanwhile, ValidationError.
    """
    current = confirm_guesses(by=by, source=source, version=version, of=confirms)
    changed = _differences(current, details)
    if changed:
        origin = changed.pop("origin_name", None)
        for field in changed:
            setattr(current, field, getattr(details, field))
        if origin:
            current.origin = origin_named(origin_line(details.origin_name), by)
        current.full_clean(validate_constraints=False)
        current.version += 1
        current.save(update_fields=[*changed, "origin", "version"])
        refresh_search(sources=[current])
        if "language" in changed:
            refresh_search(excerpts=Excerpt.objects.filter(capture__source=current))
            refresh_text(current)
        if changed:
            record(by=by, action=Action.SOURCE_CHANGED, subject=current, label=current.title, changed=changed)
        if origin:
            record(by=by, action=Action.ORIGIN_CHOSEN, subject=current, label=current.title, origin=origin)
    return current


@transaction.atomic
def confirm_guesses(*, by: User | None, source: Source, version: int, of: Collection[str] | None = None) -> Source:
    """A person says that what was found in the file is right, as it stood in this version: all of it, or these details.

    Raises SourceChangedMeanwhile.
    """
    current = Source.objects.select_for_update().get(pk=source.pk)
    if current.version != version:
        raise SourceChangedMeanwhile(current)
    confirmed = [name for name in current.guessed if of is None or name in of]
    if confirmed:
        current.guessed = [name for name in current.guessed if name not in confirmed]
        current.version += 1
        current.save(update_fields=["guessed", "version"])
        record(by=by, action=Action.SOURCE_CONFIRMED, subject=current, label=current.title, details=confirmed)
    return current


@transaction.atomic
def trim_article(*, by: User | None, capture: Capture, start: int, end: int, was: str | None = None) -> Capture:
    """Say where the article starts and ends in the capture's text; the original stays whole.

    The capture is held meanwhile, so that no excerpt appears outside. `was` is what the page showed. Raises a class of
    ArticleRefused, or ChangedMeanwhile.
    """
    current = Capture.objects.select_for_update().select_related("source").get(pk=capture.pk)
    require_seen(current, was, start=current.article_start, end=current.article_end)
    if not 0 <= start < end <= len(current.text) or not current.text[start:end].strip():
        raise ArticleEmpty
    outside = excerpts_outside(current, start, end)
    if outside:
        raise ExcerptsOutsideArticle(outside)
    before = [current.article_start, current.article_end]
    if before != [start, end]:
        current.article_start, current.article_end = start, end
        current.save(update_fields=["article_start", "article_end"])
        source = current.source
        refresh_text(source)
        record(
            by=by, action=Action.SOURCE_TRIMMED, subject=source, label=source.title, before=before, after=[start, end]
        )
        compare_with_all(current, now=timezone.now())
    return current


def release_original(*, by: User | None, capture: Capture) -> bytes:
    """The original bytes, checked against their hash, and the download put on record. Raises FileAltered."""
    data = storage.read_bytes(capture.original_sha256)
    source = capture.source
    record(
        by=by,
        action=Action.ORIGINAL_DOWNLOADED,
        subject=source,
        label=source.title,
        sha256=capture.original_sha256,
        capture=capture.number,
    )
    return data


def download_name(capture: Capture) -> str:
    """What the downloaded file is called: its own name, or one made of the title."""
    ending = PDF.extensions[0] if capture.clean_sha256 else ".txt"
    return capture.original_name or f"{slugify(capture.source.title)[:80] or 'source'}{ending}"


def _differences(current: Source, details: SourceDetails) -> dict[str, list[Any]]:
    """Field → what it was and what it becomes, as plain values."""
    before = {field.name: getattr(current, field.name) for field in dataclasses.fields(details)}
    before["country"] = str(before["country"])
    return {
        field: [_plain(old), _plain(new)] for field, old in before.items() if (new := getattr(details, field)) != old
    }


def _plain(value: dt.date | str | None) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")
