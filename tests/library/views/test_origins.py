"""The screens of same reports."""

import pytest
from django.urls import reverse

from caseapp.library.models import Comparison, ComparisonStatus, Link, Source, Verdict
from tests.library.reporting import two_reports


@pytest.fixture
def link(add) -> Link:
    return two_reports(add)


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


def words(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_list_asks_about_what_is_undecided(client, link):
    shown = client.get(reverse("origin_list"))
    assert list(shown.context["page"]) == [link]
    assert 'Same reports <span class="tab-count">(1)</span>' in words(shown)
    assert list(client.get(reverse("origin_list"), {"verdict": "dismissed"}).context["page"]) == []
    assert list(client.get(reverse("origin_list"), {"words": "tired coast"}).context["page"]) == [link]
    assert list(client.get(reverse("origin_list"), {"kind": "translation"}).context["page"]) == []


def test_the_list_says_what_to_do_when_it_is_empty(client):
    assert "Nothing to decide" in words(client.get(reverse("origin_list")))


def test_the_list_takes_as_many_queries_for_two_as_for_one(client, link, add, count_queries):
    before = count_queries(client, reverse("origin_list"))
    Link.objects.create(
        one=link.other,
        other=add("Other words.", title="Third"),
        one_capture=link.other_capture,
        other_capture=Source.objects.get(title="Third").capture,
        kind="quotation",
        score=50,
        share_one=1,
        share_other=1,
    )
    assert count_queries(client, reverse("origin_list")) == before


def test_the_pair_shows_both_tellings_with_what_differs(client, link):
    shown = words(client.get(link.get_absolute_url()))
    assert 'and the <span class="differs">harbour</span> board blamed the fog' in shown
    assert 'and the <span class="differs">harbor</span> board blamed the fog' in shown
    assert "The second names the publisher of the first, Harbour Gazette." in shown
    assert "“The vote” was published first (1 Mar 2026), so “Tired keepers” probably repeats it" in shown
    assert 'value="Harbour Gazette"' in shown


def test_confirming_names_the_origin(client, link):
    posted = client.post(
        reverse("origin_confirm", args=[link.pk]), {"version": link.version, "origin_name": "Harbour Gazette"}
    )
    assert (posted.status_code, posted["Location"]) == (302, link.get_absolute_url())
    assert {source.origin_name for source in Source.objects.all()} == {"Harbour Gazette"}
    assert "Decided by Carla Caseworker" in words(client.get(link.get_absolute_url()))


def test_a_bad_name_is_said_and_kept(client, link):
    posted = client.post(
        reverse("origin_confirm", args=[link.pk]), {"version": link.version, "origin_name": "a\u202eb"}
    )
    assert posted.status_code == 422
    assert posted.context["form"]["origin_name"].value() == "a\u202eb"
    assert Link.objects.get().verdict == Verdict.SUGGESTED


@pytest.mark.parametrize("deed", ["origin_confirm", "origin_dismiss", "origin_reopen"])
def test_what_changed_meanwhile_is_not_decided(client, link, deed):
    posted = client.post(reverse(deed, args=[link.pk]), {"version": link.version - 1, "origin_name": "A"})
    assert posted.status_code == 409
    assert "These two changed since you opened the page." in words(posted)
    assert Link.objects.get().verdict == Verdict.SUGGESTED


def test_kept_apart_and_asked_again(client, link):
    client.post(reverse("origin_dismiss", args=[link.pk]), {"version": link.version})
    dismissed = Link.objects.get()
    assert dismissed.verdict == Verdict.DISMISSED
    client.post(reverse("origin_reopen", args=[link.pk]), {"version": dismissed.version})
    assert Link.objects.get().verdict == Verdict.SUGGESTED


def test_a_passage_opens_the_other_reader_at_its_paragraph(client, link):
    passage = link.passages.first()
    place = reverse("origin_place", args=[passage.pk, link.other_id])
    start = link.other_capture.text.index("A vote was held")
    assert client.get(place)["Location"] == f"{reverse('source_read', args=[link.other_id])}#p{start}"
    assert client.get(reverse("origin_place", args=[passage.pk, 10**6])).status_code == 404


def test_the_reader_underlines_what_stands_elsewhere(client, link):
    shown = words(client.get(reverse("source_read", args=[link.one_id])))
    assert '<u class="also-in" title="also in “Tired keepers”">Eleven boats were lost' in shown
    assert 'Shared passages <span class="tab-count">(2)</span>' in shown
    Link.objects.update(verdict=Verdict.DISMISSED, decided_at=link.found_at)
    assert "also-in" not in words(client.get(reverse("source_read", args=[link.one_id])))


def test_the_details_wait_for_the_comparison_and_say_what_came_of_it(client, link):
    state = reverse("origin_state", args=[link.other_id])
    assert f'hx-get="{state}"' not in words(client.get(reverse("source_details", args=[link.other_id])))
    done = client.get(state)
    assert done.status_code == 286
    assert "It shares 2 passages with “The vote”" in words(done)
    Comparison.objects.update(status=ComparisonStatus.WORKING)
    waiting = client.get(state)
    assert (waiting.status_code, "It is being compared with all other sources." in words(waiting)) == (200, True)
    assert f'hx-get="{state}"' in words(client.get(reverse("source_details", args=[link.other_id])))


def test_one_click_records_the_origin_that_a_source_names(client, link):
    shown = words(client.get(reverse("source_details", args=[link.other_id])))
    assert "This is its origin" in shown
    client.post(reverse("origin_choose", args=[link.other_id]), {"name": "The Harbour Gazette"})
    assert Source.objects.get(pk=link.other_id).origin_name == "The Harbour Gazette"
    client.post(reverse("origin_leave", args=[link.other_id]))
    assert Source.objects.get(pk=link.other_id).origin is None
