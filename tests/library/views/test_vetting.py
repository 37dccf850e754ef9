"""The queues, a passage in its context with what is decided about it, its page, and comments."""

import re
from html import unescape

import pytest
from django.urls import reverse

from caseapp.library.models import Comment, Excerpt
from caseapp.library.models.excerpt import State
from caseapp.library.services.excerpts import change_excerpt, move_bounds, quote_excerpt
from tests.library.conftest import ARTICLE, NOW

RIFLE = "His rifle had stayed at the station"
START = ARTICLE.index(RIFLE)
END = START + len(RIFLE)


@pytest.fixture
def rifle(source, caseworker, weapons) -> Excerpt:
    return quote_excerpt(by=caseworker, capture=source.capture, start=START, end=END, themes=[weapons], now=NOW)


@pytest.fixture
def leave(source, caseworker) -> Excerpt:
    start = ARTICLE.index("two men")
    return quote_excerpt(by=caseworker, capture=source.capture, start=start, end=start + 7, themes=[], now=NOW)


def check_url(excerpt: Excerpt, **asked) -> str:
    return reverse("excerpt_check", args=[excerpt.pk], query=asked)


def words_of(answer) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def shown_on(page) -> str:
    return re.search(r'name="shown" value="([^"]+)"', page.content.decode()).group(1)


def decide(client, address, **decision):
    """As a person does who reads the page and then sends it."""
    return client.post(address, {"shown": shown_on(client.get(address)), **decision})


class TestChecking:
    def test_shows_the_paragraphs_around_it_and_what_is_to_be_confirmed(self, as_person, lawyer, rifle):
        words = words_of(as_person(lawyer).get(check_url(rifle)))
        for shown in (
            "The officer was on leave when two men came to his house.",
            "never came to a vote.",
            "Ends mid-sentence",
            "Sample Herald",
            "A. Reporter",
            "4 Mar 2019",
            "Weapon rules",
            "proposed by Carla Caseworker",
        ):
            assert shown in words

    def test_leads_to_the_next_that_waits(self, as_person, lawyer, rifle, leave):
        client = as_person(lawyer)
        answer = decide(client, check_url(leave, queue="to-check"), do="check")
        assert answer.url == check_url(rifle, queue="to-check")
        last = decide(client, answer.url, do="approve")
        assert last.url == reverse("vetting_queue", args=["to-check"])
        assert [excerpt.state for excerpt in (_fresh(leave), _fresh(rifle))] == [State.CHECKED, State.APPROVED]

    def test_out_of_no_queue_leads_back_to_the_text(self, as_person, lawyer, rifle):
        assert decide(as_person(lawyer), check_url(rifle), do="check").url == rifle.get_absolute_url()

    def test_of_what_was_not_shown_as_it_stands_is_refused_in_a_sentence(self, as_person, lawyer, rifle):
        client = as_person(lawyer)
        proof = shown_on(client.get(check_url(rifle)))
        move_bounds(by=None, excerpt=rifle, start=START, end=END + 1)
        for shown in (proof, "", "forged"):
            answer = client.post(check_url(rifle), {"do": "check", "shown": shown, "words": "Mine"})
            assert answer.status_code == 409
            assert "You have not been shown this passage, as it stands now" in words_of(answer)
            assert "Mine" in words_of(answer)
        assert _fresh(rifle).state == State.PROPOSED

    def test_of_own_words_is_not_offered_and_refused(self, as_person, caseworker, lawyer, rifle):
        client = as_person(caseworker)
        assert 'value="check"' not in client.get(check_url(rifle)).content.decode()
        answer = decide(client, check_url(rifle), do="check")
        assert (answer.status_code, _fresh(rifle).state) == (422, State.PROPOSED)
        assert "somebody else has to check it" in words_of(answer)

    def test_is_offered_beside_the_text_to_those_who_may(self, as_person, caseworker, lawyer, rifle):
        offered = f'href="{check_url(rifle)}"'
        for address in (rifle.capture.source.get_absolute_url(), reverse("excerpt_show", args=[rifle.pk])):
            assert offered not in as_person(caseworker).get(address).content.decode()
            assert offered in as_person(lawyer).get(address).content.decode()

    def test_approving_is_for_lawyers(self, as_person, stranger, caseworker, source):
        own = quote_excerpt(by=stranger, capture=source.capture, start=START, end=END, themes=[])
        assert decide(as_person(caseworker), check_url(own), do="approve").status_code == 403
        assert _fresh(own).state == State.PROPOSED

    def test_sending_back_needs_words(self, as_person, lawyer, rifle):
        client = as_person(lawyer)
        assert decide(client, check_url(rifle), do="send-back").status_code == 422
        assert decide(client, check_url(rifle), do="send-back", words="Half a rule.\r\nWhy?").status_code == 302
        assert _fresh(rifle).is_sent_back
        assert Comment.objects.get().words == "Half a rule.\nWhy?"

    def test_a_removed_excerpt_is_said_to_be_gone(self, as_person, lawyer, rifle):
        address = check_url(rifle)
        rifle.delete()
        assert as_person(lawyer).get(address).status_code == 404


class TestQueue:
    def test_lists_what_waits_and_counts_it(self, as_person, lawyer, rifle, leave):
        page = as_person(lawyer).get(reverse("vetting_queue", args=["to-check"]))
        assert list(page.context["page"]) == [leave, rifle]
        assert [(row["label"], row["count"]) for row in page.context["queues"]] == [
            ("To check", 2), ("To approve", 0), ("Came back to you", 0)
        ]  # fmt: skip

    @pytest.mark.parametrize("asked", ["?theme=x&source=-1", "?theme=999999999", "?source=99999999999999999999"])
    def test_what_makes_no_sense_in_the_address_is_passed_over(self, as_person, lawyer, rifle, asked):
        page = as_person(lawyer).get(reverse("vetting_queue", args=["to-check"]) + asked)
        assert list(page.context["page"]) == [rifle]

    def test_another_queue_does_not_exist(self, as_person, lawyer):
        assert as_person(lawyer).get(reverse("vetting_queue", args=["to-burn"])).status_code == 404

    def test_takes_as_many_queries_for_many_as_for_one(self, as_person, lawyer, rifle, count_queries, quote, weapons):
        client, address = as_person(lawyer), reverse("vetting_queue", args=["to-check"])
        one = count_queries(client, address)
        for words in ("leave", "house", "vote", "bill"):
            quote(rifle.capture, words, weapons)
        assert count_queries(client, address) == one


class TestItsPage:
    def test_tells_who_changed_what(self, as_person, lawyer, rifle, law):
        moved = move_bounds(by=lawyer, excerpt=rifle, start=START + 4, end=END)
        change_excerpt(by=lawyer, excerpt=moved, themes=[law], note="", is_adverse=True, version=2)
        page = as_person(lawyer).get(reverse("excerpt_show", args=[rifle.pk])).content.decode()
        assert "<del>His </del> rifle had stayed" in page
        assert "<del>Weapon rules</del> <ins>Unpassed protection law</ins>" in page
        assert "<del>no</del> <ins>yes</ins>" in page
        assert "Nothing is noted." in page

    def test_takes_comments_and_lets_their_author_take_them_away(self, as_person, caseworker, lawyer, rifle):
        client = as_person(lawyer)
        client.post(reverse("comment_add", args=[rifle.pk]), {"words": "Is it <b>whole</b>?"})
        comment = Comment.objects.get()
        page = as_person(caseworker).get(reverse("excerpt_show", args=[rifle.pk])).content.decode()
        assert "Is it &lt;b&gt;whole&lt;/b&gt;?" in page
        as_person(caseworker).post(reverse("comment_remove", args=[comment.pk]))
        assert Comment.objects.exists()
        client.post(reverse("comment_remove", args=[comment.pk]))
        assert not Comment.objects.exists()

    def test_answers_what_came_back(self, as_person, caseworker, lawyer, rifle):
        decide(as_person(lawyer), check_url(rifle), do="send-back", words="Is it whole?")
        home = as_person(caseworker).get(reverse("home"))
        assert "1 passage came back to you" in words_of(home)
        as_person(caseworker).post(reverse("comment_add", args=[rifle.pk]), {"words": "It is.", "again": "1"})
        assert not _fresh(rifle).is_sent_back
        assert "1 passage to check" in words_of(as_person(lawyer).get(reverse("home")))


def test_a_card_of_the_reader_leads_to_the_check(as_person, lawyer, source, rifle):
    page = as_person(lawyer).get(source.get_absolute_url())
    assert reverse("excerpt_check", args=[rifle.pk]) in page.content.decode()
    assert "Proposed" in words_of(page)


def _fresh(excerpt: Excerpt) -> Excerpt:
    return Excerpt.objects.get(pk=excerpt.pk)
