"""Many at once in a real browser: dropped, read row by row, mended, and read."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseapp.library.models import Import, Source
from caseapp.library.tasks import read_import_row
from tests.browser.checks import assert_accessible, drop_files, shoot
from tests.library.making import work

FILES = [
    {"name": "door.txt", "mimeType": "text/plain", "buffer": b"He left in spring."},
    {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"},
    {
        "name": "list.csv",
        "mimeType": "text/csv",
        "buffer": b"Title,Text,Themes\nA law,It never came to a vote.,No such\n",
    },
]


@pytest.fixture(autouse=True)
def no_worker(monkeypatch):
    monkeypatch.setattr(read_import_row, "delay", lambda _id: None)


def test_three_files_are_dropped_and_one_is_mended(open_page, caseworker):
    page = open_page(caseworker, reverse("source_add"))
    assert_accessible(page)
    shoot(page, "source_add")
    page.get_by_label("Files", exact=True).set_input_files(FILES)
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("heading", name="0 of 3 read")).to_be_visible()
    work(Import.objects.get())
    expect(page.get_by_role("heading", name="4 of 4 read")).to_be_visible()
    expect(page.get_by_role("link", name="A law").last).to_be_visible()
    assert_accessible(page)
    shoot(page, "import_show")
    page.get_by_role("link", name="Say what is missing").click()
    expect(page.get_by_role("group", name="How it begins")).to_be_visible()
    assert_accessible(page)
    shoot(page, "import_row")
    page.get_by_label("Title").fill("Two men at the door")
    page.get_by_role("button", name="Save and read").click()
    expect(page.get_by_text("You can leave this page")).to_be_visible()
    work(Import.objects.get())
    expect(page.get_by_role("heading", name="Two men at the door")).to_be_visible()
    assert Source.objects.count() == 2


def test_what_is_dropped_anywhere_on_the_page_is_sent(open_page, caseworker):
    page = open_page(caseworker, reverse("source_add"), phone=True, dark=True)
    assert_accessible(page)
    shoot(page, "source_add_phone")
    drop_files(page, [{"name": "a.txt", "text": "He left."}, {"name": "b.txt", "text": ""}])
    expect(page.get_by_role("heading", name="1 of 2 read")).to_be_visible()
    shoot(page, "import_show_phone")
    page.get_by_role("link", name="b.txt").click()
    expect(page.get_by_text("This file is empty.")).to_be_visible()
    assert_accessible(page)
    shoot(page, "import_row_phone")
    page.goto(reverse("import_list"))
    assert_accessible(page)
    shoot(page, "import_list_phone")
