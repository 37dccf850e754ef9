"""Documents are read by workers: pages, a question, or a refusal in words, and never anything else."""

import datetime as dt
import logging

import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from caseapp import intake
from caseapp.cases import reading, sweeping
from caseapp.cases.files import files_of
from caseapp.cases.models import Document, DocumentStatus
from caseapp.cases.reading import printed_notices
from caseapp.cases.services.documents import DocumentDetails, add_document, answer_document, retry_document
from caseapp.cases.words import Words, words_of, words_on
from caseapp.core.jobs import MOST_ATTEMPTS
from caseapp.intake.report import Notice
from tests.cases.making import lose, make_document, photograph
from tests.packets.making import REQUESTED_AT


@pytest.fixture
def waiting(case, caseworker) -> Document:
    return add_document(
        by=caseworker,
        case=case,
        details=DocumentDetails(title="Declaration"),
        original=[b"I left ", b"in spring."],
        name="declaration.txt",
        now=REQUESTED_AT,
        hand_over=False,
    )


def test_a_document_becomes_pages_with_their_text(case):
    document = make_document(case, b"I left in spring.\n\nI was afraid.")
    assert (document.status, document.failure, document.pages) == (DocumentStatus.READY, "", 1)
    words = words_of(document)
    assert words.text.split() == ["I", "left", "in", "spring.", "I", "was", "afraid."]
    assert words.page_map == [[0, len(words.text), ""]]
    assert document.media_type == "text/plain"
    assert files_of(case.pk).read_bytes(document.clean_sha256).startswith(b"%PDF-")


def test_a_paragraph_is_one_line_of_the_words_however_the_paper_breaks_it(case):
    long = (
        "4. I asked my commander for protection, and he answered that there was nothing he or the whole unit could do."
    )
    document = make_document(case, f"3. We handed in our weapons.\n\n{long}\n\n5. I fled.".encode())
    assert words_of(document).text.split("\n") == ["3. We handed in our weapons.", long, "5. I fled."]


def test_a_paragraph_goes_on_over_the_page_and_a_new_one_does_not():
    words = words_on(["1. I served for nine", "years.\n2. I fled", "San Miguel.\n3. Nobody\nhelped."])
    assert words.paragraphs.split("\n\n") == [
        "1. I served for nine years.",
        "2. I fled",
        "San Miguel.",
        "3. Nobody helped.",
    ]


def test_pages_are_joined_and_counted_in_code_points():
    words = words_on(["ab", "", "cde"])
    assert words == Words("ab\n\n\n\ncde", [[0, 2, ""], [4, 4, ""], [6, 9, ""]])


def test_what_was_noticed_is_kept_in_english_for_the_exhibit(case, caseworker):
    caseworker.language = "es"
    caseworker.save()
    document = make_document(case, photograph(), name="scar.png", by=caseworker)
    assert document.status == DocumentStatus.READY
    assert any("printed at 150 points an inch" in sentence for sentence in document.notices)
    codes = {notice["code"] for notice in document.report["clean"]}
    assert {"picture-size-unknown", "picture-blank", "no-text"} <= codes


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.exe", b"MZ"),
        ("x.pdf", b"<html>"),
        ("x.pdf", b""),
        ("x.docx", b"PK\x03\x04 and nothing more"),
        ("x.jpg", b"\xff\xd8\xff\xe0 cut off"),
        ("x.txt", b"\xff\xfe\x00\xd8"),
        ("noname", b"words"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_the_worker_goes_on(case, name, data):
    document = make_document(case, data, name=name)
    assert document.status == DocumentStatus.REFUSED
    assert document.failure.endswith(".")
    assert len(document.failure.split()) > 5
    assert make_document(case).status == DocumentStatus.READY


def test_a_question_waits_for_a_person_and_the_answer_is_kept(case, caseworker):
    document = make_document(case, photograph(frames=3), name="scar.png")
    assert (document.status, document.clean_sha256) == (DocumentStatus.ASKING, "")
    assert [question["code"] for question in document.report["questions"]] == ["picture-frames"]
    now = timezone.now()
    answer_document(by=caseworker, document=document, codes=["picture-frames"], now=now)
    reading.read_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.pages) == (DocumentStatus.READY, 1)
    assert document.answers == {
        "picture-frames": {"by": caseworker.name, "by_id": caseworker.pk, "at": now.isoformat()}
    }


def test_a_second_worker_does_nothing(waiting, monkeypatch):
    reading.read_document(waiting.pk)
    monkeypatch.setattr(intake, "examine", lambda *_args, **_kwargs: pytest.fail("read twice"))
    reading.read_document(waiting.pk)


def test_a_document_that_was_removed_meanwhile_stays_removed(waiting, monkeypatch):
    real = intake.clean_pdf

    def remove_first(*args, **kwargs):
        Document.objects.filter(pk=waiting.pk).delete()
        return real(*args, **kwargs)

    monkeypatch.setattr(intake, "clean_pdf", remove_first)
    reading.read_document(waiting.pk)
    assert not Document.objects.exists()


def test_a_file_that_was_altered_on_the_disk_is_not_used(waiting):
    lose(files_of(waiting.case_id), waiting.original_sha256)
    reading.read_document(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == DocumentStatus.REFUSED
    assert "is missing or was altered" in waiting.failure


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "took more memory"),
        (OSError(28, "No space left"), "disk is full"),
        (SoftTimeLimitExceeded(), "took too long"),
        (RuntimeError("Consuelo Confidencial"), "give your administrator the reference"),
    ],
)
def test_what_goes_wrong_is_said_and_the_log_holds_no_word_of_the_client(waiting, monkeypatch, caplog, error, words):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(intake, "examine", fail)
    with caplog.at_level(logging.INFO):
        reading.read_document(waiting.pk)
    waiting.refresh_from_db()
    assert waiting.status == DocumentStatus.REFUSED
    assert words in waiting.failure
    assert "Consuelo" not in waiting.failure + caplog.text


def test_a_refused_document_can_be_read_once_more(waiting, monkeypatch, caseworker):
    with monkeypatch.context() as patched:
        patched.setattr(intake, "examine", lambda *_args, **_kwargs: (_ for _ in ()).throw(MemoryError()))
        reading.read_document(waiting.pk)
    retry_document(by=caseworker, document=waiting, now=timezone.now())
    reading.read_document(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.failure) == (DocumentStatus.READY, "")


def silent(document: Document, *, attempts: int = 1) -> None:
    long_ago = timezone.now() - dt.timedelta(days=1)
    Document.objects.filter(pk=document.pk).update(
        status=DocumentStatus.READING, owner="gone", attempts=attempts, heartbeat_at=long_ago
    )


def test_the_work_of_a_dead_worker_is_handed_out_again(waiting):
    silent(waiting)
    now = timezone.now()
    assert sweeping.sweep(now) == [waiting.pk]
    assert sweeping.sweep(now) == []
    reading.read_document(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (DocumentStatus.READY, 2)


def test_what_kills_its_worker_again_and_again_is_given_up_in_words(waiting):
    silent(waiting, attempts=MOST_ATTEMPTS)
    assert sweeping.sweep(timezone.now()) == []
    waiting.refresh_from_db()
    assert waiting.status == DocumentStatus.REFUSED
    assert waiting.failure.startswith("The program stopped 3 times while reading this file")


def test_a_worker_that_was_thought_dead_changes_nothing(waiting, monkeypatch):
    real = intake.examine

    def fall_silent(*args, **kwargs):
        silent(waiting)
        return real(*args, **kwargs)

    monkeypatch.setattr(intake, "examine", fall_silent)
    reading.read_document(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.owner) == (DocumentStatus.READING, "gone")


def test_a_message_that_was_lost_is_sent_again(waiting):
    assert sweeping.sweep(REQUESTED_AT) == []
    assert sweeping.sweep(timezone.now()) == [waiting.pk]


def test_what_an_exhibit_prints_of_its_file_is_nothing_of_the_office():
    notices = [Notice("no-text", 2, ("1–2",)), Notice("ocr-missing"), Notice("told-of-people", 1, ("author",))]
    assert printed_notices(notices) == ["2 pages hold no words that can be searched or quoted: pages 1–2."]
