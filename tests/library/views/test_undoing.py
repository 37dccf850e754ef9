import re

import pytest
from django.urls import reverse
from django.utils import timezone

from caseapp.library.models import Excerpt, Undo
from caseapp.library.services import undoing
from caseapp.library.services.bulk import tag_excerpts
from caseapp.library.services.excerpts import change_excerpt, quote_excerpt, remove_excerpt
from caseapp.library.services.undoing import remember
from caseapp.library.views.undoing import DEEDS
from tests.library.conftest import ARTICLE

START, END = ARTICLE.index("His rifle"), ARTICLE.index(", as the rule")


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.fixture
def rifle(source, caseworker) -> Excerpt:
    return quote_excerpt(by=caseworker, capture=source.capture, start=START, end=END, themes=[])


def test_a_message_offers_it_and_the_page_behind_asks(client, rifle):
    answer = client.post(reverse("excerpt_remove", args=[rifle.pk]), follow=True)
    address = Undo.objects.first().get_absolute_url()
    assert f'href="{address}" hx-post="{address}"' in answer.content.decode()
    assert "Undo this?" in client.get(address).content.decode()
    answer = client.post(address, follow=True)
    assert "Undone." in answer.content.decode()
    assert Excerpt.objects.get().pk == rifle.pk


def test_in_the_open_reader_it_happens_in_place(client, rifle, source):
    here = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{source.get_absolute_url()}#x"}
    page = client.post(Undo.objects.get().get_absolute_url(), **here).content.decode()
    assert re.findall(r'<p id="p(\d+)"[^>]*hx-swap-oob="true">', page) == [str(START)]
    assert "<mark" not in page
    assert "Undone." in page


def test_from_another_page_it_leads_to_where_it_is_seen(client, rifle, source):
    elsewhere = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/themes/1/"}
    answer = client.post(Undo.objects.get().get_absolute_url(), **elsewhere)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, source.get_absolute_url())


@pytest.mark.parametrize("in_place", [False, True])
def test_what_cannot_be_undone_is_said(client, rifle, lawyer, in_place):
    change_excerpt(by=lawyer, excerpt=rifle, themes=[], note="mine", is_adverse=False, version=1)
    headers = {"HTTP_HX_REQUEST": "true"} if in_place else {}
    answer = client.post(Undo.objects.last().get_absolute_url(), follow=True, **headers)
    assert "This was changed again since" in answer.content.decode()
    assert Excerpt.objects.exists()


def test_what_one_did_lately_is_listed_with_its_undo(client, rifle, weapons, lawyer, caseworker):
    tag_excerpts(by=caseworker, excerpts=[rifle.pk], add=[weapons], remove=[], now=timezone.now())
    remember(by=lawyer, kind="theme.moved", payload={}, label="Of another", now=timezone.now())
    page = client.get(reverse("undo_list"))
    tagged, added = Undo.objects.filter(made_by=caseworker, part_of=None)
    assert [(deed, str(did), stale) for deed, did, stale in page.context["rows"]] == [
        (tagged, "tagged many at once", False),
        (added, "excerpted", True),
    ]
    assert tagged.get_absolute_url() in page.text
    assert added.get_absolute_url() not in page.text
    assert "Of another" not in page.text
    here = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/undo/"}
    assert client.post(tagged.get_absolute_url(), **here)["HX-Refresh"] == "true"
    assert [deed.undone_at is None for deed, *_rest in client.get(reverse("undo_list")).context["rows"]] == [
        False,
        True,
    ]


def test_the_key_of_the_reader_undoes_after_its_message_is_gone(client, rifle, source, add, caseworker):
    other = add(title="Other").capture
    quote_excerpt(by=caseworker, capture=other, start=START, end=END, themes=[])
    remove_excerpt(by=caseworker, excerpt=rifle)
    address = reverse("undo_last", args=[source.pk])
    assert address in client.get(source.get_absolute_url()).text
    assert "Undone." in client.post(address, follow=True).text
    assert source.capture.excerpts.get().pk == rifle.pk
    assert other.excerpts.count() == 1
    Undo.objects.all().delete()
    assert "There is nothing here that you did and could undo." in client.post(address, follow=True).text


@pytest.mark.parametrize("kind", undoing._handlers)
def test_every_kind_of_deed_has_its_words(kind):
    assert str(DEEDS[kind])
