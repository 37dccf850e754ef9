"""Sources and themes as people meet them."""

import pytest
from playwright.sync_api import expect

from caseapp.library.keeping.sources import SourceDetails, add_source
from caseapp.library.models import Excerpt, Method, Source, Theme
from caseapp.library.services.sources import change_source
from caseapp.library.services.themes import add_theme
from tests.browser.checks import assert_accessible, expect_status, shoot
from tests.library.conftest import ARTICLE, NOW

LOOKS = [
    pytest.param({}, id="desktop"),
    pytest.param({"phone": True}, id="phone"),
    pytest.param({"dark": True}, id="dark"),
    pytest.param({"phone": True, "dark": True}, id="phone-dark"),
]


def add(by, *, title: str = "Two men at the door", text: str = ARTICLE, **details) -> Source:
    details = {"publisher": "Sample Herald", "author": "A. Reporter", "published_on": "2019-03-04"} | details
    return add_source(
        by=by,
        details=SourceDetails(title=title, country="SV", **details),
        original=text.encode(),
        name="",
        method=Method.PASTED,
        now=NOW,
    )


@pytest.fixture
def library(open_page, caseworker) -> Source:
    """Two sources, themes below one another, two passages. (After open_page, which sees to the database.)"""
    add(
        caseworker,
        title="Annual report on the safety of public servants and of those who live with them",
        publisher="Sample Ministry of the Interior",
        kind="government",
        published_on="2020",
    )
    source = add(
        caseworker, url="https://herald.example/2019/03/04/two-men-at-the-door-and-no-law", text=ARTICLE + "\u202eend"
    )
    killings = Theme.objects.get(slug="off-duty-killings")
    home = add_theme(
        by=None, name="At home", parent=killings, definition="In the house or before it.", colour="#ffd0d0"
    )
    add_theme(by=None, name="Before the family", parent=home, definition="", colour="#d0ffd0")
    capture = source.capture
    for words, themes, adverse in (
        ("The officer was on leave when two men came to his house.", [killings, home], False),
        ("His rifle had stayed at the station", [killings], True),
    ):
        start = capture.text.index(words)
        excerpt = Excerpt.objects.create(
            capture=capture, start=start, end=start + len(words), quote=words, is_adverse=adverse
        )
        excerpt.themes.set(themes)
    return source


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_legible_and_accessible(open_page, library, caseworker, look, request):
    killings = Theme.objects.get(slug="off-duty-killings")
    weapons = Theme.objects.get(slug="weapon-rules")
    page = open_page(caseworker, "/sources/", **look)
    for name, path in {
        "source_list": "/sources/",
        "source_list_narrowed": "/sources/?q=nowhere",
        "source_add": "/sources/add/",
        "source_details": f"/sources/{library.pk}/details/",
        "source_edit": f"/sources/{library.pk}/edit/",
        "source_trim": f"/sources/{library.pk}/trim/",
        "theme_list": "/themes/",
        "theme_add": "/themes/add/",
        "theme_show": f"/themes/{killings.pk}/",
        "theme_edit": f"/themes/{killings.pk}/edit/",
        "theme_move": f"/themes/{killings.pk}/move/",
        "theme_merge": f"/themes/{killings.pk}/merge/?into={weapons.pk}",
        "theme_remove": f"/themes/{killings.pk}/remove/",
    }.items():
        page.goto(path)
        shoot(page, f"{name}-{request.node.callspec.id}")
        assert_accessible(page)


def test_a_source_is_added_with_its_first_line_as_the_title(open_page, caseworker):
    page = open_page(caseworker, "/sources/add/")
    page.get_by_label("Paste the text").fill(
        "© 2024 Example Daily\nA headline that stands there twice\nImage: B.\nA headline that stands there twice"
    )
    expect(
        page.get_by_role("button", name="Take this line as the title: A headline that stands there twice")
    ).to_be_visible()
    page.get_by_label("Paste the text").fill("\n  Two men at the door \n\nThe officer was on leave.")
    page.get_by_role("button", name="Take this line as the title: Two men at the door").click()
    expect(page.get_by_label("Title")).to_have_value("Two men at the door")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("“Two men at the door” is saved.")
    assert Source.objects.get().capture.text == "\n  Two men at the door \n\nThe officer was on leave."


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(open_page, caseworker):
    page = open_page(caseworker, "/sources/add/")
    expect_status(page, 422)
    page.get_by_label("Title").fill("An empty file")
    page.get_by_label("or choose a file").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b" "})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#error_1_id_file")).to_contain_text("There are no words in this text.")
    expect(page.get_by_label("Title")).to_have_value("An empty file")
    assert_accessible(page)
    shoot(page, "source_add_refused")


def test_an_article_is_marked_with_the_keyboard(open_page, library, caseworker):
    page = open_page(caseworker, f"/sources/{library.pk}/trim/")
    page.locator("input[name=start]").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".trim-piece").first).to_have_class("trim-piece is-outside")
    expect(page.get_by_text("You chose another start or end.")).to_be_visible()
    page.get_by_role("button", name="Show what falls away").click()
    expect(page.get_by_text("Before the article: 1 paragraph, 18 characters")).to_be_visible()
    expect(page.get_by_text("Not saved yet")).to_be_visible()
    assert_accessible(page)
    shoot(page, "source_trim_shown")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("The article is marked.")
    assert library.capture.article.startswith("The officer was on leave")


def test_a_mark_that_would_leave_an_excerpt_outside_says_which(open_page, library, caseworker):
    page = open_page(caseworker, f"/sources/{library.pk}/trim/")
    expect_status(page, 422)
    page.locator("input[name=start]").nth(3).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("2 excerpts would fall outside the article.")
    assert_accessible(page)
    shoot(page, "source_trim_refused")


def test_two_people_editing_see_both_versions(open_page, library, caseworker):
    page = open_page(caseworker, f"/sources/{library.pk}/edit/")
    expect_status(page, 409)
    page.get_by_label("Title").fill("Two men at the gate")
    change_source(by=None, source=library, details=SourceDetails(title="Men at the door"), version=1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("row", name="Title")).to_contain_text("Men at the door")
    assert_accessible(page)
    shoot(page, "source_edit_conflict")


def test_a_theme_is_moved_in_place_and_keeps_the_focus(open_page, library, caseworker):
    page = open_page(caseworker, "/themes/")
    button = page.get_by_role("button", name="Move Weapon rules up")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").first).to_contain_text("Weapon rules")
    expect(page.get_by_role("button", name="Move Weapon rules up")).to_be_focused()
    with page.expect_response("**/themes/"):  # the first stays first
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Move Weapon rules down").click()
    expect(page.locator("tbody tr").first).to_contain_text("Off-duty killings")
    page.locator("summary", has=page.get_by_label("More for At home")).click()
    expect(page.get_by_role("link", name="Merge into another")).to_have_count(1)
    assert_accessible(page)
    shoot(page, "theme_list_menu")


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_what_the_index_says_of_a_source_is_typed_and_shown(open_page, library, caseworker, name, look):
    page = open_page(caseworker, f"/sources/{library.pk}/edit/", **look)
    page.get_by_label("Archived copy").fill("https://archive.example/door")
    page.keyboard.press("Tab")
    page.keyboard.type("Ministry of Examples")
    page.keyboard.press("Tab")
    page.keyboard.type("Reporter, *Two Men*, 3 Herald 1")
    assert_accessible(page)
    shoot(page, f"source_edit_index_{name}")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("dd").filter(has_text="Ministry of Examples").first).to_be_visible()
    expect(page.locator("dd em")).to_have_text("Two Men")
    expect(page.get_by_role("link", name="https://archive.example/door")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"source_details_index_{name}")
