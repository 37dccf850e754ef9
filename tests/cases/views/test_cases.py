"""The screens of cases."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from caseapp.audit.actions import Action
from caseapp.audit.models import Event, record
from caseapp.cases.models import Case
from caseapp.cases.services.cases import CaseDetails, change_case, open_case
from tests.cases.conftest import CLIENT, REFERENCE

FORM = {"reference": "SV-2027-015", "client_name": "Another Client", "country": "SV", "forum": "eoir"}


def title_of(response) -> str:
    return response.content.decode().split("<title>")[1].split("</title>")[0]


def test_the_list_shows_ones_own_cases_alone(as_person, case, caseworker, stranger):
    open_case(by=stranger, details=CaseDetails(reference="CANARY-1", client_name="Canary Client"))
    mine = as_person(caseworker).get(reverse("case_list")).content.decode()
    assert REFERENCE in mine
    assert "anary" not in mine.lower()


def test_the_next_hearing_comes_first(as_person, caseworker):
    for reference, day in (("NONE", None), ("PAST", dt.date(2020, 1, 1)), ("FAR", dt.date(2999, 1, 1))):
        open_case(by=caseworker, details=CaseDetails(reference=reference, client_name="C", hearing_on=day))
    open_case(by=caseworker, details=CaseDetails(reference="NEAR", client_name="C", hearing_on=dt.date(2998, 1, 1)))
    page = as_person(caseworker).get(reverse("case_list")).context["page"]
    assert [case.reference for case in page] == ["NEAR", "FAR", "NONE", "PAST"]


def test_the_list_takes_the_same_queries_for_one_case_and_for_ten(as_person, caseworker, count_queries):
    client = as_person(caseworker)
    open_case(by=caseworker, details=CaseDetails(reference="0", client_name="C"))
    one = count_queries(client, reverse("case_list"))
    for number in range(1, 10):
        open_case(by=caseworker, details=CaseDetails(reference=str(number), client_name="C"))
    assert count_queries(client, reverse("case_list")) == one


def test_an_administrator_is_told_that_cases_belong_to_teams(as_person, administrator, case):
    response = as_person(administrator).get(reverse("case_list"))
    assert "Cases belong to their teams" in response.content.decode()
    assert as_person(administrator).get(reverse("case_add")).status_code == 403


def test_a_case_is_opened(as_person, caseworker):
    response = as_person(caseworker).post(reverse("case_add"), FORM | {"hearing_on": "2027-03-15"})
    case = Case.objects.get()
    assert (response.status_code, response.url) == (302, case.get_absolute_url())
    assert (case.hearing_on, case.forum, case.created_by) == (dt.date(2027, 3, 15), "eoir", caseworker)


def test_a_case_without_a_client_is_refused_in_words(as_person, caseworker):
    response = as_person(caseworker).post(reverse("case_add"), FORM | {"client_name": " "})
    assert response.context["form"].errors == {"client_name": ["Give the client’s name. The cover page needs it."]}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reference": ""}, "Give the case a reference of your office’s own. Lists show it."),
        ({"forum": ""}, "Choose the forum that receives the filing."),
        ({"hearing_on": "next spring"}, "Enter a valid date."),
        ({"forum": "moon"}, "Select a valid choice."),
        ({"reference": "a\x00b"}, "Null characters are not allowed."),
    ],
)
def test_wrong_details_are_said_and_kept(as_person, caseworker, wrong, sentence):
    response = as_person(caseworker).post(reverse("case_add"), FORM | wrong)
    body = response.content.decode()
    assert response.status_code == 422
    assert sentence in body
    assert 'value="Another Client"' in body
    assert Case.objects.count() == 0


def test_a_taken_reference_is_said_on_the_field_and_never_of_a_foreign_case(as_person, case, caseworker, stranger):
    taken = as_person(caseworker).post(reverse("case_add"), FORM | {"reference": REFERENCE})
    assert taken.status_code == 422
    assert taken.context["form"].errors == {
        "reference": [f"You already have a case with the reference {REFERENCE}. Choose another reference."]
    }
    assert as_person(stranger).post(reverse("case_add"), FORM | {"reference": REFERENCE}).status_code == 302


def test_the_client_is_named_on_the_page_and_never_in_its_title_or_address(as_person, case, lawyer):
    for name in (
        "case_show",
        "case_evidence",
        "case_team",
        "case_history",
        "case_packets",
        "case_edit",
        "packet_add",
        "evidence_add",
    ):
        response = as_person(lawyer).get(reverse(name, args=[case.pk]))
        assert CLIENT not in title_of(response)
        assert REFERENCE in title_of(response)
    assert CLIENT in as_person(lawyer).get(case.get_absolute_url()).content.decode()
    assert "onfidencial" not in case.get_absolute_url()


def test_a_case_is_changed(as_person, case, lawyer):
    response = as_person(lawyer).post(reverse("case_edit", args=[case.pk]), FORM | {"version": 1})
    case.refresh_from_db()
    assert (response.status_code, case.reference, case.version) == (302, "SV-2027-015", 2)


def test_what_two_people_typed_at_once_is_shown_side_by_side(as_person, case, lawyer, caseworker):
    details = CaseDetails(reference=REFERENCE, client_name=CLIENT, country="SV", judge="Judge One", is_detained=True)
    change_case(by=caseworker, case=case, details=details, version=1)
    typed = {"reference": REFERENCE, "client_name": CLIENT, "country": "SV", "forum": "eoir", "judge": "Judge Two"}
    client, url = as_person(lawyer), reverse("case_edit", args=[case.pk])
    response = client.post(url, typed | {"version": 1})
    assert response.status_code == 409
    assert [(row.label, row.standing, row.typed) for row in response.context["differences"]] == [
        ("Forum", "General filing, US letter", "Immigration court (EOIR)"),
        ("Judge", "Judge One", "Judge Two"),
        ("Detained", "yes", "no"),
    ]
    body = response.content.decode()
    assert 'value="Judge Two"' in body
    assert '<input type="hidden" name="version" value="2" id="id_version">' in body
    assert client.post(url, typed | {"version": 2}).status_code == 302
    case.refresh_from_db()
    assert (case.judge, case.is_detained) == ("Judge Two", False)


def test_a_form_without_a_version_is_refused_as_out_of_date(as_person, case, lawyer):
    assert as_person(lawyer).post(reverse("case_edit", args=[case.pk]), FORM).status_code == 409


def test_the_history_says_who_did_what_newest_first(as_person, case, lawyer, caseworker):
    record(
        by=lawyer, action=Action.VOLUME_DOWNLOADED, subject=case, label="Country evidence", case_id=case.pk, sha256="0"
    )
    record(by=None, action=Action.BUILD_READY, subject=case, label="Country evidence", case_id=case.pk)
    record(by=lawyer, action=Action.SOURCE_ADDED, subject=case, label="Of no case")
    record(by=lawyer, action=Action.VOLUME_DOWNLOADED, subject=case, label="Of another", case_id=uuid.uuid4())
    response = as_person(lawyer).get(reverse("case_history", args=[case.pk]))
    assert [
        (event.actor_name, event.get_action_display(), event.subject_label) for event in response.context["page"]
    ] == [
        ("Lena Lawyer", "looked at the case", REFERENCE),
        ("", "finished a build of", "Country evidence"),
        ("Lena Lawyer", "downloaded a volume of", "Country evidence"),
        ("Carla Caseworker", "opened the case", REFERENCE),
    ]
    words = " ".join(response.content.decode().split())
    assert (
        '<strong>Lena Lawyer</strong> downloaded a volume of <span class="history-label">Country evidence</span>'
        in words
    )
    assert "<strong>The program</strong> finished a build of" in words


def test_the_history_takes_the_same_queries_for_any_length(as_person, case, lawyer, count_queries):
    client, url = as_person(lawyer), reverse("case_history", args=[case.pk])
    client.get(url)
    short = count_queries(client, url)
    for number in range(30):
        record(by=lawyer, action=Action.CASE_CHANGED, subject=case, label=str(number), case_id=case.pk)
    assert count_queries(client, url) == short


def test_a_long_history_has_pages(as_person, case, lawyer):
    for number in range(60):
        record(by=lawyer, action=Action.CASE_CHANGED, subject=case, label=f"change {number}", case_id=case.pk)
    second = as_person(lawyer).get(reverse("case_history", args=[case.pk]), {"page": 2}).context["page"]
    assert (second.number, len(second)) == (2, Event.objects.of_case(case.pk).count() - 50)
