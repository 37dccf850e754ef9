"""People who tag one source at the same time, each in a process of their own, against the real web server.

    python -m benchmarks.tagging ROOM PEOPLE [--passages 40]

The database is that of DATABASE_URL, or an SQLite file in ROOM. Each person signs in as a browser does, saves their own
passages with three themes each, and after every eighth adds a theme to a passage that all of them share, taking what
stands there again whenever somebody else was faster. Prints as JSON how long the answers took, every answer that was no
success, and what is missing in the end of all that was answered with a success.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks.office import ROOT

PASSWORD = "a long enough password 1"  # noqa: S105 - of accounts that live as long as one measurement
PORT = 8391
THEMES = 12
_PATIENCE_SECONDS = 60.0
_MOST_TRIES = 200
_BETWEEN_SHARED = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room", type=Path)
    parser.add_argument("people", type=int)
    parser.add_argument("--passages", type=int, default=40)
    options = parser.parse_args()
    set_up(options.room)
    desk = _make_desk(options.people, options.passages)
    with served():
        began = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(options.people) as pool:
            told = pool.starmap(work, [(desk, number) for number in range(options.people)])
        took = time.perf_counter() - began
    print(json.dumps(_summary(desk, told) | {"seconds": round(took, 2)}))


def set_up(room: Path) -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "caseapp.settings",
        "DATA_DIR": str(room.resolve()),
        "SECRET_KEY": "a key that only these measurements use, and long enough to pass the check of keys",
    }
    room.mkdir(parents=True, exist_ok=True)
    django.setup()


@dataclass(frozen=True)
class Desk:
    """What lies before everybody: (start, end, words) of the passages of each, and the passage that all share, with
    the themes that each will add to it."""

    source: int
    shared: int
    themes: tuple[int, ...]
    own_themes: tuple[tuple[int, ...], ...]
    passages: tuple[tuple[tuple[int, int, str], ...], ...]


@dataclass
class Told:
    """What one person saw. `saved` are the themes of each passage, by its start; `shared` the themes added."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    saved: dict[int, tuple[int, ...]] = field(default_factory=dict)
    shared: set[int] = field(default_factory=set)


def _make_desk(people: int, passages: int) -> Desk:
    from django.core.management import call_command
    from django.utils import timezone

    from caseapp.accounts.models import User
    from caseapp.accounts.roles import Role
    from caseapp.library.keeping.sources import SourceDetails, add_source
    from caseapp.library.models import Method, Theme
    from caseapp.library.services.excerpts import quote_excerpt

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for number in range(people):
        User.objects.create_user(email=_email(number), name=f"P{number}", role=Role.CASEWORKER, password=PASSWORD)
    themes = [Theme.objects.create(name=f"Theme {n}", slug=f"theme-{n}").pk for n in range(THEMES)]
    # Every theme that people add to the shared passage is one of its own, so that a lost one shows.
    turns = range(0, passages, _BETWEEN_SHARED)
    own_themes = tuple(
        tuple(Theme.objects.create(name=f"P{n}, {turn}", slug=f"p-{n}-{turn}").pk for turn in turns)
        for n in range(people)
    )
    lines = [f"Paragraph {n} says what was seen in the street on that day." for n in range(people * passages + 1)]
    text = "\n\n".join(lines)
    details = SourceDetails(title="One report that all read", publisher="Example Herald")
    source = add_source(
        by=None, details=details, original=text.encode(), name="", method=Method.PASTED, now=timezone.now()
    )
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 2)
    places = [(start, start + len(line), line) for start, line in zip(starts, lines, strict=False)]
    first, *rest = places
    shared = quote_excerpt(by=None, capture=source.capture, start=first[0], end=first[1], themes=[], is_adverse=False)
    own = tuple(tuple(rest[number * passages : (number + 1) * passages]) for number in range(people))
    return Desk(source.pk, shared.pk, tuple(themes), own_themes, own)


def _email(number: int) -> str:
    return f"p{number}@example.org"


@contextmanager
def served() -> Iterator[None]:
    from caseapp.core.management.commands.up import answers, web_command

    server = subprocess.Popen(web_command(bind=f"127.0.0.1:{PORT}"), cwd=ROOT)
    try:
        end = time.monotonic() + _PATIENCE_SECONDS
        while not answers("127.0.0.1", PORT):
            if server.poll() is not None or time.monotonic() > end:
                sys.exit("The web server did not come up.")
            time.sleep(0.1)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


class Browser:
    """As much of one as signing in and sending forms needs."""

    def __init__(self) -> None:
        self._cookies: SimpleCookie = SimpleCookie()
        self._token = ""
        self._connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=_PATIENCE_SECONDS)

    def get(self, path: str) -> tuple[int, str]:
        return self._ask("GET", path, None, {})

    def post(self, path: str, **values: Any) -> tuple[int, str]:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self._token,
            "HX-Request": "true",
        }
        return self._ask("POST", path, urlencode(values, doseq=True), headers)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> tuple[int, str]:
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())
        self._connection.request(method, path, body, headers | {"Cookie": sent})
        response = self._connection.getresponse()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            self._cookies.load(cookie)
        page = response.read().decode()
        if token := re.search(r'"X-CSRFToken": "(\w+)"', page):
            self._token = token.group(1)
        return response.status, page


def work(desk: Desk, number: int) -> Told:
    told, browser = Told(), Browser()
    browser.get("/sign-in/")
    status, _page = browser.post("/sign-in/", login=_email(number), password=PASSWORD)
    told.answers[f"sign in {status}"] += 1
    browser.get(f"/sources/{desk.source}/")
    for place, (start, end, words) in enumerate(desk.passages[number]):
        themes = tuple(desk.themes[(place + step * 5) % THEMES] for step in range(3))
        began = time.perf_counter()
        status, _page = browser.post(
            f"/sources/{desk.source}/excerpts/add/", start=start, end=end, words=words, themes=themes, note=""
        )
        told.seconds.append(time.perf_counter() - began)
        told.answers[f"excerpt {status}"] += 1
        if status == 200:
            told.saved[start] = themes
        turn, left = divmod(place, _BETWEEN_SHARED)
        if not left:
            _add_to_shared(desk, desk.own_themes[number][turn], browser, told)
    return told


def _add_to_shared(desk: Desk, theme: int, browser: Browser, told: Told) -> None:
    """Add one theme to those that stand there, as somebody does who is told that others were faster."""
    path = f"/excerpts/{desk.shared}/edit/"
    for _attempt in range(_MOST_TRIES):
        _status, page = browser.get(path)
        version = re.search(r'name="version"[^>]*value="(\d+)"', page)
        chosen = {int(pk) for pk in re.findall(r'name="themes"[^>]*value="(\d+)"[^>]*\bchecked', page)}
        status, _page = browser.post(
            path, version=version.group(1) if version else "", themes=[*chosen, theme], note=""
        )
        told.answers[f"shared {status}"] += 1
        if status == 302:
            told.shared.add(theme)
            return
        if status != 409:
            return


def _summary(desk: Desk, told: list[Told]) -> dict[str, Any]:
    from django.db import connection

    from caseapp.library.models import Excerpt

    answers = sum((each.answers for each in told), Counter[str]())
    stands = {
        excerpt.start: {theme.pk for theme in excerpt.themes.all()}
        for excerpt in Excerpt.objects.filter(capture__source=desk.source).prefetch_related("themes")
    }
    saved = {start: set(themes) for each in told for start, themes in each.saved.items()}
    shared = set().union(*(each.shared for each in told))
    seconds = [second for each in told for second in each.seconds]
    return {
        "database": connection.vendor,
        "people": len(told),
        "passages": len(saved),
        "lost": sum(stands.get(start) != themes for start, themes in saved.items()) + len(shared - stands[0]),
        "errors": sum(count for said, count in answers.items() if said[-3:] not in {"200", "302", "409"}),
        "answers": dict(sorted(answers.items())),
        "median_ms": round(1000 * median(seconds), 1),
        "p95_ms": round(1000 * quantiles(seconds, n=20)[18], 1),
    }


if __name__ == "__main__":
    main()
