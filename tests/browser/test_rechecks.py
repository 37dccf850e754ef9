"""A newer version of a source: given, compared, and its passages settled by keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from caseapp.accounts.services.people import change_office
from caseapp.library.keeping.versions import add_version
from caseapp.library.models import Excerpt, Method, Source
from caseapp.library.services.excerpts import quote_excerpt
from tests.browser.checks import assert_accessible, shoot
from tests.browser.test_library import LOOKS, add
from tests.library.conftest import NOW
from tests.library.views.test_versions import ARTICLE

NEWER = (
    ARTICLE.replace("His rifle had stayed at the station", "His weapon had stayed at the post")
    .replace("The officer was on leave", "The officer was on sick leave")
    .replace("day by day, and by whom.", "day by day. Corrected in March: his weapon, not his rifle.")
)
PASSAGES = ("The officer was on leave", "His rifle had stayed at the station", "never came to a vote.")


@pytest.fixture
def captured_again(open_page, caseworker, lawyer, administrator) -> Source:
    """Two of its three passages wait, the third stands exactly."""
    change_office(by=administrator, may_fetch=True)
    source = add(caseworker, text=ARTICLE, url="https://herald.example/2019/03/04/two-men-at-the-door")
    for words in PASSAGES:
        start = ARTICLE.index(words)
        quote_excerpt(by=caseworker, capture=source.capture, start=start, end=start + len(words), themes=[], now=NOW)
    add_version(by=lawyer, source=source, original=NEWER.encode(), name="", method=Method.PASTED, now=NOW)
    return source


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the thing of this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"{words} was not reached by Tab")


def test_passages_are_settled_by_keyboard_alone(open_page, captured_again, lawyer):
    page = open_page(lawyer, f"/sources/recheck/?source={captured_again.pk}")
    assert_accessible(page)
    tab_to(page, "Carry over all that stand exactly")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 passage was carried over.")).to_be_visible()
    tab_to(page, "It is this: carry over")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Carried over to version 2.")).to_be_visible()
    tab_to(page, "Keep it on version 1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Why it stays there")).to_be_visible()
    tab_to_note(page)
    page.keyboard.type("They corrected it.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing to re-check")).to_be_visible()
    assert list(Excerpt.objects.order_by("pk").values_list("capture__number", flat=True)) == [2, 1, 2]


def tab_to_note(page: Page) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "note":
            return
    raise AssertionError("The note was not reached by Tab")


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_legible_and_accessible(open_page, captured_again, lawyer, look, request):
    source = captured_again
    waiting = source.captures.get(number=2).rechecks.exclude(standing="exact").first()
    page = open_page(lawyer, "/", **look)
    for name, path in {
        "recheck_list": "/sources/recheck/",
        "recheck_words": f"/sources/recheck/{waiting.pk}/words/",
        "recheck_keep": f"/sources/recheck/{waiting.pk}/keep/",
        "version_add": f"/sources/{source.pk}/versions/add/",
        "version_compare": f"/sources/{source.pk}/versions/compare/",
        "version_details": f"/sources/{source.pk}/details/",
        "version_older": f"/sources/{source.pk}/?version=1",
    }.items():
        page.goto(path)
        shoot(page, f"{name}-{request.node.callspec.id}")
        assert_accessible(page)


def test_the_offices_page_is_legible_and_accessible(open_page, administrator):
    page = open_page(administrator, "/office/", phone=True)
    shoot(page, "office_edit-phone")
    assert_accessible(page)
    page.goto("/people/")
    assert_accessible(page)
