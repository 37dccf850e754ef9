"""What the lists find, in which order and how it is counted. The same on every database."""

from collections import defaultdict

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseapp.library.found.listing import Asked, PassageList, SourceList
from caseapp.library.found.narrowing import ThemeTree
from caseapp.library.keeping.searching import rebuild_search
from caseapp.library.models import Excerpt, Origin, Source
from caseapp.library.queries import family_key
from caseapp.library.searching.choices import Choices
from caseapp.library.services.themes import add_theme
from tests.library.conftest import NOW
from tests.library.reporting import doubted

DOOR = (
    "Two officers were off duty when the gang came.\n\nMira Díaz of the MS-13 unit had no rifle.\n\n" + "Filler. " * 60
)
LAW = "The bill on rifles never came to a vote.\n\nThe file says the gangs knew.\n"
ESPAÑA = "Los policías no llevan sus armas a casa.\n\nLa pandilla MS 13 lo sabía.\n"


@pytest.fixture
def library(add, quote, killings, weapons, law, lawyer):
    """Three sources by title: door, law and casa, with six excerpts."""
    vetted = {"checked_at": NOW, "checked_by": lawyer, "approved_at": NOW, "approved_by": lawyer}
    door = add(DOOR, title="Two men at the door", publisher="Sample Herald", country="SV", published_on="2019-03-04")
    bill = add(LAW, title="A bill", publisher="Sample Ministry", kind="government", country="SV", published_on="2021")
    casa = add(ESPAÑA, title="Armas en casa", publisher="El Ejemplo", language="es", country="HN")
    Source.objects.filter(pk=bill.pk).update(origin=Origin.objects.create(name="Ministry of Example"))
    at_home = add_theme(by=None, name="At home", parent=killings, definition="", colour="#aabbcc")
    quote(door.capture, "off duty when the gang came", killings)
    quote(door.capture, "Mira Díaz of the MS-13 unit", at_home, weapons, note="Ask the file")
    quote(door.capture, "had no rifle", weapons, is_adverse=True)
    quote(bill.capture, "The bill on rifles never came to a vote", law, **vetted)
    quote(bill.capture, "The file says the gangs knew")
    quote(casa.capture, "Los policías no llevan sus armas", weapons, translation="Policemen leave their weapons")
    rebuild_search()
    return {"door": door, "law": bill, "casa": casa}


def asked(typed="", sort="", **chosen) -> Asked:
    return Asked.of(Choices.read({"q": [typed], "sort": [sort], **chosen}))


def sources(*args, **chosen) -> list[str]:
    return [row.source.title.split()[-1] for row in SourceList(asked(*args, **chosen)).page(0, 25)]


def passages(*args, **chosen) -> list[str]:
    return [excerpt.quote.split()[-1] for excerpt in PassageList(asked(*args, **chosen)).page(0, 25)]


# What is typed, the sources it finds and the passages, all in order.
TYPED = (
    ("", ["casa", "bill", "door"], ["armas", "knew", "vote", "rifle", "unit", "came"]),
    ("gang", ["bill", "door"], ["knew", "came"]),
    ("GANGS", ["bill", "door"], ["knew", "came"]),
    ('"the file"', ["bill", "door"], ["knew", "unit"]),
    ('"the fil"*', ["bill", "door"], ["knew", "unit"]),
    ('-"the file"', ["casa"], ["armas", "vote", "rifle", "came"]),
    ('gang -"the file"', [], ["came"]),
    ("gang -file country:SV", [], ["came"]),
    ("gang -vote", ["door"], ["knew", "came"]),
    ("herald gang", ["door"], []),
    ("herald gang -unit", [], []),
    ("herald vote", [], []),
    ("mira diaz", ["door"], ["unit"]),
    ("MS-13", ["door", "casa"], ["unit"]),
    ("MS 13", ["door", "casa"], ["unit"]),
    ("MS13", ["door", "casa"], ["unit"]),
    ("policia", ["casa"], ["armas"]),
    ("policemen weapons", ["casa"], ["armas"]),
    ("rifle", ["bill", "door"], ["rifle", "vote"]),
    ("rifle -bill", ["door"], ["rifle"]),
    ("-rifle", ["casa"], ["armas", "knew", "unit", "came"]),
    ("rifl*", ["bill", "door"], ["rifle", "vote"]),
    ("door", ["door"], []),
    ("ejemplo", ["casa"], []),
    ("gang rifle", ["bill", "door"], []),
    ("country:SV gang", ["bill", "door"], ["knew", "came"]),
    ('country:"el salvador"', ["bill", "door"], ["knew", "vote", "rifle", "unit", "came"]),
    ("-country:SV", ["casa"], ["armas"]),
    ("theme:weapon-rules", ["casa", "door"], ["armas", "rifle", "unit"]),
    ('theme:"off-duty killings"', ["door"], ["unit", "came"]),
    ("theme:weapon-rules -theme:off-duty-killings", ["casa"], ["armas", "rifle"]),
    ("publisher:sample rifle", ["bill", "door"], ["rifle", "vote"]),
    ("kind:government", ["bill"], ["knew", "vote"]),
    ("tipo:gobierno", ["bill"], ["knew", "vote"]),
    ("idioma:es", ["casa"], ["armas"]),
    ("state:approved", ["bill"], ["vote"]),
    ("origin:ministry", ["bill"], ["knew", "vote"]),
    ("adverse:yes", ["door"], ["rifle"]),
    ("adverse:no", ["casa", "bill", "door"], ["armas", "knew", "vote", "unit", "came"]),
    ("after:2020", ["bill"], ["knew", "vote"]),
    ("before:2020", ["door"], ["rifle", "unit", "came"]),
    ("before:2019-03-04", [], []),
    ("theme:nonsense", [], []),
    ("publisher:nonesuch", [], []),
    ("-publisher:nonesuch", [], []),
    ("gang before:yesterday", [], []),
)


def test_what_is_found_and_in_which_order(library):
    assert [(typed, sources(typed), passages(typed)) for typed, *_found in TYPED] == list(TYPED)


CHOSEN = (
    ({"theme": ["off-duty-killings"]}, ["door"], ["unit", "came"]),
    ({"theme": ["off-duty-killings", "weapon-rules"]}, ["door"], ["unit"]),
    (
        {"theme": ["off-duty-killings", "weapon-rules"], "any": ["theme"]},
        ["casa", "door"],
        ["armas", "rifle", "unit", "came"],
    ),
    ({"theme": ["-weapon-rules"]}, ["bill"], ["knew", "vote", "came"]),
    ({"country": ["SV"], "kind": ["news"]}, ["door"], ["rifle", "unit", "came"]),
    ({"country": ["SV", "HN"]}, ["casa", "bill", "door"], ["armas", "knew", "vote", "rifle", "unit", "came"]),
    ({"country": ["-SV"]}, ["casa"], ["armas"]),
    ({"year": ["2019"]}, ["door"], ["rifle", "unit", "came"]),
    ({"publisher": ["Sample Herald"], "adverse": ["yes"]}, ["door"], ["rifle"]),
    ({"adverse": ["-yes"]}, ["casa", "bill"], ["armas", "knew", "vote", "unit", "came"]),
    ({"origin": ["Ministry of Example"], "state": ["-approved"]}, [], ["knew"]),
    ({"theme": ["no-such-theme"]}, [], []),
)


def test_words_that_stand_apart_are_said_to_and_shown_where_each_stands(library):
    apart, together = SourceList(asked("herald gang")), SourceList(asked("gang rifle"))
    assert (apart.is_apart, together.is_apart, SourceList(asked("gang")).is_apart) == (True, False, False)
    assert list(apart.sources()) == [library["door"]]
    [row] = apart.page(0, 25)
    assert "when the gang came" in row.passages[0].words
    assert list(SourceList(asked("herald gang -unit")).sources()) == []
    assert list(SourceList(asked("gang -vote")).sources()) == [library["door"]]


def test_what_is_chosen_narrows_and_what_is_left_out_goes(library):
    assert [(chosen, sources(**chosen), passages(**chosen)) for chosen, *_found in CHOSEN] == list(CHOSEN)


def test_facets_count_what_is_listed(library):
    counted = SourceList(asked()).counts().things
    assert counted["country"] == {"SV": 2, "HN": 1}
    assert counted["theme"] == {"off-duty-killings": 1, "at-home": 1, "weapon-rules": 2, "unpassed-protection-law": 1}
    assert counted["state"] == {"proposed": 3, "approved": 1}
    assert counted["adverse"] == {"yes": 1}
    assert counted["origin"] == {"Ministry of Example": 1}
    counted = PassageList(asked("rifle")).counts().things
    assert counted["country"] == {"SV": 2}
    assert counted["theme"] == {"weapon-rules": 1, "unpassed-protection-law": 1}
    assert counted["year"] == {"2019": 1, "2021": 1}
    counted = PassageList(asked()).counts().things
    assert counted["theme"] == {"off-duty-killings": 2, "at-home": 1, "weapon-rules": 3, "unpassed-protection-law": 1}


@pytest.fixture
def retold(library):
    """The bill and casa tell a report of the ministry."""
    ministry = Origin.objects.get()
    Source.objects.filter(pk=library["casa"].pk).update(origin=ministry)
    return library


def test_beside_each_value_stands_from_how_many_origins_its_things_come(retold):
    counted = SourceList(asked()).counts()
    assert counted["country"] == {"SV": (2, 2), "HN": (1, 1)}
    assert counted["state"] == {"proposed": (3, 2), "approved": (1, 1)}
    assert counted["origin"] == {"Ministry of Example": (2, 1)}
    counted = PassageList(asked()).counts()
    assert counted["country"] == {"SV": (5, 2), "HN": (1, 1)}
    assert counted["theme"] == {
        "off-duty-killings": (2, 1),
        "at-home": (1, 1),
        "weapon-rules": (3, 2),
        "unpassed-protection-law": (1, 1),
    }
    assert counted["adverse"] == {"yes": (1, 1)}


def test_a_list_says_from_how_many_sources_and_origins_it_comes(retold):
    link = doubted(retold["door"], retold["law"])

    def reaches(*words):
        return [
            (reach.sources, reach.independent, reach.in_doubt and (reach.in_doubt.sources, reach.in_doubt.first))
            for reach in (SourceList(asked(*words)).reach, PassageList(asked(*words)).reach)
        ]

    assert reaches() == [(3, 2, (2, link.pk))] * 2
    assert reaches("gang") == [(2, 2, (2, link.pk))] * 2
    assert reaches("theme:weapon-rules") == [(2, 2, None)] * 2
    assert reaches("origin:ministry") == [(2, 1, None)] * 2
    assert reaches("theme:nonsense") == [(0, 0, None)] * 2


def by_hand(things) -> dict:
    """(facet, value) → how many (source, what is of it) there are, and of how many families."""
    counted = defaultdict(set)
    for source, themes, states, adverse, pk in things:
        above = {slug for theme in themes for slug in ThemeTree().slugs_above[str(theme.pk)]}
        values = {("theme", slug) for slug in above} | {("state", state) for state in states}
        values |= {("country", source.country.code), ("kind", source.kind), ("adverse", "yes" if adverse else "")}
        for value in values:
            counted[value].add((pk, family_key(source)))
    counts = {value: (len(found), len({family for _pk, family in found})) for value, found in counted.items()}
    return {(facet, value): count for (facet, value), count in counts.items() if value}


def as_counted(counts) -> dict:
    facets = ("theme", "state", "country", "kind", "adverse")
    return {(facet, value): count for facet in facets for value, count in counts[facet].items()}


def test_whatever_is_asked_is_counted_as_one_would_by_hand(retold):
    questions = [asked(typed) for typed, *_found in TYPED] + [asked(**chosen) for chosen, *_found in CHOSEN]
    for question in questions:
        listed = PassageList(question)
        excerpts = list(Excerpt.objects.filter(pk__in=listed.ids).select_related("capture__source__origin"))
        things = [(one.capture.source, one.themes.all(), [one.state], one.is_adverse, one.pk) for one in excerpts]
        assert as_counted(listed.counts()) == by_hand(things)
        families = {family_key(one.capture.source) for one in excerpts}
        assert (len(listed), listed.reach.independent) == (len(excerpts), len(families))
        # A page counts in passing.
        paged = PassageList(question)
        assert len(paged.page(0, 2)) == min(2, len(excerpts))
        assert (len(paged), paged.reach) == (len(listed), listed.reach)


def test_a_source_counts_by_the_excerpts_that_are_asked_for(library):
    counted = SourceList(asked(theme=["off-duty-killings"])).counts().things
    assert counted["theme"] == {"off-duty-killings": 1, "at-home": 1, "weapon-rules": 1}
    assert counted["adverse"] == {}


SORTED = (
    ("title", ["bill", "casa", "door"], ["vote", "knew", "armas", "came", "unit", "rifle"]),
    ("published", ["bill", "door", "casa"], ["vote", "knew", "came", "unit", "rifle", "armas"]),
    ("newest", ["casa", "bill", "door"], ["armas", "knew", "vote", "rifle", "unit", "came"]),
    ("best", ["casa", "bill", "door"], ["armas", "knew", "vote", "rifle", "unit", "came"]),
    ("origin", ["casa", "bill", "door"], ["armas", "vote", "knew", "came", "unit", "rifle"]),
)


def test_the_order_that_was_chosen(library):
    assert [(sort, sources("", sort), passages("", sort)) for sort, *_found in SORTED] == list(SORTED)


def test_pages_by_source_join(library):
    listed = PassageList(asked("", "title"))
    assert [excerpt.quote.split()[-1] for excerpt in [*listed.page(0, 2), *listed.page(2, 4), *listed.page(4, 9)]] == [
        *("vote", "knew", "armas", "came", "unit", "rifle")
    ]


def test_words_side_by_side_come_first(add, quote):
    for words in ("A gang of thieves came twice, a gang came.", "The gang came", "Gang of men came"):
        quote(add(f"{words}\n", title=words).capture, words)
    rebuild_search()
    assert passages("gang came") == ["came", "came.", "came"]
    assert sources("gang came") == ["came", "came.", "came"]
    assert passages("men gang") == ["came"]


@pytest.mark.parametrize("typed", ["gang", "gang -7"])
def test_many_passages_stand_in_the_same_order_as_few(add, quote, typed):
    lines = [f"Line {n} " + "gang " * (1 + n % 7) + "." for n in range(60)]
    article = add("\n".join(lines), title="Many")
    made = [quote(article.capture, line) for line in lines]
    other = quote(add("A line of nobody else.\n", title="Other").capture, "A line of nobody else")
    rebuild_search()
    assert other.pk not in PassageList(asked(typed)).ids
    found = [excerpt for excerpt in made if "-" not in typed or not excerpt.quote.startswith("Line 7 ")]
    shortest = sorted(found, key=lambda excerpt: (len(excerpt.quote.removesuffix(" .")), -excerpt.pk))
    newest = sorted(found, key=lambda excerpt: -excerpt.pk)
    for sort, wanted in (("best", shortest), ("newest", newest)):
        listed = PassageList(asked(typed, sort))
        assert [excerpt.pk for excerpt in [*listed.page(0, 25), *listed.page(25, 50)]] == [
            one.pk for one in wanted[:50]
        ]
        assert listed._of_sources == {article.pk: len(found)}


def test_a_source_shows_the_best_passages_and_none_twice(library):
    (row,) = SourceList(asked("mira")).page(0, 25)
    assert [(entry.kind, entry.excerpt.quote) for entry, _words, _comments in row.passages] == [
        ("excerpt", "Mira Díaz of the MS-13 unit")
    ]


def test_a_piece_of_text_is_shown_as_it_stands_in_the_newest_capture(library):
    (row,) = SourceList(asked("filler")).page(0, 25)
    ((entry, words, _comments),) = row.passages
    assert words == library["door"].capture.text[entry.start : entry.end]
    assert "Filler." in words


def test_the_order_for_those_who_go_on_to_the_next(library):
    assert SourceList(asked("gang")).ids == [library["law"].pk, library["door"].pk]


def test_the_number_of_queries_does_not_grow(library, add, quote, weapons, django_assert_num_queries):
    def look(listed):
        listed.page(0, 25)
        return len(listed), listed.counts(), listed.reach

    # SQLite is asked first how many there are.
    of_passages = 12 if connection.vendor == "sqlite" else 11
    with django_assert_num_queries(11):
        look(SourceList(asked("gang")))
    with django_assert_num_queries(of_passages):
        look(PassageList(asked("gang")))
    for number in range(4):
        other = add(f"A gang of {number}.\n", title=f"Other {number}", publisher=f"Paper {number}", origin_name="Wire")
        quote(other.capture, "gang", weapons)
    rebuild_search()
    with django_assert_num_queries(11):
        look(SourceList(asked("gang")))
    with django_assert_num_queries(of_passages):
        look(PassageList(asked("gang")))


HOSTILE = [
    '"',
    "*",
    "NEAR(",
    "^a",
    "a" * 10_000,
    "\x00",
    "a\x00b",
    "'",
    "''';--",
    "(",
    "a AND",
    "OR",
    "NOT",
    "{x}:",
    "ü*",
]


def test_nothing_that_is_typed_is_an_error(library):
    for typed in HOSTILE:
        sources(typed)
        passages(typed)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40) | st.text(alphabet='ab*"-:^( ñтme13', max_size=30))
def test_whatever_is_typed_is_answered(library, typed):
    listed = PassageList(asked(typed))
    assert len(listed) == len(set(listed.ids))
    assert {excerpt.pk for excerpt in listed.page(0, 25)} == set(listed.ids)
    assert set(listed.ids) <= set(Excerpt.objects.values_list("pk", flat=True))
    len(SourceList(asked(typed)))
