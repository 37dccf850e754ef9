"""`manage.py add_person`: an account, and the link by which its owner comes in."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from caseapp.accounts.models import User
from caseapp.audit.models import Event

pytestmark = pytest.mark.django_db


def add(email: str = "ana@example.org", name: str = "Ana First", role: str = "administrator", **options) -> str:
    out = StringIO()
    call_command("add_person", email, name=name, role=role, stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip()


def test_makes_the_first_administrator_of_an_empty_installation():
    link = add("Ana@Example.org")
    person = User.objects.get()
    assert (person.email, person.name, person.role) == ("ana@example.org", "Ana First", "administrator")
    assert not person.has_usable_password()
    assert link.startswith("/set-password/")


def test_the_link_opens_the_form_that_sets_the_password():
    client, password = Client(), "quiet otters cross 9 rivers"
    form = client.get(add(), follow=True)
    assert form.status_code == 200
    client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})
    assert User.objects.get().check_password(password)


def test_before_there_is_a_database_it_says_how_to_make_one(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_cursor: [])
    with pytest.raises(CommandError, match=r"scripts/prepare\.sh"):
        add()


def test_prints_id_and_link_as_json():
    said = json.loads(add(json=True))
    assert said == {"person": User.objects.get().pk, "link": said["link"]}
    assert said["link"].startswith("/set-password/")


def test_both_deeds_are_on_record_as_the_command_lines():
    add()
    events = [(event.actor_id, event.action, event.subject_label) for event in Event.objects.order_by("pk")]
    assert events == [(None, "person.added", "Ana First"), (None, "person.link_made", "Ana First")]


@pytest.mark.parametrize(
    ("email", "name", "sentence"),
    [
        ("LAWYER@example.org", "Twin", "Somebody with this e-mail is already here"),
        ("nobody", "Nobody", "email: Enter a valid email address."),
        ("ana@example.org", " ", "name: This field cannot be blank."),
    ],
)
def test_says_in_words_what_it_refuses_and_changes_nothing(lawyer, email, name, sentence):
    with pytest.raises(CommandError, match=sentence):
        add(email, name)
    assert list(User.objects.all()) == [lawyer]
    assert not Event.objects.exists()
