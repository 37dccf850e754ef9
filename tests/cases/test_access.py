"""The one door to a case."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from caseapp.accounts.roles import Ability, Role
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.cases.access import case_of, note_visit
from caseapp.cases.models import Case

NOW = dt.datetime(2026, 11, 22, 14, 0, tzinfo=dt.UTC)


def visits(case: Case) -> list[str]:
    return list(Event.objects.of_case(case.pk).filter(action=Action.CASE_VIEWED).values_list("actor_name", flat=True))


def test_the_team_is_let_in_and_put_on_record(case, lawyer):
    assert case_of(lawyer, case.pk) == case
    assert visits(case) == ["Lena Lawyer"]


def test_a_stranger_and_a_missing_id_are_the_same(case, stranger):
    with pytest.raises(Http404) as foreign:
        case_of(stranger, case.pk)
    with pytest.raises(Http404) as missing:
        case_of(stranger, uuid.uuid4())
    assert str(foreign.value) == str(missing.value)
    assert visits(case) == []


def test_a_stranger_who_lacks_the_ability_gets_404_and_not_403(case, administrator):
    with pytest.raises(Http404):
        case_of(administrator, case.pk, Ability.BUILD_PACKETS)


def test_a_team_member_without_the_ability_gets_403_and_no_visit(case, caseworker):
    with pytest.raises(PermissionDenied):
        case_of(caseworker, case.pk, Ability.BUILD_PACKETS)
    assert visits(case) == []


def test_a_team_member_who_became_an_administrator_is_a_stranger(case, lawyer):
    lawyer.role = Role.ADMINISTRATOR
    lawyer.save()
    with pytest.raises(Http404):
        case_of(lawyer, case.pk)


def test_a_closed_account_gets_404(case, lawyer):
    lawyer.is_active = False
    lawyer.save()
    with pytest.raises(Http404):
        case_of(lawyer, case.pk)


def put_visit(case: Case, user, at: dt.datetime) -> None:
    Event.objects.create(
        at=at, actor_id=user.pk, actor_name=user.name, action=Action.CASE_VIEWED, case_id=case.pk, subject_id=case.pk
    )


def test_a_second_look_within_ten_minutes_is_the_same_visit(case, lawyer):
    put_visit(case, lawyer, NOW - dt.timedelta(minutes=9, seconds=59))
    note_visit(by=lawyer, case=case, now=NOW)
    assert visits(case) == ["Lena Lawyer"]


def test_a_look_after_ten_minutes_is_a_new_visit(case, lawyer):
    put_visit(case, lawyer, NOW - dt.timedelta(minutes=10))
    note_visit(by=lawyer, case=case, now=NOW)
    assert visits(case) == ["Lena Lawyer", "Lena Lawyer"]


def test_each_person_has_visits_of_their_own(case, lawyer, caseworker):
    note_visit(by=lawyer, case=case, now=NOW)
    note_visit(by=caseworker, case=case, now=NOW)
    assert sorted(visits(case)) == ["Carla Caseworker", "Lena Lawyer"]
