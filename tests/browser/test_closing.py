"""The end of a case in a real browser, and a look into it by somebody who is not on its team."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from caseapp.cases.models import Case
from tests.browser.checks import assert_accessible, expect_status, shoot
from tests.packets.making import make_filing


def test_a_case_is_looked_into_closed_and_erased(open_page, caseworker, lawyer, administrator):
    case = make_filing(team=[caseworker, lawyer]).case
    outside = open_page(administrator, reverse("glass_break"))
    outside.get_by_label("Reference of the case").fill(case.reference)
    outside.get_by_label("Why you must look into it").fill("The lawyer is ill, and the filing is due tomorrow.")
    assert_accessible(outside)
    shoot(outside, "glass_break")
    outside.get_by_role("button", name="Look into it for an hour").click()
    expect(outside.get_by_text("You are looking into SV-2027-014")).to_be_visible()
    assert_accessible(outside)
    shoot(outside, "glass_banner")
    page = open_page(lawyer, "/")
    expect(page.get_by_text("Ada Administrator looked into SV-2027-014")).to_be_visible()
    shoot(page, "glass_notice")
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("Ada Administrator looked into")).to_have_count(0)
    outside.get_by_role("button", name="Close now").click()
    expect_status(outside, 404)
    outside.goto(case.get_absolute_url())
    expect(outside.get_by_role("heading", level=1)).not_to_contain_text(case.reference)
    page.goto(reverse("case_closing", args=[case.pk]))
    page.get_by_label("Why nothing may be erased").fill("A complaint is pending.")
    page.get_by_role("button", name="Put on hold").click()
    expect(page.get_by_text("on hold: nothing can be erased")).to_be_visible()
    page.get_by_role("button", name="Lift the hold").click()
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_text("This case is closed: it can be read, and not changed.")).to_be_visible()
    assert_accessible(page)
    shoot(page, "case_closing")
    Case.objects.filter(pk=case.pk).update(closed_on=timezone.localdate() - dt.timedelta(days=3000))
    page.goto(reverse("cases_due"))
    assert_accessible(page)
    shoot(page, "cases_due")
    page.get_by_role("link", name=case.reference).click()
    page.get_by_role("link", name="Erase the case…").click()
    assert_accessible(page)
    shoot(page, "case_erase")
    page.get_by_label("Type the reference of the case").fill(case.reference)
    page.get_by_role("button", name="Erase the case").click()
    expect(page.get_by_text("The case is erased.")).to_be_visible()
    assert not Case.objects.filter(pk=case.pk).exists()
