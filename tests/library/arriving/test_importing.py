"""Rows of imports are read by workers: a source, a question, or what is wrong in words, and each for itself."""

import datetime as dt

import pytest
from django.utils import timezone
from django.utils.translation import override

from caseapp.core.jobs import MOST_ATTEMPTS
from caseapp.library import sweeping
from caseapp.library.arriving import importing
from caseapp.library.models import Import, ImportRow, Outcome, RowStatus, Source
from caseapp.library.services.imports import NothingToAnswer, answer_row, retry_row, save_as_they_are, skip_row
from tests.library.conftest import NOW
from tests.library.making import bring, work

KNOWN = {"title": "Two men", "publisher": "Sample Herald", "published_on": "2019"}


def test_each_file_is_read_for_itself(caseworker):
    batch = bring(("good.txt", b"He left."), ("bad.exe", b"MZ"), ("empty.txt", b""), by=caseworker)
    work(batch)
    rows = list(batch.rows.all())
    assert [row.status for row in rows] == [RowStatus.ASKING, RowStatus.FAILED, RowStatus.FAILED]
    assert rows[2].sentence.startswith("This file is empty.")
    assert [row.opening for row in rows] == ["He left.", "", ""]
    answer_row(by=caseworker, row=rows[0], details=KNOWN, codes=(), choice="", now=NOW)
    work(batch)
    source = Source.objects.get()
    assert (source.title, source.capture.text, source.created_by) == ("Two men", "He left.", caseworker)
    assert list(batch.rows.filter(source=source).values_list("outcome", "position", "opening")) == [("added", 1, "")]


def test_a_sentence_is_said_in_the_language_of_its_reader(db):
    batch = bring(("page.exe", b"MZ"))
    work(batch)
    row = batch.rows.get()
    assert set(row.failure) == {"en", "es"}
    with override("es"):
        assert row.sentence == row.failure["es"]


def test_what_is_known_of_all_is_taken_for_each(caseworker):
    batch = bring(("a.txt", b"He left."), details={"country": "SV", "kind": "ngo"}, by=caseworker)
    work(batch)
    answer_row(by=caseworker, row=batch.rows.get(), details=KNOWN, codes=(), choice="", now=NOW)
    work(batch)
    source = Source.objects.get()
    assert (source.country.code, source.kind, source.language, source.guessed) == ("SV", "ngo", "en", [])


@pytest.mark.parametrize(
    ("choice", "outcome", "sources"), [("another", Outcome.ADDED, 2), ("skip", Outcome.SKIPPED, 1)]
)
def test_the_same_bytes_are_said_and_never_refused(source, caseworker, choice, outcome, sources):
    batch = bring(("again.txt", source.capture.text.encode()), by=caseworker)
    work(batch)
    row = batch.rows.get()
    assert (row.status, row.same_as) == (RowStatus.ASKING, source)
    answer_row(by=caseworker, row=row, details=KNOWN, codes=(), choice=choice, now=NOW)
    work(batch)
    row.refresh_from_db()
    assert (row.outcome, Source.objects.count()) == (outcome, sources)


def test_a_row_that_was_taken_in_before_its_worker_died_is_not_taken_in_twice(caseworker):
    batch = bring(("a.txt", b"He left."), by=caseworker)
    ImportRow.objects.update(given=KNOWN)
    work(batch)
    ImportRow.objects.update(status=RowStatus.WAITING, outcome="", source=None, heartbeat_at=None)
    work(batch)
    assert (Source.objects.count(), batch.rows.get().outcome) == (1, Outcome.ADDED)


def test_only_a_few_rows_of_one_import_are_called_for_at_once(db):
    batch = bring(*((f"{number}.txt", b"He left.") for number in range(5)))
    assert len(importing.next_rows(batch.pk, now=NOW, most=2)) == 2
    assert len(importing.next_rows(batch.pk, now=NOW, most=2)) == 2
    assert len(importing.next_rows(batch.pk, now=NOW, most=2)) == 1
    assert importing.next_rows(batch.pk, now=NOW, most=2) == []


def test_the_sweep_goes_on_where_a_message_or_a_worker_was_lost(db):
    now = timezone.now()
    batch = bring(*((f"{number}.txt", b"He left.") for number in range(4)))
    assert len(sweeping.sweep_rows(now)) == importing.LANES
    assert sweeping.sweep_rows(now) == []
    later = now + dt.timedelta(hours=1)
    assert sweeping.sweep_rows(later) == list(batch.rows.values_list("pk", flat=True)[: importing.LANES])


def test_what_stops_the_program_again_and_again_is_given_up(db):
    batch = bring(("a.txt", b"He left."))
    long_ago = timezone.now() - dt.timedelta(hours=1)
    batch.rows.update(status=RowStatus.READING, owner="x", attempts=MOST_ATTEMPTS, heartbeat_at=long_ago)
    assert sweeping.sweep_rows(timezone.now()) == []
    row = batch.rows.get()
    assert row.status == RowStatus.FAILED
    assert row.sentence.startswith("The program stopped 3 times")


def test_what_was_not_sent_whole_waits(db):
    batch = bring(("a.txt", b"He left."), is_whole=False)
    assert sweeping.sweep_rows(timezone.now()) == []
    assert batch.rows.get().status == RowStatus.WAITING


def test_rows_are_left_out_or_tried_again(caseworker):
    batch = bring(("a.txt", b"He left."), ("b.exe", b"MZ"), by=caseworker)
    work(batch)
    good, bad = batch.rows.all()
    retry_row(row=bad)
    with pytest.raises(NothingToAnswer):
        retry_row(row=bad)
    work(batch)
    bad.refresh_from_db()
    assert bad.status == RowStatus.FAILED
    skip_row(row=bad)
    with pytest.raises(NothingToAnswer):
        skip_row(row=bad)
    with pytest.raises(NothingToAnswer):
        answer_row(by=caseworker, row=bad, details=KNOWN, codes=(), choice="", now=NOW)
    ImportRow.objects.filter(pk=good.pk).update(given={"title": "He left"})
    assert save_as_they_are(by=caseworker, batch=batch) == 1
    work(batch)
    assert Source.objects.get().title == "He left"


def test_the_same_filled_in_form_is_one_import(caseworker):
    key = "b5a6c0de-0000-4000-8000-000000000001"
    first, second = (bring(("a.txt", b"He left."), by=caseworker, submission=key) for _ in range(2))
    assert (first, Import.objects.count(), ImportRow.objects.count()) == (second, 1, 1)
