"""Same reports, as people meet them."""

import pytest
from playwright.sync_api import expect

from caseapp.library.models import Link, Source, Verdict
from caseapp.library.origins.matching import compare_capture
from tests.browser.checks import assert_accessible, shoot
from tests.browser.test_library import add
from tests.library.reporting import QUOTING, REPORT


@pytest.fixture
def link(open_page, caseworker) -> Link:
    """(After open_page, which sees to the database.)"""
    first = add(caseworker, title="The vote of the keepers", text=REPORT, publisher="Harbour Gazette")
    second = add(caseworker, title="Keepers along the coast are tired", text=QUOTING, published_on="2019-03-05")
    for source in (first, second):
        compare_capture(source.capture.pk)
    return Link.objects.get()


@pytest.mark.parametrize(
    "look", [pytest.param({}, id="desktop"), pytest.param({"phone": True, "dark": True}, id="phone")]
)
def test_every_screen_is_legible_and_accessible(open_page, link, caseworker, look, request):
    page = open_page(caseworker, "/sources/same/", **look)
    for name, path in {
        "origin_list": "/sources/same/",
        "origin_list_narrowed": "/sources/same/?words=nowhere",
        "origin_pair": link.get_absolute_url(),
        "origin_state": f"/sources/{link.other_id}/details/",
        "origin_leave": f"/sources/{link.other_id}/origin/leave/",
        "origin_reader": f"/sources/{link.one_id}/",
    }.items():
        page.goto(path)
        if name == "origin_reader":
            page.get_by_role("tab", name="Shared passages (2)").click()
        shoot(page, f"{name}-{request.node.callspec.id}")
        assert_accessible(page)


def test_two_sources_become_one_report_by_keyboard(open_page, link, caseworker):
    page = open_page(caseworker, link.get_absolute_url())
    page.get_by_label("Who first made the report").focus()
    expect(page.get_by_label("Who first made the report")).to_have_value("Harbour Gazette")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The same report", exact=True)).to_be_visible()
    assert Link.objects.get().verdict == Verdict.CONFIRMED
    assert {source.origin_name for source in Source.objects.all()} == {"Harbour Gazette"}
    assert_accessible(page)
    shoot(page, "origin_pair_confirmed")
