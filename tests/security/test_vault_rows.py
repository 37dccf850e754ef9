"""Rows C1, I5, U4, U6, U7 and Z8 of the security list, as far as the files of cases hold them."""

import os
import stat

import pytest
from django.conf import settings
from django.urls import reverse

from caseapp.cases import files
from caseapp.cases.files import CaseFiles, files_of, key_ring
from caseapp.cases.models import Case
from caseapp.cases.services.documents import picture_of_page
from caseapp.core.keyring import Wrapped
from caseapp.packets.builder import see_through
from caseapp.packets.services.builds import request_build
from tests.cases.making import make_document
from tests.packets.making import REQUESTED_AT

SECRET = "Xochiquetzal"


@pytest.fixture
def case(packet) -> Case:
    return packet.case


def on_disk() -> list[bytes]:
    places = [path for path in settings.DATA_DIR.rglob("*") if path.is_file() and path.parent.name != "broker"]
    return [path.read_bytes() + str(path).encode() for path in places]


def test_c1_nothing_of_a_client_lies_readable_in_the_data_folder(packet, lawyer):
    document = make_document(packet.case, f"{SECRET} left in spring.".encode(), name=f"{SECRET}.txt")
    packet.exhibits.create(document=document, position=9)
    picture_of_page(document, 1)
    build = see_through(request_build(by=lawyer, packet=packet, now=REQUESTED_AT, hand_over=False).pk)
    assert build.status == "ready", build.failure
    kept = on_disk()
    assert not [data for data in kept if SECRET.encode() in data or b"Consuelo" in data]
    # The library’s two articles and the key file; all else is noise.
    assert sum(not data.startswith(b"caseapp file 1\n") for data in kept) == 3
    names = list(files_of(packet.case_id).every_name())
    assert not [name for name in names if any(name.encode() in data for data in kept)]


def test_c1_the_key_is_wrapped_by_a_file_outside_the_database(db, monkeypatch):
    key = os.urandom(32)
    monkeypatch.setattr(files, "new_key", lambda: key)
    kept = CaseFiles.of_new_case()._key
    assert stat.S_IMODE(key_ring().path.stat().st_mode) == 0o600
    assert key not in bytes(kept.wrapped)
    assert key_ring().unwrap(Wrapped(kept.wrapped_by, bytes(kept.wrapped)), of=kept.case_id.bytes) == key


def test_i5_a_file_is_flushed_before_it_is_moved_into_place(case, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *given, real=real, name=name: (done.append(name), real(*given))[1])
    files_of(case.pk).put_bytes(b"words")
    assert done[:2] == ["fsync", "replace"]


def test_u4_the_stored_name_says_nothing_of_the_name_that_was_given(case):
    make_document(case, name=f"{SECRET}.txt")
    for path in files_of(case.pk).folder.rglob("*"):
        assert SECRET not in str(path)
        assert set(path.name) <= set("0123456789abcdef")


def test_u6_the_original_is_kept_unchanged_beside_its_clean_copy_and_once(case):
    data = b"I left in spring.\r\n"
    first, second = make_document(case, data), make_document(case, data)
    stored = files_of(case.pk)
    assert stored.read_bytes(first.original_sha256) == data
    assert stored.read_bytes(first.clean_sha256).startswith(b"%PDF-")
    assert first.original_sha256 == second.original_sha256
    assert list(stored.every_name()).count(first.original_sha256) == 1


def test_u7_a_document_is_a_file_to_keep_and_only_our_own_picture_is_shown(case, caseworker, as_person):
    document, client = make_document(case), as_person(caseworker)
    given = client.get(reverse("document_original", args=[document.pk]))
    assert given.getvalue() == b"I left in spring."
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert (given.headers["X-Content-Type-Options"], given.headers["Content-Security-Policy"]) == ("nosniff", "sandbox")
    picture = client.get(reverse("document_page", args=[document.pk, 1]))
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize("name", ["document_original", "document_page"])
def test_z8_a_document_reaches_nobody_outside_the_team(case, caseworker, stranger, as_person, name):
    document = make_document(case)
    url = reverse(name, args=[document.pk] if name == "document_original" else [document.pk, 1])
    assert as_person(stranger).get(url).status_code == 404
    response = as_person(caseworker).get(url)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    response.close()
