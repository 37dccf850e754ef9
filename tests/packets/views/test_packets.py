"""The screens of packets, and the first page."""

import datetime as dt

from django.urls import reverse

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.packets.models import BuildStatus, Packet
from caseapp.packets.services.packets import change_packet, start_packet
from tests.packets.making import REQUESTED_AT, add_article, make_build


def test_a_new_packet_is_offered_the_forum_of_its_case(as_person, packet, lawyer):
    case = packet.case
    case.forum = "eoir"
    case.save()
    form = as_person(lawyer).get(reverse("packet_add", args=[case.pk])).context["form"]
    assert form["forum"].value() == "eoir"


def test_a_packet_is_started(as_person, packet, caseworker):
    url = reverse("packet_add", args=[packet.case_id])
    response = as_person(caseworker).post(url, {"title": "Second", "forum": "eoir", "index_style": "theme"})
    new = Packet.objects.get(title="Second")
    assert (response.status_code, response.url, new.case) == (302, new.get_absolute_url(), packet.case)


def test_a_packet_without_a_title_is_refused_in_words(as_person, packet, caseworker):
    url = reverse("packet_add", args=[packet.case_id])
    response = as_person(caseworker).post(url, {"title": " ", "forum": "eoir", "index_style": "theme"})
    assert response.status_code == 422
    assert response.context["form"].errors == {"title": ["Give the packet a title. It is printed on the cover."]}


def test_every_choice_of_a_packet_says_what_to_do_when_it_is_missing(as_person, packet, caseworker):
    form = as_person(caseworker).post(reverse("packet_add", args=[packet.case_id]), {"sent": "empty"}).context["form"]
    assert form.errors == {
        "title": ["Give the packet a title. It is printed on the cover."],
        "forum": ["Choose the forum that receives the filing."],
        "index_style": ["Choose how the index is arranged."],
    }


def test_the_packets_of_a_case_are_listed_with_their_state(as_person, packet, lawyer):
    body = as_person(lawyer).get(reverse("case_packets", args=[packet.case_id])).content.decode()
    for words in ("Country conditions", "General filing, US letter", "not built yet"):
        assert words in body


def test_the_list_takes_the_same_queries_for_any_length(as_person, packet, lawyer, count_queries):
    client, url = as_person(lawyer), reverse("case_packets", args=[packet.case_id])
    client.get(url)
    short = count_queries(client, url)
    for number in range(5):
        start_packet(by=lawyer, case=packet.case, title=f"Packet {number}", forum="generic")
    assert count_queries(client, url) == short


def test_the_desk_shows_tabs_passages_and_what_is_missing(as_person, packet, lawyer):
    response = as_person(lawyer).get(packet.get_absolute_url())
    assert [(row.label, row.exhibit.capture.source.title, row.passages) for row in response.context["exhibits"]] == [
        ("Tab A", "Officers killed at home", 1),
        ("Tab B", "A law that was never passed", 2),
    ]
    body = response.content.decode()
    assert "2 passages highlighted" in body
    assert "Tab A, “Officers killed at home”, does not say: date, address." in body
    title = body.split("<title>")[1].split("</title>")[0]
    assert "SV-2027-014" in title
    assert "onfidencial" not in title


def test_looking_at_a_packet_is_looking_at_its_case(as_person, packet, lawyer):
    as_person(lawyer).get(packet.get_absolute_url())
    event = Event.objects.of_case(packet.case_id).first()
    assert (event.action, event.actor_name, event.subject_label) == (Action.CASE_VIEWED, "Lena Lawyer", "SV-2027-014")


def test_a_packet_is_changed(as_person, packet, lawyer):
    data = {"title": "Renamed", "forum": "eoir", "index_style": "theme", "version": 1}
    assert as_person(lawyer).post(reverse("packet_edit", args=[packet.pk]), data).status_code == 302
    packet.refresh_from_db()
    assert (packet.title, packet.forum, packet.version) == ("Renamed", "eoir", 2)


def test_what_two_people_typed_at_once_is_shown_side_by_side(as_person, packet, lawyer, caseworker):
    change_packet(by=caseworker, packet=packet, title="Theirs", forum="eoir", index_style="theme", version=1)
    data = {"title": "Mine", "forum": "generic", "index_style": "theme", "version": 1}
    client, url = as_person(lawyer), reverse("packet_edit", args=[packet.pk])
    response = client.post(url, data)
    assert response.status_code == 409
    assert [(row.label, row.standing, row.typed) for row in response.context["differences"]] == [
        ("Title", "Theirs", "Mine"),
        ("Forum", "Immigration court (EOIR)", "General filing, US letter"),
    ]
    assert client.post(url, data | {"version": 2}).status_code == 302
    packet.refresh_from_db()
    assert packet.title == "Mine"


def test_home_shows_ones_own_cases_with_their_packets(as_person, packet, lawyer, stranger):
    open_case(by=lawyer, details=CaseDetails(reference="LATER", client_name="C", hearing_on=dt.date(2999, 1, 1)))
    other = open_case(by=stranger, details=CaseDetails(reference="CANARY", client_name="C"))
    start_packet(by=stranger, case=other, title="Canary packet", forum="generic")
    response = as_person(lawyer).get(reverse("home"))
    assert [
        (glance.case.reference, [packet.title for packet in glance.packets]) for glance in response.context["cases"]
    ] == [
        ("LATER", []),
        ("SV-2027-014", ["Country conditions"]),
    ]
    assert "anary" not in response.content.decode().lower()
    assert "onfidencial" not in response.content.decode()


def test_home_shows_the_newest_sources(as_person, packet, lawyer):
    for number in range(6):
        add_article(f"Article {number}", f"Words {number}.")
    titles = [source.title for source in as_person(lawyer).get(reverse("home")).context["sources"]]
    assert titles == [f"Article {number}" for number in (5, 4, 3, 2, 1, 0)]


def test_home_of_a_new_office_shows_the_way_from_an_article_to_a_packet(as_person, lawyer):
    body = as_person(lawyer).get(reverse("home")).content.decode()
    assert body.count('class="first-steps"') == 1
    steps = body.partition('class="first-steps"')[2].partition("</ol>")[0]
    assert reverse("source_add") in steps
    assert reverse("case_add") in steps
    assert "done" not in steps


def test_home_shows_the_way_until_there_are_a_source_and_a_case(as_person, lawyer, packet):
    assert "first-steps" not in as_person(lawyer).get(reverse("home")).content.decode()


def test_home_of_an_administrator_leads_to_the_people(as_person, administrator, packet):
    body = as_person(administrator).get(reverse("home")).content.decode()
    assert "You look after the people of this office" in body
    assert "SV-2027-014" not in body
    assert "Officers killed at home" not in body


def test_home_of_who_begins_an_office_says_who_is_missing(as_person, administrator):
    body = as_person(administrator).get(reverse("home")).content.decode()
    assert "Add a caseworker, who collects the evidence, and a lawyer" in body


def test_home_takes_the_same_queries_for_any_length(as_person, packet, lawyer, count_queries):
    client = as_person(lawyer)
    short = count_queries(client, reverse("home"))
    for number in range(5):
        case = open_case(by=lawyer, details=CaseDetails(reference=str(number), client_name="C", country="HN"))
        start_packet(by=lawyer, case=case, title="P", forum="eoir")
        add_article(f"Article {number}", f"Words {number}.")
    assert count_queries(client, reverse("home")) == short


def test_the_page_says_how_large_the_last_build_came_out(as_person, packet, lawyer):
    address = packet.get_absolute_url()
    assert "came to" not in as_person(lawyer).get(address).content.decode()
    Packet.objects.filter(pk=packet.pk).update(forum="eoir")
    build = make_build(
        packet=packet, parts=0, status=BuildStatus.READY, published_sha256="0" * 64, finished_at=REQUESTED_AT
    )
    for number, size in ((1, 23_900_001), (2, 4_000_000)):
        build.volumes.create(number=number, file_name=f"{number}.pdf", sha256="0" * 64, size=size, pages=90)
    body = " ".join(as_person(lawyer).get(address).content.decode().split())
    assert "Build 1 came to 180 pages in 2 files, the largest of 24 MB; the forum takes 25 MB a file." in body
