"""The record of the office: what administrators see of it and take out, and what they are told of the machine."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from caseapp.audit import chain
from caseapp.audit.actions import Action
from caseapp.audit.inspecting import inspect_record
from caseapp.audit.kinds import LOOKED, TAKEN
from caseapp.audit.models import Event, record
from caseapp.audit.sealing import seal_new
from caseapp.cases.models import Glass
from caseapp.core import disk, storage
from caseapp.packets.stored import inspect_files
from tests.audit.tampering import run, unguarded
from tests.packets.making import make_filing

SHOW = "record_show"


@pytest.fixture
def events(lawyer, caseworker):
    record(by=lawyer, action=Action.SOURCE_ADDED, subject=lawyer, label="=HYPERLINK(1)")
    record(by=caseworker, action=Action.LIBRARY_TAKEN_OUT, subject=lawyer, label="passages.csv")
    seal_new()


def shown(answer):
    return [(event.actor_name, event.action) for event in answer.context["page"]]


def written(answer):
    return b"".join(answer.streaming_content)


def test_it_is_narrowed_by_person_kind_and_day(events, administrator, lawyer, as_person):
    client, today = as_person(administrator), f"{timezone.localdate():%Y-%m-%d}"
    everything = [("Carla Caseworker", "library.taken_out"), ("Lena Lawyer", "source.added")]
    for asked, expected in (
        ({}, everything),
        ({"person": lawyer.pk}, everything[1:]),
        ({"kind": "taken"}, everything[:1]),
        ({"kind": "changed"}, everything[1:]),
        ({"kind": "denied"}, []),
        ({"since": today, "until": today}, everything),
        ({"until": "2026-01-01"}, []),
    ):
        assert shown(client.get(reverse(SHOW), asked)) == expected, asked


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "soon"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"person": "9" * 30},
        {"kind": "\x00"},
        {"since": "2026-02-02", "until": "2026-02-01"},
    ],
)
def test_what_cannot_be_understood_is_said_and_kept(asked, events, administrator, as_person):
    answer = as_person(administrator).get(reverse(SHOW), asked)
    assert answer.status_code == 422
    assert "is-invalid" in answer.content.decode()
    file = as_person(administrator).get(reverse("record_file", args=["record.csv"]), asked)
    assert (file.status_code, Event.objects.filter(action=Action.RECORD_TAKEN_OUT).count()) == (422, 0)


def test_the_table_runs_nothing_and_is_on_record_itself(events, administrator, as_person):
    answer = as_person(administrator).get(reverse("record_file", args=["record.csv"]), {"kind": "changed"})
    head, row = csv.reader(io.StringIO(written(answer).decode("utf-8-sig")))
    cells = dict(zip(head, row, strict=True))
    assert (cells["who"], cells["did"], cells["what"]) == ("Lena Lawyer", "added the source", "'=HYPERLINK(1)")
    assert cells["at (UTC)"].endswith("+00:00")
    taken = Event.objects.get(action=Action.RECORD_TAKEN_OUT)
    assert (taken.actor_id, taken.subject_label) == (administrator.pk, "record.csv")
    assert taken.detail == {"asked": {"kind": "changed"}}


def test_the_chain_can_be_checked_from_the_lines_alone(events, administrator, as_person):
    answer = as_person(administrator).get(reverse("record_file", args=["record.jsonl"]))
    *sealed, itself = map(json.loads, written(answer).splitlines())
    previous = chain.BEFORE_THE_FIRST
    for line in sealed:
        previous = chain.seal(previous, line["position"], line["event"])
        assert line["seal"] == previous
    assert (itself["event"]["action"], itself["seal"]) == ("record.taken_out", None)


def test_z6_of_cases_of_others_the_record_tells_by_ids_alone(administrator, lawyer, as_person):
    case = make_filing(team=[lawyer]).case
    told = {"subject": case, "case_id": case.pk}
    record(by=lawyer, action=Action.PACKET_ADDED, label="Widow of Officer Reyes", changed=["Reyes"], **told)
    record(by=administrator, action=Action.GLASS_BROKEN, label=case.reference, **told)
    client, addresses = as_person(administrator), [reverse(SHOW)]
    addresses += [reverse("record_file", args=[name]) for name in ("record.csv", "record.jsonl")]
    for address in addresses:
        page = client.get(address).getvalue().decode()
        assert ["Reyes" in page, "Lena Lawyer" in page, str(case.pk) in page] == [False, True, True], address
        assert page.count(case.reference) == 1, address
    lines = map(json.loads, client.get(addresses[-1]).getvalue().splitlines())
    line = [line for line in lines if line["event"]["action"] == Action.PACKET_ADDED][-1]
    assert line["withheld"] == ["subject_label", "detail"]
    assert (line["event"]["subject_label"], line["event"]["detail"]) == (None, None)
    Glass.objects.create(case=case, user=administrator, reason="The lawyer is ill.", opened_at=timezone.now())
    assert "Widow of Officer Reyes" in client.get(reverse(SHOW)).content.decode()


def test_the_command_writes_out_what_the_chain_can_be_checked_from(lawyer, capsys):
    case = make_filing(team=[lawyer]).case
    record(by=lawyer, action=Action.PACKET_ADDED, subject=case, label="Widow of Officer Reyes", case_id=case.pk)
    seal_new()
    call_command("export_record")
    *sealed, itself = map(json.loads, capsys.readouterr().out.splitlines())
    assert sealed[-1]["event"]["subject_label"] == "Widow of Officer Reyes"
    previous = chain.BEFORE_THE_FIRST
    for line in sealed:
        previous = chain.seal(previous, line["position"], line["event"])
        assert line["seal"] == previous
    assert (itself["event"]["action"], itself["event"]["detail"]) == ("record.taken_out", {"asked": {}})


def test_a_record_of_any_length_takes_the_same_queries(events, administrator, as_person, count_queries):
    client = as_person(administrator)
    before = count_queries(client, reverse(SHOW))
    for _ in range(30):
        record(by=administrator, action=Action.PASSWORD_SET, subject=administrator)
    assert count_queries(client, reverse(SHOW)) == before


def test_administrators_are_told_on_every_page_until_all_is_whole(events, administrator, lawyer, as_person):
    client, home = as_person(administrator), reverse("home")
    sentence = "The record of the office is not as it was written."
    inspect_record(now=timezone.now())
    assert sentence not in client.get(home).content.decode()
    with unguarded():
        run("UPDATE audit_event SET actor_name = 'Nobody' WHERE action = 'source.added'")
    inspect_record(now=timezone.now())
    assert sentence in client.get(home).content.decode()
    assert "was changed after it was sealed" in client.get(reverse(SHOW)).content.decode()
    assert sentence not in as_person(lawyer).get(home).content.decode()


def test_i4_a_stored_file_that_was_altered_or_is_gone_is_named(administrator, as_person):
    blob = storage.put_bytes(b"a report")
    assert inspect_files(now=timezone.now()).found == 0
    path = storage.path_of(blob.sha256)
    path.chmod(0o600)
    path.write_bytes(b"another report")
    inspection = inspect_files(now=timezone.now())
    assert (inspection.looked_at, inspection.findings) == (1, [["altered", blob.sha256, "", ""]])
    assert "Stored files are missing or were altered." in as_person(administrator).get("/").content.decode()
    assert (
        f"The stored file {blob.sha256} is not what was stored"
        in as_person(administrator).get(reverse(SHOW)).content.decode()
    )


def test_f6_a_disk_that_is_nearly_full_is_said(administrator, as_person, monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _place: disk.shutil._ntuple_diskusage(1000, 910, 90))
    page = as_person(administrator).get(reverse("person_list")).content.decode()
    assert "The disk is nearly full: 9 % is free." in page


def test_each_download_is_of_the_kind_that_people_look_for():
    words = ("viewed", "downloaded", "exported", "taken_out")
    telling = {action for action in Action if action.value.endswith(words)}
    assert telling == {*LOOKED, *TAKEN}
