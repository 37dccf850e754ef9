"""Filing details, and findings that a lawyer decides to file with."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.library.models import Source
from caseapp.packets.files import manifest_of
from caseapp.packets.models import FilingDetails, Packet, Waiver
from caseapp.packets.readiness import Severity, blocks, findings
from caseapp.packets.services.builds import PacketNotReady, request_build
from caseapp.packets.services.filing import (
    CannotBeWaived,
    FilingChangedMeanwhile,
    FindingGone,
    change_filing,
    waive_finding,
    withdraw_waiver,
)

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def untranslated(packet) -> Packet:
    """At the immigration court, with a Spanish source and no translation: that blocks."""
    Case.objects.update(
        forum="eoir", court="Arlington", file_number="A 1", hearing_on=dt.date(2027, 9, 15), filer="Lena Lawyer"
    )
    Packet.objects.update(forum="eoir")
    Source.objects.filter(title__contains="law").update(language="es")
    return Packet.objects.select_related("case").get()


def blocking(packet: Packet) -> str:
    (finding,) = blocks(findings(packet))
    return finding.key


def test_details_are_saved_over_the_version_that_was_seen(packet, caseworker):
    change_filing(by=caseworker, packet=packet, version=0, channel="paper", served_party="DHS")
    saved = change_filing(by=caseworker, packet=packet, version=1, served_address="1 Plaza")
    assert (saved.channel, saved.served_party, saved.served_address, saved.version) == ("paper", "DHS", "1 Plaza", 2)
    first, second = Event.objects.filter(action=Action.FILING_CHANGED).order_by("pk")
    assert (first.case_id, first.detail) == (packet.case_id, {"fields": ["channel", "served_party"]})
    assert second.detail == {"fields": ["served_address"]}


def test_what_somebody_else_saved_meanwhile_stays(packet, caseworker, lawyer):
    change_filing(by=lawyer, packet=packet, version=0, preparer="Lena Lawyer")
    with pytest.raises(FilingChangedMeanwhile) as meanwhile:
        change_filing(by=caseworker, packet=packet, version=0, preparer="Carla Caseworker")
    assert meanwhile.value.standing.preparer == FilingDetails.objects.get().preparer == "Lena Lawyer"


def test_nothing_changed_is_nothing_on_record(packet, lawyer):
    change_filing(by=lawyer, packet=packet, version=0, channel="electronic")
    assert not FilingDetails.objects.exists()
    assert not Event.objects.filter(action=Action.FILING_CHANGED).exists()


def test_details_that_no_filing_can_have_are_refused(packet, lawyer):
    with pytest.raises(ValidationError):
        change_filing(by=lawyer, packet=packet, version=0, channel="pigeon")


def test_a_waived_finding_no_longer_stops_the_build_and_says_who_and_why(untranslated, lawyer):
    with pytest.raises(PacketNotReady):
        request_build(by=lawyer, packet=untranslated, now=NOW, hand_over=False)
    key = blocking(untranslated)
    waive_finding(by=lawyer, packet=untranslated, key=key, reason="The judge reads Spanish.")
    found = findings(untranslated)
    assert blocks(found) == ()
    assert [(one.key, one.severity, one.waiver.reason, one.waiver.waived_by) for one in found if one.waiver] == [
        (key, Severity.BLOCK, "The judge reads Spanish.", lawyer)
    ]
    assert found[-1].waiver
    build = request_build(by=lawyer, packet=untranslated, now=NOW, hand_over=False)
    assert "reads Spanish" not in manifest_of(build).to_json()
    event = Event.objects.get(action=Action.FINDING_WAIVED)
    assert (event.actor_name, event.case_id, event.detail) == (
        "Lena Lawyer", untranslated.case_id, {"finding": "packet.translation"},
    )  # fmt: skip


def test_a_waiver_covers_what_was_seen_and_nothing_else(untranslated, lawyer):
    waive_finding(by=lawyer, packet=untranslated, key=blocking(untranslated), reason="One is enough.")
    Source.objects.update(language="es")
    assert [finding.sentence.partition(",")[0] for finding in blocks(findings(untranslated))] == ["Tab A"]


def test_a_withdrawn_waiver_lets_the_finding_count_again(untranslated, lawyer):
    key = blocking(untranslated)
    waiver = waive_finding(by=lawyer, packet=untranslated, key=key, reason="A reason.")
    withdraw_waiver(by=lawyer, waiver=waiver)
    withdraw_waiver(by=lawyer, waiver=waiver)
    assert blocking(untranslated) == key
    assert Event.objects.filter(action=Action.WAIVER_WITHDRAWN).count() == 1


def test_waiving_twice_keeps_the_first_reason(untranslated, lawyer):
    key = blocking(untranslated)
    first = waive_finding(by=lawyer, packet=untranslated, key=key, reason="First.")
    assert waive_finding(by=lawyer, packet=untranslated, key=key, reason="Second.") == first
    assert Waiver.objects.get().reason == "First."


def test_only_lawyers_waive(untranslated, caseworker, lawyer):
    key = blocking(untranslated)
    with pytest.raises(PermissionDenied):
        waive_finding(by=caseworker, packet=untranslated, key=key, reason="Please.")
    waiver = waive_finding(by=lawyer, packet=untranslated, key=key, reason="A reason.")
    with pytest.raises(PermissionDenied):
        withdraw_waiver(by=caseworker, waiver=waiver)


def test_a_packet_that_contradicts_itself_has_to_be_mended(packet, lawyer):
    packet.exhibits.all().delete()
    with pytest.raises(CannotBeWaived):
        waive_finding(by=lawyer, packet=packet, key="packet.no-exhibits", reason="A reason.")
    with pytest.raises(FindingGone):
        waive_finding(by=lawyer, packet=packet, key="packet.translation", reason="A reason.")


def test_a_reason_is_asked_for(untranslated, lawyer):
    with pytest.raises(ValidationError):
        waive_finding(by=lawyer, packet=untranslated, key=blocking(untranslated), reason="")
