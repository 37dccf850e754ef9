"""Newer versions of a source, and what becomes of the passages quoted from the older one."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from caseapp.accounts.services.people import change_office
from caseapp.audit.actions import Action
from caseapp.audit.models import Event
from caseapp.intake.readers.text import Unreadable
from caseapp.library.excerpts.anchors import Place
from caseapp.library.excerpts.recheck_queue import settled_lately, sources_to_carry, waiting_count, waiting_rechecks
from caseapp.library.fetching import FetchRefused
from caseapp.library.keeping.versions import NothingNew, add_version
from caseapp.library.models import Capture, Excerpt, Method, Recapture, Recheck, Settled, Undo
from caseapp.library.services import versions as services
from caseapp.library.services.excerpts import (
    AlreadyExcerpted,
    OutsideTheArticle,
    change_excerpt,
    move_bounds,
    quote_excerpt,
)
from caseapp.library.services.sources import trim_article
from caseapp.library.services.undoing import undo
from tests.library.conftest import ARTICLE as SHORT
from tests.library.conftest import NOW

# So much stands between the two passages that a change of one leaves the surroundings of the other.
ARTICLE = (
    SHORT.replace("The bill", "Nobody told the family what was known of the men or whence they came.\nThe bill")
    + "Read on: all that was said of it in the assembly, day by day, and by whom.\n"
)
LATER = NOW + dt.timedelta(days=1)
NEWER = ARTICLE.replace("His rifle had stayed at the station", "His weapon had stayed at the post").replace(
    "Menu | Subscribe", "Menu | Sign in | Subscribe"
)
BILL, RIFLE = "The bill that was to protect his family", "His rifle had stayed at the station"


@pytest.fixture
def source(add, caseworker):
    return add(ARTICLE, by=caseworker)


@pytest.fixture
def bill(source, caseworker, law):
    return _quote(source, BILL, caseworker, themes=[law], note="Why it matters.")


@pytest.fixture
def rifle(source, caseworker, weapons):
    return _quote(source, RIFLE, caseworker, themes=[weapons])


def _quote(source, words, by, capture=None, **said):
    capture = capture or source.capture
    start = capture.text.index(words)
    said = {"themes": []} | said
    return quote_excerpt(by=by, capture=capture, start=start, end=start + len(words), now=NOW, **said)


def _vetted(excerpt, checker, lawyer):
    who = {"checked_at": NOW, "checked_by": checker, "approved_at": NOW, "approved_by": lawyer}
    Excerpt.objects.filter(pk=excerpt.pk).update(**who)


@pytest.fixture
def capture_again(source, lawyer):
    def capture_again(text: str = NEWER, **changes):
        values = {"original": text.encode(), "name": "", "method": Method.PASTED, "now": LATER, "by": lawyer} | changes
        return add_version(source=source, **values)

    return capture_again


def test_a_newer_version_stands_beside_the_older(source, capture_again, lawyer):
    newer = capture_again()
    assert (newer.number, newer.text, newer.captured_by, newer.captured_at) == (2, NEWER, lawyer, LATER)
    source.refresh_from_db()
    assert (source.newest, source.capture) == (2, newer)
    assert source.captures.get(number=1).text == ARTICLE
    event = Event.objects.get(action=Action.SOURCE_CAPTURED_AGAIN)
    assert event.detail == {"sha256": newer.original_sha256, "capture": 2}


def test_the_same_bytes_make_no_version(source, capture_again):
    with pytest.raises(NothingNew, match="version 1"):
        capture_again(ARTICLE)
    newer = capture_again()
    with pytest.raises(NothingNew, match="version 2"):
        capture_again()
    # What was withdrawn and came back is news again.
    assert capture_again(ARTICLE).number == newer.number + 1


def test_a_version_that_cannot_be_read_leaves_all_as_it_was(source, bill, capture_again):
    with pytest.raises(Unreadable):
        capture_again(original=b"\x00\x01\x02" * 50, name="page.txt", method=Method.UPLOADED)
    source.refresh_from_db()
    assert (source.newest, source.captures.count(), Recheck.objects.count()) == (1, 1, 0)


def test_each_passage_is_looked_for_and_none_is_moved(source, bill, rifle, capture_again):
    newer = capture_again()
    found = {row.excerpt_id: row for row in Recheck.objects.all()}
    assert {pk: row.standing for pk, row in found.items()} == {bill.pk: "exact", rifle.pk: "lost"}
    place = found[rifle.pk].places[0]
    assert place["words"] == newer.text[place["start"] : place["end"]] == "His weapon had stayed at the post"
    bill.refresh_from_db()
    assert (bill.capture.number, bill.quote) == (1, BILL)
    assert [row.excerpt for row in waiting_rechecks(newer)] == [rifle]
    assert waiting_count() == 1
    assert [(one, one.exact) for one in sources_to_carry()] == [(source, 1)]


def test_a_third_version_is_what_counts_then(source, bill, rifle, capture_again, lawyer):
    second = capture_again()
    services.keep_on_older(by=lawyer, recheck=Recheck.objects.get(excerpt=rifle), note="Reworded.", now=LATER)
    third = capture_again(ARTICLE + "More.")
    rows = Recheck.objects.filter(capture=third)
    assert {row.excerpt_id: row.standing for row in rows} == {bill.pk: "exact", rifle.pk: "exact"}
    assert [row.excerpt for row in Recheck.objects.filter(capture=second)] == [rifle]


def test_a_passage_quoted_later_from_the_older_version_is_looked_for_too(source, capture_again, caseworker):
    capture_again()
    excerpt = _quote(source, RIFLE, caseworker, capture=source.captures.get(number=1))
    assert Recheck.objects.get(excerpt=excerpt).standing == "lost"
    start = excerpt.start + len("His rifle ")
    move_bounds(by=caseworker, excerpt=excerpt, start=start, end=excerpt.end, now=LATER)
    assert Recheck.objects.get(excerpt=excerpt).places[0]["words"].startswith("had stayed at the post")


def test_a_passage_of_the_newest_version_waits_for_nothing(source, capture_again, caseworker):
    newer = capture_again()
    _quote(source, BILL, caseworker, capture=newer)
    assert Recheck.objects.count() == 0


def test_the_same_words_are_carried_over_as_vetted_as_they_are(bill, capture_again, caseworker, lawyer, stranger):
    _vetted(bill, stranger, lawyer)
    newer = capture_again()
    row = Recheck.objects.get(excerpt=bill)
    services.carry_over(
        by=caseworker, recheck=row, place=Place(row.places[0]["start"], row.places[0]["end"]), now=LATER
    )
    before, after = bill, type(bill).objects.get(pk=bill.pk)
    assert (after.capture, after.quote, after.start) == (newer, BILL, newer.text.index(BILL))
    assert after.prefix == newer.text[after.start - 64 : after.start]
    assert (after.note, list(after.themes.all())) == (before.note, list(before.themes.all()))
    assert after.approved_by == lawyer
    assert after.version == before.version + 1
    row.refresh_from_db()
    assert (row.settled, row.settled_by, row.settled_at) == (Settled.CARRIED, caseworker, LATER)
    event = Event.objects.get(action=Action.EXCERPT_CARRIED)
    assert event.detail == {
        "start": after.start,
        "end": after.end,
        "was": [1, bill.start, bill.end],
        "capture": 2,
    }
    assert waiting_count() == 0


def test_the_same_words_in_other_surroundings_wait_and_are_proposed_anew(
    source, bill, capture_again, caseworker, lawyer, stranger
):
    _vetted(bill, stranger, lawyer)
    newer = capture_again(f"Correction: an earlier version said “{BILL}.” That was wrong.")
    row = Recheck.objects.get(excerpt=bill)
    assert (row.standing, waiting_count()) == ("reframed", 1)
    assert services.carry_over_exact(by=caseworker, source=source, now=LATER) == (0, 0)
    place = Place(row.places[0]["start"], row.places[0]["end"])
    services.carry_over(by=caseworker, recheck=row, place=place, now=LATER)
    bill.refresh_from_db()
    assert (bill.capture, bill.quote, bill.checked_by, bill.approved_by) == (newer, BILL, None, None)


def test_what_was_called_exact_for_its_words_alone_waits_after_an_update(bill, rifle, capture_again):
    capture_again(f"Correction: an earlier version said “{BILL}.” That was wrong. {RIFLE}.")
    Recheck.objects.update(standing="exact")
    Recheck.objects.filter(excerpt=rifle).update(places=[{"before": rifle.prefix, "after": rifle.suffix}])
    migration = import_module("caseapp.library.migrations.0022_surroundings_that_changed")
    migration.look_at_surroundings(apps, None)
    assert dict(Recheck.objects.values_list("excerpt", "standing")) == {bill.pk: "reframed", rifle.pk: "exact"}


def test_other_words_are_proposed_anew(rifle, capture_again, caseworker, lawyer, stranger):
    _vetted(rifle, stranger, lawyer)
    newer = capture_again()
    row = Recheck.objects.get(excerpt=rifle)
    place = Place(row.places[0]["start"], row.places[0]["end"])
    services.carry_over(by=caseworker, recheck=row, place=place, now=LATER)
    rifle.refresh_from_db()
    assert (rifle.capture, rifle.quote) == (newer, "His weapon had stayed at the post")
    assert rifle.approved_by is None


def test_all_that_stand_exactly_are_carried_over_at_once(source, bill, rifle, capture_again, caseworker):
    other = _quote(source, "ten recipes", caseworker)
    newer = capture_again()
    taken = _quote(source, "ten recipes", caseworker, capture=newer)
    assert services.carry_over_exact(by=caseworker, source=source, now=LATER) == (1, 1)
    placed = {excerpt.pk: excerpt.capture.number for excerpt in (*newer.excerpts.all(), rifle, other)}
    assert placed == {bill.pk: 2, taken.pk: 2, rifle.pk: 1, other.pk: 1}


def test_a_place_that_is_taken_or_trimmed_away_is_refused(source, bill, capture_again, caseworker):
    newer = capture_again()
    row = Recheck.objects.get(excerpt=bill)
    place = Place(row.places[0]["start"], row.places[0]["end"])
    taken = _quote(source, BILL, caseworker, capture=newer)
    with pytest.raises(AlreadyExcerpted):
        services.carry_over(by=caseworker, recheck=row, place=place, now=LATER)
    taken.delete()
    trim_article(by=caseworker, capture=newer, start=0, end=place.start)
    with pytest.raises(OutsideTheArticle):
        services.carry_over(by=caseworker, recheck=row, place=place, now=LATER)
    row.refresh_from_db()
    assert (row.settled, row.came_from) == (Settled.OPEN, None)


def test_what_the_newer_version_no_longer_says_stays_where_it_was_quoted(rifle, capture_again, caseworker):
    capture_again()
    row = Recheck.objects.get(excerpt=rifle)
    with pytest.raises(services.NoReasonGiven):
        services.keep_on_older(by=caseworker, recheck=row, note=" ", now=LATER)
    services.keep_on_older(by=caseworker, recheck=row, note="They withdrew it.", now=LATER)
    rifle.refresh_from_db()
    assert (rifle.capture.number, waiting_count()) == (1, 0)
    assert [(one.note, one.settled_by) for one in settled_lately()] == [("They withdrew it.", caseworker)]
    with pytest.raises(services.SettledMeanwhile):
        services.keep_on_older(by=caseworker, recheck=row, note="Again.", now=LATER)


def test_a_decision_is_undone(bill, rifle, capture_again, caseworker):
    capture_again()
    for excerpt in (bill, rifle):
        row = Recheck.objects.get(excerpt=excerpt)
        place = Place(row.places[0]["start"], row.places[0]["end"])
        services.carry_over(by=caseworker, recheck=row, place=place, now=LATER)
        undo(by=caseworker, undo_id=Undo.objects.first().pk, now=LATER)
        before, after = excerpt, type(excerpt).objects.get(pk=excerpt.pk)
        assert (after.capture, after.start, after.quote) == (before.capture, before.start, before.quote)
        row.refresh_from_db()
        assert (row.settled, row.came_from, row.settled_by) == (Settled.OPEN, None, None)
    assert waiting_count() == 1


def test_a_decision_is_not_undone_once_a_newer_version_came(bill, capture_again, caseworker):
    capture_again()
    services.carry_over_exact(by=caseworker, source=bill.capture.source, now=LATER)
    capture_again(ARTICLE + "More.")
    with pytest.raises(services.NewerVersionMeanwhile):
        services.reopen(by=caseworker, recheck=Recheck.objects.get(settled=Settled.CARRIED))


def test_what_is_said_of_a_passage_can_change_while_it_waits(rifle, capture_again, caseworker):
    capture_again()
    change_excerpt(by=caseworker, excerpt=rifle, themes=[], note="n", is_adverse=False, version=1, now=LATER)
    assert Recheck.objects.get(excerpt=rifle).standing == "lost"


def test_nothing_is_fetched_unless_the_office_allows_it(
    source, caseworker, administrator, django_capture_on_commit_callbacks
):
    address = "https://herald.example/door"
    with pytest.raises(services.FetchingIsOff):
        services.ask_again(by=caseworker, source=source, address=address, now=LATER)
    change_office(by=administrator, may_fetch=True)
    with pytest.raises(FetchRefused):
        services.ask_again(by=caseworker, source=source, address="ftp://herald.example/", now=LATER)
    with django_capture_on_commit_callbacks() as bells:
        services.ask_again(by=caseworker, source=source, address=address, now=LATER)
    assert len(bells) == 1
    with pytest.raises(services.AlreadyAtWork):
        services.ask_again(by=caseworker, source=source, address=address, now=LATER)
    assert Recapture.objects.get().status == "waiting"
    assert Event.objects.get(action=Action.RECAPTURE_ASKED).detail == {"address": address}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("recheck_settled_says_when", {"settled": "kept"}),
        ("recheck_carried_knows_from_where", {"settled": "carried", "settled_at": LATER}),
        ("recheck_carried_knows_from_where", {"came_start": 1}),
        ("recheck_standing_is_known", {"standing": "perhaps"}),
    ],
)
def test_what_a_recheck_may_never_say(rifle, capture_again, name, values):
    capture_again()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Recheck.objects.update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("recapture_failed_says_why", {"status": "failed"}),
        ("recapture_kept_has_its_capture", {"status": "kept"}),
        ("recapture_status_is_known", {"status": "odd"}),
    ],
)
def test_what_a_recapture_may_never_say(source, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Recapture.objects.create(source=source, address="https://herald.example/", requested_at=NOW, **values)


def test_a_capture_knows_how_it_is_asked_for(source, bill, capture_again):
    newer = capture_again()
    older = Capture.objects.get(source=source, number=1)
    assert newer.get_absolute_url() == f"/sources/{source.pk}/"
    assert older.get_absolute_url() == f"/sources/{source.pk}/?version=1"
    bill.refresh_from_db()
    assert bill.get_absolute_url() == f"/sources/{source.pk}/?version=1#excerpt-{bill.pk}"
