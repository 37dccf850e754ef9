"""U: what is uploaded is what it says it is, is kept as it came, and is never shown as it came."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from pikepdf import Pdf

from caseapp.cases.models import Document, DocumentStatus
from caseapp.core.refused import Refused
from caseapp.intake import MOST_BYTES
from caseapp.intake.pdf.opening import MOST_PAGES, opened
from caseapp.intake.readers import MAX_BYTES
from tests.cases.making import make_document
from tests.intake import hostile


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("paper.pdf", b"<html><script>steal()</script></html>"),
        ("paper.docx", hostile.plain()),
        ("paper.txt", b"MZ\x90\x00" + bytes(200)),
        ("paper.exe", b"MZ\x90\x00"),
        ("paper.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='steal()'/>"),
        ("paper.zip", b"PK\x03\x04"),
    ],
)
def test_u1_name_and_bytes_must_agree_and_be_of_a_known_kind(packet, name, data):
    document = make_document(packet.case, data, name=name)
    assert (document.status, document.clean_sha256) == (DocumentStatus.REFUSED, "")
    assert document.failure


def test_u2_a_file_and_a_request_have_a_most():
    assert (settings.MAX_UPLOAD_BYTES, settings.MAX_REQUEST_BYTES) == (50 * 1024**2, 200 * 1024**2)
    assert MOST_BYTES <= settings.MAX_UPLOAD_BYTES


def test_u2_a_file_that_is_too_long_is_refused_in_words_before_it_is_stored(packet, caseworker, as_person, settings):
    settings.MAX_UPLOAD_BYTES = 3 * 1024**2
    sent = SimpleUploadedFile("paper.txt", b"x" * (4 * 1024**2))
    url = reverse("document_add", args=[packet.case_id])
    answer = as_person(caseworker).post(url, {"files_chosen": sent, "kind": "other", "language": "en"}, follow=True)
    assert "“paper.txt” has" in answer.text
    assert "more than is taken in of one file. Divide it into parts and add each part." in answer.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("typed", "content_type"),
    [({"text": "a" * 300_000}, MULTIPART_CONTENT), ("text=" + "a" * 300_000, "application/x-www-form-urlencoded")],
    ids=["with files", "without"],
)
def test_u2_what_is_typed_has_a_most_and_is_refused_before_any_form_sees_it(
    packet, as_person, lawyer, settings, typed, content_type
):
    assert MAX_BYTES < settings.DATA_UPLOAD_MAX_MEMORY_SIZE < 2 * MAX_BYTES
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    url = reverse("statement_add", args=[packet.case_id])
    answer = as_person(lawyer).post(url, typed, content_type=content_type)
    assert (answer.status_code, "or a shorter text" in answer.content.decode()) == (413, True)
    assert answer.wsgi_request.read() == b"", "a browser that is still sending would show no answer"
    assert not packet.case.statements.exists()


def test_u3_what_would_unpack_without_end_is_refused(packet):
    document = make_document(packet.case, hostile.content_packed_twice(), name="paper.pdf")
    assert document.status == DocumentStatus.REFUSED
    assert document.failure.startswith("Reading this file took more memory than is given to one file")


def test_u3_a_file_of_more_pages_than_are_read_is_refused(tmp_path):
    with Pdf.new() as pdf:
        for _each in range(MOST_PAGES + 1):
            pdf.add_blank_page()
        pdf.save(tmp_path / "long.pdf")
    with pytest.raises(Refused, match="pdf-too-long"), opened(tmp_path / "long.pdf", ""):
        pass


def test_u4_a_file_is_stored_by_its_hash_and_its_name_is_only_text(packet, caseworker, as_person):
    name = "../../etc/\u202efdp.e\x00xe\r\n.txt"
    document = make_document(packet.case, b"I left in spring.", name=name)
    assert not set("/\\\x00\r\n") & set(document.original_name)
    assert len(document.original_name) <= 150
    answer = as_person(caseworker).get(reverse("document_original", args=[document.pk]))
    assert "\r" not in answer.headers["Content-Disposition"]
    answer.getvalue()


@pytest.mark.parametrize(
    ("data", "said", "asked"),
    [
        (b"", "This file is empty.", []),
        (hostile.no_pages(), "This PDF has no pages.", []),
        (hostile.cut_off_in_the_middle(), "", ["damaged"]),
        (hostile.locked_with_a_password(), "", ["password"]),
    ],
    ids=["empty", "no pages", "cut off", "locked"],
)
def test_u5_a_file_that_is_not_whole_or_not_open_gets_a_sentence(packet, data, said, asked):
    document = make_document(packet.case, data, name="paper.pdf")
    assert document.status == (DocumentStatus.ASKING if asked else DocumentStatus.REFUSED)
    assert document.failure.startswith(said)
    assert [question["code"] for question in document.report.get("questions", [])] == asked


def test_u6_the_original_stays_as_it_came_and_the_same_file_is_kept_once_and_said(packet, caseworker, as_person):
    data = hostile.plain()
    one = make_document(packet.case, data, name="paper.pdf", title="Brought before")
    sent = {"files_chosen": SimpleUploadedFile("again.pdf", data), "kind": "other", "language": "en"}
    page = as_person(caseworker).post(reverse("document_add", args=[packet.case_id]), sent, follow=True).text
    assert "This case has the same file already:" in page
    assert f'href="{one.get_absolute_url()}">' in page
    other = packet.case.documents.exclude(pk=one.pk).get()
    assert one.original_sha256 == other.original_sha256 != one.clean_sha256


def test_u7_an_original_leaves_as_a_file_and_is_never_drawn_by_the_browser(packet, caseworker, as_person):
    document = make_document(packet.case, b"<script>steal()</script>", name="page.txt")
    answer = as_person(caseworker).get(reverse("document_original", args=[document.pk]))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    answer.getvalue()
    picture = as_person(caseworker).get(reverse("document_page", args=[document.pk, 1]))
    assert (picture.headers["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
