"""What judges the pages of the program is judged here."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.checks import assert_accessible, watch

FIRST = b'<!doctype html><html lang="en"><title>First</title><main><h1>First</h1><a href="/next">Go on</a></main>'
NEXT = b"<!doctype html><html><title>Next</title><main><h1>No language is named</h1></main>"
SECONDS_WITHOUT_A_WORD = 0.5


class _LateWords(BaseHTTPRequestHandler):
    """Every page but the first begins at once and has nothing in it until its words may come."""

    def do_GET(self) -> None:
        words = FIRST if self.path == "/" else NEXT
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.flush()
        if words is NEXT:
            self.server.words_may_come.wait()
        self.wfile.write(words)

    def log_message(self, *arguments: object) -> None:
        """Tests are quiet."""


@pytest.fixture
def late_pages() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _LateWords)
    server.words_may_come = threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.words_may_come.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_that_has_only_begun_is_waited_for_and_judged(browser, late_pages):
    with browser.new_context() as context:
        page = context.new_page()
        watch(page).expected.add(404)
        page.goto(f"http://127.0.0.1:{late_pages.server_port}/")
        assert_accessible(page)
        page.get_by_role("link", name="Go on").click()
        assert page.evaluate("document.documentElement") is None
        threading.Timer(SECONDS_WITHOUT_A_WORD, late_pages.words_may_come.set).start()
        with pytest.raises(AssertionError, match="html-has-lang"):
            assert_accessible(page)
