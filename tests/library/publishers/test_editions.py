"""Which edition of a serial report is newer than one that is quoted."""

import pytest

from caseapp.library.keeping.sources import SourceDetails
from caseapp.library.models import Source
from caseapp.library.publishers.editions import editions_of, is_sure, newer_editions, series_names
from caseapp.library.services.sources import change_source, confirm_guesses
from tests.packets.making import add_article

NAME = "Country Reports on Human Rights Practices"


def report(year: str, **details: str) -> Source:
    about = {"publisher": "Department of Samples", "country": "SV"} | details
    return add_article(f"{year} {NAME}: El Salvador", f"What happened in {year}.", **about)


@pytest.fixture
def old(db) -> Source:
    return report("2023")


def test_a_new_source_says_of_which_series_its_title_says_it_is_until_somebody_confirms(old):
    assert (old.series, old.edition, old.guessed) == (NAME, "2023", ["edition", "series"])
    assert confirm_guesses(by=None, source=old, version=1).guessed == []
    assert series_names() == [NAME]


def test_the_newest_edition_of_the_same_report_is_found(old):
    newer, newest = report("2024"), report("2025", publisher="The Department of Samples")
    report("2026", country="HN")
    report("2026", publisher="Somebody Else")
    assert newer_editions([old, newer, newest]) == {old.pk: newest, newer.pk: newest}
    assert editions_of(old) == [newest, newer]
    assert not is_sure(old, newest)


def test_what_somebody_confirmed_may_come_from_another_publisher(old):
    other = report("2024", publisher="Its Successor")
    assert newer_editions([old]) == {}
    for source in (old, other):
        confirm_guesses(by=None, source=source, version=1)
    old.refresh_from_db()
    assert newer_editions([old])[old.pk] == other


def test_however_many_sources_one_question(old, django_assert_num_queries):
    sources = [old, *(report(str(year)) for year in range(2010, 2016))]
    with django_assert_num_queries(1):
        assert len(newer_editions(sources)) == 6


def test_somebody_says_that_it_is_none(old):
    held = {name: getattr(old, name) for name in ("title", "publisher", "language", "kind")}
    details = SourceDetails(**held, country="SV")
    assert change_source(by=None, source=old, details=details, version=1).series == ""


def test_the_details_lead_to_the_newer_edition(old, as_person, caseworker):
    newest = report("2025")
    page = as_person(caseworker).get(f"/sources/{old.pk}/details/").content.decode()
    assert newest.get_absolute_url() in page
    assert "newer edition" in page
