"""What needs a person today."""

import datetime as dt

import pytest
from django.urls import reverse

from caseapp.cases.models import Case, CaseTask, Document
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.comments import add_comment
from caseapp.library.models import Comparison, ComparisonStatus, Excerpt
from caseapp.packets.models import Build, BuildStatus
from caseapp.packets.today import Urgency, lines_for
from tests.library.reporting import doubted
from tests.packets.making import make_build, make_filing

NOW = dt.datetime(2027, 2, 12, 15, 0, tzinfo=dt.UTC)


def opened(by, *team, reference="SV-1", **details) -> Case:
    known = {"client_name": "C", "forum": "eoir", "registry": "us-tx", **details}
    return open_case(by=by, details=CaseDetails(reference=reference, **known), team=team)


def told(user, now=NOW) -> list[tuple[str, str, str]]:
    return [(line.urgency.name, line.case, line.words) for line in lines_for(user, now)]


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (dt.date(2027, 1, 31), None),
        (dt.date(2027, 2, 1), ("SOON", "File by 16 Feb 2027, safely by 12 Feb 2027.")),
        (dt.date(2027, 2, 12), ("TODAY", "File by 16 Feb 2027, safely by 12 Feb 2027.")),
        (dt.date(2027, 2, 15), ("TODAY", "File by 16 Feb 2027: the safe date has passed.")),
        (dt.date(2027, 2, 17), ("LATE", "The filing date has passed: 16 Feb 2027.")),
    ],
)
def test_a_filing_date_comes_near_and_passes(lawyer, day, line):
    opened(lawyer, hearing_on=dt.date(2027, 3, 15))
    noon = dt.datetime.combine(day, dt.time(18), dt.UTC)
    assert told(lawyer, noon) == ([(line[0], "SV-1", line[1])] if line else [])


@pytest.mark.parametrize(
    ("decided", "told_of"),
    [
        (dt.date(2027, 2, 10), "File by 19 Feb 2027, safely by 18 Feb 2027. Confirm the law."),
        (dt.date(2027, 2, 1), "The filing date has passed: 11 Feb 2027. Confirm the law."),
        (dt.date(2026, 12, 20), None),
    ],
)
def test_an_appeal_is_told_of_with_its_doubt_and_not_for_ever(lawyer, decided, told_of):
    opened(lawyer, forum="bia", registry="", decision_on=decided)
    assert [words for _urgency, _case, words in told(lawyer)] == ([told_of] if told_of else [])


def test_after_the_hearing_its_filing_date_is_nobodys_worry(lawyer):
    opened(lawyer, hearing_on=dt.date(2027, 2, 11))
    assert told(lawyer) == []


def test_what_was_filed_is_not_asked_for_again(lawyer):
    packet = make_filing(team=[lawyer], forum="eoir")
    Case.objects.update(hearing_on=dt.date(2027, 3, 10))
    Excerpt.objects.update(checked_at=NOW, checked_by=lawyer, approved_at=NOW, approved_by=lawyer)
    assert [line[2] for line in told(lawyer)] == ["The filing date has passed: 8 Feb 2027."]
    ready = {"status": BuildStatus.READY, "published_sha256": "0" * 64, "finished_at": NOW}
    make_build(packet=packet, parts=0, filed_at=dt.datetime(2027, 2, 1, tzinfo=dt.UTC), filed_by=lawyer, **ready)
    assert told(lawyer) == []


def test_for_somebody_detained_the_court_is_asked(lawyer):
    opened(lawyer, is_detained=True, hearing_on=dt.date(2027, 6, 1))
    assert told(lawyer) == [("TODAY", "SV-1", "The filing date is not known: ask the court for its order.")]


def test_it_is_the_registrys_day_that_counts(lawyer):
    """At 04:30 in London it is still the day before in Texas, and midday already in Guam."""
    opened(lawyer, hearing_on=dt.date(2027, 3, 15), reference="TX")
    opened(lawyer, hearing_on=dt.date(2027, 3, 15), reference="GU", registry="us-gu")
    night = dt.datetime(2027, 2, 17, 4, 30, tzinfo=dt.UTC)
    assert [line[:2] for line in told(lawyer, night)] == [("LATE", "GU"), ("TODAY", "TX")]


def test_tasks_mentions_and_documents_in_the_order_of_their_urgency(lawyer, caseworker, stranger):
    case = opened(caseworker, lawyer, forum="generic", registry="")
    for words, due in (("Late", 11), ("Today", 12), ("Soon", 15), ("Far", 27), ("Undated", None)):
        day = dt.date(2027, 2, due) if due else None
        CaseTask.objects.create(case=case, words=words, due_on=day, assignee=lawyer)
    CaseTask.objects.create(case=case, words="Done", assignee=lawyer, done_at=NOW, done_by=lawyer)
    CaseTask.objects.create(case=case, words="Of another", assignee=caseworker)
    add_comment(by=caseworker, case=case, words="@Lena", now=NOW)
    kept = {"original_sha256": "0" * 64, "original_size": 1, "status": "asking"}
    for title in ("Scan", "Letter"):
        Document.objects.create(case=case, title=title, **kept)
    assert told(lawyer) == [
        ("LATE", "SV-1", "Late (by 11 Feb 2027)"),
        ("TODAY", "SV-1", "Today (by 12 Feb 2027)"),
        ("TODAY", "SV-1", "2 documents need a decision."),
        ("TODAY", "SV-1", "Carla Caseworker names you in a comment."),
        ("SOON", "SV-1", "Soon (by 15 Feb 2027)"),
        ("WAITING", "SV-1", "Far (by 27 Feb 2027)"),
        ("WAITING", "SV-1", "Undated"),
    ]
    assert told(stranger) == []


def test_a_packet_whose_last_build_failed_and_passages_to_look_at(lawyer):
    packet = make_filing(team=[lawyer])
    make_build(packet=packet, parts=0, status=BuildStatus.FAILED, failure="A reason.", finished_at=NOW)
    excerpt = Excerpt.objects.earliest("pk")
    excerpt.rechecks.create(capture=excerpt.capture, standing="lost", made_at=NOW)
    lines = told(lawyer)
    assert ("TODAY", "SV-2027-014", "The build of “Country conditions” failed.") in lines
    assert ("TODAY", "", "1 passage in your cases waits for a re-check.") in lines
    make_build(packet=packet, parts=0)
    assert "failed" not in str(told(lawyer))
    assert Build.objects.count() == 2


def test_an_administrator_without_a_case_has_nothing(administrator, lawyer):
    make_filing(team=[lawyer])
    assert told(administrator) == []


def test_home_takes_the_same_queries_however_much_waits(as_person, lawyer, count_queries):
    client = as_person(lawyer)
    case = opened(lawyer, hearing_on=dt.date(2020, 3, 15))
    short = count_queries(client, reverse("home"))
    for number in range(5):
        other = opened(lawyer, reference=str(number), is_detained=True, hearing_on=dt.date(2999, 3, 15))
        CaseTask.objects.create(case=other, words="x", assignee=lawyer)
        add_comment(by=lawyer, case=case, words="@Lena", now=NOW)
    assert count_queries(client, reverse("home")) == short


def test_home_says_when_nothing_waits(as_person, lawyer):
    assert "Nothing waits for you." in as_person(lawyer).get(reverse("home")).content.decode()


def test_urgency_is_what_the_list_is_sorted_by():
    assert list(Urgency) == [Urgency.LATE, Urgency.TODAY, Urgency.SOON, Urgency.WAITING]


def test_pairs_that_may_be_one_report_wait_for_whoever_works_on_the_library(caseworker, administrator):
    filing = make_filing(team=[caseworker])
    doubted(*(exhibit.capture.source for exhibit in filing.exhibits.all()))
    line = ("WAITING", "", "1 pair of sources may be one report.")
    assert line in told(caseworker)
    assert line not in told(administrator)


def test_a_text_that_could_not_be_compared_is_told(caseworker, administrator):
    source = make_filing(team=[caseworker]).exhibits.first().capture.source
    Comparison.objects.filter(capture__source=source).update(status=ComparisonStatus.FAILED, failure="No.")
    words = "1 source could not be compared with the others: it may repeat a report that counts already."
    (line,) = (line for line in lines_for(caseworker, NOW) if line.words == words)
    assert line.href == f"{reverse('source_details', args=[source.pk])}#origin"
    assert ("WAITING", "", words) not in told(administrator)
