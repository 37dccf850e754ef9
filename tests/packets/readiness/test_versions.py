"""Packets whose sources have newer versions."""

import datetime as dt

import pytest

from caseapp.library.excerpts.anchors import Place
from caseapp.library.keeping.versions import add_version
from caseapp.library.models import Method, Recheck, Source
from caseapp.library.services.versions import carry_over, keep_on_older
from caseapp.packets.models import Exhibit
from caseapp.packets.readiness import Severity
from caseapp.packets.services.packets import AlreadyExhibit, add_exhibit, file_newest
from tests.packets.making import PARAGRAPH
from tests.packets.readiness.looking import exhibit_titled, found, only

BLOCK, WARN, _INFO = Severity
LATER = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


@pytest.fixture
def herald(whole) -> Source:
    return Source.objects.get(title="Officers killed at home")


def captured_again(source: Source, text: str):
    return add_version(by=None, source=source, original=text.encode(), name="", method=Method.PASTED, now=LATER)


def test_what_waits_for_a_look_enters_no_packet(whole, herald, lawyer):
    captured_again(herald, f"First, Caca.\n\n{PARAGRAPH}")
    assert found(whole, "passages-to-recheck") == [(BLOCK, "")]
    row = Recheck.objects.get()
    keep_on_older(by=lawyer, recheck=row, note="They misspelt it.", now=LATER)
    finding = only(whole)
    assert (finding.rule, finding.severity, finding.can_be_waived) == ("packet.newer-version", WARN, True)
    assert finding.sentence == ("Tab A, “Officers killed at home”, files version 1; there is a newer one, version 2.")


def test_what_stands_exactly_is_only_said_to_have_a_newer_version(whole, herald):
    captured_again(herald, f"First, Čačak.\n\n{PARAGRAPH}")
    assert only(whole).rule == "packet.newer-version"


def test_a_passage_that_was_carried_over_wants_its_version_filed(whole, herald, lawyer):
    newest = captured_again(herald, f"First, Čačak.\n\n{PARAGRAPH}")
    row = Recheck.objects.get()
    carry_over(by=lawyer, recheck=row, place=Place(row.places[0]["start"], row.places[0]["end"]), now=LATER)
    assert found(whole, "other-version-quoted") == [(BLOCK, "")]
    assert found(whole, "source-not-filed") == []
    exhibit = exhibit_titled(whole, "Officers killed at home")
    file_newest(by=lawyer, exhibit=exhibit)
    exhibit.refresh_from_db()
    assert exhibit.capture == newest
    assert found(whole, "other-version-quoted") == found(whole, "newer-version") == []
    assert file_newest(by=lawyer, exhibit=exhibit).capture == newest


def test_both_versions_can_be_filed(whole, herald, lawyer):
    newest = captured_again(herald, f"First, Čačak.\n\n{PARAGRAPH}")
    row = Recheck.objects.get()
    carry_over(by=lawyer, recheck=row, place=Place(row.places[0]["start"], row.places[0]["end"]), now=LATER)
    add_exhibit(by=lawyer, packet=whole, capture=newest)
    assert found(whole, "other-version-quoted") == []
    with pytest.raises(AlreadyExhibit):
        file_newest(by=lawyer, exhibit=Exhibit.objects.get(capture__source=herald, capture__number=1))


def test_pages_of_the_older_version_are_not_those_of_the_newest(whole, herald, lawyer, as_person):
    captured_again(herald, f"First, Čačak.\n\n{PARAGRAPH}")
    exhibit = exhibit_titled(whole, "Officers killed at home")
    Exhibit.objects.filter(pk=exhibit.pk).update(include="pages", pages_shown="1")
    client = as_person(lawyer)
    whole.case.members.get_or_create(user=lawyer)
    assert "File the newest version" in client.get(f"/exhibits/{exhibit.pk}/edit/").text
    client.post(f"/exhibits/{exhibit.pk}/newest/")
    exhibit.refresh_from_db()
    assert (exhibit.capture.number, exhibit.include, exhibit.pages_shown) == (2, "whole", "")
