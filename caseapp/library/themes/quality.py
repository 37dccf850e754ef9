"""How good the suggestions are: by the office's own tags, each left out in turn, and by what people answered."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from caseapp.library.models import Answer, Suggestion, Theme, ThemeLearning


@dataclass(frozen=True)
class ThemeQuality:
    """`tried` passages of the theme, each left out in turn. `shown` is how often the theme was suggested unasked among
    all passages that were tried, and `right` how often it was theirs."""

    theme: Theme
    passages: int
    tried: int
    first: int
    among_three: int
    shown: int
    right: int
    accepted: int
    refused: int


def quality_of_suggestions() -> list[ThemeQuality]:
    """One row a theme, those with the most passages first. Three queries, however many themes there are."""
    themes = Theme.objects.in_bulk()
    rows = ThemeLearning.objects.values_list("theme_id", "lesson__passages", "trial")
    trials: dict[int, dict[str, Any]] = {theme_id: trial for theme_id, _passages, trial in rows}
    passages = {theme_id: number or 0 for theme_id, number, _trial in rows}
    answers = _answers()
    found = [_quality(themes[pk], passages[pk], trials, answers.get(pk, (0, 0))) for pk in trials if pk in themes]
    return sorted(found, key=lambda one: (-one.passages, one.theme.name))


def _answers() -> dict[int, tuple[int, int]]:
    counts = Suggestion.objects.order_by().values("theme_id").annotate(
        accepted=Count("pk", filter=Q(answer=Answer.ACCEPTED)), refused=Count("pk", filter=Q(answer=Answer.REFUSED))
    )  # fmt: skip
    return {row["theme_id"]: (row["accepted"], row["refused"]) for row in counts}


def _quality(theme: Theme, passages: int, trials: dict[int, dict[str, Any]], answers: tuple[int, int]) -> ThemeQuality:
    own, key = trials[theme.pk], str(theme.pk)
    return ThemeQuality(
        theme=theme,
        passages=passages,
        tried=own.get("tried", 0),
        first=own.get("first", 0),
        among_three=own.get("among_three", 0),
        shown=sum(trial.get("shown", {}).get(key, 0) for trial in trials.values()),
        right=own.get("shown", {}).get(key, 0),
        accepted=answers[0],
        refused=answers[1],
    )
