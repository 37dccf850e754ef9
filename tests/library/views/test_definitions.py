import pytest
from django.contrib.messages import get_messages

from caseapp.library.models import ThemeExample, ThemeRule


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


def test_rules_are_given_and_taken_away(client, weapons):
    url = f"/themes/{weapons.pk}/rules/"
    assert "No rules yet" in client.get(url).content.decode()
    assert client.post(url, {"kind": "pattern", "text": "carr* near/3 rifle"}).url == url
    assert "carr* near/3 rifle" in client.get(url).content.decode()
    rule = ThemeRule.objects.get()
    assert client.post(f"/themes/rules/{rule.pk}/remove/").url == url
    assert not ThemeRule.objects.exists()
    assert client.post(f"/themes/rules/{rule.pk}/remove/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("word", "two words", "This is more than one word. Choose “Phrase” for words in a row."),
        ("word", "rifle", "The theme has this rule already."),
        ("word", "", "This field is required."),
    ],
)
def test_a_rule_that_cannot_be_says_why_and_stays_typed(client, weapons, kind, text, sentence):
    url = f"/themes/{weapons.pk}/rules/"
    client.post(url, {"kind": "word", "text": "rifle"})
    response = client.post(url, {"kind": kind, "text": text})
    assert response.status_code == 422
    assert response.context["form"].errors == {"text": [sentence]}
    assert response.context["form"]["text"].value() == text


@pytest.mark.parametrize(("pin", "belongs"), [("belongs", True), ("excluded", False)])
def test_a_passage_is_pinned_and_unpinned(client, source, quote, killings, pin, belongs):
    excerpt = quote(source.capture, "The officer was on leave", killings)
    url = f"/themes/{killings.pk}/example/"
    client.post(url, {"excerpt": excerpt.pk, "pin": pin})
    assert ThemeExample.objects.get().belongs is belongs
    client.post(url, {"excerpt": excerpt.pk, "pin": "none"})
    assert not ThemeExample.objects.exists()


def test_a_passage_that_went_is_said_to_be_gone(client, killings):
    response = client.post(f"/themes/{killings.pk}/example/", {"excerpt": 10**9, "pin": "belongs"})
    assert [str(one) for one in get_messages(response.wsgi_request)] == ["This passage was removed in the meantime."]
