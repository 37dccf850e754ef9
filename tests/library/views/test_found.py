"""What both lists say of origins beside their rows."""

import re
from html import unescape

import pytest

from caseapp.library.models import Origin, Source
from tests.library.reporting import doubted


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def told(add, quote, killings) -> dict[str, Source]:
    """Two reprints of an agency with three passages, and a report of its own with one."""
    agency = Origin.objects.create(name="Sample Agency")
    sources = {title: add(title=title, country="SV") for title in ("Reprint", "Another reprint", "Own report")}
    Source.objects.exclude(title="Own report").update(origin=agency)
    for source in sources.values():
        quote(source.capture, "The officer was on leave", killings)
    quote(sources["Reprint"].capture, "His rifle")
    return sources


def words_of(response) -> str:
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_passages_say_from_how_many_sources_and_origins_they_come(client, told):
    assert "4 passages · 3 sources, 2 independent · show the sources" in words_of(client.get("/excerpts/"))
    assert "1 passage · 1 source, 1 independent ·" in words_of(client.get("/excerpts/?q=rifle"))
    assert "0 passages · show the sources" in words_of(client.get("/excerpts/?q=nowhere"))


@pytest.mark.parametrize("address", ["/sources/", "/excerpts/"])
def test_what_nobody_decided_is_said_with_the_way_to_decide_it(client, told, address):
    assert "may be one report" not in client.get(address).text
    link = doubted(told["Reprint"], told["Own report"])
    response = client.get(address)
    assert "2 of these sources may be one report." in words_of(response)
    assert f'href="{link.get_absolute_url()}"' in response.text
    assert "may be one report" not in client.get(f"{address}?q=another").text


def test_a_row_says_whose_report_it_is_and_who_tells_it_too(client, told):
    def reports(address):
        rows = client.get(address).context["found"].rows
        return [row.report and (row.report.name, row.report.others, row.report.address) for row in rows]

    of_agency = ("Sample Agency", 1, "/excerpts/?origin=Sample+Agency")
    assert reports("/excerpts/") == [of_agency, None, of_agency, of_agency]
    assert reports("/excerpts/?q=rifle") == [("Sample Agency", 0, "/excerpts/?q=rifle&origin=Sample+Agency")]
    assert reports("/sources/")[1:] == [("Sample Agency", 1, "/sources/?origin=Sample+Agency")] * 2
    assert "Origin: Sample Agency · same report as 1 other source here" in words_of(client.get("/excerpts/"))
    assert "same report as" not in client.get("/excerpts/?q=rifle").text


def test_in_the_order_by_origin_the_passages_of_one_report_stand_together(client, told):
    response = client.get("/excerpts/?sort=origin")
    groups = response.context["found"].groups
    assert [
        (group.report and group.report.name, [row.excerpt.capture.source.title for row in group.rows])
        for group in groups
    ] == [(None, ["Own report"]), ("Sample Agency", ["Another reprint", "Reprint", "Reprint"])]
    assert response.text.count("One report: Sample Agency") == 1
    assert "same report as" not in response.text
    assert '<option value="origin" selected>' in response.text
    titles = [row.source.title for row in client.get("/sources/?sort=origin").context["found"].rows]
    assert titles == ["Own report", "Another reprint", "Reprint"]


def test_the_next_source_is_the_next_in_the_order_by_origin(client, told):
    page = client.get(f"{told['Another reprint'].get_absolute_url()}?list=sort%3Dorigin").text
    before, after = told["Own report"].get_absolute_url(), told["Reprint"].get_absolute_url()
    assert page.index(f'href="{before}?list=sort%3Dorigin') < page.index(f'href="{after}?list=sort%3Dorigin')


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("theme", [("Off-duty killings", 3, 2)]),
        ("country", [("El Salvador", 4, 2)]),
        ("state", [("Proposed", 4, 2)]),
        ("origin", [("Sample Agency", 3, None)]),
        ("language", [("English", 4, None)]),
    ],
)
def test_beside_what_evidence_is_weighed_by_stands_from_how_many_origins(client, told, facet, values):
    response = client.get(f"/sources/facets/{facet}/?of=passages")
    options = response.context["facet"].options
    assert [(option.label, option.count, option.origins) for option in options] == values
    says = "Passages Origins" in words_of(response)
    assert says is (values[0][2] is not None)


def test_a_value_that_is_chosen_but_not_there_has_no_origins(client, told):
    (option, *_rest) = client.get("/sources/facets/country/?country=HN").context["facet"].options
    assert (option.label, option.count, option.origins) == ("Honduras", 0, 0)
