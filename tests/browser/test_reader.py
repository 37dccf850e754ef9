"""Reading, selecting, tagging: the heart of the working day, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.sources import trim_article
from caseapp.library.services.themes import add_theme
from tests.browser.checks import assert_accessible, expect_status, shoot
from tests.library.conftest import NOW

TEXT = (
    "Home | Sport | Subscribe\n"
    "\n"
    "Two men waited at the door. The officer was on leave 😀 that week, and عائلته كانت في البيت with his mother. "
    "He had asked twice to be moved. Nobody answered.\n"
    "\n"
    "His rifle had stayed at the station, as the rule demands. A circular of that spring says so, "
    "and no exception was ever made for officers who had been threatened.\n"
    "\n"
    "The bill that was to protect his family never came to a vote. It lapsed with the session.\n"
    "\n"
    "Read more: ten recipes\n"
)
KILLING = "The officer was on leave 😀 that week"
AFTER_EMOJI = "عائلته كانت في البيت with his mother"
RIFLE = "His rifle had stayed at the station"

# Selects from the start of the first words to the end of the last, each within one stretch of text.
SELECT = """([first, last]) => {
  const place = (words, atEnd) => {
    const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at >= 0) return [node, at + (atEnd ? words.length : 0)];
    }
    throw new Error('not in one stretch of text: ' + words);
  };
  window.getSelection().setBaseAndExtent(...place(first, false), ...place(last, true));
}"""
BOXES = """(words) => {
  const walker = document.createTreeWalker(document.getElementById('article'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const boxes = [...range.getClientRects()];
    const [first, last] = [boxes[0], boxes[boxes.length - 1]];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""


@pytest.fixture
def source(open_page, caseworker) -> Source:
    details = SourceDetails(
        title="Two men at the door", publisher="Sample Herald", author="A. Reporter", published_on="2019-03-04"
    )
    source = add_source(by=caseworker, details=details, original=TEXT.encode(), name="", method=Method.PASTED, now=NOW)
    trim_article(by=None, capture=source.capture, start=TEXT.index("Two men"), end=TEXT.index("Read more"))
    return source


@pytest.fixture
def read(open_page, source, caseworker):
    def read(person=caseworker, of=source, **screen):
        return open_page(person, reverse("source_read", args=[of.pk]), **screen)

    return read


@pytest.fixture
def excerpted(source, caseworker):
    """excerpted(words, *slugs of themes, …) → an excerpt that stands there already."""

    def excerpted(words: str, *slugs: str, **fields) -> Excerpt:
        start = TEXT.index(words)
        themes = Theme.objects.filter(slug__in=slugs)
        return quote_excerpt(
            by=caseworker, capture=source.capture, start=start, end=start + len(words), themes=themes, **fields
        )

    return excerpted


def select(page, first: str, last: str | None = None) -> None:
    page.evaluate(SELECT, [first, last or first])


def come_back(page) -> None:
    """What a browser says to a page whose window gets the focus back."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def drag_over(page, words: str) -> None:
    left, top, right, bottom = page.evaluate(BOXES, words)
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, (top + bottom) / 2, steps=4)
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()


def test_the_page_holds_the_article_and_nothing_else_of_it(read, source):
    page = read()
    assert page.locator("#article").evaluate("article => article.textContent") == source.capture.article
    assert_accessible(page)
    shoot(page, "reader_without_excerpts")


def test_words_selected_with_the_mouse_become_an_excerpt_in_place(read, source):
    page = read()
    page.evaluate("window.stillTheSamePage = true")
    drag_over(page, KILLING)
    page.locator("#excerpt-button").click()
    assert page.evaluate("document.activeElement.className").split() == ["form-control", "picker-search"]
    shoot(page, "reader_panel")
    assert_accessible(page)
    page.keyboard.type("duty")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.locator(".card-excerpt").wait_for()
    excerpt = Excerpt.objects.get()
    assert excerpt.quote == KILLING
    assert [theme.slug for theme in excerpt.themes.all()] == ["off-duty-killings"]
    assert page.locator("mark").all_text_contents() == [KILLING]
    assert page.evaluate("window.stillTheSamePage")
    assert page.evaluate("document.activeElement.dataset.excerpt") == str(excerpt.pk)
    assert not page.locator("#panel").is_visible()
    assert page.locator("#article").evaluate("article => article.textContent") == source.capture.article


def test_offsets_are_right_behind_an_emoji_and_in_arabic(read):
    page = read()
    select(page, AFTER_EMOJI)
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    page.locator(".card-excerpt").wait_for()
    assert Excerpt.objects.get().quote == AFTER_EMOJI


def test_a_selection_may_run_over_paragraphs(read):
    page = read()
    select(page, "Nobody answered", "as the rule demands")
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    page.locator(".card-excerpt").wait_for()
    excerpt = Excerpt.objects.get()
    assert excerpt.quote == "Nobody answered.\n\nHis rifle had stayed at the station, as the rule demands"
    assert page.locator("mark").all_text_contents() == [
        "Nobody answered.",
        "His rifle had stayed at the station, as the rule demands",
    ]


def test_everything_can_be_done_by_keyboard(read, excerpted):
    first = excerpted(KILLING, "weapon-rules", "off-duty-killings")
    page = read()
    page.keyboard.press("p")
    page.keyboard.press("p")
    assert page.evaluate("getSelection().toString()").startswith("His rifle")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    grown = page.evaluate("getSelection().toString()").strip()
    assert grown.startswith("His rifle")
    assert grown.endswith("who had")
    page.keyboard.press("e")
    page.keyboard.press("1")
    page.keyboard.press("Alt+a")
    page.keyboard.press("Enter")
    page.locator(".card-excerpt").nth(1).wait_for()
    excerpt = Excerpt.objects.exclude(pk=first.pk).get()
    assert (excerpt.quote, excerpt.is_adverse) == (grown, True)
    assert excerpt.themes.get() in first.themes.all()
    is_on = "pk => document.activeElement.dataset.excerpt === String(pk)"
    page.wait_for_function(is_on, arg=excerpt.pk)
    page.keyboard.press("k")
    page.wait_for_function(is_on, arg=first.pk)
    page.keyboard.press("j")
    page.wait_for_function(is_on, arg=excerpt.pk)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == f"card-{excerpt.pk}"
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    assert_accessible(page)
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()


def test_a_digit_or_an_a_on_a_selection_opens_the_panel_with_that_choice(read, excerpted):
    excerpted(KILLING, "weapon-rules")
    page = read()
    select(page, RIFLE)
    page.keyboard.press("1")
    assert page.locator("#panel .picker-option:has(:checked) .picker-name").all_text_contents() == ["Weapon rules"]
    assert page.locator("#panel .picker-search").input_value() == ""
    page.keyboard.press("Escape")
    assert not page.locator("#panel").is_visible()
    assert page.evaluate("getSelection().toString()") == RIFLE
    page.keyboard.press("a")
    assert page.locator("#panel [name=is_adverse]").is_checked()


def test_a_theme_added_in_another_tab_is_offered_where_one_left_off(read, open_page, caseworker):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.get_by_label("Weapon rules").check()
    page.get_by_label("Note").fill("Half a thought")
    page.locator("#panel .picker-search").fill("at ho")
    add_theme(by=caseworker, name="Shot at home", parent=None, definition="", colour="#aabbcc")
    come_back(page)
    first = page.locator("#panel .picker-first")
    expect(first).to_have_text("Shot at home")
    assert page.locator("#panel .picker-option:has(:checked) .picker-name").all_text_contents() == ["Weapon rules"]
    assert page.locator("#panel .picker-search").input_value() == "at ho"
    assert page.get_by_label("Note").input_value() == "Half a thought"
    assert page.evaluate("document.activeElement.className").split() == ["form-control", "picker-search"]
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("mark.passage")).to_have_count(1)
    assert set(Excerpt.objects.get().themes.values_list("name", flat=True)) == {"Weapon rules", "Shot at home"}


def test_what_no_theme_is_called_yet_leads_to_adding_it_under_that_name(read, open_page, caseworker):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.keyboard.type("Face coverings")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Create theme “Face coverings”")).to_be_focused()
    fresh = page.get_by_role("link", name="New theme “Face coverings”…")
    adding = open_page(caseworker, fresh.get_attribute("href"))
    expect(adding.get_by_label("Name")).to_have_value("Face coverings")
    page.locator("#panel .picker-search").fill("weap")
    expect(page.get_by_role("link", name="New theme…")).to_be_visible()


def test_the_first_theme_of_all_is_offered_too(read, caseworker):
    Theme.objects.all().delete()
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    expect(page.locator("#panel")).to_contain_text("There are no themes yet.")
    assert "picker-search" in page.evaluate("document.activeElement.className")
    page.get_by_label("Note").focus()
    page.keyboard.type("Half a")
    add_theme(by=caseworker, name="At home", parent=None, definition="", colour="#aabbcc")
    come_back(page)
    expect(page.locator("#panel .picker-name")).to_have_text(["At home"])
    page.keyboard.type(" thought")
    assert page.get_by_label("Note").input_value() == "Half a thought"


def test_a_theme_that_is_missing_is_created_while_tagging(read):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.keyboard.type("Night raids")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Create theme “Night raids”")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel .picker-option:has(:checked)")).to_contain_text("Night raids")
    assert page.locator("#panel .picker-search").input_value() == ""
    page.keyboard.press("Enter")
    expect(page.locator("mark.passage")).to_have_count(1)
    assert Excerpt.objects.get().themes.get().name == "Night raids"


def test_looking_for_new_themes_never_takes_the_page_away(read):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.get_by_label("Note").fill("Half a thought")
    page.context.clear_cookies()
    expect_status(page, 401)
    with page.expect_response("**/themes/options/"):
        come_back(page)
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Note").input_value() == "Half a thought"


def test_escape_saves_nothing(read):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert not Excerpt.objects.exists()


def test_the_same_passage_twice_leads_to_the_first(read, excerpted):
    excerpted(RIFLE, "weapon-rules")
    page = read()
    expect_status(page, 422)
    select(page, RIFLE)
    page.keyboard.press("e")
    page.locator("#panel [name=note]").fill("typed already")
    page.keyboard.press("Control+Enter")
    page.get_by_text("This passage is already an excerpt.").wait_for()
    assert page.locator("#panel [name=note]").input_value() == "typed already"
    assert page.locator("#panel").get_by_text("Look at that excerpt").is_visible()
    assert Excerpt.objects.count() == 1


def test_two_clicks_on_save_make_one_excerpt(read):
    page = read()
    select(page, RIFLE)
    page.keyboard.press("e")
    page.get_by_role("button", name="Save for the whole office").dblclick()
    page.locator(".card-excerpt").wait_for()
    page.wait_for_load_state("networkidle")
    assert Excerpt.objects.count() == 1


def test_marks_and_cards_lead_to_each_other(read, excerpted):
    excerpt = excerpted(RIFLE, "weapon-rules")
    page = read()
    page.locator("mark").click()
    assert page.evaluate("document.activeElement.id") == f"card-{excerpt.pk}"
    page.locator(".card-quote").click()
    assert page.evaluate("document.activeElement.dataset.excerpts") == str(excerpt.pk)


def test_bounds_are_moved_where_the_passage_stands_and_back(read, excerpted):
    excerpt = excerpted(RIFLE, "weapon-rules", note="A rule")
    page = read()
    page.keyboard.press("j")
    page.keyboard.press("b")
    assert page.evaluate("getSelection().toString()") == RIFLE
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    assert_accessible(page)
    page.screenshot(path="test-artifacts/reader_bounds.png", caret="initial")
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_have_text(["rifle had stayed at the station, as"])
    excerpt.refresh_from_db()
    assert (excerpt.note, excerpt.version) == ("A rule", 2)
    expect(page.locator("#bounds-bar")).to_be_hidden()
    page.keyboard.press("u")
    expect(page.locator("mark")).to_have_text([RIFLE])
    expect(page.locator("#reader-says")).to_have_text("Undone.")
    page.keyboard.press("j")
    page.keyboard.press("b")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.excerpt") == str(excerpt.pk)
    excerpt.refresh_from_db()
    assert excerpt.quote == RIFLE


def test_what_was_removed_by_mistake_comes_back(read, excerpted):
    excerpt = excerpted(RIFLE, "weapon-rules")
    page = read()
    page.get_by_role("link", name="Remove").click()
    expect(page.locator("mark")).to_have_count(0)
    page.locator("#reader-says").get_by_role("link", name="Undo").click()
    expect(page.locator("mark")).to_have_text([RIFLE])
    assert Excerpt.objects.get().pk == excerpt.pk


def test_themes_stick_until_they_are_stopped(read):
    page = read()
    for keys in (["p", "e", "w", "e", "Enter", "Enter"], ["c", "s", "e", "Enter"], ["c", "s", "e", "Enter"]):
        cards = page.locator(".card-excerpt")
        count = cards.count()
        for key in keys:
            page.keyboard.press(key)
        expect(cards).to_have_count(count + 1)
        page.wait_for_function("() => document.activeElement.matches('mark')")
        if count == 1:
            expect(page.locator("#kept")).to_contain_text("Every new excerpt gets: Weapon rules")
            assert_accessible(page)
            page.screenshot(path="test-artifacts/reader_kept.png", caret="initial")
    found = [list(one.themes.values_list("name", flat=True)) for one in Excerpt.objects.order_by("pk")]
    assert found == [["Weapon rules"], ["Weapon rules"], []]
    quotes = [one.quote for one in Excerpt.objects.order_by("pk")]
    assert quotes[1:] == [
        "His rifle had stayed at the station, as the rule demands.",
        "A circular of that spring says so, and no exception was ever made for officers who had been threatened.",
    ]


@pytest.fixture
def full(excerpted):
    excerpted(KILLING, "off-duty-killings", note="He was at home.")
    excerpted("His rifle had stayed at the station, as the rule demands.", "weapon-rules")
    excerpted("at the station, as the rule demands. A circular of that spring", "unpassed-protection-law")
    return excerpted("It lapsed with the session", is_adverse=True)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_it_is_fit_for_every_screen(read, full, lawyer, phone, dark):
    page = read(lawyer, phone=phone, dark=dark)
    name = f"reader_{'phone' if phone else 'desktop'}_{'dark' if dark else 'light'}"
    assert_accessible(page)
    shoot(page, name)
    select(page, "never came to a vote")
    page.locator("#excerpt-button").wait_for()
    page.screenshot(path=f"test-artifacts/{name}_button.png", caret="initial")
    page.locator("#excerpt-button").click()
    page.locator("#panel").wait_for()
    assert_accessible(page)
    page.screenshot(path=f"test-artifacts/{name}_panel.png", caret="initial")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["edit", "bounds", "remove"])
def test_the_pages_about_one_excerpt_are_fit_for_every_screen(open_page, full, caseworker, name, phone):
    page = open_page(caseworker, reverse(f"excerpt_{name}", args=[full.pk]), phone=phone, dark=phone)
    assert_accessible(page)
    shoot(page, f"excerpt_{name}_{'phone' if phone else 'desktop'}")


def test_a_quote_pasted_is_looked_for(open_page, source, caseworker):
    page = open_page(caseworker, reverse("excerpt_add", args=[source.pk]))
    expect_status(page, 422)
    page.locator("[name=quote]").fill("the ")
    page.get_by_label("Weapon rules").check()
    page.get_by_role("button", name="Save for the whole office").click()
    assert page.locator("[name=place]").count() == TEXT[TEXT.index("Two men") : TEXT.index("Read")].count("the")
    assert page.get_by_label("Weapon rules").is_checked()
    assert_accessible(page)
    shoot(page, "excerpt_add_which_place")


def test_words_that_turn_the_direction_round_cannot_reorder_the_page(open_page, caseworker, source):
    text = "The file is called \u202egnp.exe\u202c and nothing else.\n"
    details = SourceDetails(title="A file")
    hostile = add_source(by=caseworker, details=details, original=text.encode(), name="", method=Method.PASTED, now=NOW)
    page = open_page(caseworker, reverse("source_read", args=[hostile.pk]))
    assert page.locator("#article").evaluate("article => article.textContent") == text
    left, right = page.evaluate(BOXES, "gnp")[0], page.evaluate(BOXES, ".exe")[0]
    assert left < right
    shoot(page, "reader_direction")
