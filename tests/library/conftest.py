"""A small library of invented text."""

import datetime as dt
from collections.abc import Callable

import pytest

from caseapp.accounts.models import User
from caseapp.library.excerpts.context_shown import proof_of
from caseapp.library.keeping.searching import refresh_search
from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Capture, Excerpt, Method, Source, Theme
from caseapp.library.services.vetting import approve_excerpt

NOW = dt.datetime(2026, 11, 22, 15, 30, tzinfo=dt.UTC)
ARTICLE = (
    "Menu | Subscribe\n"
    "\n"
    "The officer was on leave when two men came to his house.\n"
    "His rifle had stayed at the station, as the rule demands.\n"
    "The bill that was to protect his family never came to a vote.\n"
    "\n"
    "Read more: ten recipes\n"
)


@pytest.fixture
def add(db) -> Callable[..., Source]:
    """add(text, by=person, title="…") → a pasted source."""

    def add(text: str = ARTICLE, *, by=None, title: str = "Two men at the door", **details) -> Source:
        return add_source(
            by=by,
            details=SourceDetails(title=title, **details),
            original=text.encode(),
            name="",
            method=Method.PASTED,
            now=NOW,
        )

    return add


@pytest.fixture
def source(add, caseworker) -> Source:
    return add(
        by=caseworker,
        publisher="Sample Herald",
        author="A. Reporter",
        published_on="2019-03-04",
        url="https://herald.example/door",
        kind="news",
        country="SV",
    )


@pytest.fixture
def quote(db) -> Callable[..., Excerpt]:
    """quote(capture, "words", theme, …) → an excerpt of the first place where the words stand."""

    def quote(capture: Capture, words: str, *themes: Theme, **fields) -> Excerpt:
        start = capture.text.index(words)
        excerpt = Excerpt.objects.create(capture=capture, start=start, end=start + len(words), quote=words, **fields)
        excerpt.themes.set(themes)
        refresh_search(excerpts=[excerpt])
        return excerpt

    return quote


@pytest.fixture
def approve() -> Callable[[Excerpt, User], Excerpt]:
    """approve(excerpt, lawyer), who was shown it in its context and checks it in the same step."""

    def approve(excerpt: Excerpt, lawyer: User) -> Excerpt:
        return approve_excerpt(by=lawyer, excerpt=excerpt, shown=proof_of(excerpt, lawyer), now=NOW)

    return approve


@pytest.fixture
def killings(db) -> Theme:
    return Theme.objects.get(slug="off-duty-killings")


@pytest.fixture
def weapons(db) -> Theme:
    return Theme.objects.get(slug="weapon-rules")


@pytest.fixture
def law(db) -> Theme:
    return Theme.objects.get(slug="unpassed-protection-law")
