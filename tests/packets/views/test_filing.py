"""The screens of filing details and waivers."""

import datetime as dt

import pytest
from django.urls import reverse

from caseapp.cases.models import Case
from caseapp.forums import FORUMS
from caseapp.library.models import Source
from caseapp.packets.models import FilingDetails, Packet, Waiver
from caseapp.packets.readiness import blocks, findings


@pytest.fixture
def untranslated(packet) -> Packet:
    Case.objects.update(forum="eoir", court="Arlington", file_number="A 1", hearing_on=dt.date(2027, 9, 15))
    Packet.objects.update(forum="eoir")
    Source.objects.filter(title__contains="law").update(language="es")
    return Packet.objects.select_related("case").get()


def waive(packet: Packet) -> str:
    return reverse("packet_waive", args=[packet.pk])


def test_details_are_typed_and_kept(as_person, packet, caseworker):
    url = reverse("filing_edit", args=[packet.pk])
    response = as_person(caseworker).post(url, {
        "version": 0, "channel": "paper", "served_party": "DHS", "served_address": "1 Plaza\r\nArlington",
    })  # fmt: skip
    assert (response.status_code, response.url) == (302, packet.get_absolute_url())
    saved = FilingDetails.objects.get()
    assert (saved.channel, saved.served_address, saved.version) == ("paper", "1 Plaza\nArlington", 1)


ASKED = {
    "all_parties_electronic": {"eoir", "bia"},
    "remand_reason": {"bia"},
    "longer_schedule_permitted": {"uk_ftt", "uk_ut"},
    "application_attached": {"ca_rpd"},
    "puts_file_number_in_names": {"ca_rpd"},
}


@pytest.mark.parametrize("key", FORUMS)
def test_each_forum_asks_for_its_own(as_person, packet, caseworker, key):
    Packet.objects.update(forum=key)
    response = as_person(caseworker).get(reverse("filing_edit", args=[packet.pk]))
    assert {name for name in ASKED if name in response.context["form"].fields} == {
        name for name, forums in ASKED.items() if key in forums
    }


def test_what_the_forum_does_not_ask_for_stays_as_it_was(as_person, packet, caseworker):
    FilingDetails.objects.create(packet=packet, all_parties_electronic=False, remand_reason="Kept.")
    as_person(caseworker).post(reverse("filing_edit", args=[packet.pk]), {"version": 1, "channel": "paper"})
    saved = FilingDetails.objects.get()
    assert (saved.channel, saved.all_parties_electronic, saved.remand_reason) == ("paper", False, "Kept.")


def test_two_people_at_once_see_what_differs(as_person, packet, caseworker):
    FilingDetails.objects.create(packet=packet, preparer="Lena Lawyer", version=3)
    url = reverse("filing_edit", args=[packet.pk])
    response = as_person(caseworker).post(url, {"version": 2, "channel": "electronic", "preparer": "Carla"})
    assert response.status_code == 409
    assert [(one.standing, one.typed) for one in response.context["differences"]] == [("Lena Lawyer", "Carla")]


def test_a_lawyer_waives_with_a_reason_and_takes_it_back(as_person, untranslated, lawyer):
    client, (finding,) = as_person(lawyer), blocks(findings(untranslated))
    page = client.get(untranslated.get_absolute_url()).content.decode()
    assert f"{waive(untranslated)}?finding=packet.translation%3A" in page
    shown = client.get(waive(untranslated), {"finding": finding.key})
    assert (shown.status_code, shown.context["finding"].sentence) == (200, finding.sentence)
    assert client.post(waive(untranslated), {"finding": finding.key, "reason": " "}).status_code == 422
    done = client.post(waive(untranslated), {"finding": finding.key, "reason": "The judge reads Spanish."})
    assert (done.status_code, done.url) == (302, untranslated.get_absolute_url())
    page = client.get(untranslated.get_absolute_url()).content.decode()
    for words in ("Waived", "The judge reads Spanish.", "Lena Lawyer", "Withdraw the waiver"):
        assert words in page
    client.post(reverse("waiver_withdraw", args=[Waiver.objects.get().pk]))
    assert not Waiver.objects.exists()


def test_a_caseworker_sees_the_waiver_and_cannot_touch_it(as_person, untranslated, caseworker, lawyer):
    (finding,) = blocks(findings(untranslated))
    waiver = Waiver.objects.create(
        packet=untranslated, finding=finding.key, sentence="A sentence.", reason="For a reason.", waived_by=lawyer
    )
    client = as_person(caseworker)
    page = client.get(untranslated.get_absolute_url()).content.decode()
    assert "For a reason." in page
    assert "Withdraw the waiver" not in page
    assert "File it anyway…" not in page
    assert client.get(waive(untranslated), {"finding": finding.key}).status_code == 403
    assert client.post(reverse("waiver_withdraw", args=[waiver.pk])).status_code == 403


def test_a_stranger_finds_nothing(as_person, untranslated, stranger, lawyer):
    waiver = Waiver.objects.create(
        packet=untranslated, finding="packet.late", sentence="A sentence.", reason="A reason.", waived_by=lawyer
    )
    client = as_person(stranger)
    assert client.get(reverse("filing_edit", args=[untranslated.pk])).status_code == 404
    assert client.post(waive(untranslated), {"finding": "packet.late", "reason": "x"}).status_code == 404
    assert client.post(reverse("waiver_withdraw", args=[waiver.pk])).status_code == 404


def test_a_finding_that_was_mended_meanwhile_is_not_waived(as_person, untranslated, lawyer):
    response = as_person(lawyer).post(waive(untranslated), {"finding": "packet.late", "reason": "x"})
    assert response.status_code == 422
    assert "This finding is not there any more. Nothing was waived." in response.content.decode()
    assert not Waiver.objects.exists()
