"""The record of the office and the visits of a case, as people see them."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from caseapp.audit.actions import Action
from caseapp.audit.inspecting import inspect_record
from caseapp.audit.models import record, record_refusal
from caseapp.packets.stored import inspect_files
from tests.browser.checks import assert_accessible, shoot
from tests.packets.making import make_filing


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_who_looked_is_shown_to_lawyer_and_administrator(
    open_page, lawyer, caseworker, administrator, stranger, name, look
):
    case = make_filing(team=[caseworker, lawyer]).case
    record(by=caseworker, action=Action.DOCUMENT_VIEWED, subject=case, case_id=case.pk)
    record(by=lawyer, action=Action.VOLUME_DOWNLOADED, subject=case, label="Country evidence", case_id=case.pk)
    record_refusal(by=stranger, subject_type="case", subject_id=str(case.pk), case_id=case.pk, now=timezone.now())
    inspect_record(now=timezone.now())
    inspect_files(now=timezone.now())

    page = open_page(lawyer, reverse("case_history", args=[case.pk]), **look)
    shoot(page, f"case_history_{name}")
    assert_accessible(page)
    page.get_by_role("link", name="Who opened this case").click()
    expect(page.get_by_role("row", name="Sam Stranger")).to_contain_text("turned away")
    shoot(page, f"case_visits_{name}")
    assert_accessible(page)

    page = open_page(administrator, reverse("record_show"), **look)
    expect(page.get_by_text("as it was written", exact=True)).to_be_visible()
    page.get_by_label("What", exact=True).select_option("turned away")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".history li")).to_have_count(1)
    shoot(page, f"record_{name}")
    assert_accessible(page)
