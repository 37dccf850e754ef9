"""Packets that file a client's paper of which there is a newer version."""

import io
import zipfile

import pytest
from django.urls import reverse

from caseapp.accounts.models import User
from caseapp.cases.models import Case, Document
from caseapp.cases.reading import read_document
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.cases.services.versions import bring_newer
from caseapp.cases.versions import versions_of
from caseapp.packets.freezing import freeze
from caseapp.packets.models import Exhibit, Include, IndexStyle, Packet
from caseapp.packets.readiness import findings
from caseapp.packets.services.disclosing import hand_out_all
from caseapp.packets.services.erasure import erase_case
from caseapp.packets.services.exporting import export_case
from caseapp.packets.services.importing import import_case
from caseapp.packets.services.packets import PagesNotInNewest, file_newest
from tests.cases.making import make_document
from tests.packets.making import REQUESTED_AT, make_filing


@pytest.fixture
def packet(caseworker, lawyer) -> Packet:
    packet = make_filing(team=[caseworker, lawyer])
    packet.index_style = IndexStyle.STATEMENT
    packet.save()
    return packet


@pytest.fixture
def exhibit(packet) -> Exhibit:
    """It files the first of two versions of a declaration, of which a statement names the first page."""
    paper = make_document(packet.case, b"Spring.\n" * 200)
    (statement,) = add_statements(by=None, case=packet.case, statements=[StatementDetails("I left in spring.")])
    set_bearings(by=None, statement=statement, bearings=[Bears(paper, "supports", True, "1")], version=1)
    exhibit = packet.exhibits.create(document=paper, position=9, include=Include.PAGES, pages_shown=f"1, {paper.pages}")
    newer = bring_newer(
        by=None, document=paper, original=[b"Summer."], name="newer.txt", now=REQUESTED_AT, hand_over=False
    )
    read_document(newer.pk)
    return exhibit


def rules(packet: Packet) -> set[str]:
    return {finding.rule for finding in findings(packet)}


def bearings(packet: Packet) -> list[tuple[str, str]]:
    manifest = freeze(packet)
    filed = {exhibit.key for exhibit in manifest.exhibits if exhibit.section == "client"}
    return [(row.pages, row.relation) for row in manifest.statements[0].bearings if row.key in filed]


def test_the_exhibit_stays_until_somebody_files_the_newest(exhibit, packet, lawyer):
    older = exhibit.document
    assert "packet.newer-document" in rules(packet)
    assert "packet.pages-of-another-version" not in rules(packet)
    with pytest.raises(PagesNotInNewest, match="has the pages 1 to 1"):
        file_newest(by=lawyer, exhibit=exhibit)
    Exhibit.objects.filter(pk=exhibit.pk).update(pages_shown="1")
    renewed = file_newest(by=lawyer, exhibit=exhibit)
    assert (renewed.document, renewed.include, renewed.pages_shown) == (versions_of(older)[0], Include.PAGES, "1")
    assert "packet.newer-document" not in rules(packet)
    assert "packet.pages-of-another-version" in rules(packet)
    assert bearings(packet) == [("1", "supports")]


def test_a_person_is_asked_about_the_pages_and_files_the_newest_with_one_click(client, exhibit, packet, lawyer):
    client.force_login(lawyer)
    answer = client.post(reverse("exhibit_renew", args=[exhibit.pk]), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("exhibit_edit", args=[exhibit.pk])
    assert "Choose here what is shown" in answer.content.decode()
    Exhibit.objects.filter(pk=exhibit.pk).update(pages_shown="1")
    answer = client.post(reverse("exhibit_renew", args=[exhibit.pk]), follow=True)
    assert "is filed in its newest version" in answer.content.decode()
    statement = packet.case.statements.get()
    page = client.get(reverse("statement_bearings", args=[statement.pk])).content.decode()
    assert "Said of an older version" in page


def test_all_versions_go_with_the_case_and_with_its_archive(exhibit, packet, lawyer, tmp_path):
    case, papers = packet.case, versions_of(exhibit.document)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(hand_out_all(by=lawyer, case=case))))
    held = {archive.read(name) for name in archive.namelist()}
    assert {b"Summer.", b"Spring.\n" * 200} <= held
    export_case(by=lawyer, case=case, packet=packet, folder=tmp_path / "folder")
    case.reference = "SV-OLD"
    case.save()
    imported = import_case(folder=tmp_path / "folder", by=lawyer, team=[lawyer], now=REQUESTED_AT)
    newer, older = versions_of(imported.packet.exhibits.get(document__isnull=False).document)
    assert [newer.original_sha256, older.original_sha256] == [paper.original_sha256 for paper in papers]
    assert newer.replaces == older


def test_all_versions_are_erased(exhibit, packet, lawyer):
    erase_case(by=lawyer, case=packet.case, reference=packet.case.reference)
    assert not Document.objects.exists()
    assert not Case.objects.exists()


def test_the_page_offers_a_newer_file_and_lists_the_versions(client, exhibit, lawyer: User):
    client.force_login(lawyer)
    older = exhibit.document
    page = client.get(older.get_absolute_url()).content.decode()
    assert "A newer version took the place of this one." in page
    assert reverse("document_renew", args=[older.pk]) not in page
    newer = versions_of(older)[0]
    page = client.get(newer.get_absolute_url()).content.decode()
    assert reverse("document_renew", args=[newer.pk]) in page
    assert page.count("Download the original") == 3
    assert "An older version is filed in" in page
    answer = client.post(reverse("document_renew", args=[newer.pk]))
    assert (answer.status_code, "Choose the newer file." in answer.content.decode()) == (422, True)
