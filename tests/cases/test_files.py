"""The files of a case: open to whoever has its key, and to nobody once that is erased."""

import datetime as dt
import os
import shutil
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from caseapp.cases import files
from caseapp.cases.files import CaseFiles, files_of, key_ring
from caseapp.cases.models import Case, CaseKey, Document
from caseapp.core.keyring import KeyLost
from caseapp.core.storage import FileAltered
from caseapp.packets.stored import inspect_files
from tests.cases.making import damage, lose, make_document

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


def test_a_case_has_its_key_from_the_beginning(case):
    key = CaseKey.objects.get(case=case)
    assert (len(bytes(key.wrapped)), key.wrapped_by) == (12 + 32 + 16, key_ring().newest)


def test_a_case_of_before_gets_one_with_its_first_file(db):
    case = Case.objects.create(reference="A", client_name="B")
    assert not files_of(case.pk).has("0" * 64)
    with pytest.raises(FileAltered):
        files_of(case.pk).read_bytes("0" * 64)
    blob = files_of(case.pk).put_bytes(b"words")
    assert files_of(case.pk).read_bytes(blob.sha256) == b"words"
    assert CaseKey.objects.count() == 1


def test_a_file_of_one_case_is_none_of_another(case):
    other = Case.objects.create(reference="A", client_name="B")
    blob = files_of(case.pk).put_bytes(b"words")
    assert not files_of(other.pk).is_whole(blob.sha256)
    with pytest.raises(FileAltered):
        files_of(other.pk).read_bytes(blob.sha256)


def test_one_key_does_not_open_another_row(case):
    blob = files_of(case.pk).put_bytes(b"words")
    other = Case.objects.create(reference="A", client_name="B")
    CaseKey.objects.filter(case=case).update(case=other)
    with pytest.raises(KeyLost):
        files_of(other.pk).read_bytes(blob.sha256)


def test_what_is_erased_can_be_read_from_no_copy(case, tmp_path, django_capture_on_commit_callbacks):
    document = make_document(case)
    folder = files_of(case.pk).folder
    shutil.copytree(folder, tmp_path / "copy")
    with django_capture_on_commit_callbacks(execute=True):
        files_of(case.pk).erase()
    assert not folder.exists()
    assert not CaseKey.objects.exists()
    shutil.copytree(tmp_path / "copy", folder)
    for sha256 in (document.original_sha256, document.clean_sha256, document.words_sha256):
        with pytest.raises(FileAltered):
            files_of(case.pk).read_bytes(sha256)


def test_an_erasure_that_is_taken_back_has_erased_nothing(case):
    blob = files_of(case.pk).put_bytes(b"words")
    with transaction.atomic():
        files_of(case.pk).erase()
        transaction.set_rollback(True)
    assert files_of(case.pk).read_bytes(blob.sha256) == b"words"


def test_files_that_come_before_their_case_are_read_after_it(db):
    before = CaseFiles.of_new_case()
    blob = before.put_bytes(b"words")
    assert not files_of(before.case_id).has(blob.sha256)
    Case.objects.create(pk=before.case_id, reference="A", client_name="B")
    before.begin()
    assert files_of(before.case_id).read_bytes(blob.sha256) == b"words"
    assert list(files_of(before.case_id).every_name()) == [blob.sha256]
    assert list(files_of(uuid.uuid4()).every_name()) == []


class TestTurningKeys:
    def test_every_case_opens_as_before(self, case, capsys):
        blob = files_of(case.pk).put_bytes(b"words")
        before = CaseKey.objects.get()
        call_command("turn_case_keys")
        after = CaseKey.objects.get()
        assert after.wrapped_by == key_ring().newest != before.wrapped_by
        assert files_of(case.pk).read_bytes(blob.sha256) == b"words"
        assert "The keys of 1 cases are wrapped with a new key." in capsys.readouterr().out

    def test_a_backup_of_the_rows_opens_until_the_earlier_key_is_forgotten(self, case):
        blob = files_of(case.pk).put_bytes(b"words")
        backup = CaseKey.objects.filter(case=case).values("wrapped", "wrapped_by").get()
        call_command("turn_case_keys")
        CaseKey.objects.update(**backup)
        assert files_of(case.pk).read_bytes(blob.sha256) == b"words"
        call_command("turn_case_keys", "--forget")
        CaseKey.objects.update(**backup)
        with pytest.raises(KeyLost):
            files_of(case.pk).read_bytes(blob.sha256)

    def test_a_lost_key_file_is_never_made_anew(self, case):
        key_ring().path.unlink()
        with pytest.raises(CommandError, match="restore the key file"):
            call_command("turn_case_keys")
        assert not key_ring().path.exists()


class TestLostKeyFile:
    @pytest.fixture
    def client(self, case, caseworker, as_person):
        make_document(case)
        key_ring().path.unlink()
        return as_person(caseworker)

    def test_the_pages_stand(self, client, case):
        document = Document.objects.get()
        for url in (reverse("case_documents", args=[case.pk]), document.get_absolute_url()):
            assert client.get(url).status_code == 200
        assert client.get(reverse("document_page", args=[document.pk, 1])).status_code == 404
        answer = client.get(reverse("document_original", args=[document.pk]), follow=True)
        assert "Ask your administrator to restore the key file" in answer.content.decode()

    def test_what_cannot_be_kept_is_refused_in_a_sentence(self, client, case):
        details = {"reference": "B", "client_name": "C", "forum": "generic"}
        answer = client.post(reverse("case_add"), details)
        assert answer.status_code == 503
        assert "Ask your administrator to restore the key file" in answer.content.decode()
        assert Case.objects.count() == 1


def test_what_was_left_half_written_is_removed(case):
    files_of(case.pk).put_bytes(b"words")
    left = files_of(case.pk).folder / "incoming-left"
    left.write_bytes(b"half")
    os.utime(left, (NOW.timestamp() - 7200,) * 2)
    assert files.remove_abandoned(NOW) == 1
    assert files.remove_abandoned(NOW) == 0


def test_the_nightly_look_finds_what_is_altered_or_gone_in_a_case(case):
    document = make_document(case)
    assert inspect_files(now=NOW).found == 0
    damage(files_of(case.pk), document.clean_sha256)
    lose(files_of(case.pk), document.words_sha256)
    found = inspect_files(now=NOW).findings
    assert found == [
        ["altered", document.clean_sha256, "", ""],
        ["missing", document.words_sha256, "document.words_sha256", str(document.pk)],
    ]
    key_ring().path.unlink()
    assert {row[0] for row in inspect_files(now=NOW).findings} == {"missing"}
