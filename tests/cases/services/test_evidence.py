"""The excerpts in use in a case."""

import pytest

from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.ordering import OrderOutOfDate
from caseapp.cases.services.evidence import (
    WhyChangedMeanwhile,
    add_evidence,
    change_why,
    move_evidence,
    remove_evidence,
)
from caseapp.library.models import Excerpt


def quotes(case: Case) -> list[str]:
    return [item.excerpt.quote for item in case.evidence.all()]


def sentences(case: Case) -> list[str]:
    return [str(event) for event in Event.objects.of_case(case.pk).order_by("pk")]


def ids(case: Case) -> list[int]:
    return [item.pk for item in case.evidence.all()]


FIRST, SECOND, THIRD = "Two men came to his house.", "No patrol came until morning.", "The bill lapsed again."


def test_evidence_goes_to_the_end_in_the_order_given(case, caseworker, excerpts):
    add_evidence(by=caseworker, case=case, excerpts=[excerpts[2]])
    added = add_evidence(by=caseworker, case=case, excerpts=excerpts[:2], why="On leave.")
    assert quotes(case) == [THIRD, FIRST, SECOND]
    assert [(item.why, item.added_by) for item in added] == [("On leave.", caseworker)] * 2
    assert sentences(case)[1:] == [
        "Carla Caseworker added evidence from A law that was never passed",
        "Carla Caseworker added evidence from Officers killed at home",
    ]
    assert Event.objects.of_case(case.pk).first().detail == {"passages": 2}


def test_what_is_in_the_case_already_keeps_its_reason_and_place(case, caseworker, evidence, excerpts):
    assert add_evidence(by=caseworker, case=case, excerpts=[*excerpts, excerpts[0]], why="Other.") == []
    assert [item.why for item in case.evidence.all()] == ["He was on leave too."] * 3
    assert len(sentences(case)) == 3


def test_a_reason_is_changed(case, lawyer, evidence):
    change_why(by=lawyer, evidence=evidence[0], why="New.", was="He was on leave too.")
    evidence[0].refresh_from_db()
    assert evidence[0].why == "New."
    assert sentences(case)[-1] == "Lena Lawyer changed the reason for evidence from Officers killed at home"


def test_a_reason_that_somebody_else_changed_is_kept(case, lawyer, caseworker, evidence):
    change_why(by=lawyer, evidence=evidence[0], why="Theirs.", was="He was on leave too.")
    with pytest.raises(WhyChangedMeanwhile) as refused:
        change_why(by=caseworker, evidence=evidence[0], why="Mine.", was="He was on leave too.")
    assert refused.value.standing.why == "Theirs."


def test_the_same_reason_again_is_no_change(case, lawyer, evidence):
    before = sentences(case)
    change_why(by=lawyer, evidence=evidence[0], why="He was on leave too.", was="something older")
    assert sentences(case) == before


def test_evidence_is_put_into_another_order(case, lawyer, evidence):
    first, second, third = ids(case)
    move_evidence(by=lawyer, case=case, seen=[first, second, third], order=[third, first, second])
    assert quotes(case) == [THIRD, FIRST, SECOND]
    assert [item.position for item in case.evidence.all()] == [1, 2, 3]
    assert sentences(case)[-1] == "Lena Lawyer reordered the evidence of SV-2027-014"


def test_the_order_it_has_is_no_change(case, lawyer, evidence):
    before = sentences(case)
    move_evidence(by=lawyer, case=case, seen=ids(case), order=ids(case))
    assert sentences(case) == before


def test_a_list_that_changed_meanwhile_is_not_sorted(case, lawyer, caseworker, evidence):
    seen = ids(case)
    remove_evidence(by=caseworker, evidence=evidence[1])
    with pytest.raises(OrderOutOfDate):
        move_evidence(by=lawyer, case=case, seen=seen, order=seen[::-1])
    assert quotes(case) == [FIRST, THIRD]


def test_what_is_taken_out_stays_in_the_library(case, lawyer, evidence):
    remove_evidence(by=lawyer, evidence=evidence[1])
    assert quotes(case) == [FIRST, THIRD]
    assert Excerpt.objects.count() == 3
    assert sentences(case)[-1] == "Lena Lawyer removed evidence from Officers killed at home"


def test_taking_out_twice_is_recorded_once(case, lawyer, evidence):
    remove_evidence(by=lawyer, evidence=evidence[1])
    before = sentences(case)
    remove_evidence(by=lawyer, evidence=evidence[1])
    assert sentences(case) == before


def test_the_line_for_the_index_is_changed_beside_the_reason(case, lawyer, evidence):
    was = "He was on leave too."
    change_why(by=lawyer, evidence=evidence[0], why=was, was=was, relevance="Nobody is safe at home")
    evidence[0].refresh_from_db()
    assert (evidence[0].why, evidence[0].relevance) == (was, "Nobody is safe at home")
    assert sentences(case)[-1] == ("Lena Lawyer changed what the index says of evidence from Officers killed at home")
    with pytest.raises(WhyChangedMeanwhile):
        change_why(by=lawyer, evidence=evidence[0], why="New.", was=was, relevance="Mine", relevance_was="")
    evidence[0].refresh_from_db()
    assert (evidence[0].why, evidence[0].relevance) == (was, "Nobody is safe at home")
