"""The list of a case's evidence: narrowed, in groups, several pieces at once, and what has grown old."""

import re

import pytest
from django.urls import reverse

from caseapp.cases import renewing
from caseapp.cases.models import EventSince, Statement
from caseapp.cases.services.events_since import EventDetails, change_event
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.library.models import Source, Theme
from tests.packets.making import add_article, mark


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def statement(case, caseworker) -> Statement:
    details = [StatementDetails("Two men came.", "¶ 4", "us-credibility")]
    return add_statements(by=caseworker, case=case, statements=details)[0]


@pytest.fixture
def url(case) -> str:
    return reverse("case_evidence", args=[case.pk])


def shown(response) -> list[list[int]]:
    return [[row.number for row in group.rows] for group in response.context["groups"]]


def headings(response) -> list[str]:
    return [group.heading for group in response.context["groups"]]


def words(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_is_narrowed_and_grouped(client, case, url, evidence, statement, caseworker):
    bearing = [Bears(evidence[1], "supports", True)]
    set_bearings(by=caseworker, statement=statement, bearings=bearing, version=1)
    killings = Theme.objects.get(slug="off-duty-killings")
    assert shown(client.get(url)) == [[1, 2, 3]]
    assert shown(client.get(url, {"theme": killings.pk})) == [[1, 2]]
    assert shown(client.get(url, {"element": "us-credibility"})) == [[2]]
    assert shown(client.get(url, {"statement": statement.pk})) == [[2]]
    assert shown(client.get(url, {"mark": "adverse"})) == [[3]]
    assert shown(client.get(url, {"mark": "no-statement"})) == [[1, 3]]
    assert shown(client.get(url, {"state": "approved"})) == [[]]
    assert shown(client.get(url, {"state": "x", "theme": "x", "by": "x"})) == [[1, 2, 3]]
    grouped = client.get(url, {"by": "statement"})
    assert (shown(grouped), headings(grouped)) == ([[2], [1, 3]], ["¶ 4 · Two men came.", "Bears on no statement"])
    assert "data-sortable" not in words(grouped)
    assert shown(client.get(url, {"by": "theme"})) == [[1, 2], [3]]


def test_what_evidence_goes_to_show_is_of_the_law_that_decides_the_case(client, case, url, evidence):
    case.forum = "eoir"
    case.save()
    (group,) = client.get(url).context["groups"]
    assert group.rows[0].shows == ["us-harm", "us-nexus"]


def test_several_are_set_against_a_statement_at_once_or_none(client, case, evidence, statement):
    bulk = reverse("evidence_bulk", args=[case.pk])
    chosen = {"do": "statement", "statement": statement.pk, "relation": "supports:shown"}
    items = [item.pk for item in evidence[:2]]
    assert client.post(bulk, chosen | {"items": [*items, 10**9]}).status_code == 409
    assert client.post(bulk, chosen | {"items": items, "relation": "contradicts:shown"}).status_code == 422
    assert client.post(bulk, {"do": "statement", "items": items}).status_code == 422
    assert client.post(bulk, {"do": "statement"}).status_code == 422
    assert not statement.bearings.exists()
    assert client.post(bulk, chosen | {"items": items}).status_code == 302
    assert [row.evidence_id for row in statement.bearings.all()] == items
    statement.refresh_from_db()
    assert statement.version == 2


def test_several_are_said_to_go_to_an_element_at_once(client, case, evidence):
    bulk = reverse("evidence_bulk", args=[case.pk])
    items = [item.pk for item in evidence[1:]]
    assert client.post(bulk, {"do": "element", "items": items}).status_code == 422
    assert client.post(bulk, {"do": "element", "items": items, "element": "us-nexus"}).status_code == 302
    assert [item.elements for item in case.evidence.all()] == [[], ["us-nexus"], ["us-nexus"]]
    client.post(bulk, {"do": "not-element", "items": items[:1], "element": "us-nexus"})
    assert [item.elements for item in case.evidence.all()] == [[], [], ["us-nexus"]]


def test_several_are_kept_and_not_quoted(client, case, url, evidence):
    bulk = reverse("evidence_bulk", args=[case.pk])
    items = [evidence[0].pk, evidence[2].pk]
    client.post(bulk, {"do": "not-quote", "items": items})
    assert [item.is_quoted for item in case.evidence.order_by("position")] == [False, True, False]
    assert client.get(url).content.decode().count("not quoted in packets") == 2
    client.post(bulk, {"do": "quote", "items": items[:1]})
    assert [item.is_quoted for item in case.evidence.order_by("position")] == [True, True, False]


def test_several_are_taken_out_after_a_question(client, case, evidence, as_person, stranger):
    bulk = reverse("evidence_bulk", args=[case.pk])
    out = {"do": "remove", "items": [item.pk for item in evidence[1:]]}
    assert as_person(stranger).post(bulk, out | {"sure": "1"}).status_code == 404
    asked = client.post(bulk, out)
    assert (asked.status_code, case.evidence.count()) == (200, 3)
    assert "Take 2 passages out of the case?" in words(asked)
    assert client.post(bulk, out | {"sure": "1"}).status_code == 302
    assert list(case.evidence.all()) == [evidence[0]]


def test_what_has_grown_old_is_marked_with_its_reason(client, case, url, evidence):
    Theme.objects.filter(slug="off-duty-killings").update(stale_after_months=24)
    response = client.get(url, {"mark": "stale"})
    assert shown(response) == [[1, 2]]
    assert "than the 24 months that" in words(response)
    assert "2 passages have grown old" in words(client.get(url))


def test_a_newer_edition_is_taken_in_place_with_all_that_was_said(client, case, caseworker, statement, monkeypatch):
    about = {"publisher": "Department of Samples", "country": "SV"}
    old = add_article("2023 Human Rights Report", "Impunity was common.", **about)
    new = add_article("2025 Human Rights Report", "Impunity is the rule. It rained.", **about)
    (item,) = add_evidence(by=caseworker, case=case, excerpts=[mark(old, "Impunity was common.", "x")], why="Why")
    bearing = [Bears(item, "supports", True)]
    set_bearings(by=caseworker, statement=statement, bearings=bearing, version=1)
    other, newer = mark(new, "It rained."), mark(new, "Impunity is the rule.", "x")
    assert "There probably is a newer edition" in words(client.get(reverse("case_evidence", args=[case.pk])))
    url = reverse("evidence_renew", args=[case.pk, item.pk])
    page = words(client.get(url))
    assert page.index("Impunity is the rule.") < page.index("It rained.")
    monkeypatch.setattr(renewing, "MOST", 1)
    assert "1 more passage of the newer edition" in words(client.get(url))
    assert client.post(url, {"excerpt": newer.pk, "was": newer.pk}).status_code == 409
    assert client.post(url, {"excerpt": item.excerpt_id, "was": item.excerpt_id}).status_code == 409
    assert client.post(url, {"excerpt": newer.pk, "was": item.excerpt_id}).status_code == 302
    item.refresh_from_db()
    assert (item.excerpt, item.why, statement.bearings.get().evidence) == (newer, "Why", item)
    assert "No newer edition" in words(client.get(url))
    assert other.pk


def test_an_event_since_marks_what_was_published_before(client, case, url, evidence):
    killings = Theme.objects.get(slug="off-duty-killings")
    add = reverse("event_since_add", args=[case.pk])
    assert client.post(add, {"happened_on": "x", "words": "It ended."}).status_code == 422
    sent = {"happened_on": "2020-05", "words": "The truce ended.", "themes": [killings.pk]}
    assert client.post(add, sent).url == f"{url}#since"
    assert shown(client.get(url, {"mark": "stale"})) == [[1, 2]]
    event = EventSince.objects.get()
    assert client.post(reverse("event_since_remove", args=[event.pk])).status_code == 302
    assert shown(client.get(url, {"mark": "stale"})) == [[]]


def test_an_event_that_somebody_else_changed_is_shown_beside_ones_own(client, case, lawyer):
    event = EventSince.objects.create(case=case, happened_on="2020", words="It ended.")
    change_event(by=lawyer, event=event, details=EventDetails("2021", "Theirs."), version=1)
    edit = reverse("event_since_edit", args=[event.pk])
    stale = client.post(edit, {"happened_on": "2020", "words": "Mine.", "version": "1"})
    assert stale.status_code == 409
    assert "Theirs." in words(stale)
    assert client.post(edit, {"happened_on": "2020", "words": "Mine.", "version": "2"}).status_code == 302


def test_the_list_takes_the_same_queries_for_any_length(client, case, url, evidence, caseworker, count_queries):
    EventSince.objects.create(case=case, happened_on="2020", words="It ended.")
    client.get(url)
    few = count_queries(client, url)
    more = [mark(add_article(f"Article {number}", "Words."), "Words.", "off-duty-killings") for number in range(4)]
    add_evidence(by=caseworker, case=case, excerpts=more)
    assert Source.objects.count() > 4
    assert count_queries(client, url) == few
