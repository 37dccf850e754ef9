"""The same thing done to many sources or passages at once, to each as if it were the only one: whole or not at all."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.library.keeping.sources import SourceDetails
from caseapp.library.models import Excerpt, Source, Theme, Undo
from caseapp.library.services.excerpts import change_excerpt
from caseapp.library.services.sources import SourceChangedMeanwhile, change_source
from caseapp.library.services.undoing import (
    ChangedSince,
    Everywhere,
    remember,
    remember_together,
    undo_each,
    undoes,
)

MOST_AT_ONCE = 500


class TooManyAtOnce(Exception):
    """Nothing was changed."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("%(count)s are too many to be changed at once. Narrow the list to at most %(most)s.")
            % {"count": f"{count:,}", "most": MOST_AT_ONCE}
        )


@transaction.atomic
def tag_excerpts(
    *, by: User, excerpts: Iterable[int], add: Collection[Theme], remove: Collection[Theme], now: dt.datetime
) -> tuple[int, Undo | None]:
    """Give all of these passages some themes and take others away. How many were changed, and what takes it back.

    A passage that has the themes already stays as it is, vetted or not.
    """
    ids = _few_enough(excerpts)
    found = Excerpt.objects.filter(pk__in=ids).defer("capture__text").prefetch_related("themes").order_by("pk")
    changed: list[int] = []
    for excerpt in found:
        themes = set(excerpt.themes.all())
        wanted = (themes | set(add)) - set(remove)
        if wanted != themes:
            changed.append(_retagged(by, excerpt, wanted, now))
    if not changed:
        return 0, None
    label = ngettext("%(n)d passage was tagged", "%(n)d passages were tagged", len(changed)) % {"n": len(changed)}
    return len(changed), remember_together(by=by, kind="excerpts.tagged", deeds=changed, label=label, now=now)


undoes("excerpts.tagged")(undo_each)


@transaction.atomic
def change_sources(
    *, by: User, sources: Iterable[int], values: dict[str, str], now: dt.datetime
) -> tuple[int, Undo | None]:
    """Give all of these sources the same country, kind or publisher. How many were changed, and what takes it back.

    What else was guessed of them stays a guess: nobody saw it.
    """
    changed: list[dict[str, Any]] = []
    for source in Source.objects.filter(pk__in=_few_enough(sources)).select_related("origin").order_by("pk"):
        was = {name: str(getattr(source, name)) for name in values}
        after = _changed(by, source, values)
        if after.version != source.version:
            guessed = list(source.guessed)
            changed.append({"source": source.pk, "version": after.version, "was": was, "guessed": guessed})
    if not changed:
        return 0, None
    label = ngettext("%(n)d source was changed", "%(n)d sources were changed", len(changed)) % {"n": len(changed)}
    payload = {"sources": changed}
    return len(changed), remember(by=by, kind="sources.changed", payload=payload, label=label, now=now)


@undoes("sources.changed")
def change_sources_back(by: User, payload: dict[str, Any], now: dt.datetime) -> Everywhere:
    """Each of them, what had been guessed a guess again; or none where one was changed since."""
    for row in payload["sources"]:
        source = Source.objects.select_related("origin").filter(pk=row["source"], version=row["version"]).first()
        if source is None:
            raise ChangedSince
        try:
            _changed(by, source, row["was"])
        except SourceChangedMeanwhile as refusal:
            raise ChangedSince from refusal
        Source.objects.filter(pk=source.pk).update(guessed=row["guessed"])
    return Everywhere()


def _changed(by: User, source: Source, values: dict[str, str]) -> Source:
    return change_source(
        by=by, source=source, details=_details(source, values), version=source.version, confirms=values
    )


def _details(source: Source, values: dict[str, str]) -> SourceDetails:
    """What is said of the source, but for these values."""
    held: dict[str, Any] = {field.name: getattr(source, field.name) for field in fields(SourceDetails)}
    return SourceDetails(**held | {"country": str(source.country)} | values)


def _few_enough(ids: Iterable[int]) -> set[int]:
    wanted = set(ids)
    if len(wanted) > MOST_AT_ONCE:
        raise TooManyAtOnce(len(wanted))
    return wanted


def _retagged(by: User, excerpt: Excerpt, themes: Collection[Theme], now: dt.datetime) -> int:
    """The deed that undoing takes back."""
    change_excerpt(
        by=by,
        excerpt=excerpt,
        themes=themes,
        note=excerpt.note,
        is_adverse=excerpt.is_adverse,
        version=excerpt.version,
        now=now,
    )
    return Undo.objects.filter(made_by=by, payload__excerpt=excerpt.pk).latest("pk").pk
