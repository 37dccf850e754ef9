"""The tree of themes, held while it changes; and themes that a list names."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Theme
from caseapp.library.queries import colours_in_use
from caseapp.library.themes.palette import next_colour


def hold_the_tree() -> None:
    """One change of the tree at a time.

    Two moves that are each allowed can make a circle together, and a tag may arrive while a theme is being
    removed: both wait here for the other. (SQLite lets in one writer at a time anyway.)
    """
    list(Theme.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def position_after_the_last(parent: Theme | None) -> int:
    last = Theme.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def free_slug(name: str) -> str:
    """The name in plain letters; names in other scripts are numbered."""
    stem = slugify(name)[:100] or "theme"
    taken = set(Theme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for slug in (f"{stem}-{number}" for number in range(2, len(taken) + 3)) if slug not in taken)


@transaction.atomic
def themes_named(names: Iterable[str], *, by: User | None, creates: bool) -> frozenset[str]:
    """Which of the names no theme has, whatever its capitals. With `creates` there is a theme of each at the top, but
    for names that no theme may have."""
    wanted = {name.casefold(): name for name in names}
    if not wanted:
        return frozenset()
    if creates:
        hold_the_tree()
    known = {name.casefold() for name in Theme.objects.values_list("name", flat=True)}
    unknown = [folded for folded in wanted if folded not in known]
    return frozenset(folded for folded in unknown if not (creates and _planted(wanted[folded], by)))


def _planted(name: str, by: User | None) -> bool:
    colour, position = next_colour(colours_in_use()), position_after_the_last(None)
    theme = Theme(name=name, slug=free_slug(name), colour=colour, position=position)
    try:
        theme.full_clean()
    except ValidationError:
        return False
    theme.save()
    record(by=by, action=Action.THEME_ADDED, subject=theme, label=theme.name)
    return True
