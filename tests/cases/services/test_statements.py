"""What the client says, and what bears on it."""

import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.models import Event
from caseapp.cases.models import Statement
from caseapp.cases.services.statements import (
    Bears,
    StatementChangedMeanwhile,
    StatementDetails,
    add_statements,
    change_statement,
    move_statement,
    remove_statement,
    set_bearings,
)
from tests.cases.making import make_document


@pytest.fixture
def statements(case, caseworker) -> list[Statement]:
    said = [StatementDetails("Two men came for Consuelo.", "¶ 4"), StatementDetails("No patrol came.", "¶ 5")]
    return add_statements(by=caseworker, case=case, statements=said)


def facts(statement: Statement) -> dict:
    rows = statement.bearings.all()
    return {row.evidence_id or row.document_id: (row.relation, row.is_shown, row.pages) for row in rows}


def test_statements_go_to_the_end_in_their_order_and_the_record_holds_none_of_their_words(case, caseworker, statements):
    (third,) = add_statements(by=caseworker, case=case, statements=[StatementDetails("He left.")])
    assert [(row.position, row.paragraph) for row in case.statements.all()] == [(1, "¶ 4"), (2, "¶ 5"), (3, "")]
    remove_statement(by=caseworker, statement=third)
    change_statement(by=caseworker, statement=statements[0], details=StatementDetails("Consuelo hid."), version=1)
    events = Event.objects.filter(action__startswith="case.statement")
    assert events.count() == 4
    assert not any("Consuelo" in f"{event.subject_label}{event.detail}" for event in events)
    assert {event.subject_label for event in events} == {case.reference}


def test_all_are_added_or_none(case, caseworker):
    with pytest.raises(ValidationError):
        add_statements(
            by=caseworker, case=case, statements=[StatementDetails("He left."), StatementDetails("He hid.", "¶" * 41)]
        )
    assert not Statement.objects.exists()


def test_what_bears_on_a_statement_is_saved_as_a_whole(case, caseworker, statements, evidence):
    document = make_document(case)
    first = statements[0]
    wanted = [Bears(evidence[0], "supports", True), Bears(evidence[2], "contradicts", False)]
    set_bearings(by=caseworker, statement=first, bearings=wanted, version=1)
    kept = first.bearings.get(evidence=evidence[0])
    wanted = [wanted[0], Bears(evidence[2], "contradicts", True), Bears(document, "context", True, "2-3")]
    set_bearings(by=caseworker, statement=first, bearings=wanted, version=2)
    assert facts(first) == {
        evidence[0].pk: ("supports", True, ""),
        evidence[2].pk: ("contradicts", True, ""),
        document.pk: ("context", True, "2-3"),
    }
    assert first.bearings.get(evidence=evidence[0]).pk == kept.pk
    set_bearings(by=caseworker, statement=first, bearings=wanted, version=3)
    assert Statement.objects.get(pk=first.pk).version == 3
    set_bearings(by=caseworker, statement=first, bearings=[], version=3)
    assert facts(first) == {}


def test_a_stale_change_overwrites_nothing(case, caseworker, lawyer, statements, evidence):
    set_bearings(by=lawyer, statement=statements[0], bearings=[Bears(evidence[0], "supports", True)], version=1)
    with pytest.raises(StatementChangedMeanwhile):
        set_bearings(by=caseworker, statement=statements[0], bearings=[], version=1)
    with pytest.raises(StatementChangedMeanwhile) as caught:
        change_statement(by=caseworker, statement=statements[0], details=StatementDetails("Mine."), version=1)
    assert caught.value.standing.text == "Two men came for Consuelo."
    assert len(facts(statements[0])) == 1


def test_statements_are_put_in_order(case, caseworker, statements):
    first, second = statements
    move_statement(by=caseworker, case=case, seen=[first.pk, second.pk], order=[second.pk, first.pk])
    assert list(case.statements.values_list("pk", flat=True)) == [second.pk, first.pk]
