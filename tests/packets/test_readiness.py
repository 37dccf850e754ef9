"""What a packet still lacks."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseapp.cases.models import Case
from caseapp.cases.services.evidence import add_evidence
from caseapp.forums import FORUMS
from caseapp.library.models import Capture, Excerpt, Source, Theme
from caseapp.packets.models import Packet
from caseapp.packets.readiness import Finding, Severity, blocks, findings
from caseapp.packets.services.packets import add_exhibit, remove_exhibit
from tests.packets.making import add_article, mark


@pytest.fixture
def whole(packet: Packet) -> Packet:
    """A packet that lacks nothing."""
    Source.objects.update(published_on="2019", url="https://example.org/a")
    Excerpt.objects.update(is_adverse=False)
    return packet


@pytest.fixture
def at_court(whole: Packet) -> Packet:
    """The same packet for the immigration court, which asks for more; it lacks nothing either."""
    Case.objects.update(
        forum="eoir", court="Arlington, Virginia", file_number="A 000-000-000", hearing_on=dt.date(2027, 3, 15)
    )
    Packet.objects.update(forum="eoir")
    return Packet.objects.select_related("case").get()


def only(packet: Packet) -> Finding:
    (finding,) = findings(packet)
    return finding


def exhibit_titled(packet: Packet, words: str):
    return packet.exhibits.get(capture__source__title__contains=words)


def test_a_whole_packet_has_nothing_to_look_at(whole):
    assert findings(whole) == ()


def test_a_whole_packet_at_court_has_nothing_to_look_at(at_court):
    assert findings(at_court) == ()


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
    finding = only(whole)
    assert (finding.rule, finding.severity) == ("packet.adverse-passages", Severity.INFO)
    assert finding.sentence == (
        "1 passage that cuts against us will be quoted and highlighted like all others. The mark itself is not printed."
    )


def test_the_cover_of_a_court_asks_for_its_fields_with_their_rule(at_court):
    Case.objects.update(file_number="", hearing_on=None)
    packet = Packet.objects.get()
    finding = only(packet)
    assert (finding.rule, finding.severity, finding.sentence) == (
        "packet.cover-fields",
        Severity.WARN,
        "The cover page lacks: A-number, Next hearing.",
    )
    assert finding.url == reverse("case_edit", args=[packet.case_id])
    assert (finding.basis.id, finding.basis.grade) == ("eoir.cover", "S")


def test_a_foreign_language_needs_a_translation_at_court(at_court):
    Source.objects.filter(title__contains="law").update(language="es-SV")
    finding = only(at_court)
    assert (finding.rule, finding.severity) == ("packet.translation", Severity.WARN)
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


def test_no_rule_that_nobody_verified_ever_blocks(at_court):
    """Everything a court could object to is wrong at once, and still only the packet's own contradictions block."""
    Case.objects.update(court="", file_number="", hearing_on=None, reference="Consuelo")
    Source.objects.update(language="es", publisher="", url="", published_on="")
    found = findings(Packet.objects.get())
    assert len(found) == 6
    assert all(not finding.is_block for finding in found if finding.basis)
    assert {rule.grade for rule in FORUMS["eoir"].rules} >= {"P", "S", "U"}


def test_the_number_of_queries_does_not_grow(whole, lawyer):
    def queries() -> int:
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
