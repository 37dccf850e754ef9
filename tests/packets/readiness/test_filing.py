"""What goes with the exhibits, forum by forum."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.cases.models import Case
from caseapp.forums import FORUMS
from caseapp.library.models import Source
from caseapp.library.models.translation import CaptureTranslation
from caseapp.library.services.translations import TranslationFile, add_certificate
from caseapp.packets import readiness
from caseapp.packets.freezing import freeze
from caseapp.packets.models import Exhibit, Packet
from caseapp.packets.readiness import Severity
from tests.cases.making import photograph
from tests.packets.readiness.looking import add_document, before, exhibit_titled, file, found, notable, only
from tests.packets.readiness.test_findings import built

pytestmark = pytest.mark.usefixtures("files_read_once")

BLOCK, WARN, INFO = Severity


def in_spanish(packet: Packet, **translation) -> None:
    """The second source is Spanish, and has this translation."""
    Source.objects.filter(title__contains="law").update(language="es")
    capture = exhibit_titled(packet, "law").capture
    CaptureTranslation.objects.update_or_create(capture=capture, defaults={"text": "A law."} | translation)


SIGNED = {"translator": "T. Lator", "is_certified": True}


@pytest.mark.parametrize("key", FORUMS)
def test_a_translation_with_all_that_its_certificate_asks_for_lacks_nothing(whole, key):
    in_spanish(whole, **SIGNED, address="1 Street", telephone="1", qualification="Sworn")
    assert {finding.severity for finding in notable(before(key, whole))} <= {INFO}


def test_a_translation_into_a_language_that_the_forum_does_not_take_is_none(whole):
    in_spanish(whole, **SIGNED, address="1", telephone="1", language="fr")
    assert found(before("eoir", whole), "translation") == [(BLOCK, "eoir.translation")]
    assert found(before("ca_rpd", whole), "translation") == []


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("eoir", (BLOCK, "eoir.translation")),
        ("uscis", (BLOCK, "uscis.translation")),
        ("uk_ftt", (WARN, "uk_ftt.translation")),
        ("uk_ut", (WARN, "uk_ut.bundle-content")),
        ("ca_rpd", (WARN, "ca_rpd.translation")),
        ("generic", (INFO, "")),
    ],
)
def test_a_certificate_names_its_translator(whole, key, expected):
    in_spanish(whole)
    packet = before(key, whole)
    assert found(packet, "translator") == [expected]
    assert notable(packet)[0].url == reverse(
        "source_translation", args=[exhibit_titled(whole, "law").capture.source_id]
    )


@pytest.mark.parametrize(
    ("key", "missing"),
    [("eoir", "address, telephone"), ("bia", "address, telephone"), ("uk_ftt", "qualifications"), ("uscis", ""),
     ("ca_rpd", "")],
)  # fmt: skip
def test_a_certificate_has_what_its_forum_asks_of_the_translator(whole, key, missing):
    in_spanish(whole, **SIGNED)
    said = [one.sentence for one in notable(before(key, whole)) if one.rule == "packet.translation-certificate"]
    assert [sentence.partition("translator’s ")[2] for sentence in said] == ([f"{missing}."] if missing else [])


@pytest.mark.parametrize("key", FORUMS)
def test_a_forum_that_asks_for_a_signed_certificate_is_not_sent_one_to_be_signed(whole, key):
    in_spanish(whole, translator="T. Lator", address="1 Street", telephone="1", qualification="Sworn")
    finding = only(before(key, whole))
    assert (finding.rule, finding.fix) == ("packet.certificates-unsigned", "Bring the signed certificate")
    assert finding.severity == (INFO if key == "generic" else WARN)


def test_certificates_that_nobody_signed_are_counted(whole):
    in_spanish(whole, translator="T. Lator")
    finding = only(before("uscis", whole))
    assert finding.sentence == (
        "The certificate of 1 translation is printed without a signature: have it signed before filing."
    )
    assert (finding.severity, finding.basis.id) == (WARN, "uscis.translation")


@pytest.mark.parametrize("key", FORUMS)
def test_what_the_translator_signed_says_all_that_a_certificate_says(whole, key):
    in_spanish(whole)
    capture = exhibit_titled(whole, "law").capture
    file = TranslationFile("signed.png", photograph())
    add_certificate(by=None, capture=capture, file=file, now=timezone.now())
    assert notable(before(key, whole)) == []


def test_a_document_of_the_clients_needs_its_translation_too(at_court):
    document = add_document(at_court, "Denuncia", language="es")
    finding = only(at_court)
    assert (finding.rule, finding.severity) == ("packet.translation", BLOCK)
    assert finding.url == reverse("document_translation", args=[document.pk])


@pytest.mark.parametrize(
    ("key", "kind", "language", "is_found"),
    [
        ("eoir", "declaration", "en", True),
        ("eoir", "statement", "en", True),
        ("eoir", "declaration", "es", False),
        ("eoir", "medical", "en", False),
        ("bia", "declaration", "en", True),
        ("uk_ftt", "declaration", "en", False),
    ],
)
def test_a_declaration_may_have_been_read_to_its_signer(whole, key, kind, language, is_found):
    packet = before(key, whole)
    add_document(packet, "What happened", kind=kind, language=language)
    said = [one for one in notable(packet) if one.rule == "packet.interpretation"]
    assert [(one.severity, one.sentence.partition(":")[0]) for one in said] == ([(WARN, "Tab C")] if is_found else [])
    file(packet, interpreter="I. Preter", interpreted_language="Spanish")
    assert found(packet, "interpretation") == []


def test_somebody_signs(at_court):
    Case.objects.update(filer="")
    packet = Packet.objects.select_related("case").get()
    assert found(packet, "signature") == [(WARN, "eoir.signature")]
    assert found(file(packet, preparer="Lena Lawyer"), "signature") == []
    assert found(before("uscis", packet, filer=""), "signature") == []


@pytest.mark.parametrize(
    ("key", "details", "expected"),
    [
        ("eoir", {"channel": "paper"}, [(BLOCK, "eoir.service-paper")]),
        ("eoir", {"channel": "paper", "served_party": "DHS", "served_address": "1 Plaza"}, []),
        ("eoir", {"channel": "paper", "served_party": "DHS"}, [(BLOCK, "eoir.service-paper")]),
        ("eoir", {"channel": "electronic", "all_parties_electronic": False}, [(BLOCK, "eoir.service-paper")]),
        ("eoir", {"channel": "electronic"}, []),
        ("bia", {"channel": "paper"}, [(BLOCK, "bia.service")]),
        ("ca_rpd", {"channel": "electronic", "served_party": "The Minister"}, [(BLOCK, "ca_rpd.service")]),
        ("ca_rpd", {"channel": "electronic"}, []),
        ("uscis", {"channel": "paper"}, []),
        ("generic", {"served_party": "Somebody"}, [(WARN, "")]),
    ],
)
def test_service_is_proved_where_the_channel_or_a_party_needs_it(whole, key, details, expected):
    assert found(file(before(key, whole), **details), "service") == expected


@pytest.mark.parametrize(
    ("key", "is_expected"),
    [("eoir", True), ("uk_ut", True), ("ca_rpd", True), ("bia", False), ("uscis", False), ("generic", False)],
)
def test_a_forum_that_is_filed_with_electronically_says_so_of_paper(whole, key, is_expected):
    packet = file(before(key, whole), channel="paper", served_party="A", served_address="B")
    assert found(packet, "channel") == ([(WARN, f"{key}.channel")] if is_expected else [])
    assert found(file(packet, channel="electronic"), "channel") == []


def test_the_systems_own_notice_is_service(at_court):
    assert found(at_court, "service-electronic") == [(INFO, "eoir.service-electronic")]
    assert found(file(at_court, all_parties_electronic=False), "service-electronic") == []


@pytest.mark.parametrize(("key", "basis"), [("eoir", "eoir.never-electronic"), ("uk_ftt", "")])
def test_a_sealed_paper_is_never_filed_electronically(whole, key, basis):
    packet = before(key, whole)
    add_document(packet, "Sealed report", kind="medical", is_never_electronic=True)
    assert found(packet, "never-electronic") == [(BLOCK, basis)]
    (finding,) = [one for one in notable(packet) if one.rule == "packet.never-electronic"]
    assert finding.can_be_waived == bool(basis)
    assert found(file(packet, channel="paper", served_party="A", served_address="B"), "never-electronic") == []


def late_on(packet: Packet, today: dt.date) -> list[tuple[Severity, str]]:
    return [
        (finding.severity, finding.basis.id)
        for finding in readiness.findings(packet, today=today)
        if finding.rule == "packet.late"
    ]


@pytest.mark.parametrize(
    ("key", "day", "rule"),
    [
        # Thirty days before is a Saturday, and the Monday after it Washington's Birthday.
        ("eoir", dt.date(2027, 2, 16), ""),
        ("eoir", dt.date(2027, 2, 17), "eoir.deadline-merits"),
        ("uscis", dt.date(2027, 3, 1), ""),
        ("uscis", dt.date(2027, 3, 2), "uscis.deadline"),
        ("ca_rpd", dt.date(2027, 3, 5), ""),
        ("ca_rpd", dt.date(2027, 3, 6), "ca_rpd.late"),
        ("uk_ftt", dt.date(2027, 3, 14), ""),
        ("generic", dt.date(2028, 1, 1), ""),
    ],
)
def test_evidence_after_its_day_says_why(whole, key, day, rule):
    packet = before(key, whole)
    assert late_on(packet, day) == ([(WARN, rule)] if rule else [])
    assert late_on(file(packet, late_reason="It was published yesterday."), day) == []


def test_a_date_that_was_ordered_stands_before_the_rule(whole):
    packet = before("eoir", whole, ordered_on=dt.date(2027, 3, 1))
    assert late_on(packet, dt.date(2027, 3, 1)) == []
    assert late_on(packet, dt.date(2027, 3, 2)) == [(WARN, "eoir.deadline-order")]


def test_a_fortnight_before_its_day_it_is_said_once(whole):
    packet = before("ca_rpd", whole)
    on = {day: "packet.filing-near" in _rules(packet, day) for day in (17, 18)}
    assert on == {17: False, 18: True}
    assert "packet.filing-near" not in _rules(packet, 28, month=3)


def _rules(packet: Packet, day: int, month: int = 2) -> set[str]:
    return {finding.rule for finding in readiness.findings(packet, today=dt.date(2027, month, day))}


def test_for_somebody_detained_the_order_is_asked_for(whole):
    assert found(before("eoir", whole, is_detained=True), "filing-date") == [(WARN, "eoir.deadline-detained")]


def test_an_appeal_asks_for_the_day_it_runs_from(whole):
    assert found(before("bia", whole, decision_on=None), "filing-date") == [(INFO, "bia.deadline-appeal")]
    assert found(before("bia", whole), "filing-date") == []


def test_for_somebody_detained_only_the_court_knows_the_day(whole):
    assert late_on(before("eoir", whole, is_detained=True), dt.date(2027, 3, 14)) == []


@pytest.mark.parametrize(
    ("key", "title", "expected"),
    [
        ("uk_ftt", "Country conditions", [(WARN, "uk_ftt.later-evidence")]),
        ("uk_ftt", "Supplementary bundle 2, 3 May 2027", []),
        ("eoir", "Country conditions", []),
    ],
)
def test_what_follows_a_filed_packet_says_so_and_why(whole, key, title, expected):
    first = before(key, whole)
    built(first)
    later = Packet.objects.create(
        case=first.case, title=title, forum=key, follows=first.builds.get(), numbering="continue"
    )
    Exhibit.objects.create(packet=later, capture=first.exhibits.first().capture, position=1)
    assert found(later, "supplement-label") == expected
    assert bool(found(later, "late")) == (key == "uk_ftt")
    assert found(file(later, late_reason="It came in May."), "late") == []


@pytest.mark.parametrize("key", FORUMS)
def test_what_nobody_verified_never_blocks_and_what_a_forum_asks_can_be_waived(whole, key):
    """Everything that a forum could object to is wrong at once."""
    Source.objects.update(language="es", publisher="", url="", published_on="")
    packet = before(key, whole, court="", file_number="", hearing_on=None, reference="Consuelo", filer="")
    file(packet, channel="paper", remand_reason="", served_party="X" if key in {"ca_rpd", "generic"} else "")
    add_document(packet, "What happened", kind="declaration")
    add_document(packet, "Opinion", kind="expert", pages=40, language="es")
    seen = notable(packet)
    assert len(seen) >= 5
    for finding in seen:
        if finding.basis:
            assert finding.basis.may_block or not finding.is_block
            assert finding.can_be_waived == (finding.severity is not INFO)
        else:
            assert not finding.is_block


def test_a_confidential_paper_waits_for_a_lawyer_and_is_named_by_its_kind_alone(whole):
    document = add_document(whole, "Report on Consuelo", kind="medical", author="Dr. Secret", is_confidential=True)
    assert found(whole, "confidential") == [(BLOCK, "")]
    (finding,) = [one for one in notable(whole) if one.rule == "packet.confidential"]
    assert (finding.can_be_waived, finding.url) == (True, document.get_absolute_url())
    whole.waivers.create(finding=finding.key, sentence=finding.sentence, reason="The client agreed.")
    assert [one.is_block for one in notable(whole) if one.rule == finding.rule] == [False]
    printed = freeze(whole).exhibits[-1]
    assert (printed.title, printed.author) == ("Confidential paper: Medical or psychological report", "")
