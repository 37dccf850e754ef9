import datetime as dt
import re
from urllib.parse import quote_plus

import pytest
from django.urls import reverse

from caseapp.library.models import Reading, Source, Standing
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.reading import mark_reading
from tests.library.conftest import NOW


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def three(add) -> list[Source]:
    """The newest last; the second is of another country."""
    sources = [add(title=title, country=country) for title, country in (("A", "SV"), ("B", "HN"), ("C", "SV"))]
    for number, source in enumerate(sources):
        Source.objects.filter(pk=source.pk).update(created_at=NOW + dt.timedelta(days=number))
    return sources


def standings(person) -> dict[str, str]:
    return dict(Reading.objects.filter(person=person).values_list("source__title", "standing"))


def ways(client, source, address="") -> list[tuple[str, str]]:
    page = client.get(source.get_absolute_url(), {"list": address} if address else {}).content.decode()
    return re.findall(r'href="/sources/(\d+)/([^"]*)" rel="(?:prev|next)"', page)


def test_everybody_says_for_themselves_how_far_they_are(client, caseworker, lawyer, source):
    url = reverse("source_reading", args=[source.pk])
    client.post(url, {"standing": "nothing"})
    assert (standings(caseworker), standings(lawyer)) == ({source.title: "nothing"}, {})
    page = client.post(url, {"standing": "read"}, HTTP_HX_REQUEST="true").content.decode()
    assert re.findall(r'value="" aria-pressed="true" id="standing-(\w+)"', page) == ["read"]
    client.post(url, {"standing": ""})
    assert standings(caseworker) == {}


def test_whoever_takes_a_passage_out_is_reading(caseworker, lawyer, source):
    mark_reading(by=lawyer, source=source, standing=Standing.NOTHING, now=NOW)
    for person, end in ((caseworker, 9), (lawyer, 20), (None, 25)):
        quote_excerpt(by=person, capture=source.capture, start=0, end=end, themes=[], now=NOW)
    assert (standings(caseworker), standings(lawyer)) == ({source.title: "reading"}, {source.title: "nothing"})


def test_before_and_after_are_those_of_the_list_one_came_from(client, three):
    a, b, c = three
    assert ways(client, b) == [(str(c.pk), ""), (str(a.pk), "")]
    assert ways(client, c, "country=SV") == [(str(a.pk), "?list=country%3DSV")]
    assert ways(client, c, "sort=title") == [(str(b.pk), "?list=sort%3Dtitle")]
    page = client.get(a.get_absolute_url(), {"list": "country=SV"}).content.decode()
    assert "2 of 2" in page
    assert 'href="/sources/?country=SV"' in page


def test_the_list_says_how_far_one_is_and_what_was_skipped_counts(client, caseworker, lawyer, three):
    for source, standing in zip(three, Standing, strict=True):
        mark_reading(by=caseworker, source=source, standing=standing, now=NOW)
    mark_reading(by=lawyer, source=three[0], standing=Standing.READ, now=NOW)
    page = client.get(reverse("source_list")).content.decode()
    assert "You are through with 2 of 3." in page
    assert re.findall(r'state-quiet">(Reading|Read|Nothing here for us)<', page) == [
        "Nothing here for us",
        "Read",
        "Reading",
    ]


@pytest.mark.parametrize(
    ("address", "before", "after"),
    [
        ("country=SV", "C", "A"),
        ("country=SV&sort=title", "A", "C"),
        ("country=SV&sort=published", "C", "A"),
        ("q=officer&country=SV", "C", "A"),
    ],
)
def test_a_source_that_the_work_took_out_of_the_list_keeps_its_neighbours(client, three, address, before, after):
    titles = {str(source.pk): source.title for source in three}
    asked = quote_plus(address)
    assert [(titles[pk], rest) for pk, rest in ways(client, three[1], address)] == [
        (before, f"?list={asked}"),
        (after, f"?list={asked}"),
    ]
    assert "No longer in the list" in client.get(three[1].get_absolute_url(), {"list": address}).text


def test_the_list_is_narrowed_by_how_far_one_is(client, caseworker, lawyer, three):
    for source, standing in zip(three[:2], Standing, strict=False):
        mark_reading(by=caseworker, source=source, standing=standing, now=NOW)
    mark_reading(by=lawyer, source=three[2], standing=Standing.READ, now=NOW)
    for address, titles in {
        "reading=unread": ["C"],
        "reading=-unread": ["B", "A"],
        "reading=read&reading=unread": ["C", "B"],
        "q=reading:unread": ["C"],
        "q=reading:nonsense": [],
    }.items():
        found = client.get(f"/sources/?{address}").context["found"]
        assert [row.source.title for row in found.rows] == titles
    page = client.get("/sources/facets/reading/").context["facet"]
    assert [(option.label, option.count) for option in page.options] == [("Read", 1), ("Reading", 1), ("Unread", 1)]
