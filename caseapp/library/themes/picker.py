"""What the theme picker offers: every theme, and which of them a person used last."""

from dataclasses import dataclass

from caseapp.accounts.models import User
from caseapp.library.models import Theme
from caseapp.library.queries import Tagging

RECENT = 9  # as many as there are digit keys
LOOK_BACK = 200  # taggings; a person's last nine themes are nearly always among them


@dataclass(frozen=True)
class ThemeOption:
    """`path` names the themes above it too; `key` is the digit that chooses it, or 0."""

    theme: Theme
    path: str
    key: int


def theme_options(person: User | None) -> list[ThemeOption]:
    """The themes that this person used last, the latest first; then all others in the order of their paths."""
    themes = Theme.objects.in_bulk()
    paths = {pk: _path(theme, themes) for pk, theme in themes.items()}
    recent = _recently_used(person)
    others = sorted(themes.keys() - set(recent), key=lambda pk: paths[pk].casefold())
    return [
        *(ThemeOption(themes[pk], paths[pk], key) for key, pk in enumerate(recent, start=1)),
        *(ThemeOption(themes[pk], paths[pk], 0) for pk in others),
    ]


def _recently_used(person: User | None) -> list[int]:
    taggings = Tagging.objects.filter(excerpt__created_by=person).order_by("-excerpt__created_at", "-excerpt_id", "pk")
    return list(dict.fromkeys(taggings.values_list("theme_id", flat=True)[:LOOK_BACK]))[:RECENT]


def _path(theme: Theme, themes: dict[int, Theme]) -> str:
    names = [theme.name]
    while theme.parent_id:
        theme = themes[theme.parent_id]
        names.append(theme.name)
    return " / ".join(reversed(names))
