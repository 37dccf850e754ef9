"""Starting, changing and arranging packets."""

import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.packets.models import Exhibit, Packet
from caseapp.packets.services.packets import (
    AlreadyExhibit,
    PacketChangedMeanwhile,
    add_exhibit,
    add_exhibits,
    change_packet,
    move_exhibit,
    remove_exhibit,
    start_packet,
)
from tests.packets.making import add_article


def titles(packet: Packet) -> list[str]:
    return [exhibit.capture.source.title for exhibit in packet.exhibits.all()]


def ids(packet: Packet) -> list[int]:
    return [exhibit.pk for exhibit in packet.exhibits.all()]


def latest(packet: Packet) -> str:
    return str(Event.objects.of_case(packet.case_id).first())


KILLED, LAW = "Officers killed at home", "A law that was never passed"


def test_a_packet_is_started(packet, lawyer):
    new = start_packet(by=lawyer, case=packet.case, title="Second filing", forum="eoir")
    assert (new.title, new.forum, new.index_style, new.created_by, new.version) == (
        "Second filing", "eoir", "theme", lawyer, 1,
    )  # fmt: skip
    assert latest(new) == "Lena Lawyer started the packet Second filing"


@pytest.mark.parametrize("wrong", [{"title": ""}, {"forum": "moon"}, {"index_style": "colour"}, {"title": "x" * 201}])
def test_wrong_details_start_nothing(packet, lawyer, wrong):
    details = {"title": "T", "forum": "eoir", "index_style": "theme"} | wrong
    with pytest.raises(ValidationError):
        start_packet(by=lawyer, case=packet.case, **details)
    assert Packet.objects.count() == 1


def test_a_packet_is_changed(packet, lawyer):
    changed = change_packet(
        by=lawyer, packet=packet, title="Country conditions", forum="eoir", index_style="theme", version=1
    )
    assert (changed.forum, changed.version) == ("eoir", 2)
    event = Event.objects.of_case(packet.case_id).first()
    assert (str(event), event.detail) == ("Lena Lawyer changed the packet Country conditions", {"fields": ["forum"]})


def test_the_second_of_two_who_typed_at_once_is_told(packet, lawyer, caseworker):
    details = {"forum": "generic", "index_style": "theme", "version": 1}
    change_packet(by=caseworker, packet=packet, title="Theirs", **details)
    with pytest.raises(PacketChangedMeanwhile) as refused:
        change_packet(by=lawyer, packet=packet, title="Mine", **details)
    assert refused.value.standing.title == "Theirs"
    packet.refresh_from_db()
    assert packet.title == "Theirs"


def test_exhibits_go_to_the_end_in_the_order_given(packet, lawyer):
    one, two = (add_article(title, f"Words of {title}.") for title in ("One", "Two"))
    add_exhibits(by=lawyer, packet=packet, captures=[two.capture, one.capture])
    assert titles(packet) == [KILLED, LAW, "Two", "One"]
    assert latest(packet) == "Lena Lawyer added the exhibit One"


def test_all_exhibits_are_added_or_none(packet, lawyer):
    new, filed = add_article("New", "New words.").capture, packet.exhibits.first().capture
    with pytest.raises(AlreadyExhibit, match="“Officers killed at home” is an exhibit of this packet already"):
        add_exhibits(by=lawyer, packet=packet, captures=[new, filed])
    assert titles(packet) == [KILLED, LAW]


def test_one_capture_is_no_exhibit_twice(packet, lawyer):
    with pytest.raises(AlreadyExhibit):
        add_exhibit(by=lawyer, packet=packet, capture=packet.exhibits.first().capture)


def test_exhibits_are_put_into_another_order(packet, lawyer):
    first, second = ids(packet)
    move_exhibit(by=lawyer, packet=packet, seen=[first, second], order=[second, first])
    assert titles(packet) == [LAW, KILLED]
    assert [exhibit.position for exhibit in packet.exhibits.all()] == [1, 2]
    assert latest(packet) == "Lena Lawyer reordered the exhibits of Country conditions"


def test_a_list_that_changed_meanwhile_is_not_sorted(packet, lawyer, caseworker):
    seen = ids(packet)
    add_exhibit(by=caseworker, packet=packet, capture=add_article("New", "New words.").capture)
    with pytest.raises(OrderOutOfDate):
        move_exhibit(by=lawyer, packet=packet, seen=seen, order=seen[::-1])
    assert titles(packet) == [KILLED, LAW, "New"]


def test_taking_an_exhibit_out_leaves_the_evidence(packet, lawyer):
    exhibit = packet.exhibits.first()
    remove_exhibit(by=lawyer, exhibit=exhibit)
    assert titles(packet) == [LAW]
    assert Case.objects.get().evidence.count() == 3
    assert latest(packet) == "Lena Lawyer removed the exhibit Officers killed at home"
    events = Event.objects.count()
    remove_exhibit(by=lawyer, exhibit=Exhibit(pk=exhibit.pk, packet=packet, capture=exhibit.capture))
    assert Event.objects.count() == events
