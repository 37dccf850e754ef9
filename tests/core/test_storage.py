"""The store of files: whole or not at all, once, never changed."""

import datetime as dt
import hashlib
import io
import os
import stat
import threading

import pytest

from caseapp.core import storage
from caseapp.core.storage import Blob, FileAltered

ACCENTED = "Čačak, année, año".encode()
NAME = hashlib.sha256(ACCENTED).hexdigest()


def damage(sha256: str, data: bytes = b"other bytes") -> None:
    path = storage.path_of(sha256)
    path.chmod(0o600)
    path.write_bytes(data)


def incoming(settings):
    return sorted((settings.DATA_DIR / "files").glob("incoming-*"))


class DiskFull(OSError):
    pass


def failing_chunks():
    yield b"the first half"
    raise DiskFull


class TestPut:
    def test_names_the_file_by_its_hash(self):
        assert storage.put_bytes(ACCENTED) == Blob(NAME, len(ACCENTED))
        assert storage.path_of(NAME).read_bytes() == ACCENTED

    def test_joins_chunks_in_order(self):
        assert storage.put([ACCENTED[:5], b"", ACCENTED[5:]]) == Blob(NAME, len(ACCENTED))
        assert storage.read_bytes(NAME) == ACCENTED

    def test_takes_no_bytes_at_all(self):
        blob = storage.put([])
        assert blob == Blob(hashlib.sha256(b"").hexdigest(), 0)
        assert storage.read_bytes(blob.sha256) == b""

    def test_only_its_owner_can_read_it_and_nobody_can_write_it(self):
        storage.put_bytes(ACCENTED)
        assert stat.S_IMODE(storage.path_of(NAME).stat().st_mode) == 0o400
        assert stat.S_IMODE(storage.path_of(NAME).parent.stat().st_mode) == 0o700

    def test_the_same_bytes_are_stored_once(self, settings):
        storage.put_bytes(ACCENTED)
        first = storage.path_of(NAME).stat()
        storage.put_bytes(ACCENTED)
        assert storage.path_of(NAME).stat().st_ino == first.st_ino
        assert incoming(settings) == []

    def test_a_damaged_file_is_mended_by_the_same_bytes(self):
        storage.put_bytes(ACCENTED)
        damage(NAME)
        storage.put_bytes(ACCENTED)
        assert storage.read_bytes(NAME) == ACCENTED

    def test_a_failure_on_the_way_leaves_nothing(self, settings):
        with pytest.raises(DiskFull):
            storage.put(failing_chunks())
        assert [path for path in (settings.DATA_DIR / "files").rglob("*") if path.is_file()] == []

    def test_a_crash_before_the_move_leaves_nothing_under_the_name(self, settings, monkeypatch):
        def crash(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", crash)
        with pytest.raises(KeyboardInterrupt):
            storage.put_bytes(ACCENTED)
        assert not storage.path_of(NAME).exists()
        assert incoming(settings) == []

    def test_many_at_once_agree(self):
        blobs = []
        threads = [threading.Thread(target=lambda: blobs.append(storage.put_bytes(ACCENTED))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert blobs == [Blob(NAME, len(ACCENTED))] * 8
        assert storage.read_bytes(NAME) == ACCENTED


class TestReading:
    def test_a_missing_file_is_named(self):
        with pytest.raises(FileAltered, match=NAME) as caught:
            storage.open_file(NAME)
        assert caught.value.sha256 == NAME
        assert not storage.is_whole(NAME)

    @pytest.mark.parametrize("read", [storage.read_bytes, storage.open_whole])
    def test_an_altered_file_is_never_handed_out(self, read):
        storage.put_bytes(ACCENTED)
        damage(NAME)
        with pytest.raises(FileAltered, match="restore it from a backup"):
            read(NAME)
        assert not storage.is_whole(NAME)

    def test_a_shortened_file_is_altered(self):
        storage.put_bytes(ACCENTED)
        damage(NAME, ACCENTED[:-1])
        assert not storage.is_whole(NAME)

    def test_a_checked_file_is_read_from_its_start(self):
        storage.put_bytes(ACCENTED)
        with storage.open_whole(NAME) as file:
            assert file.read() == ACCENTED


class TestCopyOut:
    def test_copies_whole_files(self, tmp_path):
        storage.put_bytes(ACCENTED)
        storage.copy_out(NAME, tmp_path / "packet.pdf")
        assert (tmp_path / "packet.pdf").read_bytes() == ACCENTED

    def test_an_altered_file_leaves_what_was_there(self, tmp_path):
        storage.put_bytes(ACCENTED)
        damage(NAME)
        (tmp_path / "packet.pdf").write_bytes(b"the packet of last week")
        with pytest.raises(FileAltered):
            storage.copy_out(NAME, tmp_path / "packet.pdf")
        assert (tmp_path / "packet.pdf").read_bytes() == b"the packet of last week"

    def test_a_failure_on_the_way_leaves_what_was_there(self, tmp_path):
        (tmp_path / "manifest.json").write_bytes(b"{}")
        with pytest.raises(DiskFull):
            storage.write_whole(tmp_path / "manifest.json", failing_chunks())
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir() if path.is_file()] == [
            ("manifest.json", b"{}")
        ]


class TestRemoveAbandoned:
    now = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)

    def leave_behind(self, settings, name: str, age: dt.timedelta):
        storage.put(io.BytesIO(b"whole"))
        path = settings.DATA_DIR / "files" / name
        path.write_bytes(b"half")
        os.utime(path, ((self.now - age).timestamp(),) * 2)
        return path

    def test_removes_what_a_killed_process_left(self, settings):
        path = self.leave_behind(settings, "incoming-abc", dt.timedelta(hours=1, seconds=1))
        assert storage.remove_abandoned(self.now) == 1
        assert not path.exists()
        assert storage.is_whole(hashlib.sha256(b"whole").hexdigest())

    def test_leaves_a_file_that_is_being_written(self, settings):
        path = self.leave_behind(settings, "incoming-abc", dt.timedelta(minutes=59))
        assert storage.remove_abandoned(self.now) == 0
        assert path.exists()

    def test_an_empty_store_has_nothing_to_remove(self):
        assert storage.remove_abandoned(self.now) == 0
