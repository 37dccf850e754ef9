"""A report of 300 pages with 500 excerpts, opened in the reader of the real web server.

    python -m benchmarks.reader ROOM [--chromium /usr/bin/chromium] [--rounds 7]

Prints as JSON how long the server takes for the page that opens, for a piece in the middle and for all pieces, and how
many bytes each has; and, in a browser, how long it is until the first words are on the screen, until the page has
settled, and until a page near the end is there that somebody goes to.
"""

import argparse
import datetime as dt
import json
import os
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.tagging import PORT, served, set_up

PAGES, LETTERS, EXCERPTS = 300, 900_000, 500
FAR = 290  # page
SENTENCE = "The officers who had asked for another posting were told to wait, and nobody came back to them. "


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room", type=Path)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    set_up(options.room)
    source, cookie = _make_report()
    told = _on_the_server(source, options.rounds)
    with served():
        told |= _in_a_browser(source, cookie, options.chromium, options.rounds)
    print(json.dumps(told, indent=1))


def _make_report() -> tuple[int, tuple[str, str]]:
    """The source, and the cookie of somebody who is signed in."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from caseapp.accounts.models import User
    from caseapp.accounts.roles import Role
    from caseapp.library.keeping.sources import SourceDetails, add_source
    from caseapp.library.models import Capture, Method, Theme
    from caseapp.library.services.excerpts import quote_excerpt

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    person = User.objects.create_user(email="reader@office.example", name="A. Reader", role=Role.CASEWORKER)
    paragraph = SENTENCE * 6
    text = "\n\n".join(f"{number}. {paragraph}" for number in range(LETTERS // len(paragraph)))
    now = dt.datetime.now(dt.UTC)
    details = SourceDetails(title="A report as long as a book")
    source = add_source(by=None, details=details, original=text.encode(), name="", method=Method.PASTED, now=now)
    capture = source.capture
    starts = [len(text) * page // PAGES for page in range(PAGES + 1)]
    pages = [[start, end, ""] for start, end in pairwise(starts)]
    Capture.objects.filter(pk=capture.pk).update(pages=pages)
    themes = list(Theme.objects.all()[:3])
    for number in range(EXCERPTS):
        start = text.index("The officers", len(text) * number // EXCERPTS)
        quote_excerpt(by=person, capture=capture, start=start, end=start + len(SENTENCE) - 1, themes=themes)
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return source.pk, (name, client.cookies[name].value)


def _on_the_server(source: int, rounds: int) -> dict[str, Any]:
    from django.test import Client

    from caseapp.accounts.models import User
    from caseapp.library.models import Capture
    from caseapp.library.views.pieces import Pieces

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email="reader@office.example"))
    places = Pieces(Capture.objects.get(source=source)).places
    middle = f"/sources/{source}/pieces/{places[len(places) // 2].start}/"
    opening, opening_bytes = _middle(lambda: len(client.get(f"/sources/{source}/").content), rounds)
    piece, piece_bytes = _middle(lambda: len(client.get(middle).content), rounds)
    pieces = [f"/sources/{source}/pieces/{place.start}/" for place in places]
    everything, all_bytes = _middle(lambda: sum(len(client.get(one).content) for one in pieces), 1)
    return {
        "pieces": len(places),
        "open_ms": opening,
        "open_kB": opening_bytes // 1000,
        "piece_ms": piece,
        "piece_kB": piece_bytes // 1000,
        "all_pieces_ms": everything,
        "all_pieces_kB": all_bytes // 1000,
        "share_of_bytes_sent_at_once": round(opening_bytes / all_bytes, 3),
    }


def _middle(act: Callable[[], int], rounds: int) -> tuple[float, int]:
    """The middle of the times in milliseconds, and what the act last gave."""
    times, given = [], 0
    for _round in range(rounds):
        began = time.perf_counter()
        given = act()
        times.append(1000 * (time.perf_counter() - began))
    return round(median(times), 1), given


def _in_a_browser(source: int, cookie: tuple[str, str], chromium: str, rounds: int) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    address = f"http://127.0.0.1:{PORT}"
    paints, loads, jumps = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for _round in range(rounds):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": address}])
            page = context.new_page()
            page.goto(f"{address}/sources/{source}/")
            page.wait_for_load_state("load")
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
            loads.append(page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
            began = time.perf_counter()
            page.evaluate("page => { window.location.hash = `#page-${page}`; }", FAR)
            page.locator(f"#page-{FAR}").wait_for()
            jumps.append(1000 * (time.perf_counter() - began))
            context.close()
        browser.close()
    return {
        "first_words_ms": round(median(paints)),
        "loaded_ms": round(median(loads)),
        "to_a_far_page_ms": round(median(jumps)),
    }


if __name__ == "__main__":
    main()
