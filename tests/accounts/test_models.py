import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from caseapp.accounts.models import User
from caseapp.accounts.roles import ABILITIES, Ability, Role
from caseapp.accounts.templatetags.abilities import can

pytestmark = pytest.mark.django_db


def test_every_role_has_a_row_in_the_table():
    assert set(ABILITIES) == set(Role)


def test_a_closed_account_can_do_nothing(lawyer):
    assert lawyer.can(Ability.BUILD_PACKETS)
    lawyer.is_active = False
    assert not any(lawyer.can(ability) for ability in Ability)


def test_administrators_manage_people_and_touch_no_case(administrator):
    assert [ability for ability in Ability if administrator.can(ability)] == [
        Ability.MANAGE_PEOPLE,
        Ability.BREAK_GLASS,
    ]


def test_templates_ask_for_abilities_by_name(lawyer, caseworker):
    assert can(lawyer, "BUILD_PACKETS")
    assert not can(caseworker, "BUILD_PACKETS")
    assert not can(AnonymousUser(), "BUILD_PACKETS")
    with pytest.raises(KeyError):
        can(lawyer, "BUILD_PACKET")


def test_one_account_per_email_whatever_the_case(lawyer):
    with pytest.raises(IntegrityError):
        User.objects.create(email="Lawyer@Example.org", name="Twin", role=Role.LAWYER)


def test_a_rotated_secret_key_keeps_people_signed_in(lawyer, as_person, settings):
    client = as_person(lawyer)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret key, long enough to be one"
    assert client.get("/change-password/").status_code == 200
