import pytest

from caseapp.library.models import Theme
from caseapp.library.queries import (
    ancestors,
    captures_of,
    ids_below,
    merge_preview,
    passages_of,
    sources_listed,
    theme_tree,
)
from caseapp.library.services.themes import add_theme
from tests.library.conftest import ARTICLE


def grow(name: str, parent: Theme | None = None) -> Theme:
    return add_theme(by=None, name=name, parent=parent, definition="", colour="#aabbcc")


def test_captures_of_the_same_bytes_oldest_first(add, django_assert_num_queries):
    first, second = add(title="First"), add(title="Second")
    add("other words", title="Third")
    sha256 = first.capture.original_sha256
    with django_assert_num_queries(1):
        found = captures_of(sha256)
        assert [capture.source for capture in found] == [first, second]


def test_the_list_counts_excerpts_newest_source_first(add, quote, killings, weapons):
    first, second = add(title="First"), add(title="Second")
    quote(first.capture, "The officer", killings, weapons)
    quote(first.capture, "His rifle")
    assert [(source.title, source.excerpt_count) for source in sources_listed()] == [
        ("Second", 0),
        ("First", 2),
    ]
    assert second.capture.excerpts.count() == 0


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("herald", ["Two men"]),
        ("two REPORTER", ["Two men"]),
        ("two ministry", []),
        ("ministry", ["Annual report"]),
        ("100%", []),
    ],
)
def test_the_list_is_narrowed_by_words(add, words, titles):
    add(title="Two men", publisher="Sample Herald", author="A. Reporter", country="SV")
    add(title="Annual report", publisher="Sample Ministry", kind="government", country="SV")
    assert [source.title for source in sources_listed(words)] == titles


def test_the_tree_counts_each_excerpt_once_whatever_its_depth(source, quote, killings, weapons):
    home = grow("At home", killings)
    garden = grow("In the garden", home)
    quote(source.capture, "The officer", killings, home, garden)
    quote(source.capture, "his house", garden)
    quote(source.capture, "His rifle", killings, weapons)
    rows = [(r.theme.name, r.depth, r.direct, r.total, r.is_first, r.is_last) for r in theme_tree()]
    assert rows == [
        ("Off-duty killings", 0, 2, 3, True, False),
        ("At home", 1, 1, 2, True, True),
        ("In the garden", 2, 2, 2, True, True),
        ("Weapon rules", 0, 1, 1, False, False),
        ("Unpassed protection law", 0, 0, 0, False, True),
    ]


def test_the_tree_takes_two_queries_however_large(killings, django_assert_num_queries):
    parent = killings
    for number in range(20):
        parent = grow(f"Level {number}", parent)
    with django_assert_num_queries(2):
        assert len(theme_tree()) == 23


def test_what_stands_below_and_above_a_theme(killings, weapons):
    home = grow("At home", killings)
    garden = grow("In the garden", home)
    assert ids_below(killings) == {killings.pk, home.pk, garden.pk}
    assert ids_below(weapons) == {weapons.pk}
    assert ancestors(garden) == [killings, home]
    assert ancestors(killings) == []


def test_passages_of_a_theme_stand_source_by_source(add, quote, killings, weapons, django_assert_num_queries):
    below = grow("At home", killings)
    second, first = add(title="B"), add(title="A")
    late = quote(first.capture, "His rifle", killings)
    early = quote(first.capture, "The officer", killings, below)
    other = quote(second.capture, "The bill", below)
    quote(second.capture, "Menu", weapons)
    with django_assert_num_queries(3):
        passages = list(passages_of(killings, with_those_below=True))
        assert [passage.capture.source.title for passage in passages] == ["A", "A", "B"]
        assert [len(passage.themes.all()) for passage in passages] == [2, 1, 1]
    assert passages == [early, late, other]
    assert list(passages_of(killings, with_those_below=False)) == [early, late]


def test_a_merge_is_foreseen(source, quote, killings, weapons):
    for words, themes in (
        ("The officer", [killings]),
        ("his house", [killings]),
        ("His rifle", [killings, weapons]),
        ("The bill", [weapons]),
    ):
        quote(source.capture, words, *themes)
    for parent, name in ((killings, "At home"), (killings, "Rifles"), (weapons, "rifles")):
        grow(name, parent)
    preview = merge_preview(killings, weapons)
    assert (preview.retagged, preview.already_both) == (2, 1)
    assert (preview.children, preview.clashes) == (("At home", "Rifles"), ("Rifles",))


def test_no_query_of_the_library_loads_a_text(add, quote, killings):
    source = add(ARTICLE)
    quote(source.capture, "The officer", killings)
    loaded = [captures_of(source.capture.original_sha256)[0], passages_of(killings, with_those_below=True)[0].capture]
    assert [capture.get_deferred_fields() for capture in loaded] == [{"text"}, {"text"}]
