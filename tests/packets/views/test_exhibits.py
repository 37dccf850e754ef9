"""The screens on which exhibits are chosen and sorted."""

import pytest
from django.urls import reverse

from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.evidence import add_evidence
from caseapp.packets.models import Packet
from caseapp.packets.services.packets import NotOfThisCase, add_exhibits, remove_exhibit
from tests.cases.making import make_document, photograph
from tests.packets.making import add_article, mark

IN_PLACE = {"HX-Request": "true"}
KILLED, LAW = "Officers killed at home", "A law that was never passed"


def titles(packet: Packet) -> list[str]:
    return [exhibit.capture.source.title for exhibit in packet.exhibits.all()]


def ids(packet: Packet) -> list[int]:
    return [exhibit.pk for exhibit in packet.exhibits.all()]


@pytest.fixture
def bare(packet, lawyer) -> Packet:
    """The packet without its exhibits; the case's evidence quotes the law first."""
    for exhibit in packet.exhibits.all():
        remove_exhibit(by=lawyer, exhibit=exhibit)
    return packet


def test_what_the_case_quotes_is_offered_first_in_the_order_of_the_evidence(as_person, bare, lawyer):
    add_article("Unquoted", "Words.")
    context = as_person(lawyer).get(reverse("exhibit_add", args=[bare.pk])).context
    assert [(capture.source.title, capture.passages) for capture in context["captures"]] == [(LAW, 2), (KILLED, 1)]
    assert [capture.source.title for capture in context["page"]] == ["Unquoted"]


def test_what_is_filed_is_not_offered_again(as_person, packet, lawyer):
    context = as_person(lawyer).get(reverse("exhibit_add", args=[packet.pk])).context
    assert (context["captures"], list(context["page"])) == ([], [])


def test_other_sources_are_found_by_words(as_person, packet, lawyer):
    add_article("Prison report", "Words.")
    add_article("Police report", "Other words.")
    response = as_person(lawyer).get(reverse("exhibit_add", args=[packet.pk]), {"q": "report police\x00"})
    assert [capture.source.title for capture in response.context["page"]] == ["Police report"]


def test_ticked_sources_are_added_in_the_order_of_the_page(as_person, bare, lawyer):
    context = as_person(lawyer).get(reverse("exhibit_add", args=[bare.pk])).context
    data = {"captures": [capture.pk for capture in context["captures"]]}
    response = as_person(lawyer).post(reverse("exhibit_add", args=[bare.pk]), data)
    assert (response.status_code, response.url) == (302, bare.get_absolute_url())
    assert titles(bare) == [LAW, KILLED]


def test_nothing_ticked_is_said(as_person, bare, lawyer):
    response = as_person(lawyer).post(reverse("exhibit_add", args=[bare.pk]), {})
    assert response.status_code == 422
    assert "Tick at least one source or document." in response.content.decode()


def test_what_somebody_else_added_meanwhile_adds_nothing_and_says_so(as_person, packet, lawyer):
    new, filed = add_article("New", "New words.").capture, packet.exhibits.first().capture
    response = as_person(lawyer).post(reverse("exhibit_add", args=[packet.pk]), {"captures": [new.pk, filed.pk]})
    assert response.status_code == 422
    assert "“Officers killed at home” is an exhibit of this packet already." in response.content.decode()
    assert titles(packet) == [KILLED, LAW]


def test_the_page_takes_the_same_queries_for_any_length(as_person, packet, lawyer, count_queries):
    client, url = as_person(lawyer), reverse("exhibit_add", args=[packet.pk])
    add_article("First", "Words.")
    client.get(url)
    short = count_queries(client, url)
    for number in range(5):
        add_article(f"Article {number}", f"Words {number}.")
    assert count_queries(client, url) == short


def test_the_desk_takes_the_same_queries_for_any_length(as_person, packet, lawyer, count_queries):
    client = as_person(lawyer)
    client.get(packet.get_absolute_url())
    short = count_queries(client, packet.get_absolute_url())
    sources = [add_article(f"Article {number}", "Some words here.") for number in range(5)]
    add_evidence(
        by=lawyer, case=packet.case, excerpts=[mark(source, "Some words", "weapon-rules") for source in sources]
    )
    as_person(lawyer).post(
        reverse("exhibit_add", args=[packet.pk]), {"captures": [source.capture.pk for source in sources[:3]]}
    )
    client.get(packet.get_absolute_url())
    assert count_queries(client, packet.get_absolute_url()) == short


@pytest.fixture
def move(as_person, packet, lawyer):
    def move(headers=None, **data: object):
        return as_person(lawyer).post(reverse("exhibit_move", args=[packet.pk]), data, headers=headers or {})

    return move


def test_the_arrows_move_by_one_without_scripts(packet, move):
    first, second = ids(packet)
    response = move(seen=[first, second], down=first)
    assert (response.status_code, response.url) == (302, packet.get_absolute_url())
    assert titles(packet) == [LAW, KILLED]


def test_dragging_answers_with_the_list_and_its_new_tabs(packet, move):
    first, second = ids(packet)
    response = move(IN_PLACE, seen=[first, second], order=[second, first])
    assert response.status_code == 200
    assert [(row.label, row.exhibit.pk) for row in response.context["exhibits"]] == [
        ("Tab A", second),
        ("Tab B", first),
    ]
    body = response.content.decode()
    assert "<html" not in body
    assert 'id="readiness" hx-swap-oob="true"' in body


@pytest.mark.parametrize("headers", [None, IN_PLACE])
def test_a_stale_list_moves_nothing_and_shows_how_it_stands(packet, move, caseworker, headers):
    first, second = ids(packet)
    remove_exhibit(by=caseworker, exhibit=packet.exhibits.first())
    response = move(headers, seen=[first, second], order=[second, first])
    assert response.status_code == 409
    assert titles(packet) == [LAW]
    assert "nothing was moved" in response.content.decode()


def test_an_exhibit_is_taken_out_and_offered_again(as_person, packet, lawyer):
    url = reverse("exhibit_remove", args=[ids(packet)[0]])
    response = as_person(lawyer).post(url, headers=IN_PLACE)
    assert response.status_code == 200
    assert [capture.source.title for capture in response.context["captures"]] == [KILLED]
    assert "“Officers killed at home” is no longer an exhibit." in response.content.decode()
    assert titles(packet) == [LAW]


def test_an_exhibit_is_taken_out_without_scripts(as_person, packet, lawyer):
    response = as_person(lawyer).post(reverse("exhibit_remove", args=[ids(packet)[0]]))
    assert (response.status_code, response.url) == (302, packet.get_absolute_url())


def test_documents_of_the_case_are_offered_with_their_state_and_become_exhibits(as_person, packet, lawyer):
    ready = make_document(packet.case, title="Birth certificate", kind="identity")
    asking = make_document(packet.case, photograph(frames=2), name="scar.png", title="Photograph")
    refused = make_document(packet.case, b"MZ", name="x.exe", title="Broken")
    client, url = as_person(lawyer), reverse("exhibit_add", args=[packet.pk])
    page = client.get(url).content.decode()
    assert [f'value="{document.pk}"' in page for document in (ready, asking, refused)] == [True, True, False]
    assert page.count("See what was found") == 2
    assert client.post(url, {"documents": [asking.pk, ready.pk]}).status_code == 302
    desk = client.get(packet.get_absolute_url()).content.decode()
    assert [exhibit.title for exhibit in packet.exhibits.all()][2:] == ["Photograph", "Birth certificate"]
    assert "needs a decision" in desk
    assert "Client’s document" in desk
    assert desk.count("Country conditions ·") == 2
    assert packet.get_absolute_url() in client.get(ready.get_absolute_url()).content.decode()
    again = client.post(url, {"documents": [ready.pk]})
    assert (
        again.status_code,
        "“Birth certificate” is an exhibit of this packet already." in again.content.decode(),
    ) == (
        422,
        True,
    )
    assert "is an exhibit of a packet" in client.post(reverse("document_remove", args=[ready.pk])).content.decode()
    exhibit = packet.exhibits.get(document=ready)
    assert client.post(reverse("exhibit_remove", args=[exhibit.pk])).status_code == 302


def test_a_document_of_another_case_is_never_taken(as_person, packet, lawyer):
    other = make_document(open_case(by=lawyer, details=CaseDetails(reference="OTHER", client_name="Somebody")))
    response = as_person(lawyer).post(reverse("exhibit_add", args=[packet.pk]), {"documents": [other.pk]})
    assert response.status_code == 422
    with pytest.raises(NotOfThisCase):
        add_exhibits(by=lawyer, packet=packet, documents=[other])
    assert packet.exhibits.filter(document=other).count() == 0


def test_the_desk_takes_the_same_queries_for_any_number_of_documents(as_person, packet, lawyer, count_queries):
    client, urls = as_person(lawyer), [packet.get_absolute_url(), reverse("exhibit_add", args=[packet.pk])]
    add_exhibits(by=lawyer, packet=packet, documents=[make_document(packet.case)])
    make_document(packet.case)
    client.get(urls[0])
    short = [count_queries(client, url) for url in urls]
    add_exhibits(by=lawyer, packet=packet, documents=[make_document(packet.case), make_document(packet.case)])
    make_document(packet.case)
    assert [count_queries(client, url) for url in urls] == short


def test_how_much_is_shown_is_chosen_for_a_source_and_for_a_document(as_person, packet, lawyer):
    client, source = as_person(lawyer), packet.exhibits.first()
    assert client.post(reverse("exhibit_edit", args=[source.pk]), {"include": "extract"}).status_code == 302
    (paper,) = add_exhibits(by=lawyer, packet=packet, documents=[make_document(packet.case)], captures=[])
    chosen = {"include": "pages", "pages_shown": "1"}
    assert client.post(reverse("exhibit_edit", args=[paper.pk]), chosen).status_code == 302
    shown = [(exhibit.include, exhibit.pages_shown) for exhibit in packet.exhibits.filter(pk__in=[source.pk, paper.pk])]
    assert shown == [("extract", ""), ("pages", "1")]
