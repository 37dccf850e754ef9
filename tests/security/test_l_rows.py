"""Rows L of security.md: what is on record, that nobody changes it, and what the log may hold."""

import datetime as dt
import os
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseapp.audit import chain
from caseapp.audit.actions import Action
from caseapp.audit.append_only import missing_triggers, protect
from caseapp.audit.inspecting import inspect_record
from caseapp.audit.models import Event, Inspection, Seal, record
from caseapp.audit.sealing import seal_new
from caseapp.audit.verifying import SEALED_WITHIN, Wrong, verify
from caseapp.core.management.commands.up import web_command, worker_command
from tests.audit.tampering import run, unguarded
from tests.packets.making import make_filing

REPOSITORY = Path(__file__).resolve().parents[2]
CANARY = "Zubizarreta"
EXPORT = ("library_export_file", None, ["passages.csv"])
ON_EITHER = (
    "UPDATE audit_event SET actor_name = 'Nobody'",
    "DELETE FROM audit_event",
    "UPDATE audit_seal SET hash = hash",
    "DELETE FROM audit_seal",
)
ON_ONE = {
    "sqlite": ("INSERT OR REPLACE INTO audit_event SELECT * FROM audit_event",),
    "postgresql": ("TRUNCATE audit_event", "TRUNCATE audit_seal"),
}


@pytest.fixture
def events(caseworker):
    """Three events, sealed."""
    made = [record(by=caseworker, action=Action.PASSWORD_SET, subject=caseworker) for _ in range(3)]
    assert seal_new() == 3
    return made


def wrongs(now=None):
    verdict = verify(now or timezone.now())
    return [(finding.wrong, finding.position, finding.event_id) for finding in verdict.findings]


@pytest.mark.parametrize("statement", [*ON_EITHER, *ON_ONE[connection.vendor]])
def test_l2_the_database_refuses_to_change_the_record(statement, events):
    before = list(Event.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="what is on record is not"), transaction.atomic():
        run(statement)
    assert list(Event.objects.order_by("pk").values()) == before
    assert Seal.objects.count() == 3


def test_l2_the_guards_come_back_with_the_next_migration(events):
    with unguarded():
        assert len(missing_triggers()) == (6 if connection.vendor == "postgresql" else 4)
        assert wrongs() == [(Wrong.UNGUARDED, None, None)]
    assert missing_triggers() == []
    protect()
    assert wrongs() == []


def test_l2_a_seal_covers_every_column_and_the_seal_before_it(events):
    assert sorted(chain.COLUMNS) == sorted(field.column for field in Event._meta.concrete_fields)
    previous = chain.BEFORE_THE_FIRST
    for position, (event, seal) in enumerate(zip(events, Seal.objects.all(), strict=True), start=1):
        previous = chain.seal(previous, position, chain.as_json(Event.objects.get(pk=event.pk)))
        assert (seal.position, seal.event_id, seal.hash) == (position, event.pk, previous)


def test_l2_each_event_is_sealed_once(events, caseworker):
    assert seal_new() == 0
    late = record(by=caseworker, action=Action.PASSWORD_SET, subject=caseworker)
    assert (seal_new(), Seal.objects.last().event_id, Seal.objects.count()) == (1, late.pk, 4)


@pytest.mark.parametrize(
    ("column", "value"),
    [("actor_name", "Nobody"), ("at", "2026-01-01 00:00:00"), ("address", "192.0.2.1"), ("detail", '{"a": 1}')],
)
def test_l2_a_changed_event_is_named(column, value, events):
    assert wrongs() == []
    with unguarded():
        run(f"UPDATE audit_event SET {column} = %s WHERE id = %s", (value, events[1].pk))
    assert (Wrong.ALTERED, 2, events[1].pk) in wrongs()


def test_l2_a_removed_event_is_named(events):
    with unguarded():
        run("DELETE FROM audit_event WHERE id = %s", (events[1].pk,))
    assert wrongs() == [(Wrong.MISSING, 2, events[1].pk)]


def test_l2_a_removed_seal_is_named(events):
    with unguarded():
        run("DELETE FROM audit_seal WHERE position = 2")
    # The event is sealed anew, at the end of the chain.
    assert wrongs() == [(Wrong.SEAL_MISSING, 3, None)]


def test_l2_an_event_that_nobody_sealed_in_time_is_named(events, caseworker):
    forgotten = record(by=caseworker, action=Action.PASSWORD_SET, subject=caseworker)
    assert wrongs(timezone.now() + SEALED_WITHIN + dt.timedelta(seconds=1)) == [(Wrong.UNSEALED, None, forgotten.pk)]
    assert wrongs() == []


def test_l2_an_event_that_was_slipped_in_is_named(events):
    yesterday = timezone.now() - dt.timedelta(days=1)
    forged = Event.objects.create(at=yesterday, actor_name="Nobody", action=Action.CASE_VIEWED, subject_type="case")
    seal_new()
    assert wrongs() == [(Wrong.FOREIGN, 4, forged.pk)]


def test_l2_a_chain_that_was_cut_off_and_written_anew_is_found(events, caseworker):
    inspect_record(now=timezone.now())
    head = Seal.objects.last().hash
    with unguarded():
        run("DELETE FROM audit_seal WHERE position = 3")
        run("DELETE FROM audit_event WHERE id = %s", (events[2].pk,))
    record(by=caseworker, action=Action.PASSWORD_SET, subject=caseworker)
    assert wrongs() == [(Wrong.CUT_OFF, 3, None)]
    with pytest.raises(CommandError, match=r"^2 found"):
        call_command("verify_record", contains=head)


def test_l2_the_command_says_what_is_wrong_and_fails(events, capsys):
    call_command("verify_record")
    assert capsys.readouterr().out == f"3 events, last hash {Seal.objects.last().hash}\n"
    with unguarded():
        run("UPDATE audit_event SET actor_name = 'Nobody' WHERE id = %s", (events[0].pk,))
    with pytest.raises(CommandError, match=r"^1 found"):
        call_command("verify_record")
    said = f"Event {events[0].pk} was changed after it was sealed, or its seal was.\n"
    assert capsys.readouterr().err == said


def test_l2_the_nightly_look_is_kept_and_logged_by_ids(events, caplog):
    with unguarded():
        run("UPDATE audit_event SET actor_name = 'Canary Nobody' WHERE id = %s", (events[0].pk,))
    inspection = inspect_record(now=timezone.now())
    assert Inspection.objects.get() == inspection
    assert (inspection.looked_at, inspection.found) == (3, 1)
    assert inspection.findings == [["altered", 1, events[0].pk]]
    assert f"['altered', 1, {events[0].pk}]" in caplog.text
    assert "Canary" not in caplog.text


def test_l1_an_event_says_when_in_utc_and_from_where(lawyer, as_person):
    client = as_person(lawyer)
    before = Event.objects.count()
    client.get(reverse(*EXPORT), REMOTE_ADDR="192.0.2.7")
    event = Event.objects.first()
    assert Event.objects.count() == before + 1
    assert (event.actor_id, event.action, event.address) == (lawyer.pk, Action.LIBRARY_TAKEN_OUT, "192.0.2.7")
    assert chain.as_json(event)["at"].endswith("+00:00")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "known"),
    [
        (0, "203.0.113.9", "192.0.2.7"),
        (1, "203.0.113.9, 198.51.100.4", "198.51.100.4"),
        (2, "203.0.113.9", ""),  # fewer proxies than the office says: nothing is believed
    ],
)
def test_l1_the_address_is_believed_behind_as_many_proxies_as_there_are(
    proxies, forwarded, known, settings, lawyer, as_person
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    as_person(lawyer).get(reverse(*EXPORT), REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded)
    assert Event.objects.first().address == known


def test_l1_what_no_request_does_comes_from_nowhere(lawyer):
    assert record(by=None, action=Action.PASSWORD_SET, subject=lawyer).address == ""


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_l2_the_role_of_the_program_can_add_and_read_alone(events, capsys):
    run("CREATE ROLE record_clerk")
    call_command("grants", role="record_clerk", apply=True)
    event = "INSERT INTO audit_event SELECT (jsonb_populate_record(e, '{\"id\": 999999}')).* FROM audit_event e LIMIT 1"
    with transaction.atomic():
        run("SET LOCAL ROLE record_clerk")
        run(event)
        run("SELECT count(*) FROM audit_event")
        run("UPDATE accounts_user SET name = name")
        for statement in (
            *("UPDATE audit_event SET actor_name = ''", "DELETE FROM audit_seal", "TRUNCATE audit_event"),
            *("ALTER TABLE audit_event DISABLE TRIGGER USER", "DROP TABLE audit_seal"),
        ):
            with pytest.raises(Exception, match=r"permission denied|must be owner"), transaction.atomic():
                run(statement)
        run("RESET ROLE")
        transaction.set_rollback(True)
    run("DROP OWNED BY record_clerk; DROP ROLE record_clerk")


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_l2_the_role_of_the_program_is_made_and_given_another_password(db, monkeypatch):
    make = {"role": "record_clerk_made", "make": True, "apply": True}
    with pytest.raises(CommandError, match="Set POSTGRES_ROLE_PASSWORD"):
        call_command("grants", **make)
    kept = []
    for password in ("first", "it's another"):
        monkeypatch.setenv("POSTGRES_ROLE_PASSWORD", password)
        call_command("grants", **make)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolpassword, rolcanlogin, rolsuper FROM pg_authid WHERE rolname = %s", [make["role"]]
            )
            kept.append(cursor.fetchone())
    assert len({password for password, _can, _super in kept}) == 2
    assert {(can, is_super) for _password, can, is_super in kept} == {(True, False)}
    with pytest.raises(CommandError, match="owns the record"):
        call_command("grants", **make | {"role": connection.settings_dict["USER"]})


@pytest.mark.skipif("connection.vendor != 'postgresql'")
@pytest.mark.parametrize(("role", "said"), [("no_such_clerk", "There is no role"), (None, "owns the record")])
def test_l2_rights_are_given_to_a_role_that_they_restrain(role, said, db):
    with pytest.raises(CommandError, match=said):
        call_command("grants", role=role or connection.settings_dict["USER"], apply=True)


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_l2_rights_are_printed_for_whoever_gives_them(db, capsys):
    call_command("grants", role='odd"name')
    said = capsys.readouterr().out
    assert 'REVOKE UPDATE, DELETE ON "audit_event", "audit_seal" FROM "odd""name";\n' in said


def test_l2_sqlite_has_no_roles(db):
    if connection.vendor == "postgresql":
        return
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("grants", role="record_clerk")


def test_l1_whoever_is_turned_away_at_a_case_is_on_its_record(caseworker, stranger, as_person):
    packet = make_filing(team=[caseworker])
    client, absent = as_person(stranger), uuid.uuid4()
    for _twice in range(2):
        assert client.get(packet.case.get_absolute_url()).status_code == 404
        assert client.post(reverse("packet_edit", args=[packet.pk])).status_code == 404
        assert client.get(reverse("case_show", args=[absent])).status_code == 404
        assert client.get(reverse("person_list")).status_code == 403
    denied = Event.objects.filter(action=Action.DENIED, actor_id=stranger.pk).order_by("pk")
    assert list(denied.values_list("subject_type", "subject_id", "case_id", "address")) == [
        ("case", str(packet.case_id), packet.case_id, "127.0.0.1"),
        ("packet", str(packet.pk), packet.case_id, "127.0.0.1"),
        ("case", str(absent), None, "127.0.0.1"),
        ("people", "", None, "127.0.0.1"),
    ]


def test_l1_a_stranger_cannot_tell_by_the_work_done_whether_a_case_is_there(caseworker, stranger, as_person):
    packet, client = make_filing(team=[caseworker]), as_person(stranger)
    asked = []
    for case_id in (packet.case_id, uuid.uuid4()):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("case_show", args=[case_id])).status_code == 404
        asked.append([query["sql"].split()[:3] for query in queries])
    assert asked[0] == asked[1]


def test_l1_a_form_that_was_open_too_long_refuses_nobody(lawyer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(lawyer)
    assert client.post(reverse("case_add")).status_code == 403
    assert not Event.objects.filter(action=Action.DENIED).exists()


@pytest.fixture
def processes(tmp_path):
    """processes(command) → one that runs with its log in a file, in an installation without tables: all breaks."""
    started = []
    (tmp_path / "alone").mkdir(mode=0o700)
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {
        "DATA_DIR": str(tmp_path / "alone"),
        "SECRET_KEY": "aB3dE5fG7hJ9kL2mN4pQ6rS8tU1vW3xY5zA7bC9dE2fG4hJ6kL",
    }

    def start(command):
        with (tmp_path / f"log-{len(started)}").open("wb") as log:
            process = subprocess.Popen(command, cwd=REPOSITORY, env=environment, stdout=log, stderr=log)
        started.append(process)
        return Path(log.name)

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=30)


def eventually(look, what):
    until = time.monotonic() + 60
    while not look():
        assert time.monotonic() < until, f"{what} never came"
        time.sleep(0.1)


def spoken_to(port, request):
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request.encode())
        return connection.recv(200)


def test_l3_the_web_process_writes_no_word_that_it_was_sent(processes):
    with socket.create_server(("127.0.0.1", 0)) as spare:
        port = spare.getsockname()[1]
    log = processes([*web_command(bind=f"127.0.0.1:{port}"), "--log-level", "info", "--access-logfile", "-"])

    def answers():
        try:
            return b"200" in spoken_to(port, "GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
        except OSError:
            return False

    eventually(answers, "the web process")
    form = f"login={CANARY}%40example.org&password={CANARY}"
    for request in (
        f"GET /{CANARY}/?q={CANARY} HTTP/1.0\r\nHost: localhost",
        f"GET /sources/?q={CANARY} HTTP/1.0\r\nHost: localhost\r\nCookie: sessionid={CANARY}",
        f"GET / HTTP/1.0\r\nHost: {CANARY}.example",
        f"{CANARY}\x01 /?q={CANARY} HTTP/1.0",
        f"POST /sign-in/ HTTP/1.0\r\nHost: localhost\r\nContent-Length: {len(form)}\r\n\r\n{form}",
    ):
        # The page that says 404 breaks too where nobody collected the static files.
        assert spoken_to(port, f"{request}\r\n\r\n").split()[1] in (b"400", b"403", b"404", b"500")
    eventually(lambda: "sqlite3.OperationalError" in log.read_text(), "the trace of a failure")
    assert CANARY.lower() not in log.read_text().lower(), log.read_text()


def test_l3_the_worker_writes_no_word_that_it_was_sent(processes, tmp_path):
    log = processes([*worker_command(), "--loglevel", "INFO"])
    (tmp_path / "sender.py").write_text(
        "from caseapp.celery import app\n"
        f"app.send_task('library.compare_capture', ['{CANARY}'])\n"
        f"app.send_task('cases.read_document', ['{CANARY}'], {{'{CANARY}': 1}})\n"
        f"app.send_task('no.such.task', ['{CANARY}'])\n"
    )
    processes([sys.executable, "-c", f"exec(open({str(tmp_path / 'sender.py')!r}).read())"])
    eventually(lambda: "library.compare_capture" in log.read_text(), "the failure of a task")
    eventually(lambda: "cases.read_document" in log.read_text(), "the failure of another")
    eventually(lambda: "celery.worker.consumer" in log.read_text(), "the refusal of a third")
    written = log.read_text()
    assert CANARY not in written, written
    assert "builtins.ValueError" in written
