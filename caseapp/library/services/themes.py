"""The tree of themes: grow, change, move, merge, prune. No tag is ever lost on the way."""

from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import record
from caseapp.core.differences import require_seen
from caseapp.library.keeping.hanging import hand_over_all
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.keeping.themes import free_slug, hold_the_tree, position_after_the_last
from caseapp.library.models import Excerpt, Suggestion, Theme, ThemeExample, ThemeLearning, ThemeRule
from caseapp.library.queries import MergePreview, Tagging, ids_below, merge_preview
from caseapp.library.services.undoing import remember


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


class ThemeChangedMeanwhile(ThemeRefused):
    """`current` is the theme as somebody else left it."""

    def __init__(self, current: Theme) -> None:
        self.current = current
        super().__init__(
            _(
                "Somebody else changed this theme while you were at it, so nothing was saved. "
                "Compare the two below; saving again keeps what you typed."
            )
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


class ThemeFields(TypedDict, total=False):
    """What people say of a theme."""

    name: str
    definition: str
    belongs: str
    excludes: str
    colour: str
    stale_after_months: int | None


@transaction.atomic
def add_theme(
    *, by: User | None, parent: Theme | None, slug: str | None = None, **fields: Unpack[ThemeFields]
) -> Theme:
    """A new theme, last among its siblings. Without a slug, one is made from the name.

    Raises ValidationError for a value that no theme may have.
    """
    hold_the_tree()
    parent = _as_it_stands(parent) if parent else None
    theme = Theme(
        slug=slug or free_slug(fields["name"]), parent=parent, position=position_after_the_last(parent), **fields
    )
    _save(theme)
    record(by=by, action=Action.THEME_ADDED, subject=theme, label=theme.name)
    return theme


@transaction.atomic
def change_theme(*, by: User | None, theme: Theme, version: int | None = None, **fields: Unpack[ThemeFields]) -> Theme:
    """New words or colour; what is not given stays. The slug stays, because exported cases know the theme by it.

    `version` is that of the theme the person saw.
    """
    hold_the_tree()
    theme = _as_it_stands(theme)
    if version is not None and theme.version != version:
        raise ThemeChangedMeanwhile(theme)
    changed = {field: [getattr(theme, field), new] for field, new in fields.items() if getattr(theme, field) != new}
    if changed:
        for field, new in fields.items():
            setattr(theme, field, new)
        theme.version += 1
        _save(theme)
        record(by=by, action=Action.THEME_CHANGED, subject=theme, label=theme.name, changed=changed)
        was = {field: old for field, (old, _new) in changed.items()}
        _remember(by, "theme.changed", theme, version=theme.version, was=was)
    return theme


@transaction.atomic
def move_theme(
    *, by: User | None, theme: Theme, parent: Theme | None, position: int | None = None, was: str | None = None
) -> Theme:
    """Put the theme, with all below it, under `parent`, as number `position` of its siblings from 0, or last. `was` is
    what the page showed; raises ChangedMeanwhile where that is not where it stands."""
    hold_the_tree()
    theme = _as_it_stands(theme)
    require_seen(theme, was, parent=theme.parent_id)
    parent = _as_it_stands(parent) if parent else None
    if parent and parent.pk in ids_below(theme):
        raise WouldStandUnderItself(theme, parent)
    before = place_of(theme)
    theme.parent = parent
    _save(theme)
    place = take_place(theme, position)
    record(
        by=by,
        action=Action.THEME_MOVED,
        subject=theme,
        label=theme.name,
        under=parent.name if parent else "",
        position=place,
    )
    _remember(by, "theme.moved", theme, before=before, after=place_of(theme))
    return theme


def take_place(theme: Theme, position: int | None) -> int:
    """Number its siblings anew, with the theme at this place among them, or last. Says which place it got."""
    siblings = [sibling for sibling in Theme.objects.filter(parent=theme.parent_id) if sibling.pk != theme.pk]
    place = len(siblings) if position is None else max(0, min(position, len(siblings)))
    siblings.insert(place, theme)
    for number, sibling in enumerate(siblings, start=1):
        sibling.position = number
    Theme.objects.bulk_update(siblings, ["position"])
    return place


def place_of(theme: Theme) -> list[int | None]:
    """Under which theme it stands, and as which of its siblings, counted from 0."""
    siblings = list(Theme.objects.filter(parent=theme.parent_id).values_list("pk", flat=True))
    return [theme.parent_id, siblings.index(theme.pk)]


@transaction.atomic
def step_theme(*, by: User | None, theme: Theme, steps: int) -> Theme:
    """Up (below 0) or down among its siblings; the first and the last stay where they are."""
    hold_the_tree()
    theme = _as_it_stands(theme)
    siblings = list(Theme.objects.filter(parent=theme.parent_id))
    place = siblings.index(theme)
    wanted = max(0, min(place + steps, len(siblings) - 1))
    return theme if wanted == place else move_theme(by=by, theme=theme, parent=theme.parent, position=wanted)


@transaction.atomic
def indent_theme(*, by: User | None, theme: Theme) -> Theme:
    """Under the sibling before it, last there. The first of its siblings stays where it is."""
    hold_the_tree()
    theme = _as_it_stands(theme)
    siblings = list(Theme.objects.filter(parent=theme.parent_id))
    place = siblings.index(theme)
    return move_theme(by=by, theme=theme, parent=siblings[place - 1]) if place else theme


@transaction.atomic
def outdent_theme(*, by: User | None, theme: Theme) -> Theme:
    """Out from under its parent, to the place after it. One that stands at the top stays there."""
    hold_the_tree()
    theme = _as_it_stands(theme)
    return drop_theme(by=by, theme=theme, after=theme.parent) if theme.parent else theme


@transaction.atomic
def drop_theme(*, by: User | None, theme: Theme, after: Theme | None, inside: bool = False) -> Theme:
    """To the place after another theme, as its next sibling, or inside it as its first child; or first of all."""
    hold_the_tree()
    theme, after = _as_it_stands(theme), _as_it_stands(after) if after else None
    if after is None or inside:
        return move_theme(by=by, theme=theme, parent=after, position=0)
    siblings = [one for one in Theme.objects.filter(parent=after.parent_id) if one != theme]
    if after not in siblings:
        raise WouldStandUnderItself(theme, after)
    return move_theme(by=by, theme=theme, parent=after.parent, position=siblings.index(after) + 1)


@transaction.atomic
def merge_themes(*, by: User | None, theme: Theme, into: Theme) -> MergePreview:
    """Give every excerpt and every child of `theme` to `into`, and remove `theme`. Says what it did."""
    hold_the_tree()
    theme, into = _as_it_stands(theme), _as_it_stands(into)
    if theme == into:
        raise MergesWithItself
    if into.pk in ids_below(theme):
        raise StandsBelow(theme, into)
    done = merge_preview(theme, into)
    if done.clashes:
        raise ChildrenClash(done.clashes)
    both = Tagging.objects.filter(theme=theme, excerpt__in=Tagging.objects.filter(theme=into).values("excerpt"))
    merged = _as_it_was(theme) | {"into": into.pk, "both": list(both.values_list("excerpt", flat=True))}
    _retag(theme, into)
    _hand_over_children(theme, into)
    _hand_over_definition(theme, into)
    merged["hanging"] = hand_over_all(theme, into)
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
    _remember(by, "theme.merged", theme, **merged)
    theme.delete()
    return done


@transaction.atomic
def remove_theme(*, by: User | None, theme: Theme) -> None:
    hold_the_tree()
    theme = _as_it_stands(theme)
    excerpts, children = theme.excerpts.count(), theme.children.count()
    if excerpts or children:
        raise ThemeNotEmpty(theme, excerpts, children)
    record(by=by, action=Action.THEME_REMOVED, subject=theme, label=theme.name, slug=theme.slug)
    removed = _as_it_was(theme) | {"hanging": hand_over_all(theme, None)}
    _remember(by, "theme.removed", theme, **removed)
    theme.delete()


def _remember(by: User | None, kind: str, theme: Theme, **payload: Any) -> None:
    """That it can be undone (services/regrowing.py). What a command did, nobody undoes."""
    if by:
        remember(by=by, kind=kind, payload={"theme": theme.pk, **payload}, label=theme.name, now=timezone.now())


def _as_it_was(theme: Theme) -> dict[str, Any]:
    """All that goes with a theme, so that it can stand again."""
    names = ("name", "slug", "definition", "belongs", "excludes", "colour", "stale_after_months", "version")
    return {
        "fields": {name: getattr(theme, name) for name in names},
        "place": place_of(theme),
        "excerpts": list(theme.excerpts.order_by("pk").values_list("pk", flat=True)),
        "children": list(theme.children.values_list("pk", flat=True)),
        "rules": list(theme.rules.values()),
        "examples": list(theme.examples.values()),
        "answers": list(Suggestion.objects.filter(theme=theme).values()),
    }


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


def _retag(theme: Theme, into: Theme) -> None:
    tagged = list(Excerpt.objects.filter(themes=theme).only("pk"))
    of_both = Tagging.objects.filter(theme=into).values("excerpt")
    Tagging.objects.filter(theme=theme, excerpt__in=of_both).delete()
    Tagging.objects.filter(theme=theme).update(theme=into)
    refresh_search(excerpts=tagged)


def _hand_over_children(theme: Theme, into: Theme) -> None:
    position = position_after_the_last(into)
    children = list(theme.children.all())
    for number, child in enumerate(children):
        child.parent, child.position = into, position + number
    Theme.objects.bulk_update(children, ["parent", "position"])


def _hand_over_definition(theme: Theme, into: Theme) -> None:
    """Rules, examples and answers go along; where the other theme has the same, that one stays. What the other was
    learned from is then no longer all that it has, so it is learned anew."""
    rules = into.rules.values_list("kind", "text")
    for rule in theme.rules.all():
        if (rule.kind, rule.text) not in rules:
            ThemeRule.objects.filter(pk=rule.pk).update(theme=into)
    ThemeExample.objects.filter(theme=theme).exclude(excerpt__in=into.examples.values("excerpt")).update(theme=into)
    same = Suggestion.objects.filter(
        theme=into, capture=OuterRef("capture"), start=OuterRef("start"), end=OuterRef("end")
    )
    Suggestion.objects.filter(~Exists(same), theme=theme).update(theme=into)
    ThemeLearning.objects.filter(theme=into).delete()
