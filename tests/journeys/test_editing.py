"""P2, its second half: a representative puts her profile right on one page, and finds the public page changed."""

import os
from collections.abc import Callable, Iterator
from secrets import token_hex, token_urlsafe

import pytest
from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, select

from network.accounts.models import Person as Account
from network.accounts.models import Role, SignedIn
from network.accounts.present import hashed
from network.directory.models import Listing, Organization
from network.extensions import db
from tests.journeys.browser import Person
from tests.journeys.conftest import VISITORS

LEGAL_HOME = "legal home for small groups"


class Lab:
    """An organisation of this test's own, and those who act for it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.slug = app, f"journey-lab-{token_hex(4)}"
        self.sessions = [token_urlsafe(), token_urlsafe()]
        with app.app_context():
            made = Organization(name="Journey Lab", slug=self.slug, category="partner", standing="current")
            made.summary = "We mend phones."
            for position, title in enumerate(("A room for twenty people", "Two hours of advice")):
                made.listings.append(Listing(side="offer", title=title, position=position, kind="venue"))
            db.session.add(made)
            db.session.flush()
            for number, token in enumerate(self.sessions):
                who = Account(email=f"{number}-{self.slug}@example.org", handle=os.urandom(32))
                who.roles = [Role(role="admin", organization_id=made.id)]
                db.session.add(who)
                db.session.flush()
                db.session.add(SignedIn(token_hash=hashed(token), person_id=who.id))
            db.session.commit()

    def let_in(self, person: Person, number: int = 0) -> None:
        """Sign one of them in, in this browser."""
        signer = self.app.session_interface.get_signing_serializer(self.app)
        value = signer.dumps({"_user_id": self.sessions[number]})
        person.context.add_cookies([{"name": "session", "value": value, "url": person.address}])

    def sign_out(self) -> None:
        """Let the first session end."""
        with self.app.app_context():
            db.session.execute(delete(SignedIn).where(SignedIn.token_hash == hashed(self.sessions[0])))
            db.session.commit()

    def sign_in(self) -> None:
        """Let it begin again, in the same browser."""
        with self.app.app_context():
            who = select(Account.id).where(Account.email == f"0-{self.slug}@example.org")
            db.session.add(SignedIn(token_hash=hashed(self.sessions[0]), person_id=db.session.scalar(who)))
            db.session.commit()

    def says(self, name: str) -> str:
        """What the profile says now."""
        with self.app.app_context():
            return db.session.scalar(select(getattr(Organization, name)).where(Organization.slug == self.slug))

    def take_away(self) -> None:
        with self.app.app_context():
            made = db.session.scalar(select(Organization).where(Organization.slug == self.slug))
            db.session.delete(made)
            db.session.execute(delete(Account).where(Account.email.endswith(f"-{self.slug}@example.org")))
            db.session.commit()


@pytest.fixture
def lab(served_app: Flask) -> Iterator[Lab]:
    made = Lab(served_app)
    yield made
    made.take_away()


def titles(page: Page) -> list[str]:
    return page.locator("ol.offers .title").all_inner_texts()


@pytest.mark.parametrize("manner", VISITORS)
def test_whoever_comes_puts_the_profile_right(person: Callable[..., Person], lab: Lab, manner: str):
    her = person(**VISITORS[manner])
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    her.check_nothing_is_out_of_reach()

    page.locator("#about-summary").fill("We repair phones with schools.")
    page.locator("#about-save").click()
    expect(page.locator("#about .state")).not_to_be_empty()

    page.locator("#add-title").fill(LEGAL_HOME)
    if her.script:
        page.locator("#add-title").press_sequentially(" ")
        expect(page.locator("#understood input[type=checkbox][value=fiscal-sponsorship]")).to_be_checked()
        expect(page.locator("#add-kind")).to_have_value("legal")
    page.locator("#add-listing").click()
    expect(page.locator("ol.offers > li")).to_have_count(3)
    offer = page.locator("ol.offers > li").last
    expect(offer.locator(".title")).to_have_text(LEGAL_HOME)
    offer.locator("summary").first.click()
    expect(offer.locator("input[value=fiscal-sponsorship][type=checkbox]")).to_be_checked()
    her.check_nothing_is_out_of_reach()

    page.locator("ol.offers > li").last.locator(".moves button").first.click()
    expect(page.locator("ol.offers > li").nth(1).locator(".title")).to_have_text(LEGAL_HOME)

    page.goto(f"{her.address}/organizations/{lab.slug}")
    expect(page.locator(".lede")).to_have_text("We repair phones with schools.")
    assert page.locator(".offers h4").all_inner_texts()[1] == LEGAL_HOME
    her.check_width()


def test_everything_goes_by_keyboard_alone(person: Callable[..., Person], lab: Lab):
    her = person()
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    her.tab_to("#about-summary")
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Tab")
    expect(page.locator("#said")).to_have_text("Saved.")
    assert her.focused().startswith("textarea#about-description")
    assert lab.says("summary") == "By keyboard."
    her.tab_to("button#down-", 90)
    page.keyboard.press("Enter")
    expect(page.locator("ol.offers .title").first).to_have_text("Two hours of advice")
    assert "button#down-" in her.focused()
    expect(page.locator("#said")).to_contain_text("is number 2 of 2 now.")
    her.tab_to("#add-title", 90)
    page.keyboard.type(LEGAL_HOME)
    expect(page.locator("#understood input[type=checkbox][value=fiscal-sponsorship]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("ol.offers > li")).to_have_count(3)


def test_a_section_saves_by_itself_and_the_preview_follows(person: Callable[..., Person], lab: Lab):
    her = person()
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    page.locator("#about-summary").fill("We repair phones.")
    page.locator("#about-phone").fill("+233 30 000 0000")
    page.locator("#about-name").focus()
    expect(page.locator("#about .state")).to_have_text("Saved.")
    expect(page.locator("#beside .summary")).to_have_text("We repair phones.")
    expect(page.locator("#beside")).to_contain_text("+233 30 000 0000")


def test_what_is_typed_while_a_save_is_under_way_stays(person: Callable[..., Person], lab: Lab):
    her = person(own=True)
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")

    held: list[Route] = []
    page.route("**/edit/about", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/edit/about"):
        page.locator("#about-summary").fill("First.")
        page.locator("#about-description").focus()
    page.keyboard.type("Typed meanwhile")
    held[0].continue_()
    expect(page.locator("#about .state")).to_have_text("Saved.")
    expect(page.locator("#about-description")).to_have_value("Typed meanwhile")
    page.locator("#add-title").fill("An offer begun")
    expect(page.locator("#beside details")).to_have_count(1)
    page.locator(".moves button").nth(1).click()
    expect(page.locator("#listings .state")).to_contain_text("is number 2 of 2 now.")
    expect(page.locator("#add-title")).to_have_value("An offer begun")
    assert lab.says("description") == "Typed meanwhile"


def test_what_cannot_be_taken_says_so_in_place_and_mending_it_saves(person: Callable[..., Person], lab: Lab):
    her = person(expected=(422,))
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    page.locator("#about-email").fill("hello at example")
    page.locator("#about-phone").focus()
    expect(page.locator("#about-email-errors")).to_contain_text("Write a whole e-mail address")
    her.check_nothing_is_out_of_reach()
    expect(page.locator("#said")).to_contain_text("Not saved yet")
    page.locator("#about-email").fill("hello@example.org")
    page.locator("#about-phone").focus()
    expect(page.locator("#about .state")).to_have_text("Saved.")
    assert lab.says("email") == "hello@example.org"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_two_browsers_that_edit_the_same_profile_lose_nothing(person: Callable[..., Person], lab: Lab, script: bool):
    first, second = (person(expected=(409,), java_script_enabled=script) for _ in range(2))
    lab.let_in(first, 0)
    lab.let_in(second, 1)
    hers, his = (one.open(f"/organizations/{lab.slug}/edit") for one in (first, second))
    hers.locator("#about-summary").fill("We repair phones.")
    hers.locator("#about-save").click()
    expect(hers.locator("#about .state")).to_have_text("Saved.")
    his.locator("#about-phone").fill("+233 30 000 0000")
    his.locator("#about-summary").fill("We restore phones.")
    his.locator("#about-save").click()
    expect(his.locator("#about .problem")).to_contain_text("Somebody else changed this")
    quoted = his.locator("#about blockquote")
    expect(quoted).to_have_text(["We repair phones.", "We restore phones."])
    second.check_nothing_is_out_of_reach()
    his.locator("#about textarea").fill("We repair and restore phones.")
    his.locator("#about-summary-anew").check()
    his.locator("#about-save").click()
    expect(his.locator("#about .state")).to_have_text("Saved.")
    assert lab.says("summary") == "We repair and restore phones."
    assert lab.says("phone") == "+233 30 000 0000"


def test_an_offer_is_dragged_to_its_place(person: Callable[..., Person], lab: Lab):
    her = person()
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    page.locator("ol.offers").scroll_into_view_if_needed()
    grip = page.locator("ol.offers .grip").last.bounding_box()
    top = page.locator("ol.offers > li").first.bounding_box()
    assert grip
    assert top
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, top["y"] + 3, steps=6)
    page.mouse.up()
    expect(page.locator("#listings .state")).to_contain_text("is number 1 of 2 now.")
    assert titles(page) == ["Two hours of advice", "A room for twenty people"]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_tie_is_proposed_by_name(person: Callable[..., Person], lab: Lab, script: bool):
    her = person(java_script_enabled=script)
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    page.locator("#others-q").fill("kirkgate tinker")
    page.locator("#find-others button").click()
    expect(page.locator("#others")).to_contain_text("Kirkgate Tinker Club")
    her.check_nothing_is_out_of_reach()
    page.locator("#others").get_by_label("Kirkgate Tinker Club").check()
    page.locator("#other-way").select_option("out:works_with")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#ties li.waiting")).to_contain_text("Kirkgate Tinker Club")


def test_a_town_is_picked_from_the_suggestions(person: Callable[..., Person], lab: Lab):
    her = person(width=390)
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    page.locator("#place-town").click()
    page.keyboard.type("Leed")
    page.get_by_role("option", name="Leeds, England, United Kingdom").click()
    expect(page.locator("#place .taken")).to_contain_text("Leeds, England, United Kingdom")
    expect(page.locator("#place-town")).to_have_value("Leeds")
    expect(page.locator("#place-country")).to_have_value("GB")
    assert lab.says("precision") == "town"


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_what_was_typed_outlives_the_session(person: Callable[..., Person], lab: Lab, script: bool):
    her = person(expected=(401,), java_script_enabled=script)
    lab.let_in(her)
    page = her.open(f"/organizations/{lab.slug}/edit")
    lab.sign_out()
    page.locator("#about-summary").fill("Typed for an hour.")
    page.locator("#about-save").click()
    expect(page.locator("h1")).to_have_text("Not saved yet")
    expect(page.locator(".typed")).to_contain_text("Typed for an hour.")
    lab.sign_in()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator("#about .state")).to_have_text("Saved.")
    assert lab.says("summary") == "Typed for an hour."
