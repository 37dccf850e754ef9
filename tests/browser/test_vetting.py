"""Vetting as people do it: one key a passage, and nothing to be found by axe."""

import pytest
from playwright.sync_api import expect

from caseapp.library.models import Excerpt, Theme
from caseapp.library.models.excerpt import State
from caseapp.library.services.excerpts import quote_excerpt
from caseapp.library.services.publishers import Assessment, add_publisher
from tests.browser.checks import assert_accessible, shoot
from tests.browser.test_library import LOOKS, add
from tests.library.conftest import ARTICLE, NOW

PRESS_THREE_TIMES = """async () => {
  for (let time = 0; time < 3; time++) {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true }));
    await new Promise((answer) => setTimeout(answer, 20));
  }
}"""
PASSAGES = ("The officer was on leave", "His rifle had stayed at the station", "never came to a vote.")


@pytest.fixture
def proposed(open_page, caseworker) -> list[Excerpt]:
    """Three passages that the caseworker proposed, in the order of the text."""
    capture = add(caseworker, url="https://herald.example/2019/03/04/two-men-at-the-door-and-no-law").capture
    theme = Theme.objects.get(slug="weapon-rules")
    return [
        quote_excerpt(
            by=caseworker,
            capture=capture,
            start=ARTICLE.index(words),
            end=ARTICLE.index(words) + len(words),
            themes=[theme],
            is_adverse=words.startswith("His"),
            now=NOW,
        )
        for words in PASSAGES
    ]


def states() -> list[str]:
    return [excerpt.state for excerpt in Excerpt.objects.order_by("start")]


def test_passages_are_checked_approved_skipped_and_sent_back_by_keyboard_alone(open_page, proposed, lawyer):
    page = open_page(lawyer, "/passages/to-check/")
    page.keyboard.press("c")
    expect(page.locator("mark")).to_have_text(PASSAGES[0])
    assert_accessible(page)
    page.keyboard.press("c")
    expect(page.locator("mark")).to_have_text(PASSAGES[1])
    page.keyboard.press("s")
    expect(page.locator("mark")).to_have_text(PASSAGES[2])
    page.keyboard.press("a")
    expect(page.locator("mark")).to_have_text(PASSAGES[1])
    page.keyboard.press("r")
    page.keyboard.type("c: whose rule?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    assert states() == [State.CHECKED, State.PROPOSED, State.APPROVED]
    assert proposed[1].comments.get().words == "c: whose rule?"


def test_a_key_that_is_pressed_again_before_the_next_passage_is_there_decides_once(open_page, proposed, lawyer):
    page = open_page(lawyer, f"/excerpts/{proposed[0].pk}/check/?queue=to-check")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(PRESS_THREE_TIMES)
    expect(page.locator("mark")).to_have_text(PASSAGES[1])
    assert len(sent) == 1
    expect(page.get_by_text("Approved.")).to_have_count(1)


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_legible_and_accessible(open_page, proposed, lawyer, look, request):
    rifle = proposed[1]
    rifle.comments.create(words="Whose rule is it?", written_by=lawyer, written_at=NOW)
    herald = add_publisher(by=lawyer, assessment=Assessment(name="Sample Herald", who="A daily."), now=NOW)
    page = open_page(lawyer, "/", **look)
    for name, path in {
        "home_waiting": "/",
        "vetting_queue": "/passages/to-check/",
        "vetting_queue_empty": "/passages/to-approve/",
        "excerpt_check": f"/excerpts/{rifle.pk}/check/?queue=to-check",
        "excerpt_show": f"/excerpts/{rifle.pk}/",
        "publisher_list": "/publishers/",
        "publisher_show": f"/publishers/{herald.pk}/",
        "publisher_edit": f"/publishers/{herald.pk}/edit/",
        "publisher_merge": f"/publishers/{herald.pk}/merge/",
    }.items():
        page.goto(path)
        shoot(page, f"{name}-{request.node.callspec.id}")
        assert_accessible(page)
