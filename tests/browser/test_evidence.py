"""Choosing evidence, setting it against the client's statements, and seeing what has grown old, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caseapp.cases.models import EventSince
from caseapp.cases.services.statements import Bears, StatementDetails, add_statements, set_bearings
from caseapp.library.models import Source, Theme
from caseapp.packets.models import Packet
from tests.browser.checks import assert_accessible, shoot
from tests.packets.making import add_article, make_filing, mark


@pytest.fixture
def packet(caseworker, lawyer) -> Packet:
    return make_filing(team=[caseworker, lawyer], forum="eoir")


def looked_at(page: Page, name: str) -> None:
    assert_accessible(page)
    shoot(page, name)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    shoot(page, f"{name}-phone-dark")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="light")


def test_evidence_is_picked_set_against_a_statement_and_seen_to_be_old(open_page, packet, lawyer):
    case = packet.case
    Source.objects.update(published_on="2019", kind="government")
    Theme.objects.filter(slug="weapon-rules").update(stale_after_months=24)
    EventSince.objects.create(case=case, happened_on="2024-05", words="The truce ended.")
    mark(add_article("Another paper", "Nobody came for hours."), "Nobody came for hours.", "off-duty-killings")
    said = [StatementDetails("Two men came to my house.", "¶ 4"), StatementDetails("No patrol came.", "¶ 5")]
    first, _second = add_statements(by=lawyer, case=case, statements=said)
    against = Bears(case.evidence.last(), "contradicts", False)
    set_bearings(by=lawyer, statement=first, bearings=[against], version=1)

    page = open_page(lawyer, reverse("evidence_add", args=[case.pk]))
    page.get_by_role("searchbox").fill("nobody hours")
    page.keyboard.press("Enter")
    page.get_by_label("All that are shown").check()
    expect(page.get_by_text("1 ticked, 0 of them on other pages")).to_be_visible()
    page.get_by_role("button", name="Theme", exact=False).first.click()
    expect(page.locator("input[name=excerpts]").first).to_be_checked()
    looked_at(page, "evidence_picker")
    page.get_by_role("button", name="Add to the case").click()
    expect(page.get_by_text("1 passage added.")).to_be_visible()

    page.get_by_role("checkbox", name="Choose “Nobody came for hours.”").check()
    page.locator("#evidence-bulk").get_by_label("Statement", exact=True).select_option(index=2)
    page.get_by_role("button", name="Say so of the statement").click()
    expect(page.get_by_text("1 passage bears on the statement now.")).to_be_visible()
    looked_at(page, "evidence_list")

    page.goto(page.url.replace("/evidence/", "/statements/"))
    expect(page.get_by_text("1 passage of an official report cuts against a statement")).to_be_visible()
    looked_at(page, "statements_contradicted")
