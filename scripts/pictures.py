"""Take the pictures of the README from the demonstration: `make pictures`, with the program running on PORT.

pictures.py ADDRESS FOLDER    ADDRESS such as http://127.0.0.1:8000; the demonstration's lawyer signs in and builds.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
LAWYER, PASSWORD = "lawyer@sample.example", "sample password 2027"
BUILD_MILLISECONDS = 120_000
INDEX_PAGE, EXHIBIT_PAGE = 2, 10


def sign_in(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_label("E-mail").fill(LAWYER)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if page.get_by_label("Code").count():
        sys.exit(
            "The demonstration's lawyer has a second factor already. Remove it on the page Security of your account."
        )
    page.get_by_role("link", name="Use a code app").click()
    key = page.locator("#app-key").input_value()
    shown = subprocess.run([sys.executable, "manage.py", "show_code", key], capture_output=True, text=True, check=True)
    page.get_by_label("Code").fill(shown.stdout.strip())
    page.get_by_role("button", name="Set up the app").click()
    page.get_by_role("button", name="Make ten codes").wait_for()


def leave(page: Page, address: str) -> None:
    """As it was found: without the second factor that was needed to see a case."""
    page.goto(f"{address}/your-account/code-app/remove/")
    page.get_by_role("button", name="Remove the code app").click()
    page.get_by_role("link", name="Set up a code app").wait_for()


def take_screens(page: Page, address: str, folder: Path) -> Path:
    """The reader, the coverage of a case and a built packet; returns the packet that was downloaded."""
    page.goto(f"{address}/sources/")
    page.get_by_role("link", name="[Sample] Off the roster").first.click()
    page.screenshot(path=folder / "reader.png")
    page.goto(f"{address}/cases/")
    page.get_by_role("link", name="SAMPLE-2027-001").click()
    page.screenshot(path=folder / "coverage.png")
    page.get_by_role("link", name="Packets", exact=True).click()
    page.get_by_role("link", name="Country conditions evidence").click()
    packet = page.url
    build = page.get_by_role("button", name="Build the packet")
    if build.count():
        build.click()
        page.get_by_text("The packet is ready").first.wait_for(timeout=BUILD_MILLISECONDS)
        page.goto(packet)
    page.screenshot(path=folder / "packet.png")
    look_through(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").first.click()
    return Path(download.value.path())


def look_through(page: Page) -> None:
    """What a lawyer does once before the first download."""
    link = page.get_by_role("link", name="Look through what leaves")
    if link.count():
        link.click()
        page.get_by_label("I looked through what leaves the office with this build.").check()
        page.get_by_role("button", name="Open the downloads").click()


def take_pages(pdf: Path, folder: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    for name, number in (("page-index", INDEX_PAGE), ("page-exhibit", EXHIBIT_PAGE)):
        document[number - 1].render(scale=1.4).to_pil().quantize(64).save(folder / f"{name}.png", optimize=True)
    document.close()


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as downloads:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, downloads_path=downloads)
        page = chromium.new_page(viewport={"width": 1280, "height": 820}, accept_downloads=True)
        sign_in(page, address)
        take_pages(take_screens(page, address, folder), folder)
        leave(page, address)
        chromium.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
