"""A web page as people meet it: what was found in it waits for a yes, and its headings stand out."""

import pytest
from playwright.sync_api import expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Method
from tests.browser.checks import assert_accessible, shoot
from tests.intake.web.test_article import PAGE
from tests.intake.web.test_reading import ABOUT
from tests.library.conftest import NOW


@pytest.mark.parametrize("look", [{}, {"phone": True, "dark": True}], ids=["desktop", "phone-dark"])
def test_details_found_in_a_page_are_confirmed_with_one_click(open_page, caseworker, look, request):
    page = open_page(caseworker, "/sources/", **look)
    source = add_source(
        by=caseworker,
        details=SourceDetails(title="Two men at the door", country="SV"),
        original=PAGE.replace('<html lang="en"><head>', ABOUT).encode(),
        name="page.html",
        method=Method.UPLOADED,
        now=NOW,
        fills_in=True,
    )
    for place in ("", "edit/", "details/"):
        page.goto(page.url.partition("/sources/")[0] + f"/sources/{source.pk}/{place}")
        assert_accessible(page)
        shoot(page, f"found_{place.strip('/') or 'read'}_{request.node.callspec.id}")
    expect(page.get_by_text("found in the file, not confirmed")).to_have_count(4)
    page.get_by_role("button", name="They are right").click()
    expect(page.get_by_text("Confirmed.")).to_be_visible()
    expect(page.get_by_text("found in the file, not confirmed")).to_have_count(0)
    page.get_by_role("link", name="Read", exact=True).click()
    expect(page.get_by_role("heading", level=3, name="Killings")).to_be_visible()
