"""What people do with a client's papers."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from caseapp.audit.models import Event
from caseapp.cases.files import files_of
from caseapp.cases.models import Document, DocumentPicture, DocumentStatus, Statement
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.services.documents import (
    DocumentChangedMeanwhile,
    DocumentDetails,
    DocumentInUse,
    NothingToDecide,
    add_document,
    answer_document,
    change_document,
    move_document,
    picture_of_page,
    release_document,
    remove_document,
    retry_document,
)
from caseapp.cases.tasks import read_document
from caseapp.packets.models import Exhibit, Packet
from tests.cases.making import make_document
from tests.packets.making import REQUESTED_AT

SECRET = DocumentDetails(title="Declaration of Consuelo Confidencial", kind="declaration", author="C. Confidencial")


def test_nothing_of_a_document_but_its_id_goes_on_record_or_to_the_workers(
    case, caseworker, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr(read_document, "delay", lambda *args: sent.append(args))
    with django_capture_on_commit_callbacks(execute=True):
        document = add_document(
            by=caseworker, case=case, details=SECRET, original=[b"x"], name="../Confidencial.txt", now=REQUESTED_AT
        )
    assert sent == [(str(document.pk),)]
    assert document.original_name == "Confidencial.txt"
    change_document(by=caseworker, document=document, details=DocumentDetails(title="Confidencial"), version=1)
    read_document(str(document.pk))
    release_document(by=caseworker, document=document).close()
    remove_document(by=caseworker, document=document)
    events = Event.objects.filter(subject_type="document").order_by("pk")
    assert [event.action for event in events] == [
        "case.document_added", "case.document_changed", "case.document_downloaded", "case.document_removed",
    ]  # fmt: skip
    assert not any("onfidencial" in f"{event.subject_label} {event.detail}" for event in events)
    assert events[1].detail == {"fields": ["title", "kind", "author"]}


def test_details_that_no_document_may_have_are_refused(case, caseworker):
    with pytest.raises(ValidationError):
        add_document(
            by=caseworker,
            case=case,
            details=DocumentDetails(title="a\nb", dated_on="2019-02-30"),
            original=[b"x"],
            name="x.txt",
            now=REQUESTED_AT,
        )
    assert not Document.objects.exists()


def test_a_stale_change_overwrites_nothing(case, caseworker, lawyer):
    document = make_document(case)
    change_document(by=lawyer, document=document, details=DocumentDetails(title="Theirs"), version=1)
    with pytest.raises(DocumentChangedMeanwhile) as caught:
        change_document(by=caseworker, document=document, details=DocumentDetails(title="Mine"), version=1)
    assert (caught.value.standing.title, caught.value.standing.version) == ("Theirs", 2)


def test_only_what_asks_can_be_answered_and_only_what_was_refused_read_again(case, caseworker):
    document = make_document(case)
    with pytest.raises(NothingToDecide):
        answer_document(by=caseworker, document=document, codes=["damaged"], now=timezone.now())
    with pytest.raises(NothingToDecide):
        retry_document(by=caseworker, document=document, now=timezone.now())
    document.refresh_from_db()
    assert (document.status, document.answers) == (DocumentStatus.READY, {})


def test_documents_are_put_in_order_from_the_list_that_was_seen(case, caseworker):
    first, second = make_document(case), make_document(case, title="Passport")
    assert (first.position, second.position) == (1, 2)
    move_document(by=caseworker, case=case, seen=[first.pk, second.pk], order=[second.pk, first.pk])
    assert list(case.documents.values_list("title", flat=True)) == ["Passport", "Declaration"]
    with pytest.raises(OrderOutOfDate):
        move_document(by=caseworker, case=case, seen=[first.pk, second.pk], order=[first.pk, second.pk])


def test_a_document_in_use_is_not_removed(case, caseworker):
    document = make_document(case)
    exhibit = Exhibit.objects.create(
        packet=Packet.objects.create(case=case, title="P", forum="generic"), document=document, position=1
    )
    with pytest.raises(DocumentInUse, match="an exhibit of a packet"):
        remove_document(by=caseworker, document=document)
    exhibit.delete()
    Statement.objects.create(case=case, document=document, position=1, text="He left.")
    with pytest.raises(DocumentInUse, match="Statements of the case"):
        remove_document(by=caseworker, document=document)
    assert Document.objects.filter(pk=document.pk).exists()


def test_a_page_is_drawn_once(case, monkeypatch):
    document = make_document(case)
    picture = picture_of_page(document, 1)
    assert picture.startswith(b"\x89PNG")
    monkeypatch.setattr("caseapp.cases.drawing.page_picture", lambda *_a, **_k: pytest.fail("drawn twice"))
    assert picture_of_page(document, 1) == picture


def test_what_is_removed_while_its_page_is_drawn_leaves_no_picture(case, caseworker, monkeypatch):
    document = make_document(case)
    kept = set(files_of(case.pk).every_name())

    def draw(*_arguments, **_values) -> bytes:
        remove_document(by=caseworker, document=document)
        return b"a picture"

    monkeypatch.setattr("caseapp.cases.drawing.page_picture", draw)
    assert picture_of_page(document, 1) == b"a picture"
    assert set(files_of(case.pk).every_name()) == kept
    assert not DocumentPicture.objects.exists()
