"""The coverage of a case: by keyboard, on a phone, in the dark, and on paper."""

import datetime as dt

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseapp.cases.models import Case, CoverageNote, CoverageSnapshot
from caseapp.library.models import Excerpt, Source, Theme
from tests.browser.checks import ARTIFACTS, assert_accessible, shoot
from tests.packets.making import add_article, make_filing, mark

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def case(caseworker, lawyer) -> Case:
    """Something of everything: shown, gaps, one of them explained, too old, against us, more in the library."""
    case = make_filing(team=[caseworker, lawyer], forum="eoir").case
    Case.objects.update(country="SV", hearing_on=dt.date(2027, 3, 15))
    vetted = {"checked_at": NOW, "checked_by": caseworker, "approved_at": NOW, "approved_by": lawyer}
    mark(
        add_article("Annual report", "Attacked on leave.", kind="government"), "Attacked on leave.", "off-duty-killings"
    )
    Excerpt.objects.exclude(quote="Weapons stay in the barracks.").update(**vetted)
    Source.objects.update(country="SV", published_on="2024-05")
    Theme.objects.filter(slug="off-duty-killings").update(stale_after_months=12)
    CoverageNote.objects.create(
        case=case, element="us-credibility", words="Shown by the declaration.", by=lawyer, at=NOW
    )
    CoverageSnapshot.objects.create(case=case, taken_on=dt.date(2026, 11, 1), gaps=["us-harm"], passages={})
    return case


def test_the_matrix_is_read_by_keyboard_and_a_number_opens_its_passages(open_page, case, lawyer):
    page = open_page(lawyer, case.get_absolute_url())
    row = page.locator("#element-us-harm")
    row.get_by_role("link", name="1 approved: Harm that rises to persecution").focus()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="1 source approved")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="May 2024 approved")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="1 too old: Harm that rises to persecution")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(row.get_by_role("link", name="1 more")).to_be_focused()
    for _step in range(4):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#element-us-nexus").get_by_role("link", name="1 approved")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_contain_text("Nexus: one central reason: approved")
    expect(page.locator(".quotation")).to_have_text("“Čačak”")
    page.go_back()
    folded = page.locator("#element-us-police-after")
    expect(folded).to_be_hidden()
    page.locator("#element-us-harm [data-fold]").press("Enter")
    expect(folded).to_be_visible()


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_every_screen_of_the_coverage_is_fit_for_everybody(open_page, case, lawyer, name, look):
    theme = Theme.objects.get(slug="off-duty-killings")
    screens = {
        "case_show": case.get_absolute_url(),
        "coverage_passages": reverse("coverage_passages", args=[case.pk, "us-state"]),
        "coverage_note": reverse("coverage_note", args=[case.pk, "us-fear"]),
        "coverage_summary": reverse("coverage_summary", args=[case.pk]),
        "case_elements": reverse("case_elements", args=[case.pk]),
        "theme_elements": f"{reverse('theme_elements')}?theme={theme.pk}",
        "evidence_elements": reverse("evidence_elements", args=[case.pk, case.evidence.first().pk]),
    }
    page = open_page(lawyer, "/", **look)
    for screen, url in screens.items():
        page.goto(url)
        shoot(page, f"coverage_{screen}_{name}")
        assert_accessible(page)


def test_the_summary_fits_on_one_page(open_page, case, lawyer):
    page = open_page(lawyer, reverse("coverage_summary", args=[case.pk]))
    pdf = page.pdf(format="Letter", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    (ARTIFACTS / "coverage_summary.pdf").write_bytes(pdf)
    assert pdf.count(b"/Type /Page\n") == 1
