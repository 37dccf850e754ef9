"""Cards of publishers: written, changed, and two of them made one."""

import datetime as dt

import pytest

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.models import Publisher, PublisherName
from caseapp.library.publishers.cards import card_of, publishers_listed, sources_of
from caseapp.library.services.publishers import (
    Assessment,
    NameOfAnother,
    NoName,
    PublisherChangedMeanwhile,
    SamePublisher,
    add_publisher,
    change_publisher,
    merge_publishers,
)
from tests.library.conftest import NOW

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def herald(caseworker) -> Publisher:
    assessment = Assessment(name="Sample Herald", who="A daily of the capital.", leaning="Close to the ministry.")
    return add_publisher(by=caseworker, assessment=assessment, spellings=["SH daily"], now=NOW)


@pytest.fixture
def times(caseworker) -> Publisher:
    return add_publisher(by=caseworker, assessment=Assessment(name="Sample Times"), now=NOW)


def test_a_card_is_found_by_every_spelling_of_its_names(herald, source):
    for name in ("The Sample Herald", "sample  herald", "SH Daily."):
        assert card_of(name) == herald
    assert card_of("Sample Times") is None
    assert card_of("") is None
    assert list(sources_of(herald)) == [source]


def test_a_name_leads_to_one_card(herald, caseworker):
    with pytest.raises(NameOfAnother, match="already leads to the card of Sample Herald"):
        add_publisher(by=caseworker, assessment=Assessment(name="The SH daily"), now=NOW)
    with pytest.raises(NoName):
        add_publisher(by=caseworker, assessment=Assessment(name="…"), now=NOW)
    assert Publisher.objects.get() == herald


def test_whoever_changes_it_answers_for_it(herald, lawyer):
    changed = change_publisher(
        by=lawyer,
        publisher=herald,
        assessment=Assessment(name="Sample Herald", who="A weekly."),
        spellings=["Herald of Sample"],
        version=1,
        now=LATER,
    )
    assert (changed.who, changed.leaning, changed.version) == ("A weekly.", "", 2)
    assert (changed.reviewed_by, changed.reviewed_at) == (lawyer, LATER)
    assert set(PublisherName.objects.values_list("key", flat=True)) == {"sample herald", "herald of sample"}
    assert Event.objects.get(action=Action.PUBLISHER_CHANGED).detail["changed"]["who"] == [
        "A daily of the capital.",
        "A weekly.",
    ]
    same = change_publisher(
        by=herald.reviewed_by,
        publisher=herald,
        assessment=Assessment(name="Sample Herald", who="A weekly."),
        spellings=["Herald of Sample"],
        version=2,
        now=LATER,
    )
    assert (same.version, same.reviewed_by) == (2, lawyer)


def test_an_older_version_changes_nothing(herald, lawyer):
    Publisher.objects.update(version=2, who="A weekly.")
    with pytest.raises(PublisherChangedMeanwhile) as refused:
        change_publisher(by=lawyer, publisher=herald, assessment=Assessment(name="X"), spellings=[], version=1, now=NOW)
    assert refused.value.current.who == "A weekly."


def test_two_cards_become_one_and_what_the_other_said_stays_on_record(herald, times, lawyer):
    assert merge_publishers(by=lawyer, publisher=herald, into=times) == times
    assert card_of("SH daily") == card_of("Sample Herald") == times
    assert Publisher.objects.get().who == ""
    assert Event.objects.get(action=Action.PUBLISHER_MERGED).detail["said"]["leaning"] == "Close to the ministry."
    with pytest.raises(SamePublisher):
        merge_publishers(by=lawyer, publisher=times, into=times)


def test_the_list_has_every_publisher_once_with_its_sources(herald, times, source, add, django_assert_num_queries):
    add("One.", publisher="SH daily")
    for text, publisher in (("Two.", "La Gaceta"), ("Three.", "Gaceta"), ("Four.", "Gaceta"), ("Five.", "")):
        add(text, publisher=publisher)
    with django_assert_num_queries(3):
        listed = [(one.name, one.sources, one.card) for one in publishers_listed()]
    assert listed == [("Sample Herald", 2, herald), ("Sample Times", 0, times), ("Gaceta", 3, None)]
