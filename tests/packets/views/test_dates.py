"""The dates of a case on the screen, and as a file."""

import datetime as dt

import pytest
from django.urls import reverse
from icalendar import Calendar

from caseapp.audit.models import Event
from caseapp.cases.models import Case, Planning
from caseapp.cases.services.cases import CaseDetails, open_case

CLIENT = "Consuelo Confidencial"


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    details = CaseDetails(
        reference="SV-2999-1", client_name=CLIENT, forum="eoir", hearing_on=dt.date(2999, 3, 15), registry="us-tx"
    )
    return open_case(by=caseworker, details=details, team=[lawyer])


def page(response) -> str:
    return " ".join(response.content.decode().split())


def test_the_rule_its_grade_and_both_dates_are_shown(as_person, case, caseworker):
    shown = page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))
    assert "Wednesday, 13 February 2999" in shown
    assert "EOIR memorandum PM 25-21" in shown
    assert "Read second-hand" in shown
    assert "Check the order, the notice and the rule at its source" in shown
    assert "Texas (United States), America/Chicago" in shown
    assert "An unplanned outage on the last day" in shown


def test_a_forum_without_a_filing_date_asks_for_the_ordered_one(as_person, case, caseworker):
    Case.objects.update(forum="uk_ut", registry="")
    shown = page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))
    assert "Enter the date that was ordered, if there is one." in shown
    assert "No registry is chosen" not in shown


@pytest.mark.parametrize(
    ("forum", "hearing", "words"),
    [
        ("eoir", dt.date(2027, 3, 15), "put off to the next business day. <span"),
        ("ca_rpd", dt.date(2027, 3, 16), "No rule of this forum that was read puts a date off"),
    ],
)
def test_a_date_on_a_closed_day_says_by_what_rule_it_was_moved(as_person, case, caseworker, forum, hearing, words):
    Case.objects.update(forum=forum, registry="", hearing_on=hearing)
    assert words in page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))


def test_two_dates_of_one_rule_say_what_each_is_for(as_person, case, caseworker):
    Case.objects.update(forum="ca_rpd", registry="ca-toronto")
    shown = page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))
    in_advance, answering = shown.split('<th scope="row"> Documents are received 10 days before')[1:]
    assert "for what answers the other side" not in in_advance
    assert "for what answers the other side" in answering


def test_a_date_that_is_missing_is_asked_for_where_it_can_be_entered(as_person, case, caseworker):
    Case.objects.update(forum="uk_ftt", registry="uk-england")
    asked = page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))
    assert "Enter the date on which the appeal was lodged" in asked
    link = f'<a href="{reverse("case_edit", args=[case.pk])}">Enter the dates of the case</a>'
    assert link in asked
    Case.objects.update(ordered_on=dt.date(2999, 1, 1))
    assert link not in page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))


def test_for_somebody_detained_no_number_is_shown(as_person, case, caseworker):
    Case.objects.update(is_detained=True)
    shown = page(as_person(caseworker).get(reverse("case_dates", args=[case.pk])))
    assert "the court alone sets the date, so none is shown" in shown
    assert "2999" not in shown.replace("SV-2999-1", "").replace("15 Mar 2999", "").replace("2999-03-15", "")
    assert "ask the court" in shown


def test_the_header_and_the_list_count_the_days(as_person, case, caseworker):
    for name, arguments in (("case_team", [case.pk]), ("case_list", [])):
        assert '<time datetime="2999-02-13">13 Feb 2999</time>' in page(
            as_person(caseworker).get(reverse(name, args=arguments))
        )


def test_a_case_works_back_in_its_own_way(as_person, case, lawyer):
    client, url = as_person(lawyer), reverse("case_dates", args=[case.pk])
    assert client.post(url, {"translations_days": "20", "vetting_days": "", "version": 1}).status_code == 302
    case.refresh_from_db()
    assert (case.translations_days, case.vetting_days, case.version) == (20, None, 2)
    assert Event.objects.first().detail == {"fields": ["translations_days"]}
    assert client.post(url, {"vetting_days": "121", "version": 2}).status_code == 422
    stale = client.post(url, {"vetting_days": "9", "version": 1})
    assert stale.status_code == 409
    assert [(row.label, row.standing, row.typed) for row in stale.context["differences"]] == [
        ("Translations ordered", "20", ""),
        ("Vetting closes", "", "9"),
    ]


def test_lawyers_say_how_the_office_works_back(as_person, case, lawyer, caseworker):
    url, sent = reverse("planning_edit"), {"translations_days": 10, "vetting_days": 5, "frozen_days": 1}
    assert as_person(caseworker).post(url, sent).status_code == 403
    assert as_person(lawyer).post(url, sent | {"frozen_days": ""}).status_code == 422
    assert as_person(lawyer).post(url, sent).status_code == 302
    assert (Planning.objects.get().vetting_days, Event.objects.first().action) == (5, "office.planning_changed")
    steps = as_person(lawyer).get(reverse("case_dates", args=[case.pk])).context["steps"]
    assert [step.business_days for step, _far, _words in steps] == [10, 5, 1]


def test_a_calendar_file_names_no_client_and_is_on_record(as_person, case, lawyer):
    response = as_person(lawyer).get(reverse("case_calendar", args=[case.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="dates.ics"'
    words = response.content.decode()
    assert "SV-2999-1: hearing" in words
    assert not {"Consuelo", "Confidencial", str(case.pk)} & set(words.replace(":", " ").split())
    assert str(Event.objects.first()) == "Lena Lawyer downloaded the dates of SV-2999-1"


def test_the_calendar_of_all_cases_holds_ones_own(as_person, case, lawyer, stranger):
    open_case(by=stranger, details=CaseDetails(reference="CANARY", client_name="C", hearing_on=dt.date(2999, 1, 1)))
    mine = Calendar.from_ical(as_person(lawyer).get(reverse("calendar_all")).content)
    assert {str(event["summary"]).partition(":")[0] for event in mine.walk("VEVENT")} == {"SV-2999-1"}
    assert Event.objects.of_case(case.pk).first().action == "case.calendar_downloaded"


def test_a_registry_of_another_forum_is_refused_in_words(as_person, case, lawyer):
    sent = {"reference": "SV-2999-1", "client_name": CLIENT, "forum": "ca_rpd", "registry": "us-tx", "version": 1}
    response = as_person(lawyer).post(reverse("case_edit", args=[case.pk]), sent)
    assert response.context["form"].errors == {"registry": ["This registry receives nothing for the chosen forum."]}
    slip = as_person(lawyer).post(
        reverse("case_edit", args=[case.pk]), sent | {"registry": "", "hearing_on": "0027-03-15"}
    )
    assert slip.context["form"].errors == {"hearing_on": ["Look at the year: this date cannot be right."]}
