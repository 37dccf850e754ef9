"""One statement made into several, and two into one."""

import pytest

from caseapp.audit.models import Event
from caseapp.cases.models import Statement
from caseapp.cases.services.dividing import (
    BearingsTooLong,
    NotDivided,
    NothingBefore,
    TooLongTogether,
    WordsChanged,
    divide_statement,
    join_statements,
    statement_before,
)
from caseapp.cases.services.statements import (
    Bears,
    StatementChangedMeanwhile,
    StatementDetails,
    add_statements,
    change_statement,
    set_bearings,
)


@pytest.fixture
def statements(case, caseworker) -> list[Statement]:
    said = [
        StatementDetails("Two men came. They had my gun.", "¶ 4", "us-harm"),
        StatementDetails("No patrol came.", "¶ 5", "us-state"),
    ]
    return add_statements(by=caseworker, case=case, statements=said)


def told(case) -> list[tuple[int, str, str, str]]:
    return [(row.position, row.paragraph, row.text, row.said) for row in case.statements.all()]


def bearings(statement) -> set[tuple]:
    return {(row.evidence_id, row.relation, row.is_shown, row.answer) for row in statement.bearings.all()}


def test_each_part_stands_in_the_place_of_the_whole_and_all_that_bore_on_it_bears_on_each(
    case, caseworker, statements, evidence
):
    against = Bears(evidence[2], "contradicts", False, answer="It tells of another year.")
    set_bearings(by=caseworker, statement=statements[0], bearings=[against], version=1)
    parts = divide_statement(
        by=caseworker, statement=statements[0], parts=["Two men came.", "They had my gun."], version=2
    )
    assert told(case) == [
        (1, "¶ 4", "Two men came.", "Two men came."),
        (2, "¶ 4", "They had my gun.", "They had my gun."),
        (3, "¶ 5", "No patrol came.", "No patrol came."),
    ]
    assert [part.element for part in parts] == ["us-harm"] * 2
    assert [bearings(part) for part in parts] == [
        {(evidence[2].pk, "contradicts", False, "It tells of another year.")}
    ] * 2
    event = Event.objects.get(action="case.statement_divided")
    assert (event.subject_label, event.detail) == (case.reference, {})


def test_a_part_of_an_edited_statement_remembers_all_that_was_said(caseworker, statements):
    edited = StatementDetails("Men came. They were armed.")
    change_statement(by=caseworker, statement=statements[0], details=edited, version=1)
    parts = divide_statement(by=caseworker, statement=statements[0], parts=["Men came.", "They were armed."], version=2)
    assert {part.said for part in parts} == {"Two men came. They had my gun."}


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        (["Two men came. They had my gun."], NotDivided),
        (["Two men came. They had my gun.", "…"], NotDivided),
        (["Two men came.", "They had a gun."], WordsChanged),
        (["Two men came."], WordsChanged),
    ],
)
def test_what_is_no_division_changes_nothing(case, caseworker, statements, parts, refusal):
    before = told(case)
    with pytest.raises(refusal):
        divide_statement(by=caseworker, statement=statements[0], parts=parts, version=1)
    assert told(case) == before


def test_two_become_one_with_all_that_bears_on_either(case, caseworker, statements, evidence):
    one, other = statements
    set_bearings(
        by=caseworker,
        statement=one,
        bearings=[Bears(evidence[0], "supports", True), Bears(evidence[1], "context", True)],
        version=1,
    )
    against = Bears(evidence[0], "contradicts", False, answer="It was night.")
    set_bearings(by=caseworker, statement=other, bearings=[against, Bears(evidence[2], "supports", True)], version=1)
    assert statement_before(other) == one
    assert statement_before(one) is None
    joined = join_statements(by=caseworker, statement=other, version=2, before=one, before_version=2)
    text = "Two men came. They had my gun. No patrol came."
    assert told(case) == [(1, "¶ 4, ¶ 5", text, "Two men came. They had my gun.\nNo patrol came.")]
    assert (joined.element, joined.version) == ("us-harm", 3)
    assert bearings(joined) == {
        (evidence[0].pk, "contradicts", False, "It was night."),
        (evidence[1].pk, "context", True, ""),
        (evidence[2].pk, "supports", True, ""),
    }


def test_what_cannot_be_one_stays_two(case, caseworker, statements, evidence):
    one, other = statements
    join = {"by": caseworker, "statement": other, "before": one}
    with pytest.raises(StatementChangedMeanwhile):
        join_statements(**join, version=1, before_version=7)
    with pytest.raises(NothingBefore):
        join_statements(by=caseworker, statement=one, version=1, before=other, before_version=1)
    for statement in statements:
        long = Bears(evidence[0], "contradicts", False, answer=f"{statement.pk} " * 300)
        set_bearings(by=caseworker, statement=statement, bearings=[long], version=1)
    with pytest.raises(BearingsTooLong):
        join_statements(**join, version=2, before_version=2)
    change_statement(by=caseworker, statement=one, details=StatementDetails("x" * 990), version=2)
    with pytest.raises(TooLongTogether):
        join_statements(**join, version=2, before_version=3)
    assert case.statements.count() == 2
