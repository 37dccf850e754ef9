"""The values of one facet of a list: sent when its menu is opened, a page of its own without a script."""

import pytest


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def two(add):
    add(title="One", country="SV")
    add(title="Other", country="HN")


def options(client, address):
    return [(one.label, one.count, one.stand, one.address) for one in client.get(address).context["facet"].options]


def test_facets_narrow_leave_out_and_let_go(client, two):
    assert options(client, "/sources/facets/country/?q=o*") == [
        ("El Salvador", 1, "", "/sources/?q=o%2A&country=SV"),
        ("Honduras", 1, "", "/sources/?q=o%2A&country=HN"),
    ]
    assert options(client, "/sources/facets/country/?country=SV") == [("El Salvador", 1, "in", "/sources/?country=-SV")]
    assert ("El Salvador", 0, "out", "/sources/") in options(client, "/sources/facets/country/?country=-SV")


def test_a_facet_of_the_passages_leads_back_to_them(client, two, source, quote, weapons):
    quote(source.capture, "His rifle", weapons)
    address = "/sources/facets/theme/?q=rifle&of=passages&saved=7"
    assert options(client, address) == [(weapons.name, 1, "", "/excerpts/?q=rifle&theme=weapon-rules&saved=7")]
    page = client.get(address).content.decode()
    assert "<h1>Theme</h1>" in page
    assert 'href="/excerpts/?q=rifle&amp;saved=7"' in page


def test_a_menu_that_is_opened_is_sent_its_values_alone(client, two):
    page = client.get("/sources/facets/country/", headers={"HX-Request": "true"}).content.decode()
    assert page.strip().startswith('<div id="options-country">')
    assert client.get("/sources/facets/nonsense/").status_code == 404


def test_the_list_comes_with_the_values_of_the_menus_that_are_open(client, two):
    page = client.get("/sources/").content.decode()
    assert 'hx-get="/sources/facets/country/?"' in page
    assert 'facet-option"' not in page.replace('class="facet-options"', "").split('id="facet-saved"')[0]
    page = client.get("/sources/?kind=-ngo", headers={"Open-Facets": "country,nonsense"}).content.decode()
    assert 'href="/sources/?country=SV&amp;kind=-ngo"' in page
    assert 'hx-get="/sources/facets/publisher/?kind=-ngo"' in page
    assert 'hx-get="/sources/facets/country/' not in page


def test_counting_takes_as_many_queries_for_many_as_for_one(client, add, django_assert_max_num_queries):
    for number in range(5):
        add(title=f"Source {number}", publisher=f"Paper {number}", country="SV")
    for name in ("publisher", "theme"):
        with django_assert_max_num_queries(6):
            client.get(f"/sources/facets/{name}/", headers={"HX-Request": "true"})
