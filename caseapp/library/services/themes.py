"""The tree of themes: grow, change, move, merge, prune. No tag is ever lost on the way."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.library.models import Theme
from caseapp.library.queries import MergePreview, Tagging, ids_below, merge_preview


class ThemeRefused(Exception):
    """The tree was left as it was. str() says why, in words for the person who asked."""


class NameTaken(ThemeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("A theme called “%(name)s” already stands there. Choose another name, or merge the two.") % {"name": name}
        )


class ThemeGone(ThemeRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("“%(name)s” was removed or merged in the meantime. Look at the themes again.") % {"name": name}
        )


class WouldStandUnderItself(ThemeRefused):
    def __init__(self, theme: Theme, parent: Theme) -> None:
        super().__init__(
            _("“%(parent)s” is “%(theme)s” itself or stands below it, so “%(theme)s” cannot go there.")
            % {"theme": theme, "parent": parent}
        )


class MergesWithItself(ThemeRefused):
    def __init__(self) -> None:
        super().__init__(_("A theme cannot be merged into itself. Choose another theme."))


class StandsBelow(ThemeRefused):
    def __init__(self, theme: Theme, into: Theme) -> None:
        super().__init__(
            _("“%(into)s” stands below “%(theme)s”. Move it out first, or merge the other way round.")
            % {"theme": theme, "into": into}
        )


class ChildrenClash(ThemeRefused):
    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(
            _("Both have a theme called %(names)s below them. Rename or merge those first.")
            % {"names": ", ".join(f"“{name}”" for name in names)}
        )


class ThemeNotEmpty(ThemeRefused):
    def __init__(self, theme: Theme, excerpts: int, children: int) -> None:
        self.excerpts, self.children = excerpts, children
        holds = []
        if excerpts:
            holds.append(ngettext("%(n)d excerpt", "%(n)d excerpts", excerpts) % {"n": excerpts})
        if children:
            holds.append(ngettext("%(n)d theme below it", "%(n)d themes below it", children) % {"n": children})
        super().__init__(
            _("“%(theme)s” holds %(what)s. Only an empty theme can be removed; merge it into another instead.")
            % {"theme": theme, "what": _(" and ").join(holds)}
        )


@transaction.atomic
def add_theme(
    *, by: User | None, name: str, parent: Theme | None, definition: str, colour: str, slug: str | None = None
) -> Theme:
    """A new theme, last among its siblings. Without a slug, one is made from the name.

    Raises ValidationError for a value that no theme may have.
    """
    _hold_the_tree()
    parent = _as_it_stands(parent) if parent else None
    theme = Theme(
        name=name,
        slug=slug or _free_slug(name),
        parent=parent,
        definition=definition,
        colour=colour,
        position=_position_after_the_last(parent),
    )
    _save(theme)
    record(by=by, action=Action.THEME_ADDED, subject=theme, label=theme.name)
    return theme


@transaction.atomic
def change_theme(*, by: User | None, theme: Theme, name: str, definition: str, colour: str) -> Theme:
    """New words or colour. The slug stays, because exported cases know the theme by it."""
    _hold_the_tree()
    theme = _as_it_stands(theme)
    wanted = {"name": name, "definition": definition, "colour": colour}
    changed = {field: [getattr(theme, field), new] for field, new in wanted.items() if getattr(theme, field) != new}
    if changed:
        for field, new in wanted.items():
            setattr(theme, field, new)
        _save(theme)
        record(by=by, action=Action.THEME_CHANGED, subject=theme, label=theme.name, changed=changed)
    return theme


@transaction.atomic
def move_theme(*, by: User | None, theme: Theme, parent: Theme | None, position: int | None = None) -> Theme:
    """Put the theme, with all below it, under `parent`, as number `position` of its siblings from 0, or last."""
    _hold_the_tree()
    theme = _as_it_stands(theme)
    parent = _as_it_stands(parent) if parent else None
    if parent and parent.pk in ids_below(theme):
        raise WouldStandUnderItself(theme, parent)
    theme.parent = parent
    _save(theme)
    siblings = [sibling for sibling in Theme.objects.filter(parent=parent) if sibling.pk != theme.pk]
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    siblings.insert(place, theme)
    for number, sibling in enumerate(siblings, start=1):
        sibling.position = number
    Theme.objects.bulk_update(siblings, ["position"])
    record(
        by=by,
        action=Action.THEME_MOVED,
        subject=theme,
        label=theme.name,
        under=parent.name if parent else "",
        position=place,
    )
    return theme


@transaction.atomic
def step_theme(*, by: User | None, theme: Theme, steps: int) -> Theme:
    """Up (below 0) or down among its siblings; the first and the last stay where they are."""
    _hold_the_tree()
    theme = _as_it_stands(theme)
    siblings = list(Theme.objects.filter(parent=theme.parent_id))
    place = siblings.index(theme)
    wanted = max(0, min(place + steps, len(siblings) - 1))
    return theme if wanted == place else move_theme(by=by, theme=theme, parent=theme.parent, position=wanted)


@transaction.atomic
def merge_themes(*, by: User | None, theme: Theme, into: Theme) -> MergePreview:
    """Give every excerpt and every child of `theme` to `into`, and remove `theme`. Says what it did."""
    _hold_the_tree()
    theme, into = _as_it_stands(theme), _as_it_stands(into)
    if theme == into:
        raise MergesWithItself
    if into.pk in ids_below(theme):
        raise StandsBelow(theme, into)
    done = merge_preview(theme, into)
    if done.clashes:
        raise ChildrenClash(done.clashes)
    _retag(theme, into)
    _hand_over_children(theme, into)
    record(
        by=by,
        action=Action.THEME_MERGED,
        subject=theme,
        label=theme.name,
        into=into.name,
        into_id=into.pk,
        slug=theme.slug,
        definition=theme.definition,
        retagged=done.retagged,
        already_both=done.already_both,
        children=list(done.children),
    )
    theme.delete()
    return done


@transaction.atomic
def remove_theme(*, by: User | None, theme: Theme) -> None:
    _hold_the_tree()
    theme = _as_it_stands(theme)
    excerpts, children = theme.excerpts.count(), theme.children.count()
    if excerpts or children:
        raise ThemeNotEmpty(theme, excerpts, children)
    record(by=by, action=Action.THEME_REMOVED, subject=theme, label=theme.name, slug=theme.slug)
    theme.delete()


def _hold_the_tree() -> None:
    """One change of the tree at a time.

    Two moves that are each allowed can make a circle together, and a tag may arrive while a theme is being
    removed: both wait here for the other. (SQLite lets in one writer at a time anyway.)
    """
    list(Theme.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _as_it_stands(theme: Theme) -> Theme:
    """A fresh copy: the caller's may be old, and must not be half changed when the change is refused."""
    try:
        return Theme.objects.get(pk=theme.pk)
    except Theme.DoesNotExist as error:
        raise ThemeGone(theme.name) from error


def _save(theme: Theme) -> None:
    """Save, or say in words which rule of the database stands against it."""
    theme.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        raise NameTaken(theme.name) from error


def _position_after_the_last(parent: Theme | None) -> int:
    last = Theme.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _free_slug(name: str) -> str:
    """The name in plain letters; names in other scripts are numbered."""
    stem = slugify(name)[:100] or "theme"
    taken = set(Theme.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    return next(slug for slug in (f"{stem}-{number}" for number in range(2, len(taken) + 3)) if slug not in taken)


def _retag(theme: Theme, into: Theme) -> None:
    of_both = Tagging.objects.filter(theme=into).values("excerpt")
    Tagging.objects.filter(theme=theme, excerpt__in=of_both).delete()
    Tagging.objects.filter(theme=theme).update(theme=into)


def _hand_over_children(theme: Theme, into: Theme) -> None:
    position = _position_after_the_last(into)
    children = list(theme.children.all())
    for number, child in enumerate(children):
        child.parent, child.position = into, position + number
    Theme.objects.bulk_update(children, ["parent", "position"])
