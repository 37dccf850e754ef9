import pytest
from django.db import IntegrityError, transaction

from caseapp.accounts.models import Office
from caseapp.accounts.queries import office
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.library.fetching import may_fetch


def test_nothing_is_fetched_before_an_administrator_allows_it(as_person, administrator):
    assert not may_fetch()
    response = as_person(administrator).post("/office/", {"may_fetch": "on", "keep_years": "7"}, follow=True)
    assert "Saved." in response.text
    assert may_fetch()
    as_person(administrator).post("/office/", {"may_fetch": "on", "keep_years": "7"})
    as_person(administrator).post("/office/", {"keep_years": "7"})
    assert not may_fetch()
    events = list(Event.objects.order_by("pk").values_list("action", "actor_name"))
    assert events == [(Action.FETCHING_ALLOWED, "Ada Administrator"), (Action.FETCHING_FORBIDDEN, "Ada Administrator")]


def test_the_page_says_what_a_fetch_reveals(as_person, administrator):
    text = as_person(administrator).get("/office/").text
    assert "Its owner may learn this server’s address, the time, and what is being read" in text


def test_there_is_one_office(db):
    assert str(office()) == "Office"
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(pk=2)
