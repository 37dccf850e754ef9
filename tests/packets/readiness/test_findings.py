"""What a packet still lacks."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseapp.cases.models import Case, CaseEvidence
from caseapp.cases.services.evidence import add_evidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.forums import FORUMS
from caseapp.library.models import Capture, Excerpt, Origin, Source, Theme
from caseapp.packets.models import Build, BuildPart, Packet, Volume
from caseapp.packets.readiness import Severity, blocks
from caseapp.packets.services.packets import add_exhibit, remove_exhibit
from tests.library.reporting import doubted
from tests.packets.making import add_article, mark
from tests.packets.readiness.looking import REMINDERS, before, exhibit_titled, file, findings, notable, only


def test_a_whole_packet_has_nothing_to_look_at(whole):
    assert findings(whole) == ()


def test_a_whole_packet_at_court_has_nothing_to_look_at(at_court):
    assert notable(at_court) == []


def test_without_exhibits_nothing_can_be_built(whole, lawyer):
    for exhibit in whole.exhibits.all():
        remove_exhibit(by=lawyer, exhibit=exhibit)
    first = findings(whole)[0]
    assert (first.rule, first.severity, first.sentence) == (
        "packet.no-exhibits", Severity.BLOCK, "The packet has no exhibits yet.",
    )  # fmt: skip
    assert first.url == reverse("exhibit_add", args=[whole.pk])
    assert [finding.rule for finding in blocks(findings(whole))] == ["packet.no-exhibits"]


def test_evidence_of_a_source_that_is_no_exhibit(whole, lawyer):
    remove_exhibit(by=lawyer, exhibit=exhibit_titled(whole, "law"))
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.source-not-filed", Severity.WARN)
    assert finding.sentence == (
        "2 passages of “A law that was never passed” will not be in the packet: the source is not an exhibit."
    )
    assert blocks(findings(whole)) == ()


def test_an_exhibit_without_a_highlighted_passage(whole, lawyer):
    source = add_article("Annual report", "Words.", published_on="2020", url="https://example.org/b")
    add_exhibit(by=lawyer, packet=whole, capture=source.capture)
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.nothing-highlighted", Severity.WARN)
    assert finding.sentence == "Tab C, “Annual report”: no passage is highlighted, so the index will not mention it."
    assert finding.url == reverse("evidence_add", args=[whole.case_id]) + f"?source={source.pk}"


def test_a_passage_outside_the_article_blocks(whole):
    capture = exhibit_titled(whole, "law").capture
    Capture.objects.filter(pk=capture.pk).update(article_end=len("The bill to protect officers lapsed again."))
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.quote-outside-article", Severity.BLOCK)
    assert finding.sentence == (
        "Tab B: a passage lies in the part of the source that was trimmed away: “Weapons stay in the barracks.”."
    )
    assert finding.url == reverse("source_trim", args=[capture.source_id])


def test_an_article_that_begins_with_its_passage_is_whole(whole):
    capture = exhibit_titled(whole, "law").capture
    assert capture.text.startswith("The bill to protect officers lapsed again.")
    Capture.objects.filter(pk=capture.pk).update(article_end=len(capture.text))
    assert findings(whole) == ()


def test_a_quote_that_its_source_no_longer_says_blocks(whole):
    excerpt = Excerpt.objects.get(quote="Čačak")
    Excerpt.objects.filter(pk=excerpt.pk).update(start=excerpt.start + 1, end=excerpt.end + 1)
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.quote-altered", Severity.BLOCK)
    assert finding.sentence == "Tab A: the source no longer says what an excerpt quotes: “Čačak”."
    assert finding.url == excerpt.get_absolute_url()


def test_quotes_are_compared_by_code_points(whole, lawyer):
    source = add_article("Signs", "🕊 Paz… 🕊 “sí”\n\nŻółw", published_on="2020", url="https://example.org/c")
    add_exhibit(by=lawyer, packet=whole, capture=source.capture)
    add_evidence(by=lawyer, case=whole.case, excerpts=[mark(source, "🕊 “sí”\n\nŻółw", "weapon-rules")])
    assert findings(whole) == ()


def test_a_passage_without_a_theme(whole):
    Excerpt.objects.get(quote="Čačak").themes.clear()
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.no-theme", Severity.WARN)
    assert finding.sentence == "Tab A: a passage has no theme, so it stands apart in the index: “Čačak”."


def test_passages_that_cut_against_us_are_counted_so_that_somebody_decides(whole):
    Excerpt.objects.filter(quote__contains="barracks").update(is_adverse=True)
    CaseEvidence.objects.filter(excerpt__quote__contains="barracks").update(answer="It was one barracks.")
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.adverse-passages", Severity.INFO)
    assert finding.sentence == (
        "1 passage that cuts against us will be quoted and highlighted like all others. The mark itself is not printed."
    )


def test_a_passage_that_cuts_against_us_should_not_stand_unanswered(whole):
    Excerpt.objects.filter(quote__contains="barracks").update(is_adverse=True, answer="A note in the library.")
    (finding,) = (found for found in findings(whole) if found.rule == "packet.adverse-unanswered")
    assert finding.severity == Severity.INFO
    assert "nobody wrote what this case says to it" in finding.sentence
    evidence = CaseEvidence.objects.get(excerpt__quote__contains="barracks")
    assert finding.url == reverse("evidence_why", args=[evidence.case_id, evidence.pk])


def test_what_a_case_says_to_a_passage_that_cuts_against_it_is_an_answer(whole, lawyer):
    Excerpt.objects.filter(quote__contains="barracks").update(is_adverse=True)
    item = CaseEvidence.objects.get(excerpt__quote__contains="barracks")
    (said,) = add_statements(by=lawyer, case=whole.case, statements=[StatementDetails("No barracks took me in.")])
    against = Bears(item, "contradicts", False, answer="It was one barracks.")
    set_bearings(by=lawyer, statement=said, bearings=[against], version=1)
    assert "packet.adverse-unanswered" not in [finding.rule for finding in findings(whole)]


def test_the_cover_of_a_court_asks_for_its_fields_with_their_rule(at_court):
    Case.objects.update(file_number="", hearing_on=None)
    packet = Packet.objects.get()
    finding = only(packet)
    assert (finding.rule, finding.severity, finding.sentence) == (
        "packet.cover-fields",
        Severity.BLOCK,
        "The cover page lacks: A-number, Next hearing.",
    )
    assert finding.url == reverse("case_edit", args=[packet.case_id])
    assert (finding.basis.id, finding.basis.grade) == ("eoir.cover", "S")


def test_a_foreign_language_needs_a_translation_at_court(at_court):
    Source.objects.filter(title__contains="law").update(language="es-SV")
    finding = only(at_court)
    assert (finding.rule, finding.severity) == ("packet.translation", Severity.BLOCK)
    assert finding.sentence == (
        "Tab B, “A law that was never passed”, is not in English: a certified translation has to go with it."
    )
    assert (finding.basis.citation, finding.basis.grade) == ("8 CFR 1003.33", "P")


def test_a_foreign_language_is_worth_knowing_elsewhere(whole):
    Source.objects.filter(title__contains="law").update(language="es")
    assert (only(whole).severity, only(whole).basis) == (Severity.INFO, None)


def test_a_source_that_does_not_say_where_it_comes_from(at_court):
    Source.objects.filter(title__contains="law").update(publisher="", url="")
    finding = only(at_court)
    assert (finding.rule, finding.severity) == ("packet.source-details", Severity.WARN)
    assert finding.sentence == "Tab B, “A law that was never passed”, does not say: publisher, address."
    assert (finding.basis.id, finding.basis.grade) == ("eoir.source-materials", "U")


def test_what_was_found_in_a_file_is_confirmed_by_somebody(at_court):
    Source.objects.filter(title__contains="law").update(guessed=["publisher", "published_on"])
    finding = only(at_court)
    assert (finding.rule, finding.severity, finding.basis) == ("packet.source-guessed", Severity.INFO, None)
    assert finding.sentence == (
        "Tab B, “A law that was never passed”: nobody has confirmed what was found in the file: publisher, published."
    )


@pytest.mark.parametrize("key", FORUMS)
def test_a_whole_packet_needs_no_look_before_any_forum_but_at_its_reminders(whole, key):
    found = findings(before(key, whole))
    assert {finding.severity for finding in found} <= {Severity.INFO}
    reminders = {
        "eoir": {"packet.service-electronic"},
        "ca_rpd": {"packet.other-party", "packet.national-package", "packet.file-names"},
    }
    assert {finding.rule for finding in found} == reminders.get(key, set())
    assert set().union(*reminders.values()) <= REMINDERS


def test_new_evidence_on_appeal_is_explained(whole):
    finding = only(file(before("bia", whole), remand_reason=""))
    assert finding.sentence == (
        "The Board finds no new facts. Say in the filing what it is for, and why it was not offered below."
    )
    assert (finding.basis.id, finding.basis.grade) == ("bia.new-evidence", "P")
    assert (finding.severity, finding.url) == (Severity.WARN, reverse("filing_edit", args=[whole.pk]))


def test_an_empty_packet_needs_no_reminder(whole, lawyer):
    packet = file(before("uscis", whole), channel="paper")
    assert only(packet).rule == "packet.paper-filing"
    for exhibit in packet.exhibits.all():
        remove_exhibit(by=lawyer, exhibit=exhibit)
    assert "packet.paper-filing" not in {finding.rule for finding in findings(packet)}


@pytest.mark.parametrize(("key", "asks"), [("uscis", True), ("ca_rpd", True), ("bia", False), ("uk_ftt", False)])
def test_a_forum_that_counts_from_the_hearing_asks_for_its_date(whole, key, asks):
    found = [finding for finding in notable(before(key, whole, hearing_on=None)) if finding.severity < Severity.INFO]
    assert [(finding.rule, finding.basis.id) for finding in found] == (
        [("packet.hearing-date", f"{key}.deadline")] if asks else []
    )


@pytest.mark.parametrize(
    ("key", "language", "severity", "words"),
    [
        ("bia", "es", Severity.BLOCK, "is not in English: a certified translation has to go with it."),
        ("uscis", "fr", Severity.BLOCK, "is not in English: a certified translation has to go with it."),
        ("uk_ftt", "es", Severity.WARN, "is not in English: a certified translation has to go with it."),
        ("uk_ut", "es", Severity.WARN, "is not in English: a certified translation has to go with it."),
        (
            "ca_rpd",
            "es",
            Severity.WARN,
            "is in neither English nor French: a translation and its translator’s declaration have to go with it.",
        ),
        ("ca_rpd", "fr-CA", None, ""),
    ],
)
def test_a_translation_is_asked_for_in_each_forums_words(whole, key, language, severity, words):
    Source.objects.filter(title__contains="law").update(language=language)
    found = [finding for finding in findings(before(key, whole)) if finding.rule == "packet.translation"]
    said = f"{TAB_B[key]}, “A law that was never passed”, {words}"
    assert [(finding.severity, finding.sentence) for finding in found] == (
        [] if severity is None else [(severity, said)]
    )


TAB_B = {"bia": "Tab B", "uscis": "Exhibit B", "uk_ftt": "Item 2", "uk_ut": "Item 2", "ca_rpd": "Document 2"}


def test_an_extract_without_a_link_is_found_once_where_a_schedule_is_due(whole):
    Source.objects.filter(title__contains="law").update(url="")
    finding = only(before("uk_ftt", whole))
    assert (finding.rule, finding.severity) == ("packet.no-link", Severity.BLOCK)
    assert finding.sentence == (
        "Item 2, “A law that was never passed”, is quoted, but has no address for the link that belongs with each "
        "extract."
    )
    assert (finding.basis.id, finding.basis.grade) == ("uk_ftt.schedule", "S")


def test_an_extract_without_an_issue_rests_on_the_same_rule(whole):
    Excerpt.objects.get(quote="Čačak").themes.clear()
    finding = only(before("uk_ftt", whole))
    assert (finding.rule, finding.basis.id) == ("packet.no-theme", "uk_ftt.schedule")


@pytest.mark.parametrize(
    ("url", "is_weak"),
    [
        ("https://en.wikipedia.org/wiki/A", True),
        ("https://wikipedia.org/wiki/A", True),
        ("https://notwikipedia.org/", False),
        ("https://example.org/wikipedia.org", False),
        ("https://[", False),
    ],
)
def test_a_site_that_anybody_can_edit_has_little_weight_at_court(at_court, url, is_weak):
    Source.objects.filter(title__contains="law").update(url=url)
    found = notable(at_court)
    assert [(finding.rule, finding.basis.id) for finding in found] == (
        [("packet.weak-source", "eoir.weak-sources")] if is_weak else []
    )


def test_the_same_words_twice_are_found(whole, lawyer):
    text = exhibit_titled(whole, "law").capture.text
    other_bytes = text.replace("\n", "\r\n")
    source = add_article("The same law", other_bytes, published_on="2020", url="https://example.org/d")
    add_exhibit(by=lawyer, packet=whole, capture=source.capture)
    add_evidence(by=lawyer, case=whole.case, excerpts=[mark(source, "Weapons", "weapon-rules")])
    finding = only(before("ca_rpd", whole))
    assert finding.sentence == "Document 3, “The same law”, says word for word what Document 2 says."
    assert (finding.rule, finding.severity, finding.basis.id) == (
        "packet.filed-twice", Severity.WARN, "ca_rpd.duplicates",
    )  # fmt: skip


def built(packet: Packet, *, pages: tuple[int, ...] = (1,), size: int = 1000, number: int = 1, status="ready"):
    """A build that finished with exhibits of so many pages, and a file of this size."""
    now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    build = Build.objects.create(
        packet=packet, number=number, status=status, manifest_sha256="0" * 64, finished_at=now,
        published_sha256="0" * 64, failure="x",
    )  # fmt: skip
    parts = [("cover", 900), *((f"exhibit-e{place}", count) for place, count in enumerate(pages, start=1))]
    for position, (name, count) in enumerate(parts):
        BuildPart.objects.create(build=build, position=position, name=name, title=name, layout={"pages": count})
    Volume.objects.create(build=build, file_name="a.pdf", sha256="0" * 64, size=size, pages=sum(pages))


@pytest.mark.parametrize(
    ("pages", "severity"),
    [
        ((40, 49), None),
        ((40, 50), Severity.WARN),
        ((50, 50), Severity.WARN),
        ((50, 51), Severity.BLOCK),
        ((400,), Severity.BLOCK),
        ((), None),
    ],
)
def test_many_pages_of_country_evidence_need_an_application(whole, pages, severity):
    packet = before("ca_rpd", whole)
    built(packet, pages=pages, number=3)
    found = notable(packet)
    assert [(finding.rule, finding.severity) for finding in found] == (
        [("packet.country-pages", severity)] if severity is not None else []
    )
    if found:
        assert found[0].sentence == (
            f"The country evidence of build 3 has {sum(pages)} pages; more than 100 need an application."
        )
        assert found[0].basis.grade == "P"
    assert notable(file(packet, application_attached=True)) == []


def test_pages_are_those_of_the_last_build_that_finished(whole):
    packet = before("ca_rpd", whole)
    built(packet, pages=(400,), number=1)
    built(packet, pages=(20,), number=2)
    built(packet, pages=(400,), number=3, status="failed")
    assert notable(packet) == []


@pytest.mark.parametrize(
    ("key", "size", "sentence"),
    [
        ("eoir", 25_000_000, ""),
        ("eoir", 25_000_001, "A file of build 1 weighs 25.1 MB; the forum takes 25 MB at most."),
        ("uscis", 13_000_000, "A file of build 1 weighs 13 MB; the forum takes 12 MB at most."),
        ("uk_ut", 50_500_000, "A file of build 1 weighs 50.5 MB; the forum takes 50 MB at most."),
        ("ca_rpd", 90_000_000, ""),
    ],
)
def test_a_file_heavier_than_its_forum_takes(whole, key, size, sentence):
    packet = before(key, whole)
    built(packet, size=size)
    found = [finding for finding in findings(packet) if finding.rule == "packet.file-size"]
    assert [(finding.sentence, finding.basis.id) for finding in found] == (
        [(sentence, f"{key}.file-size")] if sentence else []
    )


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Country conditions", False),
        ("Confidencial country conditions", True),
        ("Evidence of CONSUELO", True),
        ("Consuelos", False),
        ("Country_Consuelo_2", True),
    ],
)
def test_a_title_that_names_the_client(whole, title, names):
    Packet.objects.update(title=title)
    found = findings(Packet.objects.get())
    assert [finding.rule for finding in found] == (["packet.client-named"] if names else [])


def test_a_reference_that_names_the_client_is_mended_on_the_case(whole):
    Case.objects.update(reference="2027-Consuelo")
    assert only(Packet.objects.get()).url == reverse("case_edit", args=[whole.case_id])


def test_the_gravest_comes_first(at_court, lawyer):
    Source.objects.update(language="es", publisher="")
    for exhibit in list(at_court.exhibits.all())[:1]:
        remove_exhibit(by=lawyer, exhibit=exhibit)
    Excerpt.objects.filter(quote__startswith="Weapons").update(start=0, end=29)
    severities = [finding.severity for finding in findings(at_court)]
    assert severities == sorted(severities)
    assert severities[0] is Severity.BLOCK


def test_the_number_of_queries_does_not_grow(whole, lawyer):
    def queries() -> int:
        findings(Packet.objects.select_related("case").get())
        with CaptureQueriesContext(connection) as captured:
            findings(Packet.objects.select_related("case").get())
        return len(captured)

    few = queries()
    for number in range(5):
        source = add_article(f"Article {number}", "Some words here.")
        add_exhibit(by=lawyer, packet=whole, capture=source.capture)
        add_evidence(by=lawyer, case=whole.case, excerpts=[mark(source, "Some words", "weapon-rules")])
    assert Theme.objects.count() > 1
    assert queries() == few


def test_two_exhibits_that_may_be_one_report_are_named_until_somebody_decides(whole):
    first, second = (exhibit.capture.source for exhibit in whole.exhibits.order_by("position"))
    link = doubted(second, first)
    finding = only(whole)
    assert (finding.rule, finding.severity, finding.url) == (
        "packet.perhaps-one-report", Severity.WARN, link.get_absolute_url(),
    )  # fmt: skip
    assert finding.sentence == f"Tab B, “{second.title}”, and Tab A are probably one report, and nobody has decided."
    Source.objects.update(origin=Origin.objects.create(name="Sample Agency"))
    assert notable(whole) == []
