"""Q: nobody takes the readers, the workers or the disk from everybody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from caseapp.cases.models import Document
from caseapp.cases.services import documents
from caseapp.cases.services.documents import CaseIsFull
from caseapp.packets.models import Build
from caseapp.packets.services.builds import TooManyBuilds, request_build
from tests.cases.making import make_document
from tests.packets.making import make_build


def test_q1_whoever_sends_files_too_often_is_told_to_wait(packet, caseworker, as_person, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"uploads": "2/m/user"}
    client, url = as_person(caseworker), reverse("document_add", args=[packet.case_id])
    sent = [client.post(url, {"kind": "other", "language": "en", "files_chosen": _file()}) for _each in range(3)]
    assert [answer.status_code for answer in sent] == [302, 302, 429]
    assert "Nothing of this was taken in." in sent[-1].content.decode()
    assert (Document.objects.count(), client.get(url).status_code) == (2, 200)


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.txt", b"I left in spring.")


def test_q1_three_packets_of_a_case_are_built_at_once(packet, lawyer, as_person):
    for _each in range(3):
        other = packet.__class__.objects.create(case=packet.case, title="Another", forum="generic")
        make_build(packet=other)
    with pytest.raises(TooManyBuilds):
        request_build(by=lawyer, packet=packet, now=timezone.now())
    answer = as_person(lawyer).post(reverse("build_request", args=[packet.pk]), follow=True)
    assert "Three packets of this case are being built." in answer.content.decode()
    assert not Build.objects.filter(packet=packet).exists()


def test_q1_a_case_holds_two_gigabytes(packet, monkeypatch):
    assert documents.MOST_BYTES_OF_CASE == 2 * 1024**3
    monkeypatch.setattr(documents, "MOST_BYTES_OF_CASE", 10)
    make_document(packet.case)
    with pytest.raises(CaseIsFull):
        make_document(packet.case)
    assert Document.objects.count() == 1
