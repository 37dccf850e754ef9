"""The main job, from two articles to a downloaded packet, as a newcomer does it: by mouse, keyboard and forms, in a
real browser, against the program as `make run` starts it, with a worker that is a process of its own.

The tests stand in the order of the path and share one office; what a later one needs is a fixture.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.checks import Watch, assert_accessible, expect_status, shoot, watch
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.office import Office, open_office
from tests.conftest import PASSWORD
from tests.flows.articles import (
    ARTICLES,
    CLUTTER_OPENS_WITH,
    FOLDER,
    MARKS,
    MISSING,
    THEMES,
    Mark,
    article_of_blaze,
    passage,
    text_of,
)
from tests.signing_in import app_code

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING)

PEOPLE = {
    "caseworker": {"email": "caseworker@example.org", "name": "Carla Caseworker", "role": "caseworker"},
    "lawyer": {"email": "lawyer@example.org", "name": "Lena Lawyer", "role": "lawyer"},
    "leaver": {"email": "leaver@example.org", "name": "Luis Leaver", "role": "lawyer"},
    "stranger": {"email": "stranger@example.org", "name": "Sam Stranger", "role": "lawyer"},
}
# Words that stand nowhere else.
CLIENT = "Ximena Testigo Reservada"
CASE = {
    "reference": "SV-2027-014",
    "client_name": CLIENT,
    "country": "SV",
    "forum": "eoir",
    "hearing_on": "2027-03-15",
    "file_number": "A012-345-678",
    "court": "New York",
}
PACKET = "Country conditions: El Salvador"
FILE_NAME = "SV_2027_014_Evidence.pdf"
INDEX_NAME = "SV_2027_014_Evidence_Index.docx"
BUILD_MILLISECONDS = 90_000


@dataclass
class Journey:
    """The office, a browser, who is signed in, and where the path has led."""

    office: Office
    browser: Browser
    watches: list[Watch] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def open_page(self, **options: Any) -> Page:
        options = {"viewport": DESKTOP, "locale": "en-US", "reduced_motion": "reduce"} | options
        context = self.browser.new_context(base_url=self.office.url, **options)
        context.set_default_timeout(15_000)
        context.on("request", lambda request: self.asked_for.append(request.url))
        page = context.new_page()
        self.watches.append(watch(page))
        return page

    def page_of(self, who: str) -> Page:
        """Their own page, signed in through the form."""
        if who not in self.pages:
            page = self.open_page()
            page.goto("/")
            page.get_by_label("E-mail").fill(PEOPLE[who]["email"])
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_label("Code").fill(app_code())
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello, {PEOPLE[who]['name']}")
            self.pages[who] = page
        return self.pages[who]

    def same_person(self, who: str, **options: Any) -> Page:
        """Another window of theirs."""
        return self.open_page(storage_state=self.page_of(who).context.storage_state(), **options)

    def remember(self, name: str, page: Page) -> None:
        self.places[name] = urlsplit(page.url).path

    def complaints(self) -> list[str]:
        return [complaint for seen in self.watches for complaint in seen.complaints]


@pytest.fixture(scope="module")
def journey(browser, tmp_path_factory) -> Iterator[Journey]:
    people = [person | {"password": PASSWORD} for person in PEOPLE.values()]
    with open_office(tmp_path_factory.mktemp("office"), people) as office:
        journey = Journey(office, browser)
        yield journey
        for context in {page.context for page in journey.pages.values()}:
            context.close()


@pytest.fixture(autouse=True)
def no_complaints(journey) -> Iterator[None]:
    yield
    assert journey.complaints() == []


# Sources


def fill_in(page: Page, values: dict[str, str], within: str = "main") -> None:
    for name, value in values.items():
        control = page.locator(f"{within} [name={name}]")
        if control.evaluate("element => element.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def add_source(page: Page, key: str, *, pasted: bool) -> None:
    page.get_by_role("link", name="Sources", exact=True).first.click()
    page.get_by_role("link", name="Add a source").first.click()
    if pasted:
        page.get_by_label("Paste the text").fill(text_of(key))
    else:
        page.get_by_label("or choose a file").set_input_files(FOLDER / ARTICLES[key]["file"])
    details = {name: value for name, value in ARTICLES[key].items() if name != "file"}
    fill_in(page, details, within="section[aria-labelledby=one]")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ARTICLES[key]["title"])


def trim(page: Page) -> None:
    """The start by its paragraph, for the headline stands there twice; the end by its last words."""
    page.get_by_role("link", name="Trim", exact=True).click()
    pieces = page.locator(".trim-piece")
    pieces.filter(has_text=ARTICLES["blaze"]["title"]).nth(1).get_by_label("starts here").check()
    article = text_of("blaze")[: article_of_blaze()["end"]].rstrip()
    page.locator("[name=last_words]").fill(article[-80:])
    page.get_by_role("button", name="Show what falls away").click()
    expect(pieces.filter(has_text=CLUTTER_OPENS_WITH)).to_have_class(re.compile("is-outside"))
    page.get_by_role("button", name="Save", exact=True).click()


def add_missing_themes(page: Page) -> None:
    page.get_by_role("link", name="Themes", exact=True).click()
    for name in THEMES.values():
        if page.locator(".theme-place").filter(has_text=name).count():
            continue
        page.get_by_role("link", name="Add a theme").first.click()
        fill_in(page, {"name": name, "definition": f"What the sources say of this: {name.lower()}."})
        page.get_by_role("button", name="Add the theme").click()
        page.get_by_role("link", name="Themes", exact=True).first.click()
        expect(page.locator(".theme-place").filter(has_text=name)).to_be_visible()


# Excerpts


def open_reader(page: Page, key: str) -> None:
    page.get_by_role("link", name="Sources", exact=True).first.click()
    page.get_by_role("link", name=ARTICLES[key]["title"]).click()
    expect(page.locator("#article")).to_be_visible()


def names_of(mark: Mark) -> list[str]:
    return [THEMES[slug] for slug in mark.themes]


def paragraph_of(page: Page, mark: Mark) -> Locator:
    return page.locator("#article p").filter(has_text=mark.words)


EDGES = """paragraph => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
  const box = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const first = box(nodes[0], 0), end = nodes.at(-1), last = box(end, end.data.trimEnd().length - 1);
  return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
}"""


def by_mouse(page: Page, mark: Mark) -> None:
    """Drag over the paragraph, press the button at its end, tick the themes, save."""
    paragraph_of(page, mark).scroll_into_view_if_needed()
    left, top, right, bottom = paragraph_of(page, mark).evaluate(EDGES)
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 40, top, steps=2)
    page.mouse.move(right + 1, bottom, steps=4)
    page.mouse.up()
    save_in_panel(page, mark)


def by_three_clicks(page: Page, mark: Mark) -> None:
    paragraph_of(page, mark).click(click_count=3, position={"x": 60, "y": 12})
    save_in_panel(page, mark)


def save_in_panel(page: Page, mark: Mark) -> None:
    page.locator("#excerpt-button").click()
    panel = page.get_by_role("dialog", name="New excerpt")
    expect(panel.get_by_label("Find a theme")).to_be_focused()
    expect(panel.get_by_label("Find a theme")).to_be_in_viewport()
    for name in names_of(mark):
        panel.get_by_role("checkbox", name=name).check()
    panel.get_by_label("Cuts against us").set_checked(mark.adverse)
    panel.get_by_role("button", name="Save for the whole office").click()
    expect(panel).to_be_hidden()


def by_keyboard(page: Page, mark: Mark) -> None:
    """`p` to the paragraph, `e`, a theme's name and Enter, Enter on the empty box."""
    for _paragraph in range(200):
        if mark.words in page.evaluate("window.getSelection().toString()"):
            break
        page.keyboard.press("p")
    page.keyboard.press("e")
    panel = page.get_by_role("dialog", name="New excerpt")
    expect(panel.get_by_label("Find a theme")).to_be_focused()
    expect(panel.get_by_label("Find a theme")).to_be_in_viewport()
    for name in names_of(mark):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    if mark.adverse:
        page.keyboard.press("Alt+a")
    page.keyboard.press("Enter")
    expect(panel).to_be_hidden()


def by_pasting(page: Page, mark: Mark) -> None:
    """On the page that needs no script."""
    page.get_by_role("link", name="Paste a quote").first.click()
    page.get_by_label("The words to quote").fill(passage(mark))
    for name in names_of(mark):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Cuts against us").set_checked(mark.adverse)
    page.get_by_role("button", name="Save for the whole office").click()
    expect(page.get_by_text("The excerpt was saved.")).to_be_visible()


WAYS = (by_mouse, by_keyboard, by_three_clicks, by_keyboard, by_keyboard, by_pasting)


def excerpt_all(page: Page, key: str, marks: list[Mark]) -> None:
    """From the top of the text to its end, in every way there is."""
    open_reader(page, key)
    for number, mark in enumerate(sorted(marks, key=lambda mark: text_of(key).index(passage(mark)))):
        WAYS[number % len(WAYS)](page, mark)
        expect(page.locator(".card-excerpt[data-excerpt]")).to_have_count(number + 1)
        expect(paragraph_of(page, mark).locator("mark.passage").first).to_be_visible()


@pytest.fixture(scope="module")
def library(journey) -> dict[str, list[Mark]]:
    """Both articles, the themes, and all passages; the marks of each article, the last one saved without scripts."""
    page = journey.page_of("caseworker")
    journey.remember("home", page)
    add_source(page, "blaze", pasted=True)
    trim(page)
    journey.remember("trim", page)
    add_source(page, "herald", pasted=False)
    journey.remember("source", page)
    add_missing_themes(page)
    marks = {key: [mark for mark in MARKS if mark.source == key] for key in ARTICLES}
    without_scripts = marks["blaze"][-1]
    excerpt_all(page, "blaze", marks["blaze"][:-1])
    plain = journey.same_person("caseworker", java_script_enabled=False)
    plain.goto(page.url)
    by_pasting(plain, without_scripts)
    plain.context.close()
    excerpt_all(page, "herald", marks["herald"])
    journey.remember("reader", page)
    return marks


def test_both_articles_are_in_the_library_with_their_passages(journey, library) -> None:
    page = journey.page_of("caseworker")
    page.goto("/sources/")
    for key, marks in library.items():
        row = page.get_by_role("row").filter(has_text=ARTICLES[key]["title"])
        expect(row.locator("td[data-label=Excerpts]")).to_have_text(str(len(marks)))
    assert sum(map(len, library.values())) >= 14
    assert len({slug for marks in library.values() for mark in marks for slug in mark.themes}) >= 6


def test_the_clutter_is_outside_the_article_and_still_there(journey, library) -> None:
    page = journey.page_of("caseworker")
    open_reader(page, "blaze")
    start, end = article_of_blaze().values()
    shown = page.locator("#article").evaluate("article => article.textContent")
    assert shown.strip() == text_of("blaze")[start:end].strip()
    expect(page.locator(".left-out").filter(has_text=CLUTTER_OPENS_WITH)).to_have_count(1)


# Case and packet


def tick_all(page: Page) -> None:
    for box in page.locator("main input[name=excerpts]").all():
        box.check()


@pytest.fixture(scope="module")
def packet(journey, library) -> str:
    """A case with its team and all the evidence, and a packet of two tabs; the packet's address."""
    page = journey.page_of("caseworker")
    page.get_by_role("link", name="Cases", exact=True).first.click()
    page.get_by_role("link", name="Open a case").first.click()
    fill_in(page, CASE)
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(CASE["reference"])
    journey.remember("case", page)
    add_to_team(page, "lawyer", "leaver")
    journey.remember("team", page)
    page.get_by_role("link", name="Evidence", exact=True).click()
    page.get_by_role("link", name="Add evidence").first.click()
    tick_all(page)
    page.get_by_label("Why they are here").fill("The state does not protect its own officers.")
    page.get_by_role("button", name="Add to the case").click()
    expect(page.locator("[data-item]")).to_have_count(len(MARKS))
    start_packet(page)
    journey.remember("packet", page)
    return journey.places["packet"]


def add_to_team(page: Page, *people: str) -> None:
    page.get_by_role("link", name="Team", exact=True).click()
    for who in people:
        page.get_by_label("Colleague").select_option(label=PEOPLE[who]["name"])
        page.get_by_role("radio", name="Lawyer of the case").check()
        page.get_by_role("button", name="Add to the team").click()
        expect(page.get_by_text(f"{PEOPLE[who]['name']} is on the team now.")).to_be_visible()


def start_packet(page: Page) -> None:
    page.get_by_role("link", name="Packets", exact=True).click()
    page.get_by_role("link", name="Start a packet").first.click()
    expect(page.get_by_label("Forum")).to_have_value(CASE["forum"])
    page.get_by_label("Title").fill(PACKET)
    page.get_by_role("button", name="Start the packet").click()
    page.get_by_role("button", name="Add all 2").click()
    expect(page.get_by_text("2 exhibits added.")).to_be_visible()


def tabs(page: Page) -> list[str]:
    return [words.strip() for words in page.locator(".exhibit-title a").all_inner_texts()]


def test_exhibits_are_put_in_order_by_keyboard(journey, packet) -> None:
    page = journey.page_of("caseworker")
    page.goto(packet)
    first, second = tabs(page)
    assert {first, second} == {article["title"] for article in ARTICLES.values()}
    assert page.locator(".exhibit-label").all_inner_texts() == ["Tab A", "Tab B"]
    page.get_by_role("button", name=f"Move down: {first[:40]}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".exhibit-title a").first).to_have_text(second)
    expect(page.get_by_role("button", name=f"Move down: {first[:40]}")).to_be_focused()
    page.get_by_role("button", name=f"Move up: {first[:40]}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".exhibit-title a").first).to_have_text(first)
    page.reload()
    assert tabs(page) == [first, second]


# Builds


def post(page: Page, path: str) -> int:
    """The status of a POST by the person of this page, sent past whatever the pages offer."""
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    return page.context.request.post(path, headers={"X-CSRFToken": token}, max_redirects=0).status


def build_button(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Build (the packet|again)$"))


def look_through(page: Page) -> None:
    """What a lawyer does once with a finished build, before anything of it can be downloaded."""
    expect(page.get_by_role("link", name=re.compile("^Download"))).to_have_count(0)
    page.get_by_role("link", name="Look through what leaves").click()
    page.get_by_label("I looked through what leaves the office with this build.").check()
    page.get_by_role("button", name="Open the downloads").click()
    expect(page.get_by_role("link", name=re.compile("^Download")).first).to_be_visible()


def take_home(page: Page, folder: Path) -> tuple[list[str], list[str]]:
    """Everything of the build on this page: the names of the files, and their addresses."""
    names, addresses = [], []
    for link in page.get_by_role("link", name=re.compile("^Download")).all():
        addresses.append(link.get_attribute("href"))
        with page.expect_download() as download:
            link.click()
        names.append(download.value.suggested_filename)
        download.value.save_as(folder / names[-1])
    return names, addresses


def headline(page: Page) -> Locator:
    return page.locator("#build-headline")


def builds_listed(page: Page) -> list[list[str]]:
    """[["Build 1", "cancelled"], …], the newest first."""
    rows = page.get_by_role("region", name="All builds").locator("tbody tr").all()
    return [[row.locator("th, td").nth(column).inner_text() for column in (0, 1)] for row in rows]


def test_a_caseworker_is_offered_no_build_and_refused_one(journey, packet) -> None:
    page = journey.page_of("caseworker")
    page.goto(packet)
    expect(page.get_by_text("A lawyer of the team can build and download it.")).to_be_visible()
    expect(build_button(page)).to_have_count(0)
    assert post(page, f"{packet}builds/") == 403
    page.reload()
    expect(page.get_by_text("This packet has not been built yet.")).to_be_visible()


@pytest.fixture(scope="module")
def cancelled(journey, packet) -> list[list[str]]:
    """A build that its lawyer cancelled while it waited for a worker; the builds then listed."""
    page = journey.page_of("lawyer")
    page.goto(packet)
    with journey.office.workers_asleep():
        build_button(page).dblclick()
        expect(headline(page)).to_contain_text("Waiting for a free worker (0 of")
        journey.remember("running", page)
        shoot(page, "path_running")
        page.get_by_role("button", name="Cancel this build").click()
        expect(headline(page)).to_have_text("This build was cancelled")
    journey.remember("cancelled", page)
    return builds_listed(page)


def test_a_double_click_makes_one_build_and_it_can_be_cancelled(journey, cancelled) -> None:
    assert cancelled == [["Build 1", "cancelled"]]
    page = journey.page_of("lawyer")
    page.goto(journey.places["cancelled"])
    expect(page.get_by_text("Nothing was published.")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    assert post(page, f"{journey.places['cancelled']}cancel/") == 302  # that it is over is said, and changes nothing
    page.reload()
    assert builds_listed(page) == cancelled


@pytest.fixture(scope="module")
def failed(journey, cancelled, packet) -> str:
    """A build of a lawyer who is taken off the team before a worker begins it; its address."""
    leaver, lawyer = journey.page_of("leaver"), journey.page_of("lawyer")
    leaver.goto(packet)
    with journey.office.workers_asleep():
        build_button(leaver).click()
        expect(headline(leaver)).to_contain_text("Waiting for a free worker")
        journey.remember("failed", leaver)
        leaver.goto("/")  # a page that keeps asking would now be refused
        lawyer.goto(journey.places["team"])
        lawyer.get_by_role("link", name=f"Remove… {PEOPLE['leaver']['name']}").click()
        lawyer.locator("main form").get_by_role("button").click()
        expect(lawyer.get_by_text(f"{PEOPLE['leaver']['name']} is no longer on the team.")).to_be_visible()
        lawyer.goto(journey.places["failed"])
        expect(headline(lawyer)).to_contain_text("Waiting for a free worker")
    # The page that is open says so by itself.
    expect(headline(lawyer)).to_contain_text("The packet could not be made", timeout=BUILD_MILLISECONDS)
    assert builds_listed(lawyer)[0] == ["Build 2", "failed"]
    return journey.places["failed"]


def test_a_build_of_somebody_who_left_the_team_fails_with_the_reason(journey, failed) -> None:
    page = journey.page_of("lawyer")
    page.goto(failed)
    expect(page.get_by_text("is no longer on the case’s team")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    leaver = journey.page_of("leaver")
    expect_status(leaver, 404)
    for place in (journey.places["case"], failed):
        response = leaver.goto(place)
        assert response.status == 404, place


@dataclass(frozen=True)
class Downloads:
    folder: Path
    names: tuple[str, ...]
    hashes_on_page: tuple[str, ...]
    volume: str
    index: str
    manifest: str


@pytest.fixture(scope="module")
def downloads(journey, failed, tmp_path_factory) -> Downloads:
    """The finished packet, as a lawyer takes it home."""
    page = journey.page_of("lawyer")
    page.goto(failed)
    build_button(page).dblclick()
    expect(page.get_by_role("button", name="Cancel this build")).to_be_visible()
    shoot(page, "path_progress")
    asked_before = len(journey.asked_for)
    expect(headline(page)).to_contain_text("The packet is ready", timeout=BUILD_MILLISECONDS)
    journey.remember("ready", page)
    assert builds_listed(page)[0] == ["Build 3", "ready"]
    assert any(url.endswith("/progress/") for url in journey.asked_for[asked_before:])
    look_through(page)
    folder = tmp_path_factory.mktemp("downloads")
    names, addresses = take_home(page, folder)
    hashes = re.findall(r"\b[0-9a-f]{64}\b", page.locator("#build").inner_text())
    return Downloads(folder, tuple(names), tuple(hashes), *addresses)


def test_another_double_click_made_one_more_build(journey, downloads) -> None:
    page = journey.page_of("lawyer")
    page.goto(journey.places["ready"])
    assert builds_listed(page) == [["Build 3", "ready"], ["Build 2", "failed"], ["Build 1", "cancelled"]]


def test_an_unchanged_packet_is_not_built_again(journey, packet, downloads) -> None:
    page = journey.page_of("lawyer")
    page.goto(packet)
    build_button(page).click()
    expect(page.get_by_text("Nothing has changed since this build")).to_be_visible()
    assert urlsplit(page.url).path == journey.places["ready"]


def test_what_was_downloaded_verifies(journey, downloads) -> None:
    assert downloads.names == (FILE_NAME, INDEX_NAME, "manifest.json")
    said = journey.office.manage("verify_packet", str(downloads.folder), "--json").stdout
    assert json.loads(said) == {"verified": True, "failures": []}
    found = [hashlib.sha256((downloads.folder / name).read_bytes()).hexdigest() for name in downloads.names]
    assert tuple(found) == downloads.hashes_on_page


def test_every_passage_is_quoted_word_for_word(downloads) -> None:
    quotations = json.loads((downloads.folder / "manifest.json").read_bytes())["quotations"]
    assert sorted(row["quote"] for row in quotations) == sorted(map(passage, MARKS))


def test_a_caseworker_sees_the_packet_and_is_refused_its_files(journey, downloads) -> None:
    page = journey.page_of("caseworker")
    page.goto(journey.places["ready"])
    expect(page.get_by_text("A lawyer of the team can download it.")).to_be_visible()
    expect(page.get_by_role("link", name="Download")).to_have_count(0)
    expect_status(page, 403)
    for address in (downloads.volume, downloads.index, downloads.manifest):
        assert page.goto(address).status == 403, address
    assert post(page, f"{journey.places['ready']}cancel/") == 403


def test_for_a_stranger_nothing_of_it_exists(journey, packet, downloads) -> None:
    page = journey.page_of("stranger")
    case = journey.places["case"]
    listed = ["/", "/cases/", f"/sources/?q={CASE['reference']}", "/sources/", "/themes/"]
    for address in listed:
        assert page.goto(address).status == 200
        words = page.locator("body").inner_text().casefold()
        assert [word for word in (CASE["reference"], CLIENT, PACKET) if word.casefold() in words] == [], address
    expect_status(page, 404)
    inside = [case, f"{case}edit/", f"{case}team/", f"{case}history/", f"{case}packets/", f"{case}evidence/add/"]
    inside += [
        packet,
        f"{packet}edit/",
        f"{packet}filing/",
        journey.places["ready"],
        f"{journey.places['ready']}progress/",
    ]
    for address in [*inside, downloads.volume, downloads.index, downloads.manifest]:
        assert page.goto(address).status == 404, address
    for address in (f"{packet}builds/", f"{journey.places['ready']}cancel/"):
        assert post(page, address) == 404, address


def test_the_case_tells_its_history_in_words(journey, downloads) -> None:
    page = journey.page_of("lawyer")
    page.goto(f"{journey.places['case']}history/")
    journey.remember("history", page)
    told = [" ".join(item.locator("span").first.inner_text().split()) for item in page.locator(".history li").all()]
    lawyer, leaver, caseworker = (PEOPLE[who]["name"] for who in ("lawyer", "leaver", "caseworker"))
    for sentence in (
        f"{lawyer} cancelled a build of {PACKET}, build 1",
        f"{leaver} asked for a build of {PACKET}, build 2",
        f"The program could not finish a build of {PACKET}, build 2",
        f"{lawyer} asked for a build of {PACKET}, build 3",
        f"The program finished a build of {PACKET}, build 3",
        f"{lawyer} looked through what leaves with a build of {PACKET}, build 3",
        f"{lawyer} downloaded a volume of {PACKET}, build 3",
        f"{lawyer} downloaded the manifest of {PACKET}, build 3",
        f"{caseworker} started the packet {PACKET}",
        f"{caseworker} opened the case {CASE['reference']}",
    ):
        assert told.count(sentence) == 1, (sentence, told)
    assert told.count(f"{lawyer} asked for a build of {PACKET}, build 1") == 1


# The argument: what the client says, what the law asks for, and by when

DECLARATION = """1. I served in the police for nine years and lived in rooms I could pay for.

2. When they threatened me at my door, my superiors said that they could do nothing.
"""
SAID = ("I served in the police for nine years", "my superiors said that they could do nothing")
ARGUMENT = "Evidence by the client’s statements"


@pytest.fixture(scope="module")
def statements(journey, downloads) -> str:
    """The client's declaration, taken apart into statements, each with what supports it; where they stand."""
    page = journey.page_of("caseworker")
    page.goto(journey.places["case"])
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("link", name="Add documents").first.click()
    paper = {"name": "declaration.txt", "mimeType": "text/plain", "buffer": DECLARATION.encode()}
    page.get_by_label("Files").set_input_files(paper)
    fill_in(page, {"title": "Declaration of the client", "kind": "declaration"})
    page.get_by_role("button", name="Add to the case").click()
    expect(page.get_by_text("1 page", exact=False).first).to_be_visible(timeout=BUILD_MILLISECONDS)
    page.get_by_role("link", name="Statements", exact=True).click()
    page.get_by_role("link", name="Add statements").first.click()
    page.locator("main select[name$=document]").select_option(label="Declaration of the client")
    page.get_by_role("button", name="Go on").click()
    for words in SAID:
        page.get_by_label(words).check()
    page.get_by_role("button", name="Add to the case").click()
    journey.remember("statements", page)
    for words, mark in zip(SAID, (MARKS[1], MARKS[3]), strict=True):
        said = page.get_by_role("listitem").filter(has_text=words)
        said.get_by_role("link", name="What bears on it").click()
        bearing = page.get_by_role("listitem").filter(has_text=passage(mark)[:60])
        bearing.get_by_role("combobox").first.select_option(label="supports it")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_role("listitem").filter(has_text=words)).to_contain_text("Supports it (1)")
    return journey.places["statements"]


def test_no_statement_stands_alone(journey, statements) -> None:
    page = journey.page_of("lawyer")
    page.goto(statements)
    expect(page.get_by_text("nothing supports it yet")).to_have_count(0)


def test_every_gap_of_the_coverage_is_explained(journey, statements) -> None:
    page = journey.page_of("lawyer")
    page.goto(journey.places["case"])
    for _gap in range(40):
        gaps = page.get_by_role("link", name="Explain this gap")
        if not gaps.count():
            break
        gaps.first.click()
        page.get_by_label("Why this is no gap").fill("To be shown by the declaration.")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.get_by_text("no unexplained gap").first).to_be_visible()
    expect(page.get_by_text("explained gap").first).to_be_visible()


def test_the_filing_date_keeps_clear_of_a_weekend_and_a_federal_holiday(journey, statements) -> None:
    page = journey.page_of("lawyer")
    page.goto(journey.places["case"])
    page.get_by_role("link", name="Dates", exact=True).click()
    expect(page.get_by_text("Friday, 12 February 2027").first).to_be_visible()
    expect(page.get_by_text("Tuesday, 16 February 2027").first).to_be_visible()


def test_the_index_argues_by_what_the_client_says(journey, statements, tmp_path) -> None:
    page = journey.page_of("lawyer")
    page.goto(journey.places["case"])
    page.get_by_role("link", name="Packets", exact=True).click()
    page.get_by_role("link", name="Start a packet").first.click()
    fill_in(page, {"title": ARGUMENT, "index_style": "statement"})
    page.get_by_role("button", name="Start the packet").click()
    page.get_by_role("button", name="Add all 2").click()
    build_button(page).click()
    expect(headline(page)).to_contain_text("The packet is ready", timeout=BUILD_MILLISECONDS)
    look_through(page)
    names, _addresses = take_home(page, tmp_path)
    said = journey.office.manage("verify_packet", str(tmp_path), "--json").stdout
    assert json.loads(said) == {"verified": True, "failures": []}
    pages = pypdfium2.PdfDocument(tmp_path / names[0])
    printed = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    assert [words for words in SAID if words not in printed] == []


# The client's name


def named_in(text: str) -> list[str]:
    """What of the client's name and A-number stands in the text."""
    confidential = [*CLIENT.split(), CASE["file_number"]]
    return [word for word in confidential if word.casefold() in text.casefold()]


def test_the_client_is_named_on_the_cover_and_nowhere_else(journey, downloads) -> None:
    path = downloads.folder / FILE_NAME
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]
    assert [number for number, text in enumerate(pages, start=1) if named_in(text)] == [1]
    with pikepdf.open(path) as pdf:
        about = str(dict(pdf.docinfo))
        assert "/Metadata" not in pdf.Root
        with pdf.open_outline() as outline:
            about += " ".join(item.title for item in outline.root)
    assert named_in(about) == []
    assert named_in((downloads.folder / "manifest.json").read_text(encoding="utf-8")) == []
    assert named_in(" ".join(downloads.names)) == []
    assert named_in(" ".join(map(unquote, journey.asked_for))) == []


def test_the_log_names_nobody_and_tells_of_no_error(journey, downloads) -> None:
    assert named_in(journey.office.log) == []
    assert " ERROR " not in journey.office.log


# Every screen on the way, for axe and for people to look at


def screens(journey: Journey) -> dict[str, str]:
    case, packet, source = (journey.places[name] for name in ("case", "packet", "source"))
    reader = journey.places["reader"]
    return {
        "home": "/",
        "sources": "/sources/",
        "source_add": "/sources/add/",
        "source": source,
        "trim": journey.places["trim"],
        "reader": reader,
        "excerpt_add": f"{reader}excerpts/add/",
        "themes": "/themes/",
        "theme_add": "/themes/add/",
        "cases": "/cases/",
        "case_add": "/cases/add/",
        "case": case,
        "case_edit": f"{case}edit/",
        "team": f"{case}team/",
        "history": f"{case}history/",
        "evidence_add": f"{case}evidence/add/",
        "packets": f"{case}packets/",
        "packet_add": f"{case}packets/add/",
        "packet": packet,
        "exhibit_add": f"{packet}exhibits/add/",
        "cancelled": journey.places["cancelled"],
        "failed": journey.places["failed"],
        "ready": journey.places["ready"],
        "leaves": f"{journey.places['ready']}leaves/",
        "statements": journey.places["statements"],
        "dates": f"{case}dates/",
        "documents": f"{case}documents/",
    }


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("desktop", {"viewport": DESKTOP, "color_scheme": "light"}),
        ("phone", {"viewport": PHONE, "color_scheme": "dark", "has_touch": True}),
    ],
)
def test_every_screen_on_the_way_is_accessible_and_titled_without_the_client(
    journey, statements, kind, options
) -> None:
    page = journey.same_person("lawyer", **options)
    for name, address in screens(journey).items():
        page.goto(address)
        shoot(page, f"path_{name}_{kind}")
        assert named_in(page.title()) == [], name
        assert_accessible(page)
    page.context.close()
