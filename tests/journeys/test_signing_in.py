"""P2, its first half: a representative signs in by a mailed link, elsewhere by its code, and the staff by a passkey."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from network.accounts.models import Passkey, SignedIn, SignInLink
from network.extensions import db
from network.mail.models import Message
from tests import pseudo
from tests.journeys.browser import Person

PRIYA = "priya@kirkgate-tinker-club.example"
FARIDA = "farida@lantern-and-loom.example"
BUTTON = "main form[action='/accounts/sign-in'] button"
OPEN = "main form[action='/accounts/sign-in/open'] button"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def own_address(served_app: Flask, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Links in mails lead to where the demonstration is served; nobody stays signed in after a test."""
    monkeypatch.setitem(served_app.config, "BASE_URL", address)
    yield
    with served_app.app_context():
        for table in (Message, SignInLink, SignedIn, Passkey):
            db.session.execute(table.__table__.delete())
        db.session.commit()


@pytest.fixture
def mailed(served_app: Flask) -> Callable[[str], str]:
    """A function that gives the path and question of the last sign-in link that was mailed to an address."""

    def read(email: str) -> str:
        with served_app.app_context():
            sent = select(Message.text).where(Message.address == email, Message.kind == "sign_in")
            text = db.session.scalars(sent.order_by(Message.id.desc())).first()
        link = re.search(r"https?://\S+", text or "")
        assert link, f"no link was mailed to {email}"
        found = urlsplit(link[0])
        return f"{found.path}?{found.query}"

    return read


def ask(visitor: Person, email: str) -> Page:
    page = visitor.open("/accounts/sign-in")
    page.locator("#email").fill(email)
    page.locator(BUTTON).first.click()
    page.wait_for_url("**/accounts/sign-in/sent")
    return page


def test_a_representative_signs_in_by_the_mailed_link(visitor: Person, mailed: Callable[[str], str]):
    page = visitor.open("/accounts/sign-in")
    visitor.check_nothing_is_out_of_reach()
    page.locator("#email").fill(PRIYA)
    page.locator(BUTTON).first.click()
    page.wait_for_url("**/accounts/sign-in/sent")
    visitor.check_nothing_is_out_of_reach()
    visitor.open(mailed(PRIYA))
    visitor.check_nothing_is_out_of_reach()
    page.locator(OPEN).click()
    page.wait_for_url("**/accounts/")
    expect(page.locator("main a[href='/organizations/kirkgate-tinker-club/edit']")).to_be_visible()
    visitor.check_nothing_is_out_of_reach()
    visitor.open("/organizations/kirkgate-tinker-club/colleagues")
    visitor.check_nothing_is_out_of_reach()


def test_signing_in_goes_by_keyboard_alone(person: Callable[..., Person], mailed: Callable[[str], str]):
    visitor = person()
    page = visitor.open("/accounts/sign-in")
    visitor.tab_to("#email")
    page.keyboard.type(PRIYA)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/sign-in/sent")
    visitor.open(mailed(PRIYA))
    visitor.tab_to("button Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/")
    visitor.tab_to("Sign out")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("signed out")


@pytest.mark.parametrize("script", [True, False], ids=["script", "without-script"])
def test_a_link_opened_elsewhere_shows_a_code_for_the_first_browser(
    person: Callable[..., Person], mailed: Callable[[str], str], script: bool
):
    desk = person(java_script_enabled=script, expected=(422,))
    phone = person(java_script_enabled=script, width=320, height=640, locale=pseudo.LOCALE)
    page = ask(desk, PRIYA)
    shown = phone.open(mailed(PRIYA))
    phone.check_nothing_is_out_of_reach()
    shown.locator(OPEN).click()
    code = shown.locator(".code").inner_text()
    phone.check_nothing_is_out_of_reach()
    page.locator("#code").fill("AAAA AAAA")
    page.get_by_role("button", name="Sign in with the code").click()
    expect(page.locator(".errors")).to_contain_text("4 more")
    page.locator("#code").fill(code.lower())
    page.get_by_role("button", name="Sign in with the code").click()
    page.wait_for_url("**/accounts/")
    expect(page.locator("main")).to_contain_text(PRIYA)
    assert phone.open("/accounts/").url.endswith("/accounts/sign-in?next=/accounts/")


def test_a_link_that_is_used_says_so_and_leads_on(visitor: Person, mailed: Callable[[str], str]):
    visitor.expected.add(410)
    page = ask(visitor, PRIYA)
    link = mailed(PRIYA)
    visitor.open(link)
    page.locator(OPEN).click()
    page.wait_for_url("**/accounts/")
    visitor.open(link)
    expect(page.locator("main a.button[href='/accounts/']")).to_be_visible()
    visitor.check_nothing_is_out_of_reach()


def test_staff_add_a_passkey_and_sign_in_with_it(
    person: Callable[..., Person], address: str, mailed: Callable[[str], str]
):
    visitor = person(own=True)
    visitor.address = address.replace("127.0.0.1", "localhost")  # browsers make no passkeys for a bare IP address
    bridge = visitor.context.new_cdp_session(visitor.page)
    bridge.send("WebAuthn.enable")
    bridge.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    page = ask(visitor, FARIDA)
    visitor.open(mailed(FARIDA))
    page.locator(OPEN).click()
    page.wait_for_url("**/accounts/passkeys")
    visitor.check_nothing_is_out_of_reach()
    page.get_by_label("What to call it").fill("the blue key")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="the blue key")).to_be_visible()
    visitor.check_nothing_is_out_of_reach()
    visitor.open("/accounts/")
    expect(page.locator("main")).not_to_contain_text("asleep")
    page.get_by_role("button", name="Sign out").click()
    visitor.open("/accounts/sign-in?next=/accounts/recovery")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/accounts/recovery")
    expect(page.locator("main")).to_contain_text("Nobody waits")


def test_a_device_that_refuses_is_said_in_words(person: Callable[..., Person], address: str):
    visitor = person(own=True)
    visitor.address = address.replace("127.0.0.1", "localhost")
    bridge = visitor.context.new_cdp_session(visitor.page)
    bridge.send("WebAuthn.enable")
    bridge.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | {"isUserVerified": False}})
    page = visitor.open("/accounts/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("showed no passkey")
    visitor.check_nothing_is_out_of_reach()


def test_at_an_address_without_passkeys_the_page_says_where_they_work(person: Callable[..., Person]):
    page = person().open("/accounts/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("Passkeys work only at http://localhost")


def test_without_script_nothing_offers_a_passkey(person: Callable[..., Person]):
    page = person(java_script_enabled=False).open("/accounts/sign-in")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()


def test_the_last_admin_is_helped_to_a_successor(visitor: Person, served_app: Flask, mailed: Callable[[str], str]):
    visitor.expected.add(422)
    admin = "tomasz@kirkgate-tinker-club.example"
    page = ask(visitor, admin)
    visitor.open(mailed(admin))
    page.locator(OPEN).click()
    page.wait_for_url("**/accounts/")
    visitor.open("/organizations/kirkgate-tinker-club/colleagues")
    leave = page.locator("form[action$='/leave'] button")
    page.locator("details", has=leave).locator("summary").click()
    visitor.check_nothing_is_out_of_reach()
    leave.click()
    expect(page.get_by_role("alert").locator("button")).to_have_count(1)
    visitor.check_nothing_is_out_of_reach()
