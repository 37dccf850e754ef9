"""Opening and changing cases."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.services.cases import CaseChangedMeanwhile, CaseDetails, ReferenceTaken, change_case, open_case
from tests.cases.conftest import CLIENT, REFERENCE

DETAILS = CaseDetails(reference=REFERENCE, client_name=CLIENT, country="SV")


def sentences(case: Case) -> list[str]:
    return [str(event) for event in Event.objects.of_case(case.pk).order_by("pk")]


def test_whoever_opens_a_case_is_on_its_team(caseworker, lawyer):
    case = open_case(by=caseworker, details=DETAILS, team=[lawyer, caseworker])
    assert [member.user for member in case.members.all()] == [caseworker, lawyer]
    assert (case.created_by, case.version) == (caseworker, 1)
    assert sentences(case) == ["Carla Caseworker opened the case SV-2027-014"]


def test_the_command_line_opens_a_case_for_nobody(db):
    case = open_case(by=None, details=DETAILS)
    assert case.members.count() == 0


def test_a_reference_is_taken_only_among_ones_own_cases(case, caseworker, stranger):
    with pytest.raises(ReferenceTaken, match="You already have a case with the reference sv-2027-014"):
        open_case(by=caseworker, details=dataclasses.replace(DETAILS, reference="sv-2027-014"))
    open_case(by=stranger, details=DETAILS)
    assert Case.objects.filter(reference=REFERENCE).count() == 2


def test_the_command_line_looks_among_all_cases(case):
    with pytest.raises(ReferenceTaken):
        open_case(by=None, details=DETAILS)


@pytest.mark.parametrize(
    "wrong", [{"reference": ""}, {"client_name": ""}, {"forum": "moon"}, {"reference": "x" * 61}, {"country": "XXX"}]
)
def test_wrong_details_open_nothing(caseworker, wrong):
    with pytest.raises(ValidationError):
        open_case(by=caseworker, details=dataclasses.replace(DETAILS, **wrong))
    assert Case.objects.count() == 0


def test_a_change_names_its_fields_and_never_their_contents(case, lawyer):
    details = dataclasses.replace(DETAILS, client_name="Another Name", hearing_on=dt.date(2027, 3, 15))
    changed = change_case(by=lawyer, case=case, details=details, version=1)
    assert (changed.client_name, changed.hearing_on, changed.version) == ("Another Name", dt.date(2027, 3, 15), 2)
    event = Event.objects.of_case(case.pk).first()
    assert (str(event), event.detail) == (
        "Lena Lawyer changed the case SV-2027-014",
        {"fields": ["client_name", "hearing_on"]},
    )


def test_saving_what_stands_changes_nothing(case, lawyer):
    change_case(by=lawyer, case=case, details=DETAILS, version=1)
    case.refresh_from_db()
    assert case.version == 1
    assert len(sentences(case)) == 1


def test_the_second_of_two_who_typed_at_once_is_told(case, lawyer, caseworker):
    change_case(by=lawyer, case=case, details=dataclasses.replace(DETAILS, judge="Judge One"), version=1)
    with pytest.raises(CaseChangedMeanwhile) as refused:
        change_case(by=caseworker, case=case, details=dataclasses.replace(DETAILS, judge="Judge Two"), version=1)
    assert refused.value.standing.judge == "Judge One"
    case.refresh_from_db()
    assert case.judge == "Judge One"


def test_a_change_to_a_taken_reference_is_refused(case, caseworker):
    other = open_case(by=caseworker, details=dataclasses.replace(DETAILS, reference="SV-2"))
    with pytest.raises(ReferenceTaken):
        change_case(by=caseworker, case=other, details=DETAILS, version=1)
    change_case(by=caseworker, case=case, details=dataclasses.replace(DETAILS, reference="sv-2027-014"), version=1)
    case.refresh_from_db()
    assert case.reference == "sv-2027-014"
