"""A caseworker's task, counted in key presses: twenty passages of one article, three themes each, and no mouse.

Nobody knows digits by heart on the first morning: a theme that has no digit yet is typed, two letters and Enter. Shift
counts as a key press like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Theme
from tests.library.conftest import NOW

LIMIT = 150

# Two letters that find each theme among all the others.
LETTERS = {
    "Off duty": "of",
    "At home": "at",
    "Reprisals": "re",
    "Weapon rules": "we",
    "Leave denied": "le",
    "No prosecution": "no",
    "Families": "fa",
    "Bill lapsed": "bi",
}
HARM, RULES, STATE = (
    ("Off duty", "At home", "Reprisals"),
    ("Weapon rules", "Leave denied"),
    ("No prosecution", "Bill lapsed"),
)
SETS = [
    HARM,
    ("Off duty", "At home", "Families"),
    (*RULES, "Reprisals"),
    (*RULES, "Off duty"),
    (*STATE, "Families"),
    ("Weapon rules", *STATE),
    HARM,
    ("Families", "Reprisals", "No prosecution"),
    ("Leave denied", "At home", "Bill lapsed"),
    ("Off duty", "Families", "No prosecution"),
]

DIGITS = """() => Object.fromEntries(
  [...document.querySelectorAll('#panel .picker-option:has(.picker-key)')].map(
    (row) => [row.querySelector('.picker-name').textContent, row.querySelector('.picker-key').textContent]
  )
)"""
IS_ON = "key => document.activeElement.dataset.excerpt === String(key)"

PARAGRAPHS = [
    f"In month {number} of that year an officer was followed from the station to the gate. "
    f"Case {number} was closed within a week. Nobody was asked what the neighbours saw."
    for number in range(1, 23)
]


@dataclass(frozen=True)
class Passage:
    """The keys that pick it, and what they pick."""

    keys: tuple[str, ...]
    quote: str
    themes: tuple[str, ...]


def passages() -> Iterator[Passage]:
    """Mostly whole paragraphs; a fifth are single sentences, two of them cut by a word; two paragraphs say nothing."""
    texts = iter(PARAGRAPHS)
    for number in range(20):
        themes, text = SETS[number // 2 if number < 4 else number % len(SETS)], next(texts)
        match number:
            case 5 | 11:
                yield Passage(("s",), text.split(". ")[0] + ".", themes)
            case 6 | 12:
                yield Passage(("s", "s", "s", "s"), text.split(". ")[1] + ".", themes)
            case 8 | 15:
                yield Passage(("p", "p"), next(texts), themes)
            case 17:
                yield Passage(("p", "Shift+ArrowLeft", "Shift+ArrowLeft"), text.removesuffix(" saw."), themes)
            case _:
                yield Passage(("p",), text, themes)


class Hands:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += len(key.split("+"))

    def save(self, passage: Passage, before: tuple[str, ...]) -> None:
        self.press(*passage.keys)
        if passage.themes == before:
            self.press("r")
        else:
            self.choose(passage.themes)
        chosen = self.page.locator("#panel .picker-option:has(:checked) .picker-name").all_text_contents()
        assert sorted(chosen) == sorted(passage.themes)
        self.press("Enter")

    def choose(self, themes: tuple[str, ...]) -> None:
        """First those that show a digit, then those that are typed."""
        digits = self.digits()
        keys = [digits[theme] for theme in themes if theme in digits]
        if not keys:
            self.press("e")
        self.press(*keys)
        for theme in themes:
            if theme not in digits:
                self.press(*LETTERS[theme], "Enter")

    def digits(self) -> dict[str, str]:
        return self.page.evaluate(DIGITS)


@pytest.fixture
def source(db, caseworker):
    Theme.objects.all().delete()
    for position, name in enumerate(LETTERS, start=1):
        Theme.objects.create(slug=f"t{position}", name=name, colour="#2f6f8f", position=position)
    text = "\n\n".join(PARAGRAPHS)
    details = SourceDetails(title="A year at the gate")
    return add_source(by=caseworker, details=details, original=text.encode(), name="", method=Method.PASTED, now=NOW)


def test_twenty_passages_with_three_themes_each(open_page, source, caseworker):
    page = open_page(caseworker, reverse("source_read", args=[source.pk]))
    page.wait_for_load_state("load")
    hands, before, task = Hands(page), (), list(passages())
    for number, passage in enumerate(task, start=1):
        hands.save(passage, before)
        expect(page.locator(".card-excerpt")).to_have_count(number)
        page.wait_for_function(IS_ON, arg=Excerpt.objects.latest("pk").pk)
        before = passage.themes
    saved = [
        (excerpt.quote, sorted(excerpt.themes.values_list("name", flat=True)))
        for excerpt in Excerpt.objects.order_by("start")
    ]
    assert saved == [(passage.quote, sorted(passage.themes)) for passage in task]
    assert hands.pressed < LIMIT, hands.pressed
