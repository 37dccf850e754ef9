"""A case that nobody can work on any more gets somebody."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from caseapp.audit.models import Event
from caseapp.cases.parts import Part


def test_a_case_with_nobody_left_gets_a_lawyer(case, lawyer, caseworker, stranger):
    with pytest.raises(CommandError, match="0 cases with the reference SV-2027-014 have nobody"):
        call_command("add_to_team", case.reference, stranger.email)
    case.members.filter(user=caseworker).update(part=Part.VIEWER)
    lawyer.is_active = False
    lawyer.save()
    out = StringIO()
    call_command("add_to_team", case.reference, stranger.email, stdout=out)
    assert out.getvalue() == "Sam Stranger is on the team of SV-2027-014 now.\n"
    assert case.members.get(user=stranger).part == Part.LAWYER
    assert str(Event.objects.of_case(case.pk).first()) == " added to the team: Sam Stranger"
