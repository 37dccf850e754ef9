"""The team of a case."""

import pytest

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.services.team import AlreadyOnTeam, CannotWorkOnCases, LastMember, add_member, remove_member


def latest(case: Case) -> str:
    return str(Event.objects.of_case(case.pk).first())


def close_account(user: User) -> None:
    user.is_active = False
    user.save()


def test_a_new_member_sees_the_case(case, lawyer, stranger):
    add_member(by=lawyer, case=case, user=stranger)
    assert case in Case.objects.visible_to(stranger)
    assert latest(case) == "Lena Lawyer added to the team: Sam Stranger"


def test_nobody_is_added_twice(case, lawyer, caseworker):
    with pytest.raises(AlreadyOnTeam, match="Carla Caseworker is on the team already"):
        add_member(by=lawyer, case=case, user=caseworker)
    assert case.members.count() == 2


def test_administrators_and_closed_accounts_are_not_added(case, lawyer, administrator, stranger):
    close_account(stranger)
    for user in (administrator, stranger):
        with pytest.raises(CannotWorkOnCases):
            add_member(by=lawyer, case=case, user=user)
    assert case.members.count() == 2


def test_a_removed_member_no_longer_sees_the_case(case, lawyer, caseworker):
    remove_member(by=lawyer, member=case.members.get(user=caseworker))
    assert case not in Case.objects.visible_to(caseworker)
    assert latest(case) == "Lena Lawyer removed from the team: Carla Caseworker"


def test_one_can_leave(case, lawyer):
    remove_member(by=lawyer, member=case.members.get(user=lawyer))
    assert [member.user.name for member in case.members.all()] == ["Carla Caseworker"]


def test_the_last_member_stays(case, lawyer, caseworker):
    remove_member(by=lawyer, member=case.members.get(user=caseworker))
    with pytest.raises(LastMember, match="Lena Lawyer is the last person"):
        remove_member(by=lawyer, member=case.members.get(user=lawyer))
    assert case.members.count() == 1


def test_a_member_who_cannot_work_any_more_does_not_count(case, lawyer, caseworker, stranger):
    close_account(caseworker)
    with pytest.raises(LastMember):
        remove_member(by=lawyer, member=case.members.get(user=lawyer))
    add_member(by=lawyer, case=case, user=stranger)
    stranger.role = Role.ADMINISTRATOR
    stranger.save()
    with pytest.raises(LastMember):
        remove_member(by=lawyer, member=case.members.get(user=lawyer))
