"""Learning from the tags that people set, in a worker, soon after they set them.

A round costs little however large the library is: it looks for themes with taggings newer than any it knows, and learns
each anew from its newest passages. What it cannot see so (a tag taken away, bounds moved, themes merged by another
worker) it notices when the oldest lesson is learned anew in its turn.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Max, Min

from caseapp.library.models import Theme, ThemeLearning
from caseapp.library.queries import Tagging
from caseapp.library.suggesting.learning import LEAST_PASSAGES, Learned, Lesson
from caseapp.library.suggesting.stems import Stem, stems_of
from caseapp.library.themes.proposals import learned_now

NEWEST = 300  # passages of a theme: its use changes with time, and more teach hardly anything new
LONGEST = 4000  # characters of a passage
TRIED = 20  # passages left out one by one
MOST_THEMES = 5  # in one round
OLD = dt.timedelta(hours=1)


@dataclass
class Trial:
    """Of `tried` passages of a theme, each left out of the lessons in turn: for how many the theme was nearest, for how
    many among the first three, and what was suggested unasked, by theme."""

    tried: int = 0
    first: int = 0
    among_three: int = 0
    shown: dict[str, int] = field(default_factory=dict)


def learn_themes(now: dt.datetime) -> list[int]:
    """One round. Says which themes it learned."""
    due = _due(now)
    for theme_id in due:
        learn_theme(theme_id, now)
    return due


def learn_theme(theme_id: int, now: dt.datetime) -> None:
    theme = Theme.objects.filter(pk=theme_id).first()
    if theme is None:
        return
    newest = Tagging.objects.filter(theme_id=theme_id).aggregate(newest=Max("pk"))["newest"] or 0
    passages = _passages(theme)
    definition = stems_of(f"{theme.name}. {theme.definition} {theme.belongs}"[:LONGEST], "en")
    lesson = Lesson.of(passages, definition=definition)
    trial = _tried(theme_id, lesson, passages[:TRIED])
    ThemeLearning.objects.update_or_create(
        theme=theme,
        defaults={"lesson": lesson.stored(), "trial": trial, "newest_tagging": newest, "learned_at": now},
    )


def _due(now: dt.datetime) -> list[int]:
    """Themes never learned; then those with the newest tags; then the one whose lesson is oldest, once it is old."""
    never = list(Theme.objects.filter(learning=None).order_by("pk").values_list("pk", flat=True)[:MOST_THEMES])
    if never:
        return never
    known = ThemeLearning.objects.aggregate(newest=Max("newest_tagging"))["newest"] or 0
    news = Tagging.objects.filter(pk__gt=known).order_by().values("theme_id").annotate(first=Min("pk"))
    due = list(news.order_by("first").values_list("theme_id", flat=True)[:MOST_THEMES])
    old = ThemeLearning.objects.filter(learned_at__lt=now - OLD).order_by("learned_at")
    return due or list(old.values_list("theme_id", flat=True)[:1])


def _passages(theme: Theme) -> list[list[Stem]]:
    taggings = Tagging.objects.filter(theme=theme).order_by("-pk")[:NEWEST]
    rows = taggings.values_list("excerpt__quote", "excerpt__capture__source__language")
    return [stems_of(quote[:LONGEST], language) for quote, language in rows]


def _tried(theme_id: int, lesson: Lesson, passages: list[list[Stem]]) -> dict[str, Any]:
    trial = Trial()
    if lesson.passages <= LEAST_PASSAGES:
        return asdict(trial)
    everything = Learned(learned_now().lessons | {theme_id: lesson})
    for stems in passages:
        learned = everything.with_another(theme_id, lesson.without(stems))
        near, sure = [one.theme for one in learned.near(stems)], learned.sure(stems)
        trial.tried += 1
        trial.first += near[:1] == [theme_id]
        trial.among_three += theme_id in near[:3]
        if sure:
            trial.shown[str(sure.theme)] = trial.shown.get(str(sure.theme), 0) + 1
    return asdict(trial)
