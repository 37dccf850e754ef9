"""Publishers as people meet them."""

import pytest
from django.urls import reverse

from caseapp.library.models import Publisher
from caseapp.library.services.publishers import Assessment, add_publisher
from tests.library.conftest import NOW


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def herald(caseworker) -> Publisher:
    return add_publisher(by=caseworker, assessment=Assessment(name="Sample Herald", who="A daily."), now=NOW)


def words_of(answer) -> str:
    return answer.content.decode()


def test_a_source_leads_to_the_card_of_its_publisher_or_to_writing_one(client, source, herald):
    details = reverse("source_details", args=[source.pk])
    assert f'<a href="/publishers/{herald.pk}/">Sample Herald</a>' in words_of(client.get(details))
    herald.delete()
    assert '/publishers/add/?name=Sample%20Herald">Nobody assessed it yet' in words_of(client.get(details))


def test_a_card_is_written_for_the_name_that_a_source_has(client, source):
    address = reverse("publisher_add", query={"name": "Sample Herald"})
    assert 'value="Sample Herald"' in words_of(client.get(address))
    client.post(
        address, {"name": "Sample Herald", "spellings": "SH daily\r\n\r\n SH ", "who": "A daily.\r\nSince 1999."}
    )
    card = Publisher.objects.get()
    assert (card.who, sorted(card.names.values_list("name", flat=True))) == (
        "A daily.\nSince 1999.",
        ["SH", "SH daily", "Sample Herald"],
    )
    assert client.get(address).url == card.get_absolute_url()
    shown = words_of(client.get(card.get_absolute_url()))
    assert "Assessed by Carla Caseworker" in shown
    assert source.title in shown


def test_a_name_of_another_card_is_refused_and_what_was_typed_is_kept(client, herald):
    answer = client.post(reverse("publisher_add"), {"name": "The Sample Herald", "who": "Mine."})
    assert answer.status_code == 422
    assert "already leads to the card of Sample Herald" in words_of(answer)
    assert "Mine." in words_of(answer)


def test_two_who_change_it_at_once_see_both(client, herald):
    address = reverse("publisher_edit", args=[herald.pk])
    Publisher.objects.update(version=2, who="A weekly.")
    mine = {"name": "Sample Herald", "who": "A daily of the capital.", "version": 1}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert "A weekly." in words_of(answer)
    client.post(address, mine | {"version": 2})
    herald.refresh_from_db()
    assert herald.who == "A daily of the capital."


def test_merging_leads_to_the_card_that_stays(client, herald, caseworker):
    times = add_publisher(by=caseworker, assessment=Assessment(name="Sample Times"), now=NOW)
    address = reverse("publisher_merge", args=[herald.pk])
    assert client.post(address, {"into": herald.pk}).status_code == 422
    assert client.post(address, {"into": times.pk}).url == times.get_absolute_url()
    assert client.post(address, {"into": times.pk}).status_code == 404


def test_the_list_says_who_is_not_assessed(client, source):
    assert "Assess it" in words_of(client.get(reverse("publisher_list")))
