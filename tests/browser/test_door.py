"""Coming in, in a real browser: a newcomer's first way to a case, by passkey and by code app."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import assert_accessible, shoot
from tests.conftest import PASSWORD
from tests.signing_in import app_code, without_second_factor

KEY_WITH_PIN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def type_password(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.get_by_title("Your account").click()
    page.get_by_role("button", name="Sign out", exact=True).click()


def test_a_newcomer_adds_a_passkey_and_comes_in_by_it(open_page, lawyer):
    without_second_factor(lawyer)
    page = open_page(None, "/cases/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY_WITH_PIN})
    type_password(page, lawyer.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more lock before the first case")
    assert_accessible(page)
    shoot(page, "door-needed")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("Laptop")
    assert_accessible(page)
    shoot(page, "door-passkey-add")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("button", name="Make ten codes and show them").click()
    assert len(page.locator("#codes").inner_text().split()) == 10
    assert_accessible(page)
    shoot(page, "door-recovery-codes")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").click()
    assert saved.value.suggested_filename == "recovery-codes.txt"
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cases")

    sign_out(page)
    assert_accessible(page)
    shoot(page, "door-sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Lena Lawyer")
    page.goto("/your-account/")
    expect(page.get_by_text("Laptop").first).to_be_visible()
    assert_accessible(page)
    shoot(page, "door-security")

    sign_out(page)
    type_password(page, lawyer.email)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Lena Lawyer")


@pytest.mark.parametrize(("phone", "dark"), [(True, True)])
def test_a_newcomer_sets_up_a_code_app_and_comes_in_by_it(open_page, caseworker, phone, dark):
    without_second_factor(caseworker)
    page = open_page(None, "/", phone=phone, dark=dark)
    type_password(page, caseworker.email)
    shoot(page, "door-needed-phone")
    page.get_by_role("link", name="Use a code app").click()
    assert_accessible(page)
    shoot(page, "door-code-app-phone")
    key = page.locator("#app-key").input_value()
    page.get_by_label("Code").fill(app_code(key))
    page.get_by_role("button", name="Set up the app").click()
    page.get_by_role("button", name="Make ten codes and show them").click()
    codes = page.locator("#codes").inner_text().split()
    shoot(page, "door-recovery-codes-phone")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Carla Caseworker")
    page.goto("/your-account/")
    assert_accessible(page)
    shoot(page, "door-security-phone")

    sign_out(page)
    type_password(page, caseworker.email)
    assert_accessible(page)
    shoot(page, "door-second-step-phone")
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("This code does not hold.")).to_be_visible()
    page.get_by_label("Code").fill(codes[0].upper())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Carla Caseworker")


def test_whoever_types_stays_and_whoever_does_nothing_is_told(open_page, lawyer):
    page = open_page(lawyer, "/change-password/")
    told: list[str] = []
    page.on("request", lambda request: told.append(request.url) if request.url.endswith("/still-here/") else None)
    page.clock.install()
    page.reload()
    words = page.get_by_text("In two minutes you will be signed out")
    page.keyboard.press("Shift")
    with page.expect_response("**/still-here/") as answer:
        page.clock.run_for(6 * 60_000)
    assert answer.value.status == 204
    page.clock.run_for(26 * 60_000)
    expect(words).to_have_count(0)
    page.clock.run_for(3 * 60_000)
    expect(words).to_be_visible()
    assert len(told) == 1
    with page.expect_response("**/still-here/"):
        page.keyboard.press("Shift")
