"""Dates, tasks and what needs a person today, in a real browser."""

import datetime as dt

from django.urls import reverse
from playwright.sync_api import expect

from caseapp.cases.models import Case, CaseTask
from caseapp.cases.services.cases import CaseDetails, open_case
from caseapp.cases.services.comments import add_comment
from tests.browser.checks import assert_accessible, shoot

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)


def test_a_hearing_gives_dates_and_tasks_are_typed_and_done(open_page, caseworker, lawyer):
    details = CaseDetails(reference="SV-2999-1", client_name="Consuelo Confidencial", forum="eoir")
    case = open_case(by=caseworker, details=details, team=[lawyer])
    add_comment(by=caseworker, case=case, words="@Lena, is the interpreter booked?", now=NOW)
    page = open_page(lawyer, reverse("case_edit", args=[case.pk]))
    page.get_by_label("Hearing", exact=True).fill("2999-03-15")
    page.get_by_label("Registry").select_option(label="Texas, El Paso (United States)")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Filing date").click()
    expect(page.get_by_text("Wednesday, 13 February 2999")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Tasks").click()
    for words in ("Call the clinic", "Find the report"):
        expect(page.get_by_label("What has to be done")).to_be_focused()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        expect(page.locator(".task-words", has_text=words)).to_be_visible()
    page.get_by_role("button", name="Done: Call the clinic").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Done: Call the clinic")).to_be_visible()
    assert_accessible(page)
    page.goto("/")
    expect(page.get_by_role("link", name="Carla Caseworker names you in a comment.")).to_be_visible()
    assert_accessible(page)


def pictured(caseworker, lawyer) -> dict[str, str]:
    """A case in which everything there can be is to be seen; the address of each screen by its name."""
    details = CaseDetails(
        reference="SV-2027-014",
        client_name="Consuelo Confidencial",
        country="SV",
        forum="eoir",
        hearing_on=dt.date(2027, 1, 9),
    )
    case = open_case(by=caseworker, details=details, team=[lawyer])
    detained = {"hearing_on": dt.date(2027, 2, 1), "is_detained": True}
    open_case(by=lawyer, details=CaseDetails(reference="HN-2026-003", client_name="C", forum="eoir", **detained))
    appeal = CaseDetails(reference="GT-9", client_name="D", forum="bia", decision_on=dt.date(2026, 11, 20))
    board = open_case(by=lawyer, details=appeal)
    CaseTask.objects.create(
        case=case, words="Ask the clinic for the report", assignee=lawyer, due_on=dt.date(2026, 11, 1)
    )
    CaseTask.objects.create(case=case, words="Find a second source for the killings in the north of the country")
    CaseTask.objects.create(case=case, words="Book an interpreter", done_at=NOW, done_by=lawyer)
    add_comment(by=caseworker, case=case, words="@Lena, is the interpreter booked?\nThe court asks.", now=NOW)
    add_comment(by=lawyer, case=case, words="Yes, @Carla Caseworker.", now=NOW)
    return {
        "dates": reverse("case_dates", args=[case.pk]),
        "dates_board": reverse("case_dates", args=[board.pk]),
        "tasks": reverse("case_tasks", args=[case.pk]),
        "case_list_dates": reverse("case_list"),
        "case_edit_dates": reverse("case_edit", args=[Case.objects.get(reference="GT-9").pk]),
        "home_today": "/",
    }


def test_pictures(open_page, caseworker, lawyer):
    screens = pictured(caseworker, lawyer)
    for name, settings in (("", {}), ("_phone", {"phone": True, "dark": True})):
        page = open_page(lawyer, "/", **settings)
        for screen, path in screens.items():
            page.goto(path)
            assert_accessible(page)
            shoot(page, f"{screen}{name}")
