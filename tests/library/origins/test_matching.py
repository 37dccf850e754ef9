"""Comparing captures with one another, on a small library of invented reports."""

import pytest

from caseapp.library import sweeping
from caseapp.library.models import (
    Attribution,
    Comparison,
    ComparisonStatus,
    Fingerprint,
    Link,
    LinkKind,
    Manner,
    Source,
    Verdict,
)
from caseapp.library.origins import matching
from caseapp.library.origins.matching import compare_capture
from caseapp.library.services.sources import trim_article
from tests.library.conftest import NOW
from tests.library.reporting import QUOTING, REPORT

PUBLISHER = "Harbour Gazette"
"""Whom the second article names."""
TOPIC = """The harbour board of Port Amelia met to choose a new clerk.

Fishing boats stay in the harbour during winter. Several families have asked for cheaper moorings."""


@pytest.fixture
def compared(add):
    """compared(text, …) → a source whose capture has been compared with all before it."""

    def compared(text: str, **details) -> Source:
        source = add(text, **details)
        compare_capture(source.capture.pk)
        assert Comparison.objects.get(capture=source.capture).status == ComparisonStatus.DONE
        return source

    return compared


def words_of_passages(link: Link) -> list[tuple[str, str]]:
    one, other = link.one_capture.text, link.other_capture.text
    return [
        (one[passage.one_start : passage.one_end], other[passage.other_start : passage.other_end])
        for passage in link.passages.all()
    ]


def test_a_capture_waits_to_be_compared_from_its_arrival_on(add):
    comparison = Comparison.objects.get(capture=add(REPORT).capture)
    assert (comparison.status, comparison.heartbeat_at) == (ComparisonStatus.WAITING, NOW)


def test_a_quotation_is_found_with_its_passages_and_its_origin(compared):
    first = compared(REPORT, title="The vote", publisher="Harbour Gazette", published_on="2026-03-01")
    second = compared(QUOTING, title="Tired keepers", publisher="Coast Daily", published_on="2026-03-02")
    link = Link.objects.get()
    assert (link.one, link.other, link.kind, link.verdict) == (first, second, LinkKind.QUOTATION, Verdict.SUGGESTED)
    assert words_of_passages(link) == [
        (
            "Eleven boats were lost near the reef last winter, and the harbour board blamed the fog",
            "Eleven boats were lost near the reef last winter, and the harbor board blamed the fog",
        ),
        (
            'We counted 1,412 hours without relief," said Inês Kalder',
            'We counted 1412 hours without relief," Ines Kalder',
        ),
    ]
    assert {passage.manner for passage in link.passages.all()} == {Manner.VERBATIM}
    assert {"code": "other-names-one", "name": "Harbour Gazette"} in link.reasons
    assert set(Attribution.objects.values_list("capture__source", "name")) == {(second.pk, "The Harbour Gazette")}


def test_a_shared_topic_is_no_link(compared):
    compared(REPORT)
    compared(TOPIC)
    assert not Link.objects.exists()


def test_a_sentence_that_nobody_credits_is_no_link(compared):
    """It may be anybody's, such as what a board tells every paper."""
    compared(REPORT)
    compared(QUOTING)
    assert not Link.objects.exists()


def test_whoever_comes_last_sees_the_other(add):
    """Both were entered before either looked."""
    first, second = add(REPORT, publisher=PUBLISHER), add(QUOTING)
    for source in (first, second):
        matching.entered(source.capture)
    compare_capture(first.capture.pk)
    link = Link.objects.get()
    compare_capture(second.capture.pk)
    assert Link.objects.get().pk == link.pk


def test_what_another_worker_finds_meanwhile_stays(add, monkeypatch):
    """The second arrives, is entered and compared after the first has looked, and before the first has ended."""
    first, second = add(REPORT, publisher=PUBLISHER), add(QUOTING)
    look = matching.candidates

    def interrupted(mine):
        found = look(mine)
        if mine.capture == first.capture:
            compare_capture(second.capture.pk)
        return found

    monkeypatch.setattr(matching, "candidates", interrupted)
    compare_capture(first.capture.pk)
    assert Link.objects.count() == 1


def test_every_reprint_is_found_however_many_there_are_and_however_long(compared, monkeypatch):
    monkeypatch.setattr(matching, "AT_A_TIME", 2)
    first, second, third = (compared(REPORT + "\n\n" + TOPIC * 9, title=f"{n}") for n in range(3))
    last = compared(REPORT, title="The last")
    of_last = Link.objects.filter(other=last)
    assert {link.one for link in of_last} == {first, second, third}


def test_a_link_with_what_was_not_compared_this_time_stays(compared, monkeypatch):
    first = compared(REPORT, title="First")
    second = compared(REPORT, title="Second")
    link = Link.objects.get(one=first, other=second)
    monkeypatch.setattr(matching, "AT_A_TIME", 1)
    monkeypatch.setattr(matching, "_compared", lambda *_arguments, **_values: None)
    monkeypatch.setattr(matching, "candidates", lambda _mine: [0, first.capture.pk])
    matching.compare(second.capture, now=NOW)
    assert Link.objects.filter(pk=link.pk).exists()


def test_asked_twice_it_is_done_once(compared):
    compared(REPORT, publisher=PUBLISHER)
    second = compared(QUOTING)
    before = Link.objects.get().version
    compare_capture(second.capture.pk)
    assert (Link.objects.get().version, Comparison.objects.get(capture=second.capture).attempts) == (before, 1)


def test_only_what_stands_in_the_article_counts(compared):
    compared(REPORT, publisher=PUBLISHER)
    second = compared(f"{TOPIC}\n\n{QUOTING}")
    assert Link.objects.count() == 1
    trim_article(by=None, capture=second.capture, start=0, end=len(TOPIC))
    assert Comparison.objects.get(capture=second.capture).status == ComparisonStatus.WAITING
    compare_capture(second.capture.pk)
    assert not Link.objects.exists()
    assert not Attribution.objects.filter(capture=second.capture).exists()


def test_a_fingerprint_of_many_captures_stays_out_of_the_index(compared, monkeypatch):
    monkeypatch.setattr(matching, "MOST_HOLDERS", 2)
    first, second, third = (compared(REPORT, title=f"Copy {number}") for number in range(3))
    assert [Fingerprint.objects.filter(capture=each.capture).count() > 0 for each in (first, second, third)] == [
        True, True, False,
    ]  # fmt: skip
    assert {(link.one, link.other) for link in Link.objects.all()} == {(first, second), (first, third), (second, third)}


def test_the_line_below_every_article_is_no_report(compared, monkeypatch):
    monkeypatch.setattr(matching, "FORMULA", 3)
    line = (
        "\n\nOur journalism is free to read because supporters like you help to pay for it. "
        "Become one today and receive our letter from the coast each Friday morning before breakfast."
    )
    inland = "Nothing of that happened inland, where it rained for a week and nobody was out. " * 12
    for text in (TOPIC, REPORT, inland):
        latest = compared(text + line)
    assert not Link.objects.filter(other=latest).exists()


def test_dismissed_is_dismissed_until_something_new_comes(compared):
    compared(REPORT, publisher=PUBLISHER)
    second = compared(QUOTING)
    Link.objects.update(verdict=Verdict.DISMISSED, decided_at=NOW)
    Comparison.objects.update(status=ComparisonStatus.WAITING)
    compare_capture(second.capture.pk)
    assert Link.objects.get().verdict == Verdict.DISMISSED


def test_what_fails_says_so(add, monkeypatch):
    monkeypatch.setattr(matching, "compare", lambda capture, *, now: 1 / 0)
    capture = add(REPORT).capture
    compare_capture(capture.pk)
    comparison = Comparison.objects.get(capture=capture)
    assert comparison.status == ComparisonStatus.FAILED
    assert "Give your administrator the reference" in comparison.failure


def test_the_sweep_finds_what_nobody_asked_for_and_what_was_compared_an_older_way(compared, add):
    missed, outdated, fine = add(REPORT).capture, compared(TOPIC).capture, compared(TOPIC).capture
    Comparison.objects.filter(capture=missed).delete()
    Comparison.objects.filter(capture=outdated).update(way=0)
    assert set(sweeping.sweep_comparisons(NOW)) == {missed.pk, outdated.pk}
    assert Comparison.objects.get(capture=fine).status == ComparisonStatus.DONE
