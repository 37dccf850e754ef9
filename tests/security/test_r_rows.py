"""Section R of the security requirements: how long a case is kept, and how it is erased."""

import datetime as dt
import hashlib
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.accounts.services.people import change_office
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.parts import Part
from caseapp.cases.queries import due_for_erasure, due_for_erasure_by
from caseapp.cases.retention import kept_until, latest_due
from caseapp.cases.services.closing import ClosedBeforeItWasOpened, HeldAlready, close_case, hold_case, release_case
from caseapp.cases.services.documents import picture_of_page, release_document
from caseapp.cases.tasks import read_document
from caseapp.packets.models import Build, Packet
from caseapp.packets.services.erasure import CaseHeld, StillAtWork, WrongReference, erase_case
from tests.architecture.test_every_url import OF_A_CASE, address, answers, undone, world
from tests.packets.making import make_build, make_filing
from tests.security.test_z_rows import is_shown
from tests.security.whole_case import make_whole_case, rows_of_each

__all__ = ["world"]

TODAY = dt.date(2034, 3, 2)


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    return make_filing(team=[caseworker, lawyer]).case


def closed(case: Case, on: dt.date) -> Case:
    case.closed_on = on
    case.save()
    return case


@pytest.mark.parametrize(
    ("on", "years", "until"),
    [
        (dt.date(2027, 3, 2), 7, dt.date(2034, 3, 2)),
        (dt.date(2024, 2, 29), 7, dt.date(2031, 3, 1)),
        (dt.date(2024, 2, 29), 8, dt.date(2032, 2, 29)),
    ],
)
def test_r1_a_closed_case_is_kept_for_the_years_of_the_office(on, years, until):
    assert kept_until(on, years) == until
    assert latest_due(until, years) >= on
    assert latest_due(until - dt.timedelta(days=1), years) < on


def test_r1_what_is_due_is_listed_for_its_lawyers_and_nothing_is_erased_by_itself(case, lawyer, caseworker, stranger):
    closed(case, dt.date(2027, 3, 2))
    assert list(due_for_erasure_by(lawyer, today=TODAY, years=7)) == [case]
    assert not due_for_erasure_by(lawyer, today=TODAY - dt.timedelta(days=1), years=7)
    assert not due_for_erasure_by(caseworker, today=TODAY, years=7)
    assert not due_for_erasure_by(stranger, today=TODAY, years=7)
    assert list(due_for_erasure(today=TODAY, years=7)) == [case]


def test_r1_administrators_see_the_references_of_what_is_due_and_no_more(case, administrator, lawyer, as_person):
    closed(case, dt.date(2001, 5, 4))
    page = as_person(administrator).get(reverse("cases_due")).text
    assert case.reference in page
    assert case.client_name not in page
    assert str(case.pk) not in page
    assert reverse("case_closing", args=[case.pk]) in as_person(lawyer).get(reverse("cases_due")).text
    assert "1 closed case need not be kept any longer." in as_person(lawyer).get("/").text


def test_r1_the_office_says_for_how_many_years(administrator, as_person):
    client = as_person(administrator)
    assert client.post("/office/", {"keep_years": "0"}).status_code == 422
    client.post("/office/", {"keep_years": "10"})
    assert Event.objects.get(action=Action.KEEPING_CHANGED).detail == {"before": 7, "after": 10}
    assert change_office(by=administrator, may_fetch=False).keep_years == 10


def test_r1_a_closed_case_is_read_and_not_changed(world, lawyer, as_person):
    case = closed(Case.objects.get(pk=world["case"]), timezone.localdate())
    client, still = (
        as_person(lawyer),
        {
            "case_close",
            "case_reopen",
            "case_hold",
            "case_release",
            "case_erase",
            "case_archive",
            "glass_see",
            "glass_shut",
            "mention_seen",
        },
    )
    for row in OF_A_CASE:
        with undone():
            shown, sent = answers(client, address(row, world))
        if is_shown(row) or row.statuses["lawyer"][1] == 405:
            assert (row.name, shown.status_code) == (row.name, row.statuses["lawyer"][0])
        elif row.name not in still and row.name != "member_remove":
            assert (row.name, sent.status_code) == (row.name, 403)
            is_own = row.statuses["lawyer"][1] != 403
            assert (row.name, "This case is closed, so it can be read" in sent.text) == (row.name, is_own)
    assert "This case is closed" in client.get(case.get_absolute_url()).text
    client.post(reverse("case_reopen", args=[case.pk]))
    assert client.get(reverse("case_edit", args=[case.pk])).status_code == 200


def test_r1_closing_and_holding_are_on_record_and_for_lawyers_of_the_case(case, lawyer, caseworker, as_person):
    # The evening of 5 January at the office, when it is the next day elsewhere.
    case.created_at = dt.datetime(2026, 1, 6, 2, tzinfo=dt.UTC)
    case.save()
    today = dt.date(2026, 11, 25)
    for day in (dt.date(2026, 1, 5), today):
        close_case(by=lawyer, case=case, on=day, today=today)
    for day in (today + dt.timedelta(days=1), dt.date(2026, 1, 4)):
        with pytest.raises(ClosedBeforeItWasOpened):
            close_case(by=lawyer, case=case, on=day, today=today)
    hold_case(by=lawyer, case=case, reason="A complaint is pending.", now=timezone.now())
    with pytest.raises(HeldAlready):
        hold_case(by=lawyer, case=case, reason="Another.", now=timezone.now())
    release_case(by=lawyer, case=case)
    words = [str(event) for event in Event.objects.of_case(case.pk)[:3]]
    assert words == [
        "Lena Lawyer lifted the hold on the case SV-2027-014",
        "Lena Lawyer put on hold, so that nothing is erased, the case SV-2027-014",
        "Lena Lawyer closed the case SV-2027-014",
    ]
    assert case.members.get(user=caseworker).part == Part.EDITOR
    assert as_person(caseworker).post(reverse("case_reopen", args=[case.pk])).status_code == 403


OLD, NEW, SAID = "Xanthippe", "Quetzalina", "Wolframina"


def places() -> list[Path]:
    """Every file that the program wrote: of the database, of the broker, and all in the data folder."""
    folders = [Path(settings.DATA_DIR), Path(os.environ["DATA_DIR"]) / "broker"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        files += [path for path in name.parent.glob(f"{name.name}*") if path.is_file()]
    return files


def _read_by_another_process(path: Path) -> bytes:
    """A process that closes a file gives up every lock it holds on it, and SQLite counts on its own: read in here, the
    database would be ruined by the next process that opens it."""
    return subprocess.run(["cat", "--", path], capture_output=True, check=True).stdout


def found_on_disk(*words: str) -> set[str]:
    """Which of the words stand in any file: in its bytes or its name, as UTF-8 or as UTF-16."""
    found = set()
    for path in places():
        data = _read_by_another_process(path) + str(path).encode()
        for word in words:
            shapes = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))
            found |= {word} if any(shape in data for shape in shapes) else set()
    return found


def someone(role: Role, name: str) -> User:
    return User.objects.create_user(email=f"{name.lower()}@example.org", name=name, role=role)


@pytest.mark.django_db(transaction=True)
def test_r2_erasure_leaves_no_row_no_file_and_no_word_on_the_disk():
    worker, boss = someone(Role.CASEWORKER, "Carla"), someone(Role.LAWYER, "Lena")
    case = make_whole_case(worker, boss, OLD)
    other = make_whole_case(someone(Role.CASEWORKER, "Olga"), someone(Role.LAWYER, "Otto"), "Othello", reference="GT-1")
    Case.objects.filter(pk=case.pk).update(client_name=f"{NEW} Client", judge=f"{NEW} judge")
    document = case.documents.last()
    picture_of_page(document, 1)
    read_document.delay(str(document.pk))
    session = SessionStore()
    session["_messages"] = f"“{SAID}” was added."
    session.create()
    before, others = rows_of_each(case.pk), rows_of_each(other.pk)
    assert [label for label, count in before.items() if not count] == [], "make one of these in make_whole_case"
    if connection.vendor == "sqlite":
        assert found_on_disk(OLD, NEW) == {OLD, NEW}
    erase_case(by=boss, case=case, reference=case.reference)
    assert {label for label, count in rows_of_each(case.pk).items() if count} == set()
    assert rows_of_each(other.pk) == others
    for kept in other.documents.all():
        release_document(by=boss, document=kept).close()
    assert "_messages" not in SessionStore(session.session_key)
    assert found_on_disk(OLD, NEW, SAID) == set()
    erased = Event.objects.of_case(case.pk).get(action=Action.CASE_ERASED)
    assert str(erased) == "Lena erased, with its files, the case SV-2027-014"


@pytest.fixture
def finished(case) -> Case:
    Build.objects.filter(packet__case=case).delete()
    return case


def test_r2_nothing_is_erased_on_hold_under_another_reference_or_while_work_is_under_way(finished, lawyer):
    with pytest.raises(WrongReference):
        erase_case(by=lawyer, case=finished, reference="SV-2027-015")
    held = hold_case(by=lawyer, case=finished, reason="A complaint is pending.", now=timezone.now())
    with pytest.raises(CaseHeld):
        erase_case(by=lawyer, case=held, reference=held.reference)
    release_case(by=lawyer, case=held)
    make_build(packet=Packet.objects.get(case=finished))
    with pytest.raises(StillAtWork):
        erase_case(by=lawyer, case=finished, reference=finished.reference)
    assert Case.objects.filter(pk=finished.pk).exists()
    assert not Event.objects.filter(action=Action.CASE_ERASED).exists()


def test_r2_only_a_lawyer_of_the_case_who_signed_in_lately_erases_it(
    finished, lawyer, caseworker, stranger, administrator, as_person
):
    url, typed = reverse("case_erase", args=[finished.pk]), {"reference": finished.reference}
    for person, status in ((caseworker, 403), (stranger, 404), (administrator, 404)):
        assert as_person(person).post(url, typed).status_code == status
    long_ago = Client()
    long_ago.force_login(lawyer)
    assert long_ago.post(url, typed).headers.get("Location", "").startswith("/is-it-you/")
    assert Case.objects.filter(pk=finished.pk).exists()
    client = as_person(lawyer)
    wrong = client.post(url, {"reference": "another"})
    assert (wrong.status_code, "This is not the reference of the case." in wrong.text) == (422, True)
    assert client.post(url, typed).url == reverse("case_list")
    assert not Case.objects.filter(pk=finished.pk).exists()


def handed_out(client: Client, case: Case) -> zipfile.ZipFile:
    answer = client.post(reverse("case_archive", args=[case.pk]))
    assert (answer.status_code, case.reference in answer["Content-Disposition"]) == (200, False)
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def test_r2_the_archive_for_a_client_has_all_that_is_kept_of_them_and_nothing_of_another(
    caseworker, lawyer, stranger, administrator, as_person
):
    case = make_whole_case(caseworker, lawyer, OLD)
    make_whole_case(administrator, stranger, "Othello", reference="GT-1")
    archive = handed_out(as_person(lawyer), case)
    files = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(files["manifest.json"])["files"]
    assert told == {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "manifest.json"}
    assert f"{OLD} left in spring.".encode() in files["documents/02/original.txt"]
    assert "packets/01/build-01/volume-01.pdf" in files
    data, page = json.loads(files["data.json"]), files["index.html"].decode()
    kept = {label for label, count in rows_of_each(case.pk).items() if count}
    kept -= {"cases.CaseKey", "cases.Glass_seen_by", "cases.EventSince_themes"}
    assert set(data) == kept | {"history"}
    for word in (
        "client_name",
        "why",
        "statement",
        "title",
        "translated",
        "note",
        "reason",
        "preparer",
        "glass",
        "event",
        "task",
        "comment",
    ):
        assert f"{OLD} {word}" in page
    assert "Weapons stay in the barracks.” (A law that was never passed, The Example Herald" in page
    everything = b"".join(files.values())
    assert b"Othello" not in everything
    assert lawyer.email.encode() not in everything


def test_r2_only_a_lawyer_of_the_case_who_signed_in_lately_takes_the_archive(case, lawyer, caseworker, as_person):
    url, long_ago = reverse("case_archive", args=[case.pk]), Client()
    long_ago.force_login(lawyer)
    assert as_person(caseworker).post(url).status_code == 403
    assert long_ago.post(url).headers.get("Location", "").startswith("/is-it-you/")
    assert not Event.objects.filter(action=Action.CASE_EXPORTED).exists()
    assert handed_out(as_person(lawyer), case).namelist() == ["index.html", "data.json", "manifest.json"]
    assert Event.objects.get(action=Action.CASE_EXPORTED).actor_name == "Lena Lawyer"
