"""The page of a finished build in a real browser: what changed since an earlier one, and how it looks."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from caseapp.packets import builder
from caseapp.packets.models import Build, Packet
from caseapp.packets.services.builds import request_build
from caseapp.packets.services.packets import add_exhibit, add_exhibits, remove_exhibit
from tests.browser.checks import assert_accessible, shoot
from tests.cases.making import make_document
from tests.intake import hostile
from tests.packets.making import add_article, make_filing

LAW = "A law that was never passed"


def built(packet: Packet, lawyer) -> Build:
    return builder.see_through(request_build(by=lawyer, packet=packet, now=timezone.now()).pk)


@pytest.fixture
def builds(caseworker, lawyer) -> list[Build]:
    """As filed; without its first exhibit; and with seven more."""
    packet = make_filing(team=[caseworker, lawyer])
    found = [built(packet, lawyer)]
    remove_exhibit(by=lawyer, exhibit=packet.exhibits.first())
    found.append(built(packet, lawyer))
    for number in range(7):
        source = add_article(f"Report {number} on the police", f"Words of report {number}.")
        add_exhibit(by=lawyer, packet=packet, capture=source.capture)
    return [*found, built(packet, lawyer)]


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_what_changed_is_read_chosen_and_unfolded(open_page, builds, caseworker, name, look):
    page = open_page(caseworker, reverse("build_show", args=[builds[2].pk]), **look)
    changes = page.get_by_role("region", name="What changed since build 2")
    expect(changes.get_by_text("Report 3 on the police")).to_be_hidden()
    changes.get_by_text("7 exhibits added").click()
    expect(changes.get_by_text("Report 3 on the police")).to_be_visible()
    assert_accessible(page)
    changes.get_by_label("Compare with").select_option("1")
    changes.get_by_role("button", name="Compare").click()
    changes = page.get_by_role("region", name="What changed since build 1")
    expect(changes.get_by_text("1 exhibit with another tab")).to_be_visible()
    expect(changes.get_by_text(LAW).first).to_be_visible()
    shoot(page, f"build_changes_{name}")
    assert_accessible(page)


@pytest.mark.parametrize(("name", "look"), [("desktop", {}), ("phone_dark", {"phone": True, "dark": True})])
def test_what_leaves_is_looked_through_and_then_downloaded(open_page, caseworker, lawyer, name, look):
    packet = make_filing(team=[caseworker, lawyer])
    letter = make_document(packet.case, letter_of_the_clinic(), name="letter.pdf", title="Letter of the clinic")
    add_exhibits(by=lawyer, packet=packet, documents=[letter], captures=[])
    page = open_page(lawyer, reverse("build_show", args=[built(packet, lawyer).pk]), **look)
    page.get_by_role("link", name="Look through what leaves").click()
    expect(page.get_by_text("Author: Dr. Clinic")).to_be_visible()
    expect(page.get_by_text("Consuelo Confidencial")).to_be_visible()
    assert_accessible(page)
    shoot(page, f"build_leaves_{name}")
    page.get_by_role("link", name="Look at its pages").last.click()
    expect(page.get_by_role("link", name="Tab C — Letter of the clinic")).to_be_visible()
    for picture in page.locator(".page-pictures img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        expect(picture).not_to_have_js_property("naturalWidth", 0)
    assert_accessible(page)
    shoot(page, f"build_pages_{name}")
    page.get_by_role("link", name="Back to what leaves").click()
    page.get_by_label("I looked through what leaves the office with this build.").check()
    page.get_by_role("button", name="Open the downloads").click()
    expect(page.get_by_role("link", name="Download volume 1")).to_be_visible()
    assert_accessible(page)


def letter_of_the_clinic() -> bytes:
    pdf = hostile.new(1)
    pdf.docinfo["/Author"] = "Dr. Clinic"
    return hostile.written(pdf)
