"""Packets that go on from a filed one: their tabs and pages, as frozen."""

import datetime as dt
import json

import pytest

from caseapp.cases.files import files_of
from caseapp.packets.builder import see_through
from caseapp.packets.changes import changes
from caseapp.packets.filed import FiledOrderChanged, Following, filed_parts, tab_labels_of
from caseapp.packets.files import published_of
from caseapp.packets.freezing import CannotFreeze, freeze
from caseapp.packets.models import BuildStatus, Numbering
from caseapp.packets.services.builds import BuildIsFollowed, CannotBeFiled, mark_filed, request_build, take_back_filing
from caseapp.packets.services.packets import NotFiledInThisCase, add_exhibit, change_packet, move_exhibit, start_packet
from tests.packets.making import add_article, make_build, make_packet

NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def rows(packet):
    return list(packet.exhibits.select_related("capture", "document").order_by("position"))


@pytest.fixture
def filed_build(packet, lawyer):
    """The packet as it was filed: two tabs on pages 1 to 7."""
    inputs = [
        {"key": f"e{number}", "tab": tab, "sha256": row.capture.original_sha256}
        for number, (tab, row) in enumerate(zip("AB", rows(packet), strict=True), start=1)
    ]
    names = ["cover", "index", "tab-e1", "exhibit-e1", "tab-e2", "exhibit-e2"]
    pages = [1, 1, 1, 1, 1, 2]
    parts = [
        {"name": name, "source": name, "pages": count, "volume": 1, "first_page": 1 + sum(pages[:place])}
        for place, (name, count) in enumerate(zip(names, pages, strict=True))
    ]
    volume = {"number": 1, "labels": [str(page) for page in range(1, 8)]}
    published = json.dumps({"inputs": inputs, "parts": parts, "volumes": [volume]}).encode()
    sha256 = files_of(packet.case_id).put_bytes(published).sha256
    build = make_build(packet=packet, parts=0, status=BuildStatus.READY, published_sha256=sha256, finished_at=NOW)
    mark_filed(by=lawyer, build=build, now=NOW)
    build.refresh_from_db()
    return build


def follow(packet, build, numbering):
    return change_packet(
        by=None,
        packet=packet,
        title=packet.title,
        forum=packet.forum,
        index_style=packet.index_style,
        version=packet.version,
        following=Following(build, numbering),
    )


def test_a_packet_of_its_own_goes_on_from_nothing(packet):
    assert filed_parts(packet) == ()
    assert tab_labels_of(packet, rows(packet)) == ("A", "B")
    assert freeze(packet).numbering.style == "fresh"


def test_a_supplement_goes_on_with_tabs_and_pages(packet, filed_build):
    case = packet.case
    supplement = start_packet(
        by=None, case=case, title="Supplement", forum="generic", following=Following(filed_build, Numbering.CONTINUE)
    )
    note = add_article("A later report", "Nobody came in spring either.")
    add_exhibit(by=None, packet=supplement, capture=note.capture)
    manifest = freeze(supplement)
    assert [exhibit.label for exhibit in manifest.exhibits] == ["C"]
    assert [part.page_labels for part in manifest.numbering.filed][-1] == ("6", "7")


def test_a_late_exhibit_stands_between_filed_tabs(packet, filed_build):
    note = add_article("A later report", "Nobody came in spring either.")
    late = add_exhibit(by=None, packet=packet, capture=note.capture)
    first, last = (row.pk for row in rows(packet)[:2])
    move_exhibit(by=None, packet=packet, seen=[first, last, late.pk], order=[first, late.pk, last])
    packet = follow(packet, filed_build, Numbering.INSERT)
    assert [exhibit.label for exhibit in freeze(packet).exhibits] == ["A", "A1", "B"]
    filed = {part.name: (part.tab, part.page_labels) for part in filed_parts(packet)}
    assert filed["tab-e2"] == ("B", ("5",))
    assert filed["cover"] == ("", ("1",))


def test_filed_exhibits_keep_their_order(packet, filed_build):
    first, last = (row.pk for row in rows(packet))
    move_exhibit(by=None, packet=packet, seen=[first, last], order=[last, first])
    packet = follow(packet, filed_build, Numbering.INSERT)
    with pytest.raises(FiledOrderChanged, match="Tab B was filed after tab A, and stands before it now"):
        tab_labels_of(packet, rows(packet))
    with pytest.raises(CannotFreeze, match="choose new numbers for the whole packet"):
        freeze(packet)


def test_only_a_build_that_was_filed_in_this_case_can_be_followed(packet, filed_build):
    other = make_packet("SV-2027-099")
    with pytest.raises(NotFiledInThisCase):
        follow(other, filed_build, Numbering.CONTINUE)
    with pytest.raises(NotFiledInThisCase):
        follow(packet, make_build(packet=packet, parts=0), Numbering.CONTINUE)


def test_only_a_finished_build_can_have_been_filed(packet, lawyer):
    with pytest.raises(CannotBeFiled, match="is not ready, so it cannot be the one that was filed"):
        mark_filed(by=lawyer, build=make_build(packet=packet, parts=0), now=NOW)


def test_what_others_go_on_from_stays_filed(packet, filed_build, lawyer):
    follow(packet, filed_build, Numbering.CONTINUE)
    with pytest.raises(BuildIsFollowed, match="“Country conditions” goes on from the tabs and pages of this build"):
        take_back_filing(by=lawyer, build=filed_build)


def test_filing_is_taken_back(filed_build, lawyer):
    take_back_filing(by=lawyer, build=filed_build)
    filed_build.refresh_from_db()
    assert (filed_build.filed_at, filed_build.filed_by) == (None, None)


def built(packet):
    build = request_build(by=None, packet=packet, now=NOW, hand_over=False)
    return see_through(build.pk)


def labels_by_part(build):
    published = published_of(build)
    (volume,) = published["volumes"]
    return {
        part["name"]: volume["labels"][part["first_page"] - 1 :][: part["pages"]] for part in published["parts"]
    }, published


def test_a_filed_packet_gets_a_late_exhibit_and_keeps_every_label(packet, lawyer):
    filed = built(packet)
    assert filed.status == BuildStatus.READY
    mark_filed(by=lawyer, build=filed, now=NOW)
    filed.refresh_from_db()
    note = add_article("A later report", "Nobody came in spring either.")
    late = add_exhibit(by=None, packet=packet, capture=note.capture)
    first, last = (row.pk for row in rows(packet)[:2])
    move_exhibit(by=None, packet=packet, seen=[first, last, late.pk], order=[first, late.pk, last])
    after = built(follow(packet, filed, Numbering.INSERT))
    assert (after.status, after.failure) == (BuildStatus.READY, "")
    (before, _), (now, published) = labels_by_part(filed), labels_by_part(after)
    assert now["exhibit-e1"] == before["exhibit-e1"]
    assert now["exhibit-e3"] == before["exhibit-e2"]
    assert now["tab-e2"] == [f"{before['exhibit-e1'][-1]}A"]
    assert [row["tab"] for row in published["inputs"]] == ["A", "A1", "B"]
    found = changes(labels_by_part(filed)[1], published)
    assert (found.passages_moved, found.exhibits_moved, found.exhibits_on_other_pages) == ((), (), ())
    assert [exhibit.tab for exhibit in found.exhibits_added] == ["A1"]
