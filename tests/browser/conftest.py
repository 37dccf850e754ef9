"""A real browser on the running program.

    def test_something(open_page, caseworker):
        page = open_page(caseworker, "/sources/")              # or phone=True, dark=True
        ...
        assert_accessible(page)                                # tests.browser.checks
        shoot(page, "source_list")                             # test-artifacts/source_list.png

A page fails its test if the console shows an error, a script throws, the content security policy refuses
something, a request fails, or an answer is 4xx or 5xx. A test that means to be refused says so first:
`expect_status(page, 409)`.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

from caseapp.accounts.models import User

pytest.register_assert_rewrite("tests.browser.checks")

from tests.browser.checks import Watch, watch  # noqa: E402  (after its assertions learned to explain themselves)
from tests.signing_in import sign_in  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
# Only a test that fails waits so long: on a busy machine a page may take seconds.
PATIENCE_MILLISECONDS = 30_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser(django_db_setup) -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread, which Django takes for asynchronous code.

    It then hands out another connection to the same database, which has to know what the migrations planted:
    that is put back before each test (`django_db_serialized_rollback`).
    """
    # Absent where none of the chosen tests asks for it.
    planted = getattr(connection, "_test_serialized_contents", None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        connection._test_serialized_contents = planted
        # The fonts of print are set for this process; screens use those of the machine.
        env = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET, env=env)
        yield chromium
        chromium.close()
        connections.close_all()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, django_db_serialized_rollback, live_server, settings) -> Iterator[Callable[..., Page]]:
    """open_page(person, path) → a page signed in as that person (None: nobody), watched for errors."""
    watches: list[Watch] = []
    contexts = []

    def open_as(person: User | None, path: str = "/", *, phone: bool = False, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            locale="en-US",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        if person is not None:
            client = sign_in(person)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = context.new_page()
        watches.append(watch(page))
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [complaint for seen in watches for complaint in seen.complaints] == []
