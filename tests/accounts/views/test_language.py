"""Which language a page is in."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def language_of(client, **headers) -> str:
    return client.get(reverse("account_change_password"), **headers).headers["Content-Language"]


def test_a_choice_is_kept_for_the_person_on_every_browser(lawyer, as_person):
    answer = as_person(lawyer).post(reverse("choose_language"), {"language": "es", "next": "/change-password/"})
    assert (answer.status_code, answer.url) == (302, "/change-password/")
    assert language_of(as_person(lawyer)) == "es"


def test_the_persons_choice_goes_before_the_browsers(lawyer, as_person):
    lawyer.language = "en"
    lawyer.save()
    assert language_of(as_person(lawyer), HTTP_ACCEPT_LANGUAGE="es") == "en"


def test_without_a_choice_the_browser_decides(lawyer, as_person, client):
    assert language_of(as_person(lawyer), HTTP_ACCEPT_LANGUAGE="es") == "es"
    sign_in = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="es")
    assert sign_in.headers["Content-Language"] == "es"
    assert '<html lang="es">' in sign_in.content.decode()


def test_who_is_not_signed_in_can_choose_for_the_browser(client):
    client.post(reverse("choose_language"), {"language": "es"})
    assert client.get(reverse("account_login")).headers["Content-Language"] == "es"


@pytest.mark.parametrize("language", ["", "xx", "../en", "fr"])
def test_a_language_we_do_not_have_changes_nothing(lawyer, as_person, language):
    answer = as_person(lawyer).post(reverse("choose_language"), {"language": language})
    assert answer.status_code == 302
    lawyer.refresh_from_db()
    assert lawyer.language == ""


def test_never_leads_off_the_site(client):
    answer = client.post(reverse("choose_language"), {"language": "es", "next": "https://evil.example/"})
    assert answer.url == "/"


def test_a_link_cannot_change_it(client):
    assert client.get(reverse("choose_language"), {"language": "es"}).status_code == 405


def test_the_switch_names_languages_in_their_own_words(client):
    page = client.get(reverse("account_login")).content.decode()
    assert '<button type="submit" class="menu-item" name="language" value="es" lang="es">Español</button>' in page
    assert 'value="en"' not in page
