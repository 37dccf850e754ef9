"""What the exhibits themselves may lack, repeat or exceed."""

import json

import pytest

from caseapp.cases.files import files_of
from caseapp.cases.models import Document
from caseapp.packets.models import Build, BuildPart, Exhibit
from caseapp.packets.readiness import Severity
from caseapp.packets.services.packets import add_exhibit
from tests.packets.making import add_article
from tests.packets.readiness.looking import add_document, before, file, found, notable, only
from tests.packets.readiness.test_findings import built

BLOCK, WARN, INFO = Severity
STORY = "On {day} three officers were found beside the road with their hands tied, and the ministry said nothing. " * 4


def test_a_document_without_pages_cannot_be_filed(whole):
    document = add_document(whole, "Scan", status="reading", clean_sha256="", pages=0, words_sha256="")
    finding = only(whole)
    assert (finding.rule, finding.severity, finding.can_be_waived) == ("packet.document-not-ready", BLOCK, False)
    assert finding.sentence == "Tab C, “Scan”: the document has no pages to file yet."
    assert finding.url == document.get_absolute_url()


@pytest.mark.parametrize(("pages", "is_found"), [("1-2", False), ("2", False), ("2-3", True), ("0", True), ("x", True)])
def test_chosen_pages_are_there(whole, pages, is_found):
    add_document(whole, "Scan")
    Exhibit.objects.filter(document__isnull=False).update(include="pages", pages_shown=pages)
    assert found(whole, "pages-not-there") == ([(BLOCK, "")] if is_found else [])


def test_a_passage_of_a_pdf_lies_nowhere_outside(whole):
    capture = whole.exhibits.get(position=2).capture
    type(capture).objects.filter(pk=capture.pk).update(article_end=3, clean_sha256="a" * 64, pages=[[0, 1, ""]])
    assert found(whole, "quote-outside-article") == []


def test_the_very_same_file_is_found_whatever_it_is_called(whole):
    original = whole.exhibits.get(position=1).capture.original_sha256
    add_document(whole, "A copy", original_sha256=original)
    finding = next(one for one in notable(whole) if one.rule == "packet.filed-twice")
    assert finding.sentence == "Tab C, “A copy”, is the very file that Tab A is."


@pytest.mark.parametrize(
    ("key", "expected"),
    [("ca_rpd", (WARN, "ca_rpd.duplicates")), ("uk_ftt", (WARN, "uk_ftt.duplicates")), ("generic", (INFO, ""))],
)  # fmt: skip
def test_what_repeats_another_exhibit_for_the_most_part_is_found(whole, lawyer, key, expected):
    first = "".join(STORY.format(day=f"day {number}") for number in range(40))
    for title, text in (("Agency", first), ("Daily", f"By our own reporter. {first[: len(first) * 3 // 4]}")):
        source = add_article(title, text, published_on="2020", url=f"https://example.org/{title}")
        add_exhibit(by=lawyer, packet=whole, capture=source.capture)
    packet = before(key, whole)
    assert found(packet, "nearly-the-same") == [expected]
    assert found(packet, "filed-twice") == []


def test_what_is_known_of_the_country_has_to_be_filed_too(whole):
    packet = before("eoir", whole)
    add_document(packet, "Birth certificate")
    assert found(packet, "no-background") == []
    Exhibit.objects.filter(capture__isnull=False).delete()
    assert found(packet, "no-background") == [(WARN, "eoir.background")]
    assert found(before("uscis", packet), "no-background") == []


def test_the_clients_papers_and_the_country_evidence_stand_apart(whole):
    packet = before("uk_ftt", whole)
    add_document(packet, "Birth certificate")
    assert found(packet, "mixed-sections") == []
    Exhibit.objects.filter(document__isnull=False).update(position=1)
    Exhibit.objects.filter(capture__isnull=False, position=1).update(position=0)
    assert found(packet, "mixed-sections") == [(WARN, "uk_ftt.sections")]
    assert found(before("generic", packet), "mixed-sections") == []


@pytest.mark.parametrize(
    ("kind", "pages", "is_found"), [("expert", 20, False), ("expert", 21, True), ("medical", 99, False)]
)
def test_an_experts_report_has_a_number_of_pages(whole, kind, pages, is_found):
    packet = before("uk_ftt", whole)
    add_document(packet, "Opinion", kind=kind, pages=pages)
    assert found(packet, "document-length") == ([(WARN, "uk_ftt.page-limits")] if is_found else [])


def test_the_clients_own_papers_are_no_country_evidence(whole):
    packet = before("ca_rpd", whole)
    built(packet, pages=(60, 60))
    add_document(packet, "Medical file")
    BuildPart.objects.filter(name="exhibit-e2").update(title="Document 2: Medical file")
    assert found(packet, "country-pages") == []
    translation = BuildPart.objects.get(name="exhibit-e1")
    translation.pk, translation.name, translation.title = None, "translation-e2", "Document 2: translation"
    translation.save()
    assert found(packet, "country-pages") == []
    translation.pk, translation.name = None, "translation-e1"
    translation.save()
    assert found(packet, "country-pages") == [(BLOCK, "ca_rpd.country-pages")]


@pytest.mark.parametrize(
    ("key", "pages", "expected"),
    [
        ("uk_ftt", 12, []),
        ("uk_ftt", 13, [(BLOCK, "uk_ftt.schedule-length")]),
        ("uk_ut", 13, [(WARN, "uk_ut.bundle-content")]),
        ("eoir", 13, []),
    ],
)
def test_the_schedule_has_a_number_of_pages(whole, key, pages, expected):
    packet = before(key, whole)
    built(packet)
    assert found(packet, "schedule-length") == []
    parts = [{"name": "index", "pages": 40}, {"name": "schedule", "pages": pages}]
    told = files_of(packet.case_id).put_bytes(json.dumps({"parts": parts}).encode())
    Build.objects.update(published_sha256=told.sha256)
    assert found(packet, "schedule-length") == expected
    assert found(file(packet, longer_schedule_permitted=True), "schedule-length") == []


@pytest.mark.parametrize(
    ("key", "scanned", "expected"),
    [
        ("eoir", [299, 600], [(WARN, "eoir.file-format")]),
        ("eoir", [300, 600], []),
        ("uk_ftt", [72, 300], []),
        ("uk_ftt", [72, 301], [(WARN, "uk_ftt.electronic-bundle")]),
        ("uk_ut", [72, 301], [(WARN, "uk_ut.bundle-content")]),
        ("ca_rpd", [72, 1200], []),
        ("eoir", [], []),
    ],
)
def test_scans_are_as_fine_as_the_forum_wants_them(whole, key, scanned, expected):
    packet = before(key, whole)
    built(packet)
    BuildPart.objects.filter(name="exhibit-e1").update(layout={"pages": 1, "scans": scanned})
    assert found(packet, "scans") == expected


def test_a_file_number_goes_into_names_only_where_somebody_says_so(whole):
    packet = before("ca_rpd", whole)
    assert found(packet, "file-names") == [(INFO, "ca_rpd.file-name")]
    assert found(file(packet, puts_file_number_in_names=True), "file-names") == []
    assert found(before("ca_rpd", packet, file_number=""), "file-names") == [(WARN, "ca_rpd.file-name")]


def test_an_empty_text_repeats_nothing(whole):
    for title in ("Photograph 1", "Photograph 2"):
        add_document(whole, title, text="")
    assert Document.objects.count() == 2
    assert notable(whole) == []
