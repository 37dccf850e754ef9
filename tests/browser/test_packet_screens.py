"""Cases and packets in a real browser: sorting by mouse and by keyboard, changing a reason in its place, and how
every screen looks."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from caseapp.cases.services.evidence import remove_evidence
from caseapp.library.models import Source
from caseapp.packets.models import Packet
from caseapp.packets.services.packets import add_exhibit, change_packet, remove_exhibit
from tests.browser.checks import assert_accessible, expect_status, shoot
from tests.packets.making import add_article, make_filing

KILLED, LAW, REPORT = "Officers killed at home", "A law that was never passed", "Annual report on the police"


@pytest.fixture
def packet(caseworker, lawyer) -> Packet:
    """Three exhibits and three passages."""
    packet = make_filing(team=[caseworker, lawyer])
    source = add_article(REPORT, "Words of the report.", published_on="2020", language="es", kind="government")
    add_exhibit(by=lawyer, packet=packet, capture=source.capture)
    return packet


def shown_titles(page: Page) -> list[str]:
    return page.locator("#exhibits .exhibit-title a").all_inner_texts()


def stored_titles(packet: Packet) -> list[str]:
    return [exhibit.capture.source.title for exhibit in packet.exhibits.all()]


def drag(page: Page, row: int, to_row: int) -> None:
    """Drag a row by its handle onto another row, as a hand does: slowly, and letting go when it has arrived."""
    rows = page.locator("[data-sortable] > [data-item]")
    item = rows.nth(row).get_attribute("data-item")
    handle, target = rows.nth(row).locator("[data-handle]").bounding_box(), rows.nth(to_row).bounding_box()
    x = handle["x"] + handle["width"] / 2
    beyond = target["y"] + (4 if to_row < row else target["height"] - 4)
    page.mouse.move(x, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, beyond, steps=20)
    for step in range(100):
        if rows.nth(to_row).get_attribute("data-item") == item:
            break
        page.mouse.move(x + step % 2, beyond)
        page.wait_for_timeout(50)
    page.mouse.up()


def test_exhibits_are_sorted_by_dragging(open_page, packet, lawyer):
    page = open_page(lawyer, packet.get_absolute_url())
    assert shown_titles(page) == [KILLED, LAW, REPORT]
    with page.expect_response("**/exhibits/move/"):
        drag(page, 2, 0)
    # The rows lie in the new order as soon as they are let go; their tabs come with the answer.
    expect(page.locator("#exhibits .exhibit-label")).to_have_text(["Tab A", "Tab B", "Tab C"])
    assert shown_titles(page) == [REPORT, KILLED, LAW]
    assert stored_titles(packet) == [REPORT, KILLED, LAW]
    with page.expect_response("**/exhibits/move/"):
        drag(page, 0, 1)
    expect(page.locator("#exhibits .exhibit-title a")).to_have_text([KILLED, REPORT, LAW])
    expect(page.locator("#exhibits .exhibit-label")).to_have_text(["Tab A", "Tab B", "Tab C"])
    assert stored_titles(packet) == [KILLED, REPORT, LAW]


def test_exhibits_are_sorted_by_keyboard_and_the_button_keeps_the_focus(open_page, packet, lawyer):
    page = open_page(lawyer, packet.get_absolute_url())
    button = page.get_by_role("button", name=f"Move up: {REPORT}")
    button.focus()
    for expected in ([KILLED, REPORT, LAW], [REPORT, KILLED, LAW]):
        with page.expect_response("**/exhibits/move/"):
            page.keyboard.press("Enter")
        expect(page.locator("#exhibits .exhibit-title a")).to_have_text(expected)
        expect(page.get_by_role("button", name=f"Move up: {REPORT}")).to_be_focused()
    assert stored_titles(packet) == [REPORT, KILLED, LAW]


def test_a_stale_list_is_shown_as_it_stands(open_page, packet, lawyer, caseworker):
    page = open_page(lawyer, packet.get_absolute_url())
    remove_exhibit(by=caseworker, exhibit=packet.exhibits.first())
    expect_status(page, 409)
    with page.expect_response("**/exhibits/move/"):
        drag(page, 2, 0)
    expect(page.locator("#messages")).to_contain_text("nothing was moved")
    assert shown_titles(page) == [LAW, REPORT]
    assert stored_titles(packet) == [LAW, REPORT]


def test_an_order_that_did_not_arrive_is_not_shown(open_page, packet, lawyer):
    page = open_page(lawyer, packet.get_absolute_url())
    expect_status(page, 500)
    page.route("**/exhibits/move/", lambda route: route.fulfill(status=500, body="broken"))
    with page.expect_response("**/exhibits/move/"):
        drag(page, 2, 0)
    expect(page.locator("#messages")).to_contain_text("That did not work.")
    assert shown_titles(page) == [KILLED, LAW, REPORT]
    page.unroute("**/exhibits/move/")
    with page.expect_response("**/exhibits/move/"):
        drag(page, 1, 0)
    expect(page.locator("#exhibits .exhibit-title a").first).to_have_text(LAW)
    assert stored_titles(packet) == [LAW, KILLED, REPORT]


def test_taking_an_exhibit_out_mends_the_list_and_its_readiness_in_place(open_page, packet, lawyer):
    page = open_page(lawyer, packet.get_absolute_url())
    expect(page.locator("#readiness")).not_to_contain_text("is not an exhibit")
    page.get_by_role("button", name=f"Take out: {LAW}").click()
    expect(page.locator("#exhibits .exhibit-title a")).to_have_text([KILLED, REPORT])
    expect(page.locator("#readiness")).to_contain_text(f"2 passages of “{LAW}” will not be in the packet")
    page.get_by_role("button", name=f"Add {LAW}").click()
    expect(page.locator("#exhibits .exhibit-title a")).to_have_text([KILLED, REPORT, LAW])


def test_evidence_is_sorted_and_explained_in_its_place(open_page, packet, lawyer):
    case = packet.case
    page = open_page(lawyer, reverse("case_evidence", args=[case.pk]))
    first, second, third = [item.pk for item in case.evidence.all()]
    with page.expect_response("**/evidence/move/"):
        drag(page, 2, 0)
    expect(page.locator(f"#evidence [data-item='{third}'] ~ [data-item='{first}']")).to_be_visible()
    assert [item.pk for item in case.evidence.all()] == [third, first, second]
    row = page.locator(f"#evidence-{first}")
    row.get_by_role("link", name="Change the line for the index").click()
    line = row.get_by_role("textbox", name="What it shows")
    expect(line).to_be_focused()
    line.fill("Officers are not safe at home")
    row.get_by_role("textbox", name="Why it is here").fill("Shows what happens off duty.")
    row.get_by_role("button", name="Save").click()
    expect(row.locator(".why-words").last).to_have_text("Shows what happens off duty.")
    expect(row.locator(".why-words").first).to_contain_text("Officers are not safe at home")
    expect(row.get_by_role("link", name="Change the line for the index")).to_be_focused()
    shoot(page, "case_evidence_changed")


def test_everything_is_sorted_without_scripts(browser, open_page, packet, lawyer):
    cookies = open_page(lawyer, "/").context.cookies()
    context = browser.new_context(
        java_script_enabled=False, base_url=open_page(None, "/sign-in/").url.split("/sign-in")[0]
    )
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(packet.get_absolute_url())
    page.get_by_role("button", name=f"Move down: {KILLED}").click()
    assert shown_titles(page) == [LAW, KILLED, REPORT]
    page.goto(reverse("case_evidence", args=[packet.case.pk]))
    page.get_by_role("link", name="Change the line for the index").first.click()
    page.get_by_role("textbox", name="Why it is here").fill("Without scripts.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".why-words").first).to_have_text("Without scripts.")
    context.close()


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_every_screen_is_fit_for_everybody(open_page, packet, lawyer, name, look):
    case = packet.case
    Source.objects.filter(title=LAW).update(url="https://gazette.example/law", published_on="2019-03")
    remove_evidence(by=lawyer, evidence=case.evidence.last())
    remove_exhibit(by=lawyer, exhibit=packet.exhibits.first())
    change_packet(by=lawyer, packet=packet, title="Country conditions", forum="eoir", index_style="theme", version=1)
    screens = {
        "home": reverse("home"),
        "case_list": reverse("case_list"),
        "case_add": reverse("case_add"),
        "case_show": reverse("case_show", args=[case.pk]),
        "case_evidence": reverse("case_evidence", args=[case.pk]),
        "case_edit": reverse("case_edit", args=[case.pk]),
        "case_team": reverse("case_team", args=[case.pk]),
        "case_history": reverse("case_history", args=[case.pk]),
        "case_packets": reverse("case_packets", args=[case.pk]),
        "evidence_add": reverse("evidence_add", args=[case.pk]),
        "evidence_why": reverse("evidence_why", args=[case.pk, case.evidence.first().pk]),
        "evidence_remove": reverse("evidence_remove", args=[case.pk, case.evidence.first().pk]),
        "member_remove": reverse("member_remove", args=[case.pk, case.members.first().pk]),
        "packet_add": reverse("packet_add", args=[case.pk]),
        "packet_show": reverse("packet_show", args=[packet.pk]),
        "packet_edit": reverse("packet_edit", args=[packet.pk]),
        "exhibit_add": reverse("exhibit_add", args=[packet.pk]),
    }
    page = open_page(lawyer, "/", **look)
    for screen, url in screens.items():
        page.goto(url)
        shoot(page, f"{screen}_{name}")
        assert_accessible(page)
