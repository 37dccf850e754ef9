"""The administrators' screens."""

import pytest
from django.urls import reverse

from caseapp.accounts.models import User
from caseapp.audit.actions import Action
from caseapp.audit.models import Event

pytestmark = pytest.mark.django_db


def pages(person: User) -> list[tuple[str, str]]:
    return [
        ("get", reverse("person_list")),
        ("get", reverse("person_add")),
        ("post", reverse("person_add")),
        ("get", reverse("person_edit", args=[person.pk])),
        ("post", reverse("person_edit", args=[person.pk])),
        ("get", reverse("person_deactivate", args=[person.pk])),
        ("post", reverse("person_deactivate", args=[person.pk])),
        ("post", reverse("person_reactivate", args=[person.pk])),
        ("post", reverse("person_link", args=[person.pk])),
    ]


@pytest.mark.parametrize("who", ["caseworker", "lawyer", "stranger"])
def test_nobody_else_reaches_them(who, request, administrator, as_person):
    client = as_person(request.getfixturevalue(who))
    answers = [getattr(client, method)(url).status_code for method, url in pages(administrator)]
    assert answers == [403] * len(answers)
    assert set(Event.objects.values_list("action", flat=True)) <= {Action.DENIED}
    # Nor does an id that does not exist look different from one that does.
    assert client.get(reverse("person_edit", args=[999_999])).status_code == 403


def test_signed_out_they_lead_to_sign_in(client, administrator):
    for method, url in pages(administrator):
        answer = getattr(client, method)(url)
        assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={url}")


def test_nobody_there(administrator, as_person):
    assert as_person(administrator).get(reverse("person_edit", args=[999_999])).status_code == 404


def test_list_shows_everybody_with_a_constant_number_of_queries(
    administrator, lawyer, caseworker, as_person, django_assert_num_queries
):
    client = as_person(administrator)
    with django_assert_num_queries(6):  # session, user, people; what the banners on every page ask for
        few = client.get(reverse("person_list"))
    User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", role="lawyer", password="!") for n in range(20)
    )
    with django_assert_num_queries(6):
        many = client.get(reverse("person_list"))
    assert [person.name for person in few.context["people"]] == ["Ada Administrator", "Carla Caseworker", "Lena Lawyer"]
    assert "Person 19" in many.content.decode()
    assert "No password yet" in many.content.decode()


def test_add_leads_to_the_person(administrator, as_person):
    typed = {"email": "nina@example.org", "name": "Nina Nueva", "role": "caseworker"}
    answer = as_person(administrator).post(reverse("person_add"), typed)
    person = User.objects.get(email="nina@example.org")
    assert (answer.status_code, answer.url) == (302, reverse("person_edit", args=[person.pk]))


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"email": "not an address"}, "email", "Enter a valid email address."),
        ({"email": "Lawyer@example.org"}, "email", "Somebody with this e-mail is already here"),
        ({"name": " "}, "name", "This field is required."),
        ({"role": "emperor"}, "role", "Select a valid choice. emperor is not one of the available choices."),
    ],
)
def test_add_keeps_what_was_typed_and_changes_nothing(administrator, lawyer, as_person, wrong, field, sentence):
    typed = {"email": "nina@example.org", "name": "Nina Nueva", "role": "caseworker"} | wrong
    answer = as_person(administrator).post(reverse("person_add"), typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field][0].startswith(sentence)
    assert answer.context["form"]["email"].value() == typed["email"]
    assert User.objects.count() == 2
    assert Event.objects.count() == 0


def test_edit_changes_name_and_role(administrator, lawyer, as_person):
    url = reverse("person_edit", args=[lawyer.pk])
    answer = as_person(administrator).post(url, {"name": "Lena Lopez", "role": "caseworker"})
    assert (answer.status_code, answer.url) == (302, reverse("person_list"))
    lawyer.refresh_from_db()
    assert (lawyer.name, lawyer.role, lawyer.email) == ("Lena Lopez", "caseworker", "lawyer@example.org")


def test_edit_says_why_the_last_administrator_stays_one(administrator, as_person):
    url = reverse("person_edit", args=[administrator.pk])
    answer = as_person(administrator).post(url, {"name": "Ada", "role": "lawyer"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["role"][0].startswith("This is the only account that can manage people.")


def test_deactivate_asks_first(administrator, lawyer, as_person):
    client = as_person(administrator)
    url = reverse("person_deactivate", args=[lawyer.pk])
    assert "Close the account of Lena Lawyer?" in client.get(url).content.decode()
    lawyer.refresh_from_db()
    assert lawyer.is_active
    answer = client.post(url)
    assert (answer.status_code, answer.url) == (302, reverse("person_list"))
    lawyer.refresh_from_db()
    assert not lawyer.is_active


def test_deactivate_says_why_the_last_administrator_stays(administrator, as_person):
    answer = as_person(administrator).post(reverse("person_deactivate", args=[administrator.pk]), follow=True)
    assert "This is the only account that can manage people." in answer.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active


def test_reactivate(administrator, lawyer, as_person):
    User.objects.filter(pk=lawyer.pk).update(is_active=False)
    answer = as_person(administrator).post(reverse("person_reactivate", args=[lawyer.pk]), follow=True)
    assert "The account of Lena Lawyer is open again." in answer.content.decode()
    lawyer.refresh_from_db()
    assert lawyer.is_active


def test_link_is_shown_once_and_kept_nowhere(administrator, lawyer, as_person):
    client = as_person(administrator)
    answer = client.post(reverse("person_link", args=[lawyer.pk]))
    link = answer.context["link"]
    assert link.startswith("http://testserver/set-password/")
    assert f'value="{link}"' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert link not in client.get(reverse("person_edit", args=[lawyer.pk])).content.decode()
    assert client.get(reverse("person_link", args=[lawyer.pk])).status_code == 405


def test_no_link_for_a_closed_account(administrator, lawyer, as_person):
    User.objects.filter(pk=lawyer.pk).update(is_active=False)
    answer = as_person(administrator).post(reverse("person_link", args=[lawyer.pk]), follow=True)
    assert "This account is closed. Reopen it first, then make a link." in answer.content.decode()
