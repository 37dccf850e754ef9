"""What every page of the program must satisfy in a browser."""

from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

_DROP = """(files) => {
  const transfer = new DataTransfer();
  for (const { name, text } of files) transfer.items.add(new File([text], name));
  document.dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""
ARTIFACTS = Path(__file__).resolve().parents[2] / "test-artifacts"


@dataclass
class Watch:
    """What went wrong on one page, and which refusals the test means to meet."""

    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def on_console(self, message: ConsoleMessage) -> None:
        # The browser reports a refused request here as well; on_response judges those by their status.
        if message.type == "error" and "Failed to load resource" not in message.text and not self._is_refusal(message):
            self.complaints.append(f"console: {message.text}")

    def _is_refusal(self, message: ConsoleMessage) -> bool:
        return "Response Status Error Code" in message.text and any(str(code) in message.text for code in self.expected)

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.complaints.append(f"{response.status}: {response.request.method} {response.url}")

    def on_failure(self, request: Request) -> None:
        # A download, or a page left while it loads, ends a request without an answer.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.method} {request.url}")


_watches: WeakKeyDictionary[Page, Watch] = WeakKeyDictionary()


def watch(page: Page) -> Watch:
    seen = Watch()
    page.on("console", seen.on_console)
    page.on("pageerror", lambda error: seen.complaints.append(f"script: {error}"))
    page.on("response", seen.on_response)
    page.on("requestfailed", seen.on_failure)
    _watches[page] = seen
    return seen


def expect_status(page: Page, *statuses: int) -> None:
    """From here on this page may be answered with these."""
    _watches[page].expected.update(statuses)


def arrive(page: Page) -> None:
    """Wait for the whole page. A click ends when the next page begins, and that is empty until its first words come."""
    page.wait_for_load_state("load")


def shoot(page: Page, name: str) -> None:
    """A picture of the whole page, for people to look at."""
    arrive(page)
    ARTIFACTS.mkdir(exist_ok=True)
    # Hiding the caret would mean an inline style, which the content security policy reports.
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True, caret="initial")


def assert_accessible(page: Page) -> None:
    """axe finds no violation, and nothing is wider than the screen."""
    arrive(page)
    violations = [
        (violation["id"], violation["help"], [node["html"][:200] for node in violation["nodes"][:3]])
        for violation in Axe().run(page).response["violations"]
    ]
    assert violations == []
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert too_wide <= 0, f"the page is {too_wide} px wider than the screen"


def drop_files(page: Page, files: list[dict[str, str]]) -> None:
    """What a person does who drags files, each with its name and text, onto the page."""
    page.evaluate(_DROP, files)
