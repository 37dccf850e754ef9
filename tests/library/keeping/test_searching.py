import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import CharField

from caseapp.library.found import index
from caseapp.library.keeping.searching import prepare_search, rebuild_search
from caseapp.library.keeping.sources import SourceDetails
from caseapp.library.models import EntryKind, SearchEntry
from caseapp.library.searching.asking import read_question
from caseapp.library.services.excerpts import (
    change_excerpt,
    move_bounds,
    quote_excerpt,
    remove_excerpt,
)
from caseapp.library.services.sources import change_source, trim_article
from caseapp.library.services.themes import merge_themes
from tests.library.conftest import ARTICLE


def keys(typed: str) -> set[str]:
    """Of which kinds the entries are that hold everything that was asked for."""
    wanted = read_question(typed).wanted
    found = SearchEntry.objects.filter(index.holding(wanted))
    return set(found.values_list("kind", flat=True))


@pytest.fixture
def rifle(source, caseworker, weapons):
    start = source.capture.text.index("His rifle")
    return quote_excerpt(
        by=caseworker,
        capture=source.capture,
        start=start,
        end=start + len("His rifle had stayed at the station"),
        themes=[weapons],
        note="Ask about Díaz and MS-13",
        translation="The policemen kept it",
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("herald", {"source"}),
        ("reporter door", {"source"}),
        ("recipes", {"text"}),
        ("rifles", {"text", "excerpt"}),
        ("RIFLE station", {"text", "excerpt"}),
        ('"rifle had stayed"', {"text", "excerpt"}),
        ('"stayed rifle"', set()),
        ("diaz", {"excerpt"}),
        ("MS13", {"excerpt"}),
        ("ms 13", {"excerpt"}),
        ("policeman", set()),
        ("policemen kept", {"excerpt"}),
        ("statio*", {"text", "excerpt"}),
        ("xyz", set()),
        ('"station ask"', set()),
    ],
)
def test_sources_texts_and_excerpts_are_found(rifle, typed, expected):
    assert keys(typed) == expected


def test_an_entry_follows_its_excerpt(rifle, caseworker, lawyer, approve, killings, weapons):
    entry = SearchEntry.objects.get(excerpt=rifle)
    of_source = SearchEntry.objects.get(kind=EntryKind.SOURCE)
    assert (entry.themes, entry.states, entry.is_adverse) == (str(weapons.pk), "proposed", False)
    rifle = approve(rifle, lawyer)
    entry.refresh_from_db()
    assert entry.states == "approved"
    change_excerpt(by=caseworker, excerpt=rifle, themes=[killings], note="", is_adverse=True, version=rifle.version)
    entry.refresh_from_db()
    of_source.refresh_from_db()
    assert (entry.themes, entry.states, entry.is_adverse) == (str(killings.pk), "proposed", True)
    assert (of_source.themes, of_source.states, of_source.is_adverse) == (str(killings.pk), "proposed", True)
    assert keys("diaz") == set()
    move_bounds(by=caseworker, excerpt=rifle, start=rifle.start, end=rifle.start + 9)
    assert keys('"rifle had stayed"') == {"text"}
    remove_excerpt(by=caseworker, excerpt=rifle)
    of_source.refresh_from_db()
    assert (of_source.themes, of_source.is_adverse) == ("", False)
    assert keys("rifle") == {"text"}


def test_a_merge_of_themes_is_followed(rifle, caseworker, killings, weapons):
    merge_themes(by=caseworker, theme=weapons, into=killings)
    assert set(SearchEntry.objects.exclude(themes="").values_list("themes", flat=True)) == {str(killings.pk)}


def test_a_new_title_and_language_are_followed(rifle, source, caseworker):
    details = SourceDetails(title="Otra noticia", language="es")
    change_source(by=caseworker, source=source, details=details, version=source.version)
    assert keys("noticias") == {"source"}
    assert keys("herald") == set()
    assert SearchEntry.objects.get(excerpt=rifle).search_text.startswith("his rifl had")


def test_what_is_trimmed_away_is_not_found(source, caseworker):
    assert keys("menu") == {"text"}
    start = ARTICLE.index("The officer")
    trim_article(by=caseworker, capture=source.capture, start=start, end=ARTICLE.index("Read more"))
    assert keys("menu") == set()
    assert keys("officer") == {"text"}


def test_a_library_from_before_is_read_after_a_migration(rifle):
    held = sorted(SearchEntry.objects.values_list("pk", "search_text", "themes"))
    SearchEntry.objects.all().delete()
    prepare_search()
    assert sorted(SearchEntry.objects.values_list("pk", "search_text", "themes")) == held


def test_the_command_makes_every_entry_anew(rifle, capsys):
    SearchEntry.objects.filter(excerpt=rifle).delete()
    call_command("rebuild_search", "--json")
    assert capsys.readouterr().out == f'{{"entries": {SearchEntry.objects.count()}}}\n'
    assert keys("diaz") == {"excerpt"}


def test_a_large_report_takes_few_statements(add, caseworker, django_assert_max_num_queries):
    text = "".join(f"Paragraph {number} of a long report about rifles.\n\n" * 4 for number in range(600))
    with django_assert_max_num_queries(40):
        add(text, by=caseworker)
    assert SearchEntry.objects.filter(kind=EntryKind.TEXT).count() == 480


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite forgets its triggers")
def test_the_index_survives_that_django_rebuilds_its_table(rifle):
    was = SearchEntry._meta.get_field("states")
    wider = CharField(max_length=41, blank=True)
    wider.set_attributes_from_name("states")
    with connection.schema_editor() as editor:
        editor.alter_field(SearchEntry, was, wider)
    SearchEntry.objects.filter(excerpt=rifle).update(search_text="forgotten")
    assert "excerpt" not in keys("forgotten")
    index.install()
    assert keys("forgotten") == {"excerpt"}
    SearchEntry.objects.filter(excerpt=rifle).delete()
    assert keys("forgotten") == set()


def test_rebuilding_changes_nothing(rifle):
    held = sorted(SearchEntry.objects.values_list("pk", "search_text", "themes", "states"))
    assert rebuild_search() == len(held)
    assert sorted(SearchEntry.objects.values_list("pk", "search_text", "themes", "states")) == held
