"""Searches that people keep."""

import pytest

from caseapp.library.models import SavedSearch


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def gangs(caseworker) -> SavedSearch:
    return SavedSearch.objects.create(name="Gangs", address="q=gang&country=SV", owner=caseworker)


def saved(client, address):
    found = client.get(address).context["saved_searches"]
    return [(one.search.name, one.is_here, one.is_changed, one.is_own) for one in found]


def test_a_search_is_kept_with_all_that_narrows(client, source, caseworker):
    response = client.post("/sources/searches/add/?country=SV&q=gang&page=3", {"name": "Gangs"})
    search = SavedSearch.objects.get()
    assert (search.owner, search.address, search.is_shared) == (caseworker, "q=gang&country=SV", False)
    assert response.url == f"/sources/?q=gang&country=SV&saved={search.pk}"
    response = client.post("/sources/searches/add/?q=gang&of=passages", {"name": "Quotes", "is_shared": "on"})
    assert response.url.startswith("/excerpts/?q=gang&saved=")


def test_a_name_is_taken_once_and_what_was_typed_stays(client, gangs):
    for name in ("gangs", "", "x" * 81):
        response = client.post("/sources/searches/add/?q=bill", {"name": name})
        assert (response.status_code, response.context["form"]["name"].value()) == (422, name)
    assert SavedSearch.objects.count() == 1


def test_the_list_says_which_search_it_shows_and_whether_it_was_changed(client, source, gangs):
    assert saved(client, f"/sources/?q=gang&country=SV&saved={gangs.pk}") == [("Gangs", True, False, True)]
    assert saved(client, f"/sources/?q=gang&saved={gangs.pk}") == [("Gangs", True, True, True)]
    assert saved(client, "/sources/") == [("Gangs", False, True, True)]
    page = client.get(f"/sources/?q=gang&saved={gangs.pk}").content.decode()
    assert "Save the changes to “Gangs”" in page


def test_a_search_is_brought_up_to_date_and_removed(client, gangs):
    response = client.post(f"/sources/searches/{gangs.pk}/renew/?q=bill")
    gangs.refresh_from_db()
    assert (gangs.address, response.url) == ("q=bill", f"/sources/?q=bill&saved={gangs.pk}")
    assert client.get(f"/sources/searches/{gangs.pk}/remove/").status_code == 200
    client.post(f"/sources/searches/{gangs.pk}/remove/")
    assert not SavedSearch.objects.exists()


def test_others_see_what_is_shared_and_change_nothing(as_person, lawyer, source, gangs):
    client = as_person(lawyer)
    assert saved(client, "/sources/") == []
    SavedSearch.objects.update(is_shared=True)
    assert saved(client, "/sources/") == [("Gangs", False, True, False)]
    assert client.post(f"/sources/searches/{gangs.pk}/renew/?q=bill").status_code == 404
    assert client.post(f"/sources/searches/{gangs.pk}/remove/").status_code == 404
