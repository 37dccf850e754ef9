"""How what was done to the tree of themes is undone, unless somebody has built on it since."""

import datetime as dt
from typing import Any

from django.db import IntegrityError
from django.urls import reverse

from caseapp.accounts.models import User
from caseapp.library.keeping.hanging import hang_all_again
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.keeping.themes import hold_the_tree
from caseapp.library.models import Excerpt, Suggestion, Theme, ThemeExample, ThemeLearning, ThemeRule
from caseapp.library.queries import Tagging
from caseapp.library.services.themes import ThemeRefused, change_theme, move_theme, place_of, take_place
from caseapp.library.services.undoing import ChangedSince, UndoRefused, undoes


class InTheTree:
    """A theme, shown where it stands among the others."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_absolute_url(self) -> str:
        return f"{reverse('theme_list')}#theme-{self.theme.pk}"


@undoes("theme.changed")
def say_as_before(by: User, payload: dict[str, Any], now: dt.datetime) -> Theme:
    try:
        return change_theme(by=by, theme=_theme(payload["theme"]), version=payload["version"], **payload["was"])
    except ThemeRefused as refusal:
        raise ChangedSince from refusal


@undoes("theme.moved")
def move_back(by: User, payload: dict[str, Any], now: dt.datetime) -> InTheTree:
    hold_the_tree()
    theme = _theme(payload["theme"])
    if place_of(theme) != payload["after"]:
        raise ChangedSince
    parent_id, position = payload["before"]
    parent = _theme(parent_id) if parent_id else None
    try:
        return InTheTree(move_theme(by=by, theme=theme, parent=parent, position=position))
    except ThemeRefused as refusal:
        raise UndoRefused(str(refusal)) from refusal


@undoes("theme.removed")
def stand_again(by: User, payload: dict[str, Any], now: dt.datetime) -> InTheTree:
    hold_the_tree()
    theme = _again(payload)
    hang_all_again(theme, None, payload.get("hanging", {}))
    return InTheTree(theme)


@undoes("theme.merged")
def part_again(by: User, payload: dict[str, Any], now: dt.datetime) -> InTheTree:
    """What carried the theme carries it again; what was tagged with the other one since, and what carried both, keeps
    that."""
    hold_the_tree()
    into = _theme(payload["into"])
    theme = _again(payload)
    carried = Excerpt.objects.filter(pk__in=payload["excerpts"])
    Tagging.objects.filter(theme=into, excerpt__in=carried).exclude(excerpt__in=payload["both"]).delete()
    Tagging.objects.bulk_create([Tagging(theme=theme, excerpt=excerpt) for excerpt in carried])
    Theme.objects.filter(pk__in=payload["children"], parent=into).update(parent=theme)
    ThemeLearning.objects.filter(theme=into).delete()
    hang_all_again(theme, into, payload.get("hanging", {}))
    refresh_search(excerpts=list(carried.only("pk")))
    return InTheTree(theme)


def _again(payload: dict[str, Any]) -> Theme:
    """The same row under the same number, in its place, with its rules, examples and answers."""
    parent_id, position = payload["place"]
    parent = _theme(parent_id) if parent_id else None
    try:
        theme = Theme.objects.create(pk=payload["theme"], parent=parent, **payload["fields"])
    except IntegrityError as error:
        raise ChangedSince from error
    take_place(theme, position)
    for model, name in ((ThemeRule, "rules"), (ThemeExample, "examples"), (Suggestion, "answers")):
        _put_back(model, payload[name])
    return theme


def _put_back(model: type[Any], rows: list[dict[str, Any]]) -> None:
    """Those that went over to the other theme come back; those of passages that are gone stay away."""
    if model is ThemeExample:
        there = set(Excerpt.objects.filter(pk__in=[row["excerpt_id"] for row in rows]).values_list("pk", flat=True))
        rows = [row for row in rows if row["excerpt_id"] in there]
    model._default_manager.filter(pk__in=[row["id"] for row in rows]).delete()
    model._default_manager.bulk_create([model(**row) for row in rows])


def _theme(pk: int) -> Theme:
    theme = Theme.objects.filter(pk=pk).first()
    if theme is None:
        raise ChangedSince
    return theme
