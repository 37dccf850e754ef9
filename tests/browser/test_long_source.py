"""A report as long as a book: its text arrives in pieces, and offsets are right whichever of them are there."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method
from caseapp.library.services.excerpts import quote_excerpt
from tests.browser.checks import assert_accessible
from tests.library.conftest import NOW

TEXT = "\n\n".join(
    f"Paragraph {number} 😀 of a report. What officers said of it fills the shelves." for number in range(3000)
)
IS_ON = "key => document.activeElement.dataset.excerpt === String(key)"
AHEAD = ".piece[data-ahead]"


@pytest.fixture
def source(db, caseworker):
    details = SourceDetails(title="A long report")
    return add_source(by=caseworker, details=details, original=TEXT.encode(), name="", method=Method.PASTED, now=NOW)


@pytest.fixture
def excerpted(source, caseworker):
    def excerpted(number: int, **fields) -> Excerpt:
        start = TEXT.index(f"Paragraph {number} ")
        words = f"Paragraph {number} 😀 of a report."
        return quote_excerpt(
            by=caseworker, capture=source.capture, start=start, end=start + len(words), themes=[], **fields
        )

    return excerpted


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_excerpts_are_reached_and_made_far_from_what_is_here(open_page, source, caseworker, excerpted, phone):
    first, middle, last = excerpted(2), excerpted(1500, is_adverse=True), excerpted(2990)
    page = open_page(caseworker, reverse("source_read", args=[source.pk]), phone=phone, dark=phone)
    page.wait_for_load_state("load")
    assert page.locator(AHEAD).count() > 5
    above, below = page.locator(".edge-count").all()
    expect(above).to_have_text("0")
    expect(below).to_have_text("2")
    page.keyboard.press("j")
    page.wait_for_function(IS_ON, arg=first.pk)
    page.keyboard.press("j")
    page.wait_for_function(IS_ON, arg=middle.pk)
    expect(above).to_have_text("1")
    expect(page.locator(f"#card-{middle.pk}")).to_be_visible()
    assert_accessible(page)
    page.screenshot(path=f"test-artifacts/reader_long_{'phone' if phone else 'desktop'}.png", caret="initial")

    page.keyboard.press("p")
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_count(3)
    made = Excerpt.objects.latest("pk")
    assert made.quote == "Paragraph 1501 😀 of a report. What officers said of it fills the shelves."
    assert page.locator(AHEAD).count() > 2
    below.click()
    page.wait_for_function(IS_ON, arg=last.pk)
    expect(below).to_have_text("0")


def test_what_is_named_in_the_address_is_brought(open_page, source, caseworker, excerpted):
    far = excerpted(2000)
    page = open_page(caseworker, far.get_absolute_url())
    page.wait_for_function(IS_ON, arg=far.pk)
    expect(page.locator(f"#card-{far.pk}")).to_be_in_viewport()


def test_picking_goes_on_over_the_edge_of_a_piece(open_page, source, caseworker):
    page = open_page(caseworker, reverse("source_read", args=[source.pk]))
    page.wait_for_load_state("load")
    edge = page.locator(".piece").nth(5)
    start = int(edge.get_attribute("data-start"))
    page.evaluate("id => document.getElementById(id).scrollIntoView()", edge.get_attribute("id"))
    expect(page.locator(f"#piece-{start} p").first).to_be_in_viewport()
    page.keyboard.press("p")
    page.keyboard.press("P")
    page.wait_for_function("words => getSelection().toString() === words", arg=TEXT[:start].rstrip().split("\n")[-1])


def test_the_whole_text_can_be_fetched_and_all_but_the_excerpts_dimmed(open_page, source, caseworker, excerpted):
    excerpted(2)
    page = open_page(caseworker, reverse("source_read", args=[source.pk]))
    page.wait_for_load_state("load")
    page.keyboard.press("f")
    expect(page.locator("#reader-says")).to_contain_text("The whole text is here now")
    assert page.locator("#article").evaluate("article => article.textContent") == TEXT
    page.keyboard.press("d")
    expect(page.locator("#dim-button")).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)
    page.screenshot(path="test-artifacts/reader_dimmed.png", caret="initial")
