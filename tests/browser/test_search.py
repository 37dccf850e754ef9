"""Finding, narrowing, ticking and keeping, in a browser."""

import re

import pytest
from playwright.sync_api import expect

from caseapp.library.keeping.searching import rebuild_search
from caseapp.library.models import Excerpt, Origin, SavedSearch, Source, Theme
from tests.browser.checks import assert_accessible, shoot
from tests.browser.test_library import LOOKS, add
from tests.library.reporting import doubted

TEXTS = (
    ("Two men at the door", "SV", "The officer was on leave when two men of the gang came to his house.\n"),
    ("A bill that never came", "SV", "Gangs of all kinds knew of the bill on rifles, says the file of Mira Díaz.\n"),
    ("Armas en casa", "HN", "Los policías no llevan sus armas a casa, y la pandilla lo sabe.\n"),
)


@pytest.fixture
def library(open_page, caseworker) -> None:
    themes = list(Theme.objects.filter(slug__in=("off-duty-killings", "weapon-rules")))
    for number, (title, country, text) in enumerate(TEXTS):
        source = add(caseworker, title=title, text=text + "\n" + "More of the same article follows here. " * 12)
        source.country = country
        source.save()
        excerpt = Excerpt.objects.create(capture=source.capture, start=0, end=len(text) - 1, quote=text[:-1])
        excerpt.themes.set(themes[:number])
    rebuild_search()


def test_words_are_found_while_typing_and_facets_narrow_by_keyboard(open_page, library, caseworker):
    page = open_page(caseworker, "/sources/")
    rows = page.locator(".found-row")
    page.get_by_label("Words to look for").press_sequentially("gang")
    expect(rows).to_have_count(2)
    expect(page.locator("mark").first).to_have_text("Gangs")
    expect(page).to_have_url("/sources/?q=gang")
    page.locator("#open-theme").focus()
    page.keyboard.press("Enter")
    option = page.locator("#facet-theme .facet-option").first
    option.focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(page.locator("#facet-theme")).to_have_attribute("open", "")
    expect(page.locator("#facet-theme .facet-in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#facet-theme .facet-out")).to_be_focused()
    page.get_by_role("link", name="Reset filters").click()
    expect(rows).to_have_count(3)


def test_rows_are_ticked_and_tagged(open_page, library, caseworker):
    page = open_page(caseworker, "/excerpts/")
    bar = page.locator("#bulk")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(bar).to_contain_text("Selected 1 of 3")
    page.locator(".tick").nth(2).click(modifiers=["Shift"])
    expect(bar).to_contain_text("Selected 3 of 3")
    shoot(page, "excerpts_ticked")
    assert_accessible(page)
    page.get_by_role("button", name="Themes…").click()
    page.get_by_role("radiogroup", name="Weapon rules").get_by_label("All").check()
    shoot(page, "excerpts_tag")
    assert_accessible(page)
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status").first).to_contain_text("tagged anew")
    assert Theme.objects.get(slug="weapon-rules").excerpts.count() == 3


def test_a_search_is_kept_and_says_when_it_was_changed(open_page, library, caseworker):
    page = open_page(caseworker, "/sources/?q=gang")
    page.locator("#open-saved").click()
    page.get_by_role("link", name="Save this search as…").click()
    page.get_by_label("Name").fill("Gangs")
    assert_accessible(page)
    page.get_by_role("button", name="Save the search").click()
    expect(page.locator("#open-saved")).to_contain_text("Gangs")
    page.get_by_label("Words to look for").fill("bill")
    expect(page.locator("#open-saved")).to_contain_text("Gangs*")
    page.locator("#open-saved").click()
    page.get_by_role("button", name="Save the changes to “Gangs”").click()
    expect(page.locator("#open-saved")).not_to_contain_text("*")
    assert SavedSearch.objects.get().address == "q=bill"


@pytest.mark.parametrize("look", LOOKS)
def test_the_lists_are_legible_and_accessible(open_page, library, caseworker, look, request):
    name = request.node.callspec.id
    page = open_page(caseworker, "/sources/?q=gang&country=-HN&kind=news", **look)
    page.locator("#open-theme").click()
    shoot(page, f"sources_found-{name}")
    assert_accessible(page)
    page.goto("/excerpts/?q=mira+diaz+theme:nonsense")
    shoot(page, f"excerpts_found-{name}")
    assert_accessible(page)


@pytest.fixture
def told(library) -> None:
    """Two of the three sources tell one report, and of one of them and the third nobody has decided it."""
    agency = Origin.objects.create(name="Example News Agency of Central America")
    first, second, third = Source.objects.order_by("pk")
    Source.objects.filter(pk__in=(first.pk, second.pk)).update(origin=agency)
    doubted(second, third)


@pytest.mark.parametrize("look", LOOKS)
def test_what_is_one_report_can_be_seen_in_both_lists(open_page, told, caseworker, look, request):
    name = request.node.callspec.id
    page = open_page(caseworker, "/excerpts/", **look)
    expect(page.locator(".found-count")).to_contain_text("3 passages · 3 sources, 2 independent")
    page.locator("#open-theme").click()
    expect(page.locator("#facet-theme .facet-heads")).to_have_text("Passages Origins")
    shoot(page, f"excerpts_origins-{name}")
    assert_accessible(page)
    page.goto("/excerpts/?sort=origin")
    expect(page.get_by_role("heading", name="One report: Example News Agency of Central America")).to_be_visible()
    shoot(page, f"excerpts_by_origin-{name}")
    assert_accessible(page)
    page.goto("/sources/?sort=origin")
    page.locator("#open-country").click()
    expect(page.locator("#facet-country .facet-heads")).to_have_text("Sources Origins")
    shoot(page, f"sources_origins-{name}")
    assert_accessible(page)


def test_passages_are_put_together_by_report_and_narrowed_to_one_by_keyboard(open_page, told, caseworker):
    page = open_page(caseworker, "/excerpts/")
    page.get_by_label("Order").focus()
    page.keyboard.press("End")
    expect(page).to_have_url("/excerpts/?sort=origin")
    heading = page.get_by_role("heading", name="One report: Example News Agency")
    expect(heading).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".tick").nth(1)).to_be_focused()
    page.locator("#open-origin").focus()
    page.keyboard.press("Enter")
    option = page.locator("#facet-origin .facet-option").first
    option.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".found-row")).to_have_count(2)
    expect(page.locator(".found-count")).to_contain_text("2 passages · 2 sources, 1 independent")
    page.get_by_role("link", name="Reset filters").click()
    page.get_by_role("link", name="Decide").click()
    expect(page).to_have_url(re.compile("/sources/same/"))
