import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.models import Event
from caseapp.library.models import Theme
from caseapp.library.services import themes
from caseapp.library.services.themes import (
    ChildrenClash,
    MergesWithItself,
    NameTaken,
    StandsBelow,
    ThemeGone,
    ThemeNotEmpty,
    WouldStandUnderItself,
    add_theme,
    change_theme,
    merge_themes,
    move_theme,
    remove_theme,
)


def grow(name: str, parent: Theme | None = None, **kwargs) -> Theme:
    return add_theme(by=None, name=name, parent=parent, definition="", colour="#aabbcc", **kwargs)


def names(parent: Theme | None = None) -> list[str]:
    return list(Theme.objects.filter(parent=parent).values_list("name", flat=True))


def test_the_founding_themes_stand_from_the_start(db):
    assert names() == ["Off-duty killings", "Weapon rules", "Unpassed protection law"]


def test_a_theme_is_added_last_among_its_siblings(killings, caseworker):
    theme = add_theme(by=caseworker, name="At home", parent=killings, definition="In the house.", colour="#112233")
    assert (theme.parent, theme.slug, theme.definition, theme.colour) == (
        killings,
        "at-home",
        "In the house.",
        "#112233",
    )
    grow("On the way", killings)
    assert names(killings) == ["At home", "On the way"]
    event = Event.objects.filter(action="theme.added").last()
    assert (event.actor_name, event.subject_label) == ("Carla Caseworker", "At home")


def test_the_short_name_is_free_whatever_the_script(killings, weapons):
    assert [grow("Семьи").slug, grow("أسرة").slug] == ["theme", "theme-2"]
    assert [grow("Families", killings).slug, grow("families", weapons).slug] == ["families", "families-2"]


def test_a_given_short_name_must_be_free(db):
    with pytest.raises(ValidationError):
        grow("Another", slug="weapon-rules")


@pytest.mark.parametrize("name", ["Weapon rules", "WEAPON RULES"])
def test_a_name_stands_once_among_siblings(db, name):
    with pytest.raises(NameTaken, match="already stands there"):
        grow(name)
    assert Theme.objects.count() == 3


def test_the_same_name_may_stand_elsewhere(killings):
    assert grow("Weapon rules", killings).slug == "weapon-rules-2"


@pytest.mark.parametrize(
    ("name", "colour"), [("", "#112233"), ("Fine", "red"), ("Fine", "#11223"), ("x" * 121, "#112233")]
)
def test_a_theme_that_cannot_be_is_refused(db, name, colour):
    with pytest.raises(ValidationError):
        add_theme(by=None, name=name, parent=None, definition="", colour=colour)


def test_a_change_keeps_the_short_name_and_says_what_changed(weapons):
    changed = change_theme(by=None, theme=weapons, name="Arms", definition=weapons.definition, colour="#000000")
    assert (changed.name, changed.colour, changed.slug) == ("Arms", "#000000", "weapon-rules")
    event = Event.objects.get(action="theme.changed")
    assert event.detail == {"changed": {"name": ["Weapon rules", "Arms"], "colour": ["#9dc3e6", "#000000"]}}


def test_a_refused_change_leaves_the_theme_as_it_was(weapons):
    with pytest.raises(NameTaken):
        change_theme(by=None, theme=weapons, name="off-DUTY killings", definition="", colour="#000000")
    weapons.refresh_from_db()
    assert (weapons.name, weapons.colour) == ("Weapon rules", "#9dc3e6")


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (0, ["Unpassed protection law", "Off-duty killings", "Weapon rules"]),
        (1, ["Off-duty killings", "Unpassed protection law", "Weapon rules"]),
        (None, ["Off-duty killings", "Weapon rules", "Unpassed protection law"]),
        (99, ["Off-duty killings", "Weapon rules", "Unpassed protection law"]),
    ],
)
def test_a_theme_moves_among_its_siblings(law, position, expected):
    move_theme(by=None, theme=law, parent=None, position=position)
    assert names() == expected


def test_a_theme_moves_elsewhere_with_all_below_it(killings, weapons):
    below = grow("At home", killings)
    moved = move_theme(by=None, theme=killings, parent=weapons)
    assert moved.parent == weapons
    assert Theme.objects.get(pk=below.pk).parent == killings
    assert names() == ["Weapon rules", "Unpassed protection law"]
    assert Event.objects.get(action="theme.moved").detail == {"under": "Weapon rules", "position": 0}


def test_no_theme_stands_under_itself(killings):
    below = grow("At home", killings)
    for parent in (killings, below, grow("In the garden", below)):
        with pytest.raises(WouldStandUnderItself):
            move_theme(by=None, theme=killings, parent=parent)
    assert Theme.objects.get(pk=killings.pk).parent is None


def test_a_move_onto_a_namesake_is_refused(killings):
    namesake = grow("Weapon rules", killings)
    with pytest.raises(NameTaken):
        move_theme(by=None, theme=namesake, parent=None)
    assert Theme.objects.get(pk=namesake.pk).parent == killings


def test_merging_keeps_every_tag_and_every_child(source, quote, killings, weapons, caseworker):
    one = quote(source.capture, "The officer", killings)
    both = quote(source.capture, "His rifle", killings, weapons)
    other = quote(source.capture, "The bill", weapons)
    child = grow("At home", killings)
    grow("Rifles", weapons)
    done = merge_themes(by=caseworker, theme=killings, into=weapons)
    assert (done.retagged, done.already_both, done.children) == (1, 1, ("At home",))
    assert [list(excerpt.themes.all()) for excerpt in (one, both, other)] == [[weapons]] * 3
    child.refresh_from_db()
    assert child.parent == weapons
    assert names(weapons) == ["Rifles", "At home"]
    assert not Theme.objects.filter(slug="off-duty-killings").exists()
    event = Event.objects.get(action="theme.merged")
    assert (event.subject_label, event.detail["into"], event.detail["retagged"], event.detail["already_both"]) == (
        "Off-duty killings",
        "Weapon rules",
        1,
        1,
    )


def test_a_child_may_be_merged_into_its_parent(killings, source, quote):
    child = grow("At home", killings)
    excerpt = quote(source.capture, "his house", child)
    merge_themes(by=None, theme=child, into=killings)
    assert list(excerpt.themes.all()) == [killings]


def test_merges_that_would_lose_the_tree_are_refused(killings, weapons):
    below = grow("At home", killings)
    grow("AT HOME", weapons)
    with pytest.raises(MergesWithItself):
        merge_themes(by=None, theme=killings, into=killings)
    with pytest.raises(StandsBelow):
        merge_themes(by=None, theme=killings, into=below)
    with pytest.raises(ChildrenClash) as refusal:
        merge_themes(by=None, theme=killings, into=weapons)
    assert refusal.value.names == ("At home",)
    assert Theme.objects.count() == 5


def test_a_child_named_like_the_merged_theme_is_a_clash_too(killings):
    child = grow("At home", killings)
    grow("At home", child)
    with pytest.raises(ChildrenClash):
        merge_themes(by=None, theme=child, into=killings)


def test_only_an_empty_theme_is_removed(killings, source, quote):
    child = grow("At home", killings)
    excerpt = quote(source.capture, "his house", killings)
    with pytest.raises(ThemeNotEmpty, match="holds 1 excerpt and 1 theme below it"):
        remove_theme(by=None, theme=killings)
    excerpt.themes.clear()
    with pytest.raises(ThemeNotEmpty, match="holds 1 theme below it"):
        remove_theme(by=None, theme=killings)
    remove_theme(by=None, theme=child)
    remove_theme(by=None, theme=killings)
    assert names() == ["Weapon rules", "Unpassed protection law"]
    assert Event.objects.filter(action="theme.removed").count() == 2


def test_a_theme_that_went_meanwhile_is_said_to_be_gone(killings, weapons):
    stale = Theme.objects.get(pk=killings.pk)
    remove_theme(by=None, theme=killings)
    for act in (
        lambda: change_theme(by=None, theme=stale, name="x", definition="", colour="#000000"),
        lambda: move_theme(by=None, theme=stale, parent=weapons),
        lambda: move_theme(by=None, theme=weapons, parent=stale),
        lambda: merge_themes(by=None, theme=stale, into=weapons),
        lambda: merge_themes(by=None, theme=weapons, into=stale),
        lambda: remove_theme(by=None, theme=stale),
        lambda: grow("x", stale),
    ):
        with pytest.raises(ThemeGone, match="“Off-duty killings” was removed"):
            act()


def test_a_name_taken_in_a_race_is_refused_by_the_database(monkeypatch, weapons):
    """The check before the write is gone; the constraint still stands."""
    monkeypatch.setattr(Theme, "full_clean", lambda *args, **kwargs: None)
    with pytest.raises(NameTaken):
        change_theme(by=None, theme=weapons, name="Off-duty killings", definition="", colour="#000000")
    with pytest.raises(NameTaken):
        themes.add_theme(by=None, name="weapon RULES", parent=None, definition="", colour="#000000")
