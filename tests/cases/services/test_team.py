"""The team of a case."""

import pytest

from caseapp.accounts.models import User
from caseapp.accounts.roles import Role
from caseapp.audit.models import Event
from caseapp.cases.models import Case
from caseapp.cases.parts import Part
from caseapp.cases.services.team import (
    AlreadyOnTeam,
    CannotWorkOnCases,
    LastMember,
    OnlyForLawyers,
    PartBeyondRole,
    add_member,
    change_part,
    remove_member,
)


def latest(case: Case) -> str:
    return str(Event.objects.of_case(case.pk).first())


def close_account(user: User) -> None:
    user.is_active = False
    user.save()


def test_a_new_member_sees_the_case(case, lawyer, stranger):
    add_member(by=lawyer, case=case, user=stranger, part=Part.LAWYER)
    assert case in Case.objects.visible_to(stranger)
    assert latest(case) == "Lena Lawyer added to the team: Sam Stranger"


def test_nobody_is_added_twice(case, lawyer, caseworker):
    with pytest.raises(AlreadyOnTeam, match="Carla Caseworker is on the team already"):
        add_member(by=lawyer, case=case, user=caseworker, part=Part.EDITOR)
    assert case.members.count() == 2


def test_administrators_and_closed_accounts_are_not_added(case, lawyer, administrator, stranger):
    close_account(stranger)
    for user in (administrator, stranger):
        with pytest.raises(CannotWorkOnCases):
            add_member(by=lawyer, case=case, user=user, part=Part.VIEWER)
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
    add_member(by=lawyer, case=case, user=stranger, part=Part.LAWYER)
    stranger.role = Role.ADMINISTRATOR
    stranger.save()
    with pytest.raises(LastMember):
        remove_member(by=lawyer, member=case.members.get(user=lawyer))


def test_whoever_opens_a_case_and_the_team_they_name_have_the_fullest_part_of_their_role(case, lawyer, caseworker):
    assert dict(case.members.values_list("user__name", "part")) == {
        caseworker.name: Part.EDITOR,
        lawyer.name: Part.LAWYER,
    }


def test_a_part_is_changed_and_put_on_record(case, lawyer, caseworker):
    changed = change_part(by=lawyer, member=case.members.get(user=caseworker), part=Part.VIEWER)
    assert changed.part == case.members.get(user=caseworker).part == Part.VIEWER
    event = Event.objects.of_case(case.pk).first()
    assert str(event) == "Lena Lawyer changed what somebody may do on the team: Carla Caseworker"
    assert event.detail == {"before": "editor", "after": "viewer"}


def test_nobody_is_made_more_than_their_role_carries(case, lawyer, caseworker):
    with pytest.raises(PartBeyondRole, match="Carla Caseworker cannot be “Lawyer of the case”"):
        change_part(by=lawyer, member=case.members.get(user=caseworker), part=Part.LAWYER)
    assert case.members.get(user=caseworker).part == Part.EDITOR


def test_the_last_who_can_work_on_a_case_is_not_made_to_look_only(case, lawyer, caseworker):
    change_part(by=lawyer, member=case.members.get(user=caseworker), part=Part.VIEWER)
    with pytest.raises(LastMember):
        change_part(by=lawyer, member=case.members.get(user=lawyer), part=Part.VIEWER)
    with pytest.raises(LastMember):
        remove_member(by=lawyer, member=case.members.get(user=lawyer))


def test_only_a_lawyer_of_the_case_takes_that_from_another(case, lawyer, caseworker):
    theirs = case.members.get(user=lawyer)
    with pytest.raises(OnlyForLawyers):
        remove_member(by=caseworker, member=theirs)
    with pytest.raises(OnlyForLawyers):
        change_part(by=caseworker, member=theirs, part=Part.EDITOR)
    assert change_part(by=lawyer, member=theirs, part=Part.EDITOR).part == Part.EDITOR


def test_a_lawyer_whose_role_fell_is_no_lawyer_of_the_case_any_more(case, lawyer, caseworker):
    lawyer.role = Role.CASEWORKER
    lawyer.save()
    remove_member(by=caseworker, member=case.members.get(user=lawyer))
    assert [member.user.name for member in case.members.all()] == ["Carla Caseworker"]
