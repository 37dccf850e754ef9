"""What the checks say of the client's statements."""

import pytest

from caseapp.cases.models import CaseEvidence
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.library.models import Source
from caseapp.packets.models import Packet
from caseapp.packets.readiness import Severity
from tests.packets.readiness.looking import findings, found, only

STATEMENT = "Consuelo was followed."


@pytest.fixture
def statement(whole, lawyer):
    details = [StatementDetails(STATEMENT, "¶ 4")]
    return add_statements(by=lawyer, case=whole.case, statements=details)[0]


def bears(statement, relation: str, **more) -> None:
    evidence = CaseEvidence.objects.filter(case=statement.case).first()
    row = Bears(evidence, relation, relation == "supports", **more)
    set_bearings(by=None, statement=statement, bearings=[row], version=statement.version)
    statement.refresh_from_db()


def test_an_official_report_against_a_statement_is_said_before_the_build(whole, statement):
    bears(statement, "contradicts")
    assert found(whole, "contradicted-officially") == []
    Source.objects.update(kind="government")
    assert found(whole, "contradicted-officially") == [(Severity.WARN, "")]
    bears(statement, "contradicts", answer="It tells of 2012.")
    assert found(whole, "contradicted-officially") == [(Severity.INFO, "")]


def test_the_sentence_says_where_and_not_what(whole, statement):
    Source.objects.update(kind="government")
    bears(statement, "contradicts")
    Packet.objects.update(index_style="kind")
    finding = next(one for one in findings(whole) if one.rule == "packet.contradicted-officially")
    assert finding.sentence.startswith("Statement 1 (¶ 4) is contradicted by an official report, “")
    assert "Consuelo" not in finding.sentence
    assert finding.can_be_waived


def test_what_cuts_against_a_statement_unshown_and_is_quoted_all_the_same_is_said(whole, statement):
    bears(statement, "contradicts")
    assert found(whole, "hidden-and-quoted") == []
    Packet.objects.update(index_style="statement")
    packet = Packet.objects.select_related("case").get()
    assert found(packet, "hidden-and-quoted") == [(Severity.WARN, "")]
    CaseEvidence.objects.filter(case=statement.case).update(is_quoted=False)
    assert found(packet, "hidden-and-quoted") == []
    assert found(packet, "passages-held-back") == [(Severity.INFO, "")]
    CaseEvidence.objects.filter(case=statement.case).update(is_quoted=True)
    evidence = CaseEvidence.objects.filter(case=statement.case).first()
    set_bearings(
        by=None, statement=statement, bearings=[Bears(evidence, "contradicts", True)], version=statement.version
    )
    assert found(packet, "hidden-and-quoted") == []


def test_statements_that_nothing_supports_are_gaps(whole, statement):
    assert only(whole).rule == "packet.statements-unsupported"
    assert found(whole, "statements-unsupported") == [(Severity.INFO, "")]
    Packet.objects.update(index_style="statement")
    assert found(Packet.objects.select_related("case").get(), "statements-unsupported") == [(Severity.WARN, "")]
    bears(statement, "supports")
    assert found(whole, "statements-unsupported") == []
