"""build_packet and verify_packet, as scripts see them."""

import json
import os
import subprocess
import sys
import threading
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from caseapp.packets import builder, tasks
from caseapp.packets.files import files_of_build
from caseapp.packets.management.commands import build_packet, verify_packet
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.pdf import published
from caseapp.packets.services.builds import request_build
from tests.packets.making import make_filing

REPOSITORY = Path(__file__).resolve().parents[3]


def run(*args: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.usefixtures("printed_once")
class TestBuildHere:
    def test_puts_the_files_into_the_folder(self, packet, tmp_path):
        out, err = run("build_packet", str(packet.pk), "--out", str(tmp_path / "new" / "folder"), "--json")
        build = Build.objects.get()
        volume = build.volumes.get()
        assert json.loads(out) == {
            "build": str(build.pk),
            "status": "ready",
            "volumes": [{"file": "packet.pdf", "pages": 6, "sha256": volume.sha256}],
            "index": "index.docx",
            "manifest": "manifest.json",
        }
        folder = tmp_path / "new" / "folder"
        assert sorted(path.name for path in folder.iterdir()) == ["index.docx", "manifest.json", "packet.pdf"]
        assert (folder / "index.docx").read_bytes() == files_of_build(build).read_bytes(build.index_sha256)
        assert (folder / "packet.pdf").read_bytes() == files_of_build(build).read_bytes(volume.sha256)
        assert (folder / "manifest.json").read_bytes() == files_of_build(build).read_bytes(build.published_sha256)
        assert err.splitlines()[1:] == [
            "  Cover page",
            "  Tab A: tab sheet",
            "  Tab A: Officers killed at home",
            "  Tab B: tab sheet",
            "  Tab B: A law that was never passed",
        ]

    def test_says_where_it_is(self, packet, tmp_path):
        out, err = run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert out == ""
        assert err.splitlines()[-1] == f"Build 1 is in {tmp_path}."

    def test_sends_no_message(self, packet, tmp_path, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks:
            run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert callbacks == []

    def test_a_second_time_builds_nothing(self, packet, tmp_path):
        first, _ = run("build_packet", str(packet.pk), "--out", str(tmp_path / "one"), "--json")
        second, _ = run("build_packet", str(packet.pk), "--out", str(tmp_path / "two"), "--json")
        assert first == second
        assert Build.objects.count() == 1

    def test_replaces_the_files_of_an_earlier_build(self, packet, tmp_path):
        run("build_packet", str(packet.pk), "--out", str(tmp_path))
        packet.title = "Second filing"
        packet.save()
        out, _ = run("build_packet", str(packet.pk), "--out", str(tmp_path), "--json")
        made = sha256((tmp_path / "packet.pdf").read_bytes()).hexdigest()
        assert made == json.loads(out)["volumes"][0]["sha256"]
        assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [
            "index.docx",
            "manifest.json",
            "packet.pdf",
        ]

    def test_finishes_an_older_build_and_then_builds_what_changed(self, packet, tmp_path):
        request_build(by=None, packet=packet, now=timezone.now())
        packet.title = "Second filing"
        packet.save()
        run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert json.loads((tmp_path / "manifest.json").read_bytes())["title"] == "Second filing"
        assert list(Build.objects.values_list("number", "status")) == [(2, "ready"), (1, "ready")]

    def test_a_packet_that_is_not_ready(self, packet, tmp_path):
        packet.exhibits.all().delete()
        with pytest.raises(CommandError, match="The packet has no exhibits yet"):
            run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert not (tmp_path / "manifest.json").exists()

    @pytest.mark.parametrize("wanted", ["nonsense", "46c42f1f-5393-4a4a-b992-4e860b749dc9"])
    def test_a_packet_that_does_not_exist(self, db, tmp_path, wanted):
        with pytest.raises(CommandError, match=f"There is no packet {wanted}."):
            run("build_packet", wanted, "--out", str(tmp_path))

    def test_a_folder_that_cannot_be(self, packet, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(CommandError, match="cannot be used as a folder"):
            run("build_packet", str(packet.pk), "--out", str(tmp_path / "file"))
        assert not Build.objects.exists()

    def test_a_failure_is_told_in_its_words(self, packet, tmp_path, monkeypatch):
        def fail(_manifest, _name, _work):
            raise MemoryError

        monkeypatch.setattr(builder, "render_part", fail)
        with pytest.raises(CommandError, match=r"Cover page could not be set\. It is too large"):
            run("build_packet", str(packet.pk), "--out", str(tmp_path))

    def test_an_unforeseen_failure_too(self, packet, tmp_path, monkeypatch):
        def fail(_manifest, _name, _work):
            raise ValueError("secret words")

        monkeypatch.setattr(builder, "render_part", fail)
        with pytest.raises(CommandError, match="give your administrator the reference") as caught:
            run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert "secret words" not in str(caught.value)

    def test_stopping_it_leaves_no_build_in_the_way(self, packet, tmp_path, monkeypatch):
        def stop(_manifest, _name, _work):
            raise KeyboardInterrupt

        monkeypatch.setattr(builder, "render_part", stop)
        with pytest.raises(KeyboardInterrupt):
            run("build_packet", str(packet.pk), "--out", str(tmp_path))
        assert Build.objects.get().status == BuildStatus.CANCELLED


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("printed_once")
class TestQueue:
    def test_hands_the_work_to_the_workers_and_waits(self, tmp_path, monkeypatch):
        packet, workers = make_filing(), []

        def work(pk):
            try:
                complete = builder.set_part(pk)
                if complete:
                    builder.assemble(complete)
            finally:
                connection.close()

        def deliver(pk):
            workers.append(threading.Thread(target=work, args=(pk,)))
            workers[-1].start()

        monkeypatch.setattr(tasks.set_part, "delay", deliver)
        monkeypatch.setattr(build_packet.builder, "see_through", pytest.fail)
        out, _ = run("build_packet", str(packet.pk), "--out", str(tmp_path), "--queue", "--json")
        for worker in workers:
            worker.join()
        assert json.loads(out)["status"] == "ready"
        assert len(workers) == 5
        assert (tmp_path / "packet.pdf").exists()

    def test_gives_up_waiting_but_not_the_build(self, tmp_path, monkeypatch):
        packet = make_filing()
        monkeypatch.setattr(tasks.set_part, "delay", lambda _pk: None)
        with pytest.raises(CommandError, match=r"Build 1 is still going on\. It was left to the workers"):
            run("build_packet", str(packet.pk), "--out", str(tmp_path), "--queue", "--wait", "0")
        assert Build.objects.get().is_active


class TestVerify:
    @pytest.fixture
    def folder(self, packet, printed_once, tmp_path) -> Path:
        run("build_packet", str(packet.pk), "--out", str(tmp_path / "packet"))
        return tmp_path / "packet"

    def test_a_whole_packet(self, folder):
        out, err = run("verify_packet", str(folder))
        assert out == ""
        assert err.startswith("Verified: 6 pages, 3 quotations, ")

    def test_as_json(self, folder):
        out, _ = run("verify_packet", str(folder), "--json")
        assert json.loads(out) == {"verified": True, "failures": []}

    def test_a_file_under_the_name_of_its_download(self, folder):
        (folder / "packet.pdf").rename(folder / "SV_2027_014_build_1.pdf")
        _, err = run("verify_packet", str(folder))
        assert err.startswith("Verified")

    def test_a_changed_byte(self, folder):
        data = bytearray((folder / "packet.pdf").read_bytes())
        data[-10] ^= 1
        (folder / "packet.pdf").write_bytes(data)
        out, err = StringIO(), StringIO()
        with pytest.raises(CommandError, match="is not as its manifest says"):
            call_command("verify_packet", str(folder), "--json", stdout=out, stderr=err)
        assert "is not the one that the manifest describes" in err.getvalue()
        assert json.loads(out.getvalue())["verified"] is False

    def test_a_word_file_that_is_not_the_index(self, folder):
        (folder / "index.docx").rename(folder / "SV_Index.docx")
        assert json.loads(run("verify_packet", str(folder), "--json")[0])["verified"]
        (folder / "SV_Index.docx").chmod(0o600)
        (folder / "SV_Index.docx").write_bytes(b"another")
        with pytest.raises(CommandError):
            run("verify_packet", str(folder))
        (folder / "SV_Index.docx").unlink()
        assert json.loads(run("verify_packet", str(folder), "--json")[0])["verified"]

    def test_a_missing_file(self, folder):
        (folder / "packet.pdf").unlink()
        err = StringIO()
        with pytest.raises(CommandError):
            call_command("verify_packet", str(folder), stderr=err)
        assert err.getvalue() == "The file “packet.pdf” is missing.\n"

    def test_no_manifest(self, folder):
        (folder / "manifest.json").unlink()
        with pytest.raises(CommandError, match=f"There is no manifest.json in {folder}."):
            run("verify_packet", str(folder))

    def test_no_folder(self, tmp_path):
        with pytest.raises(CommandError, match="There is no folder"):
            run("verify_packet", str(tmp_path / "nowhere"))

    @pytest.mark.parametrize(
        "garbage",
        [
            b"",
            b"\x00\xff",
            b"[]",
            b"{}",
            b'"volumes"',
            b'{"volumes": 3}',
            b'{"volumes": [{}]}',
            b'{"volumes": [3]}',
            b'{"volumes": [{"file": "packet.pdf", "sha256": "", "bytes": 1, "pages": 6}]}',
            b'{"volumes": [{"file": ["packet.pdf"], "sha256": {}}]}',
            b'{"volumes": []}',
            b"[" * 100_000,
            b"9" * 100_000,
        ],
    )
    def test_a_manifest_that_is_none(self, folder, garbage):
        (folder / "manifest.json").write_bytes(garbage)
        with pytest.raises(CommandError, match="is not a packet’s manifest, or it was altered"):
            run("verify_packet", str(folder))

    def test_a_manifest_larger_than_any(self, folder, monkeypatch):
        monkeypatch.setattr(verify_packet, "LARGEST", 1_000)
        monkeypatch.setattr(published, "LARGEST", 1_000)
        with pytest.raises(CommandError, match="larger than"):
            run("verify_packet", str(folder))

    def test_no_sign_from_a_manifest_reaches_the_terminal(self, folder):
        facts = json.loads((folder / "manifest.json").read_bytes())
        facts["volumes"][0]["file"] = "\x1b[2J\ud800.pdf"
        facts["volumes"][0]["sha256"] = ""
        (folder / "manifest.json").write_text(json.dumps(facts))
        err = StringIO()
        with pytest.raises(CommandError):
            call_command("verify_packet", str(folder), stderr=err)
        assert err.getvalue() == "The file “\\x1b[2J\\ud800.pdf” is missing.\n"

    def test_needs_no_database(self, folder, tmp_path):
        """In a process of its own, with an address where no database is."""
        environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(tmp_path / "elsewhere"),
            "DATABASE_URL": "postgres://nobody:nothing@127.0.0.1:1/none",
        }
        command = [sys.executable, "manage.py", "verify_packet", str(folder)]
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, timeout=120, check=False)
        assert (done.returncode, done.stdout) == (0, b"")
        (folder / "packet.pdf").unlink()
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, timeout=120, check=False)
        assert done.returncode == 1
        assert "The file “packet.pdf” is missing." in done.stderr.decode()
