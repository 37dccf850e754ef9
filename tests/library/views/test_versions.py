import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from caseapp.accounts.services.people import change_office
from caseapp.library.excerpts.anchors import CONTEXT
from caseapp.library.keeping.versions import add_version
from caseapp.library.models import Excerpt, Method, Recapture, Recheck
from caseapp.library.services.sources import trim_article
from tests.library.conftest import ARTICLE as SHORT
from tests.library.conftest import NOW

# So much stands between the two passages that a change of one leaves the surroundings of the other.
ARTICLE = (
    SHORT.replace("The bill", "Nobody told the family what was known of the men or whence they came.\nThe bill")
    + "Read on: all that was said of it in the assembly, day by day, and by whom.\n"
)
NEWER = ARTICLE.replace("His rifle had stayed at the station", "His weapon had stayed at the post")
RIFLE, BILL = "His rifle had stayed at the station", "The bill that was to protect his family"


@pytest.fixture
def source(add, caseworker):
    return add(ARTICLE, by=caseworker, url="https://herald.example/door")


@pytest.fixture
def newer(source, lawyer):
    """The second version of the source."""
    return add_version(by=lawyer, source=source, original=NEWER.encode(), name="", method=Method.PASTED, now=NOW)


@pytest.fixture
def rifle(source, quote, caseworker):
    return quote(source.capture, RIFLE, created_by=caseworker)


@pytest.fixture
def bill(source, quote, caseworker):
    start = ARTICLE.index(BILL)
    around = {"prefix": ARTICLE[start - CONTEXT : start], "suffix": ARTICLE[start + len(BILL) :][:CONTEXT]}
    return quote(source.capture, BILL, created_by=caseworker, **around)


@pytest.fixture
def client(as_person, caseworker):
    return as_person(caseworker)


@pytest.mark.parametrize(
    "sent",
    [{"text": NEWER.replace("\n", "\r\n")}, {"file": SimpleUploadedFile("door.txt", NEWER.encode())}],
)
def test_a_newer_version_is_pasted_or_uploaded(client, source, bill, sent):
    response = client.post(f"/sources/{source.pk}/versions/add/", sent, follow=True)
    assert "Version 2 is kept." in response.text
    assert source.captures.get(number=2).text == NEWER
    assert response.redirect_chain == [(f"/sources/{source.pk}/details/", 302)]


def test_a_version_that_is_whole_after_one_that_was_trimmed_is_said_to_be(client, source):
    said = "The version before was trimmed, and this one is not yet."
    first = client.post(f"/sources/{source.pk}/versions/add/", {"text": NEWER}, follow=True)
    assert said not in first.text
    trim_article(by=None, capture=source.captures.get(number=2), start=5, end=len(NEWER) - 5)
    second = client.post(f"/sources/{source.pk}/versions/add/", {"text": f"{NEWER} And more."}, follow=True)
    assert said in second.text
    assert f'href="/sources/{source.pk}/trim/"' in second.text


def test_who_waits_for_a_look_is_shown_at_once(client, source, rifle):
    response = client.post(f"/sources/{source.pk}/versions/add/", {"text": NEWER}, follow=True)
    assert response.redirect_chain == [(f"/sources/recheck/?source={source.pk}", 302)]
    assert "1 passage quoted from an older version does not stand there as it was." in response.text
    words = re.sub(r'<span class="visually-hidden">[^<]*</span>|<[^>]+>', "", response.text)
    assert RIFLE in words
    assert "His weapon had stayed at the post" in words
    assert re.findall(r"<(?:ins|del)>.*?</span>(.*?)</", response.text) == ["rifle ", "station", "weapon ", "post"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ARTICLE, "These are the very bytes of version 1, so no new version was made."),
        ("a\0b", "NUL"),
        ("", "Paste the text here, or choose a file below."),
    ],
)
def test_what_cannot_be_kept_is_said_and_changes_nothing(client, source, text, sentence):
    response = client.post(f"/sources/{source.pk}/versions/add/", {"text": text})
    assert response.status_code == 422
    assert sentence in response.text
    assert source.captures.count() == 1


def test_each_fetch_needs_the_persons_tick_and_the_offices_word(client, source, administrator):
    page = f"/sources/{source.pk}/versions/add/"
    assert "Your office does not let this program fetch pages." in client.get(page).text
    change_office(by=administrator, may_fetch=True)
    asked = {"address": source.url}
    response = client.post(page, asked)
    assert response.status_code == 422
    assert "Tick this, or save the page in your browser" in response.text
    assert client.post(page, asked | {"may_learn": "on"}).status_code == 302
    assert Recapture.objects.get().address == source.url
    response = client.post(page, asked | {"may_learn": "on"})
    assert (response.status_code, "being fetched already" in response.text) == (422, True)
    response = client.post(page, {"address": "http://me@herald.example/", "may_learn": "on"})
    assert "This address holds a user name or password" in response.text


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"status": "waiting"}, 200, "waits"),
        ({"status": "failed", "failure": "It did not answer."}, 286, "It did not answer."),
        ({"status": "unchanged"}, 286, "The page is as it was, byte for byte."),
    ],
)
def test_what_became_of_a_fetch(client, source, caseworker, fields, status, sentence):
    Recapture.objects.create(
        source=source, address="https://herald.example/", requested_at=NOW, requested_by=caseworker, **fields
    )
    response = client.get(f"/sources/{source.pk}/versions/progress/")
    assert (response.status_code, sentence in response.text) == (status, True)


def test_every_version_can_be_read_and_the_newest_is_meant_otherwise(client, source, rifle, newer):
    reader = f"/sources/{source.pk}/"
    assert "His weapon had stayed" in client.get(reader).text
    older = client.get(reader, {"version": "1"}).text
    assert "This is version 1 of 2" in older
    assert RIFLE in older
    assert f'hx-post="/sources/{source.pk}/excerpts/add/?version=1"' in older
    assert "Needs re-check" in older
    assert client.get(reader, {"version": "2"}).status_code == 200
    assert {client.get(reader, {"version": odd}).status_code for odd in ("0", "3", "x", "", "9" * 30)} == {404}
    original = client.get(f"/sources/{source.pk}/original/", {"version": "1"})
    assert original.content == ARTICLE.encode()
    details = client.get(f"/sources/{source.pk}/details/").text
    assert f'href="/sources/{source.pk}/?version=1"' in details
    assert f"/sources/{source.pk}/versions/compare/?version=2" in details


def test_an_excerpt_is_added_to_the_version_that_the_person_reads(client, source, newer):
    start = ARTICLE.index(RIFLE)
    sent = {"start": start, "end": start + len(RIFLE), "words": RIFLE}
    client.post(f"/sources/{source.pk}/excerpts/add/?version=1", sent)
    excerpt = Excerpt.objects.get()
    assert excerpt.capture.number == 1
    assert Recheck.objects.get().excerpt == excerpt


def test_what_changed(client, source, newer):
    text = client.get(f"/sources/{source.pk}/versions/compare/").text
    assert "From version 1 to version 2" in text
    assert "<del>" in text
    assert "weapon" in text
    assert "No word changed" in client.get(f"/sources/{source.pk}/versions/compare/?with=2").text


def test_a_passage_is_carried_over_and_that_is_undone(client, source, rifle, newer):
    row = Recheck.objects.get()
    place = {name: row.places[0][name] for name in ("start", "end")}
    response = client.post(f"/sources/recheck/{row.pk}/carry/", place, follow=True)
    assert "Carried over to version 2." in response.text
    assert "Nothing to re-check" in response.text
    rifle.refresh_from_db()
    assert rifle.capture == newer
    client.post(f"/sources/recheck/{row.pk}/reopen/")
    rifle.refresh_from_db()
    assert (rifle.capture.number, rifle.quote) == (1, RIFLE)


def test_other_words_are_chosen(client, source, rifle, newer):
    address = f"/sources/recheck/{Recheck.objects.get().pk}/words/"
    assert "His weapon had stayed at the post" in client.get(address).text
    missing = client.post(address, {"quote": "words that stand nowhere", "version": 1})
    assert missing.status_code == 422
    response = client.post(address, {"quote": "His weapon had stayed", "version": 1}, follow=True)
    assert "Carried over" in response.text
    rifle.refresh_from_db()
    assert (rifle.quote, rifle.capture) == ("His weapon had stayed", newer)


def test_a_translation_of_other_words_is_looked_at_again(client, source, rifle, newer):
    Excerpt.objects.update(translation="Su fusil se quedó en la estación")
    row = Recheck.objects.get()
    place = {name: row.places[0][name] for name in ("start", "end")}
    response = client.post(f"/sources/recheck/{row.pk}/carry/", place, follow=True)
    assert response.redirect_chain == [(f"/excerpts/{rifle.pk}/edit/", 302)]
    assert "The translation is of the words as they were." in response.text


def test_a_passage_is_kept_on_its_version_with_a_reason(client, source, rifle, newer):
    address = f"/sources/recheck/{Recheck.objects.get().pk}/keep/"
    assert client.post(address, {"note": " "}).status_code == 422
    response = client.post(address, {"note": "They withdrew it."}, follow=True)
    assert "The passage stays on version 1." in response.text
    assert "They withdrew it." in response.text


def test_all_that_stand_exactly_are_carried_over(client, source, bill, rifle, newer):
    assert "1 passage of “Two men at the door” stands in the newest version" in client.get("/sources/recheck/").text
    response = client.post(f"/sources/{source.pk}/versions/carry/", follow=True)
    assert "1 passage was carried over." in response.text
    bill.refresh_from_db()
    assert bill.capture == newer


def test_carried_over_into_other_surroundings_it_has_to_be_checked_anew(client, source, bill, lawyer, approve):
    approve(bill, lawyer)
    text = f"Correction: an earlier version said “{BILL}.” That was wrong."
    add_version(by=lawyer, source=source, original=text.encode(), name="", method=Method.PASTED, now=NOW)
    queue = client.get("/sources/recheck/").text
    assert "Same words, other surroundings" in queue
    assert "Carry over all that stand exactly" not in queue
    assert "<ins>" in queue
    row = Recheck.objects.get()
    place = {name: row.places[0][name] for name in ("start", "end")}
    response = client.post(f"/sources/recheck/{row.pk}/carry/", place, follow=True)
    assert "What stands around it is other than it was, so the passage has to be checked anew." in response.text
    bill.refresh_from_db()
    assert not bill.is_checked


def test_a_second_answer_is_told_that_it_came_too_late(client, source, rifle, newer):
    row = Recheck.objects.get()
    client.post(f"/sources/recheck/{row.pk}/keep/", {"note": "Gone."})
    response = client.post(f"/sources/recheck/{row.pk}/carry/", {"start": 1, "end": 5}, follow=True)
    assert "Somebody else decided about this passage meanwhile." in response.text
    rifle.refresh_from_db()
    assert rifle.capture.number == 1


def test_a_longer_queue_asks_the_database_no_more(client, source, quote, lawyer, count_queries):
    words = ["His rifle", "had stayed", "at the station", "rifle had", "stayed at"]
    quote(source.capture, words[0])
    add_version(by=lawyer, source=source, original=NEWER.encode(), name="", method=Method.PASTED, now=NOW)
    few = count_queries(client, "/sources/recheck/")
    Recheck.objects.all().delete()
    for one in words[1:]:
        quote(source.captures.get(number=1), one)
    add_version(by=lawyer, source=source, original=b"Nothing of it.", name="", method=Method.PASTED, now=NOW)
    assert Recheck.objects.count() == 5
    assert count_queries(client, "/sources/recheck/") == few
