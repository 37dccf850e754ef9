"""Newer files for a paper of the client's."""

import pytest
from django.db import IntegrityError, transaction

from caseapp.audit.models import Event
from caseapp.cases.models import Case, Document, DocumentStatus
from caseapp.cases.queries import documents_in_order
from caseapp.cases.reading import read_document
from caseapp.cases.services.documents import (
    DocumentDetails,
    PaperOfAnotherCase,
    add_read_document,
    change_document,
    move_document,
    remove_document,
)
from caseapp.cases.services.versions import NewerFileWaits, NotReadyItself, ReplacedAlready, SameFileAgain, bring_newer
from caseapp.cases.versions import newest_of, versions_of
from caseapp.core.storage import Blob
from tests.cases.making import make_document, photograph
from tests.packets.making import REQUESTED_AT

pytestmark = pytest.mark.usefixtures("files_read_once")


def brought(document: Document, data: bytes = b"I left in summer.", *, name: str = "newer.txt", by=None) -> Document:
    """A newer file that a worker has read already."""
    now = REQUESTED_AT
    newer = bring_newer(by=by, document=document, original=[data], name=name, now=now, hand_over=False)
    read_document(newer.pk)
    newer.refresh_from_db()
    return newer


def test_a_newer_file_takes_the_place_only_when_it_is_ready(case, caseworker):
    paper = make_document(case, title="Declaration of Consuelo Confidencial", author="C.")
    now = REQUESTED_AT
    newer = bring_newer(by=caseworker, document=paper, original=[b"New."], name="n.txt", now=now, hand_over=False)
    assert (newer.title, newer.kind, newer.author, newer.position) == (paper.title, paper.kind, "C.", paper.position)
    (listed,) = documents_in_order(case)
    assert (listed, listed.arriving) == (paper, newer)
    read_document(newer.pk)
    assert list(documents_in_order(case)) == [newer]
    assert newest_of(paper) == newer
    assert versions_of(paper) == versions_of(newer) == [newer, paper]
    event = Event.objects.get(action="case.document_renewed")
    assert (event.subject_id, event.subject_label) == (str(paper.pk), "")
    assert "onfidencial" not in str(event.detail)


def test_a_newer_file_that_cannot_be_used_or_asks_leaves_the_old_one_in_use(case, caseworker):
    paper = make_document(case)
    refused = brought(paper, b"MZ", name="x.exe")
    assert (refused.status, bool(refused.failure)) == (DocumentStatus.REFUSED, True)
    assert [(row, row.arriving) for row in documents_in_order(case)] == [(paper, refused)]
    with pytest.raises(NewerFileWaits):
        brought(paper)
    with pytest.raises(NotReadyItself):
        brought(refused)
    remove_document(by=caseworker, document=refused)
    asking = brought(paper, photograph(frames=2), name="scar.png")
    assert asking.status == DocumentStatus.ASKING
    assert newest_of(asking) == newest_of(paper) == paper


def test_only_another_file_and_only_for_the_newest_version(case):
    paper = make_document(case)
    with pytest.raises(SameFileAgain):
        brought(paper, b"I left in spring.")
    brought(paper)
    with pytest.raises(ReplacedAlready):
        brought(paper, b"Another.")


def test_what_is_said_of_the_paper_meanwhile_holds_for_the_file_that_arrives(case, caseworker):
    paper = make_document(case)
    asking = brought(paper, photograph(frames=2), name="scar.png")
    details = DocumentDetails(title="Declaration", kind="declaration", is_confidential=True)
    change_document(by=caseworker, document=paper, details=details, version=1)
    asking.refresh_from_db()
    assert (asking.is_confidential, asking.version) == (True, 2)


def test_versions_move_together(case, caseworker):
    paper, other = make_document(case), make_document(case, b"A passport.", title="Passport")
    newer = brought(paper)
    move_document(by=caseworker, case=case, seen=[newer.pk, other.pk], order=[other.pk, newer.pk])
    assert list(documents_in_order(case)) == [other, newer]
    assert set(case.documents.filter(position=2)) == {paper, newer}


def test_the_others_stay_where_one_version_is_removed(case, caseworker):
    first = make_document(case)
    second = brought(first)
    third = brought(second, b"I left in autumn.")
    remove_document(by=caseworker, document=second)
    assert versions_of(first) == [third, first]
    remove_document(by=caseworker, document=third)
    assert list(documents_in_order(case)) == versions_of(first) == [first]


def test_the_database_keeps_versions_in_one_line(case):
    paper = make_document(case)
    brought(paper)
    other = make_document(case, b"A passport.")
    for replaced in (paper, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.objects.filter(pk=other.pk).update(replaces=replaced)


def test_no_paper_replaces_that_of_another_client(case):
    theirs = make_document(Case.objects.create(reference="SV-9", client_name="N.", country="SV", forum="generic"))
    with pytest.raises(PaperOfAnotherCase):
        add_read_document(
            by=None,
            case=case,
            details=DocumentDetails(title="Declaration"),
            blob=Blob("0" * 64, 1),
            name="x.txt",
            now=REQUESTED_AT,
            found={},
            replaces=theirs,
        )
