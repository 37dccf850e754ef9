"""A PDF taken into the library and read: its pages, their pictures, a passage that runs over two of them."""

import re

import pytest
from playwright.sync_api import expect

from caseapp.library.models import Excerpt, Source
from tests.browser.checks import assert_accessible, expect_status, shoot
from tests.browser.test_reader import SELECT
from tests.intake.pdf.papers import ENGLISH, typeset


@pytest.fixture(scope="module")
def report():
    parts = [f"Part {number} of it. {ENGLISH[number % 3]}" for number in range(1, 16)]
    return typeset(parts, columns=2, page="size: 480pt 420pt; margin: 40pt", times=1)


def upload(page, data):
    page.get_by_label("or choose a file").set_input_files(
        {"name": "report.pdf", "mimeType": "application/pdf", "buffer": data}
    )


def test_a_pdf_is_taken_in_and_read_page_by_page(open_page, caseworker, report):
    page = open_page(caseworker, "/sources/add/")
    upload(page, report)
    page.get_by_label("Title").fill("A report")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_role("heading", name="A report", level=1)).to_be_visible()
    capture = Source.objects.get().capture
    assert len(capture.pages) > 1

    page.wait_for_load_state("load")  # before that the link leads away, as it does without the script
    second = page.locator("#page-2")
    second.click()
    picture = page.locator(".page-picture img")
    expect(picture).to_be_visible()
    expect(second).to_have_attribute("aria-expanded", "true")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    assert_accessible(page)
    shoot(page, "reader_pdf_picture")

    on_first, on_second = (capture.text[start:end] for start, end, _ in capture.pages[:2])
    first, last = re.findall(r"Part \d+ of it", on_first)[-1], re.findall(r"Part \d+ of it", on_second)[0]
    page.evaluate(SELECT, [first, last])
    page.keyboard.press("e")
    page.get_by_role("button", name="Save for the whole office").click()
    expect(page.locator(".card-page")).to_have_text("pp. 1–2")
    excerpt = Excerpt.objects.get()
    assert (excerpt.start, excerpt.end) == (capture.text.index(first), capture.text.index(last) + len(last))
    assert excerpt.quote == capture.text[excerpt.start : excerpt.end]
    second.click()
    expect(picture).to_have_count(0)
    shoot(page, "reader_pdf")

    page.get_by_role("tab", name="Page").click()
    beside = page.locator("#page-beside img")
    expect(beside).to_be_visible()
    assert beside.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    last = page.locator(".page-break").last
    last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 3000)
    expect(beside).to_have_attribute("src", f"{last.evaluate('link => link.href')}picture/")
    assert_accessible(page)
    page.screenshot(path="test-artifacts/reader_pdf_beside.png", caret="initial")


@pytest.mark.parametrize(("name", "screen"), [("phone", {"phone": True}), ("dark", {"dark": True})])
def test_the_pages_of_a_pdf_on_every_screen(open_page, caseworker, report, name, screen):
    page = open_page(caseworker, "/sources/add/", **screen)
    upload(page, report.replace(b"startxref\n", b"startxref\n9", 1))
    page.get_by_label("Title").fill("A damaged report")
    expect_status(page, 422)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This file is damaged")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"source_add_damaged_{name}")

    upload(page, report.replace(b"startxref\n", b"startxref\n9", 1))
    page.get_by_label("Keep it as it was read").check()
    page.get_by_role("button", name="Save and read").click()
    expect(page.locator("#page-2")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"reader_pdf_{name}")
    page.goto(f"{page.locator('#page-2').get_attribute('href')}")
    assert page.locator(".page-picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    assert_accessible(page)
    shoot(page, f"reader_page_{name}")
