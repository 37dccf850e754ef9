"""The history of a case, and who came to look at it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.audit.actions import Action
from caseapp.audit.models import Event, record, record_refusal
from tests.cases.making import make_document


def visit(person, case, action, at, **more):
    Event.objects.create(
        at=at, actor_id=person.pk, actor_name=person.name, action=action, subject_type="case", case_id=case.pk, **more
    )


@pytest.fixture
def visited(case, lawyer, caseworker, stranger):
    """Two days in the office's zone, of which one begins on the evening before by UTC."""
    monday, tuesday = dt.datetime(2026, 3, 2, 15, tzinfo=dt.UTC), dt.datetime(2026, 3, 3, 15, tzinfo=dt.UTC)
    visit(caseworker, case, Action.CASE_VIEWED, monday)
    visit(caseworker, case, Action.CASE_VIEWED, monday + dt.timedelta(hours=12))
    for document in ("one", "one", "two"):
        visit(caseworker, case, Action.DOCUMENT_VIEWED, monday, subject_id=document)
    visit(lawyer, case, Action.VOLUME_DOWNLOADED, tuesday)
    visit(lawyer, case, Action.CASE_CHANGED, tuesday)
    record_refusal(by=stranger, subject_type="case", subject_id=str(case.pk), case_id=case.pk, now=tuesday)
    return case


def rows(answer):
    keys = ("actor_name", "looked", "documents", "taken", "glass", "denied")
    return [(f"{row['day']:%d}", *(row[key] for key in keys)) for row in answer.context["page"]]


def test_the_lawyer_sees_who_came_on_which_day(visited, lawyer, as_person):
    client, address = as_person(lawyer), reverse("case_visits", args=[visited.pk])
    before = {"until": "2026-03-31"}
    assert rows(client.get(address, before)) == [
        ("03", "Lena Lawyer", 0, 0, 1, 0, 0),
        ("03", "Sam Stranger", 0, 0, 0, 0, 1),
        ("02", "Carla Caseworker", 5, 2, 0, 0, 0),
    ]
    assert rows(client.get(address, before | {"person": lawyer.pk})) == [("03", "Lena Lawyer", 0, 0, 1, 0, 0)]
    assert rows(client.get(address, {"since": "2020-01-01", "until": "2020-01-02"})) == []
    assert client.get(address, {"since": "never"}).status_code == 422


def test_the_history_leads_its_lawyer_there_and_nobody_else(visited, lawyer, caseworker, as_person):
    address = reverse("case_visits", args=[visited.pk])
    for person, leads in ((lawyer, True), (caseworker, False)):
        page = as_person(person).get(reverse("case_history", args=[visited.pk])).content.decode()
        assert (f'href="{address}"' in page) is leads
    assert as_person(caseworker).get(address).status_code == 403


def test_the_history_is_narrowed(visited, lawyer, caseworker, as_person):
    client, address = as_person(lawyer), reverse("case_history", args=[visited.pk])
    asked = {"person": caseworker.pk, "kind": "looked", "since": "2026-03-01", "until": "2026-03-02"}
    assert [event.action for event in client.get(address, asked).context["page"]].count("case.viewed") == 2
    assert len(client.get(address, asked | {"kind": "taken"}).context["page"]) == 0
    assert "Nothing of this kind is on record" in client.get(address, asked | {"kind": "taken"}).content.decode()


def test_the_pages_take_the_same_queries_for_any_length(visited, lawyer, as_person, count_queries):
    client = as_person(lawyer)
    for name in ("case_visits", "case_history"):
        address = reverse(name, args=[visited.pk])
        client.get(address)
        before = count_queries(client, address)
        for number in range(20):
            visit(lawyer, visited, Action.CASE_VIEWED, timezone.now() - dt.timedelta(days=number))
        assert count_queries(client, address) == before


def test_l1_every_opening_of_a_document_counts(case, lawyer, as_person):
    document = make_document(case, b"I left in spring.")
    client = as_person(lawyer)
    for _again in range(2):
        client.get(document.get_absolute_url())
        client.get(reverse("document_page", args=[document.pk, 1]))
    assert Event.objects.filter(action=Action.DOCUMENT_VIEWED, subject_id=str(document.pk)).count() == 2


def test_l1_a_page_of_a_document_counts_as_a_look_at_it(case, lawyer, as_person):
    document = make_document(case, b"I left in spring.")
    as_person(lawyer).get(reverse("document_page", args=[document.pk, 1]))
    seen = Event.objects.get(action=Action.DOCUMENT_VIEWED)
    assert (seen.actor_id, seen.subject_id, seen.case_id) == (lawyer.pk, str(document.pk), case.pk)


def test_what_the_program_does_has_no_name(case, lawyer, as_person):
    record(by=None, action=Action.BUILD_READY, subject=case, label="Country evidence", case_id=case.pk)
    page = as_person(lawyer).get(reverse("case_history", args=[case.pk])).content.decode()
    assert "<strong>The program</strong> finished a build of" in page
