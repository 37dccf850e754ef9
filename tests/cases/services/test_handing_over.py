"""What hangs on a theme outlives the theme."""

import datetime as dt

import pytest

from caseapp.cases.models import Case, CaseThemeElement, EventSince, ThemeElement
from caseapp.library.models import Theme, Undo
from caseapp.library.services import regrowing  # noqa: F401 (it registers how the tree is put back)
from caseapp.library.services.themes import add_theme, merge_themes, remove_theme
from caseapp.library.services.undoing import undo

TWO = ("Going", "Staying")
NOW = dt.datetime(2027, 1, 5, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def above(db) -> Theme:
    theme = add_theme(by=None, parent=None, name="Above")
    ThemeElement.objects.create(theme=theme, element="us-state")
    return theme


@pytest.fixture
def going(above) -> Theme:
    """What is merged or removed: the office points it somewhere, a case says otherwise, and an event names it."""
    theme = add_theme(by=None, parent=above, name="Going")
    for element in ("us-nexus", "us-fear"):
        ThemeElement.objects.create(theme=theme, element=element)
    case = Case.objects.create(reference="R-1", client_name="N. N.")
    for element, is_on in (("us-fear", False), ("us-harm", True), ("us-state", False), ("us-nexus", False)):
        CaseThemeElement.objects.create(case=case, theme=theme, element=element, is_on=is_on)
    for words in ("Of it", "Of both"):
        EventSince.objects.create(case=case, happened_on="2026", words=words).themes.add(theme)
    return theme


@pytest.fixture
def staying(above, going) -> Theme:
    """It follows the theme above it, and the case rules on it too."""
    theme = add_theme(by=None, parent=above, name="Staying")
    CaseThemeElement.objects.create(case=Case.objects.get(), theme=theme, element="us-nexus", is_on=True)
    EventSince.objects.get(words="Of both").themes.add(theme)
    return theme


def hanging() -> tuple[set[tuple[str, ...]], set[tuple[str, str, bool]], dict[str, set[str]]]:
    return (
        set(ThemeElement.objects.filter(theme__name__in=TWO).values_list("theme__name", "element")),
        set(CaseThemeElement.objects.values_list("theme__name", "element", "is_on")),
        {event.words: set(event.themes.values_list("name", flat=True)) for event in EventSince.objects.all()},
    )


def undo_last(by) -> None:
    undo(by=by, undo_id=Undo.objects.latest("pk").pk, now=NOW)


def test_the_theme_that_stays_takes_over_what_hung_on_the_other_and_gives_it_back(lawyer, going, staying):
    before = hanging()
    merge_themes(by=lawyer, theme=going, into=staying)
    assert hanging() == (
        # It followed the one above; that stays true beside what it was given.
        {("Staying", "us-state"), ("Staying", "us-nexus"), ("Staying", "us-fear")},
        # Its own word on the nexus stands, and what it goes to in the case is not taken off.
        {("Staying", "us-fear", False), ("Staying", "us-harm", True), ("Staying", "us-nexus", True)},
        {"Of it": {"Staying"}, "Of both": {"Staying"}},
    )
    undo_last(lawyer)
    assert hanging() == before


def test_a_removed_theme_comes_back_with_all_that_hung_on_it(lawyer, going):
    before = hanging()
    remove_theme(by=lawyer, theme=going)
    # Without a theme, an event would touch all evidence of its case.
    assert hanging() == (set(), set(), {"Of it": {"Above"}, "Of both": {"Above"}})
    undo_last(lawyer)
    assert hanging() == before


def test_what_was_pointed_anew_since_stands_when_a_merge_is_undone(lawyer, going, staying):
    merge_themes(by=lawyer, theme=going, into=staying)
    ThemeElement.objects.filter(theme=staying).exclude(element="us-fear").delete()
    undo_last(lawyer)
    pointed, _ruled, _named = hanging()
    assert pointed == {("Staying", "us-fear"), ("Going", "us-nexus"), ("Going", "us-fear")}


def test_of_a_case_that_is_gone_nothing_comes_back(lawyer, going, staying):
    merge_themes(by=lawyer, theme=going, into=staying)
    Case.objects.all().delete()
    undo_last(lawyer)
    assert hanging()[1:] == (set(), {})


def test_nothing_else_names_a_theme():
    """Whatever will, has to come along too: see `library.keeping.hanging`."""
    naming = {
        relation.related_model._meta.label
        for relation in Theme._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    assert naming == {
        "cases.CaseThemeElement", "cases.EventSince", "cases.EventSince_themes", "cases.ThemeElement",
        "library.Excerpt", "library.Excerpt_themes", "library.Suggestion", "library.Theme", "library.ThemeExample",
        "library.ThemeLearning", "library.ThemeRule",
    }  # fmt: skip
