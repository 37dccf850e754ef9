"""Themes by keyboard: moving them, taking a move back, answering suggestions, copying a passage."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.services.definitions import add_rule, pin_example
from caseapp.library.services.themes import add_theme
from caseapp.library.themes.teaching import learn_themes
from tests.browser.checks import assert_accessible, shoot
from tests.library.conftest import NOW
from tests.library.themes.test_proposals import KILLED, REPORT

PHONE_DARK = {"phone": True, "dark": True}


def add(text: str, title: str) -> Source:
    details = SourceDetails(title=title, publisher="Sample Herald", published_on="2019-03-04", country="SV")
    return add_source(by=None, details=details, original=text.encode(), name="", method=Method.PASTED, now=NOW)


@pytest.fixture
def report(open_page, caseworker) -> Source:
    """A source with passages that fit a theme, which was learned from another. (After open_page, for the database.)"""
    killings, weapons = Theme.objects.get(slug="off-duty-killings"), Theme.objects.get(slug="weapon-rules")
    home = add_theme(by=None, name="At home", parent=killings, definition="In the house.", colour="#3a87c2")
    tagged = add("\n".join(KILLED), "Five killings").capture
    for number, words in enumerate(KILLED):
        start = tagged.text.index(words)
        excerpt = Excerpt.objects.create(
            capture=tagged, start=start, end=start + len(words), quote=words, is_adverse=number == 1
        )
        excerpt.themes.set([killings, home] if number == 0 else [killings])
    pin_example(by=None, theme=killings, excerpt=excerpt, belongs=True, now=NOW)
    add_rule(by=None, theme=weapons, kind="pattern", text="hand near/5 rifle", now=NOW)
    learn_themes(dt.datetime.now(dt.UTC))
    return add(REPORT, "A report on officers")


def test_the_tree_is_moved_by_keyboard_and_back_again(open_page, report, caseworker):
    page = open_page(caseworker, "/themes/")
    page.get_by_role("link", name="Off-duty killings").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="At home")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("link", name="Unpassed protection law")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("status").first).to_contain_text(
        "“Unpassed protection law” is now number 2 of 3 at the top."
    )
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("status").first).to_contain_text("number 2 of 2 below “Off-duty killings”.")
    expect(page.locator("tbody tr").nth(2)).to_contain_text("Unpassed protection law")
    assert_accessible(page)
    shoot(page, "theme_list_moved")
    page.get_by_role("link", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Undone.")
    expect(page.get_by_role("button", name="Move Unpassed protection law out")).to_have_attribute(
        "aria-disabled", "true"
    )


def test_a_theme_is_dragged_below_the_one_above_it(open_page, report, caseworker):
    page = open_page(caseworker, "/themes/")
    handle = page.locator("tr", has_text="Unpassed protection law").locator("[data-handle]")
    target = page.locator("tr", has_text="Weapon rules")
    spot, there = handle.bounding_box(), target.bounding_box()
    page.mouse.move(spot["x"] + 8, spot["y"] + 8)
    page.mouse.down()
    page.mouse.move(spot["x"] + 60, spot["y"] + 4, steps=5)
    page.mouse.move(spot["x"] + 60, there["y"] + 4, steps=8)
    page.mouse.up()
    expect(page.get_by_role("status").first).to_contain_text("below “At home”.")


def test_suggestions_are_answered_in_the_reader_and_in_the_table(open_page, report, caseworker):
    page = open_page(caseworker, f"/sources/{report.pk}/")
    page.get_by_role("tab", name="Suggestions").click()
    first = page.locator("#suggestions .suggestion").first
    expect(first).to_contain_text("The same words are tagged so elsewhere")
    assert_accessible(page)
    shoot(page, "reader_suggestions")
    first.get_by_role("button", name="Accept").press("Enter")
    expect(page.locator("#suggestions .suggestion").first).to_contain_text("Accepted: tagged “Off-duty killings”.")
    expect(page.locator("#article mark")).to_contain_text("Gunmen killed")
    expect(page.locator("#cards-count")).to_have_text("(1)")

    page.goto("/suggestions/?among=paragraphs")
    rows = page.locator(".suggestion-table tbody tr")
    expect(rows).to_have_count(2)
    assert_accessible(page)
    shoot(page, "suggestion_queue")
    rows.first.get_by_role("button", name="Refuse").press("Enter")
    expect(page.get_by_text("Refused: “Off-duty killings” is not suggested here again.")).to_be_visible()
    expect(rows.first.get_by_role("link", name="A report on officers")).to_be_focused()
    page.get_by_role("checkbox").press("Space")
    page.get_by_role("button", name="Accept the chosen").press("Enter")
    expect(page.get_by_text("1 was accepted.")).to_be_visible()
    page.goto("/suggestions/?status=refused")
    assert_accessible(page)
    shoot(page, "suggestion_queue_refused")
    page.goto("/suggestions/quality/")
    assert_accessible(page)
    shoot(page, "suggestion_quality")


def test_chips_beside_a_selection_tick_their_theme(open_page, report, caseworker):
    page = open_page(caseworker, f"/sources/{report.pk}/")
    page.locator("#article").focus()
    for _paragraph in range(4):
        page.keyboard.press("p")
    page.keyboard.press("e")
    chip = page.get_by_role("button", name="Weapon rules")
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.press("Enter")
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("checkbox", name="Weapon rules")).to_be_checked()
    assert_accessible(page)
    shoot(page, "reader_chips")


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", PHONE_DARK)])
def test_the_pages_of_themes_are_accessible(open_page, report, caseworker, name, look):
    killings = Theme.objects.get(slug="off-duty-killings")
    for address, shown in (
        (f"/themes/{killings.pk}/", "theme_show"),
        (f"/themes/{killings.pk}/edit/", "theme_edit"),
        (f"/themes/{killings.pk}/rules/", "theme_rules"),
        ("/themes/codebook/", "theme_codebook"),
        ("/themes/", "theme_list"),
        ("/suggestions/?among=paragraphs", "suggestions"),
    ):
        page = open_page(caseworker, address, **look)
        assert_accessible(page)
        shoot(page, f"{shown}_{name}")


def test_a_passage_is_copied_where_the_clipboard_may_not_be_written(open_page, report, caseworker):
    page = open_page(caseworker, f"/themes/{Theme.objects.get(slug='off-duty-killings').pk}/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden')); }")
    page.keyboard.press("j")
    page.keyboard.press("c")
    expect(page.locator(".citable:visible")).to_contain_text("Sample Herald")
    assert "Sample Herald" in page.evaluate("window.getSelection().toString()")
