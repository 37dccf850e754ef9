import pytest

from caseapp.library.models import Suggestion, Theme, ThemeExample, ThemeRule, Undo
from caseapp.library.services import regrowing  # noqa: F401 (it registers how the tree is put back)
from caseapp.library.services.definitions import add_rule, pin_example
from caseapp.library.services.themes import add_theme, change_theme, merge_themes, move_theme, remove_theme
from caseapp.library.services.undoing import ChangedSince, UndoRefused, undo
from tests.library.conftest import NOW


def undo_last(by) -> object:
    return undo(by=by, undo_id=Undo.objects.latest("pk").pk, now=NOW)


def tree() -> list[tuple[str, str | None]]:
    return [(theme.name, theme.parent and theme.parent.name) for theme in Theme.objects.select_related("parent")]


def test_a_renamed_theme_gets_its_name_back(caseworker, weapons):
    change_theme(by=caseworker, theme=weapons, name="Arms", colour="#112233")
    undo_last(caseworker)
    weapons.refresh_from_db()
    assert (weapons.name, weapons.colour, weapons.version) == ("Weapon rules", "#9dc3e6", 3)


def test_a_moved_theme_goes_back_with_all_below_it(caseworker, killings, weapons, law):
    before = tree()
    move_theme(by=caseworker, theme=killings, parent=law)
    assert tree() != before
    undo_last(caseworker)
    assert tree() == before


def test_what_was_changed_again_since_is_not_undone(caseworker, lawyer, killings, weapons, law):
    change_theme(by=caseworker, theme=weapons, name="Arms")
    change_theme(by=lawyer, theme=weapons, name="Guns")
    with pytest.raises(ChangedSince):
        undo(by=caseworker, undo_id=Undo.objects.get(made_by=caseworker).pk, now=NOW)
    move_theme(by=caseworker, theme=law, parent=killings)
    moved = Undo.objects.latest("pk").pk
    move_theme(by=lawyer, theme=law, parent=None, position=0)
    with pytest.raises(ChangedSince):
        undo(by=caseworker, undo_id=moved, now=NOW)
    assert Theme.objects.get(pk=weapons.pk).name == "Guns"


def test_merged_themes_part_again_with_all_that_was_theirs(source, quote, caseworker, killings, weapons):
    capture = source.capture
    one = quote(capture, "The officer", killings)
    both = quote(capture, "His rifle", killings, weapons)
    other = quote(capture, "The bill", weapons)
    child = add_theme(by=None, name="At home", parent=killings, definition="", colour="#aabbcc")
    add_rule(by=None, theme=killings, kind="word", text="shot", now=NOW)
    add_rule(by=None, theme=killings, kind="word", text="rifle", now=NOW)
    add_rule(by=None, theme=weapons, kind="word", text="rifle", now=NOW)
    pin_example(by=caseworker, theme=killings, excerpt=one, belongs=True, now=NOW)
    Suggestion.objects.create(capture=capture, start=0, end=4, theme=killings, answer="refused")
    before = tree()
    merge_themes(by=caseworker, theme=killings, into=weapons)
    assert sorted(rule.text for rule in weapons.rules.all()) == ["rifle", "shot"]
    assert ThemeExample.objects.get().theme == weapons
    assert Suggestion.objects.get().theme == weapons
    undo_last(caseworker)
    again = Theme.objects.get(slug="off-duty-killings")
    assert (again.pk, again.definition, tree()) == (killings.pk, killings.definition, before)
    assert [set(excerpt.themes.all()) for excerpt in (one, both, other)] == [{again}, {again, weapons}, {weapons}]
    assert Theme.objects.get(pk=child.pk).parent == again
    assert sorted(rule.text for rule in again.rules.all()) == ["rifle", "shot"]
    assert [rule.text for rule in weapons.rules.all()] == ["rifle"]
    assert ThemeExample.objects.get().theme == again
    assert Suggestion.objects.get().theme == again
    assert ThemeRule.objects.count() == 3


def test_a_merge_into_a_theme_that_went_is_not_undone(caseworker, killings, weapons):
    merge_themes(by=caseworker, theme=killings, into=weapons)
    merged = Undo.objects.latest("pk").pk
    remove_theme(by=None, theme=weapons)
    with pytest.raises(ChangedSince):
        undo(by=caseworker, undo_id=merged, now=NOW)


def test_a_removed_theme_stands_again_unless_its_name_is_taken(caseworker, weapons):
    remove_theme(by=caseworker, theme=weapons)
    undo_last(caseworker)
    assert Theme.objects.get(pk=weapons.pk).position == 2
    remove_theme(by=caseworker, theme=weapons)
    removed = Undo.objects.latest("pk").pk
    add_theme(by=None, name="weapon RULES", parent=None, definition="", colour="#aabbcc")
    with pytest.raises(UndoRefused):
        undo(by=caseworker, undo_id=removed, now=NOW)
