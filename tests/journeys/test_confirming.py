"""P1: a representative is asked by mail whether the profile is still right, and says so in one click."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import delete, select

from network.clock import now
from network.directory.models import Organization
from network.extensions import db
from network.mail.models import Message
from network.profiles.asking import ask_everyone
from network.profiles.models import Question
from tests import pseudo
from tests.journeys.browser import Person

CLUB = "calder-code-shed"
NAME = "Calder Code Shed"
LONG_AGO = now().date().replace(year=now().year - 2)

MANNERS: dict[str, dict[str, Any]] = {
    "mouse": {},
    "without-script": {"java_script_enabled": False},
    "narrow": {"width": 320, "height": 640, "has_touch": True},
    "right-to-left": {"locale": pseudo.LOCALE, "width": 390},
    "dark": {"color_scheme": "dark"},
}


@pytest.fixture
def letter(served_app: Flask) -> str:
    """The text of a mail that asks the club, whose profile nobody confirmed for two years."""
    with served_app.app_context():
        club = db.session.scalars(select(Organization).where(Organization.slug == CLUB)).one()
        club.confirmed_on = LONG_AGO
        for model in (Question, Message):
            db.session.execute(delete(model).where(model.organization_id == club.id))
        db.session.commit()
        ask_everyone(db.session())
        db.session.commit()
        text = db.session.scalar(select(Message.text).where(Message.organization_id == club.id))
        db.session.rollback()
        assert text is not None
        return text


def link(letter: str, words: str) -> str:
    """The address below some words of a mail, from its path on."""
    return "/organizations/" + letter.split(words + ":\n")[1].split()[0].partition("/organizations/")[2]


@pytest.mark.parametrize("manner", MANNERS)
def test_from_the_mail_one_click_confirms(person: Callable[..., Person], letter: str, manner: str):
    assert NAME in letter
    visitor = person(**MANNERS[manner])
    page = visitor.open(link(letter, "Yes, still right"))
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator(".meta")).to_contain_text(str(LONG_AGO.year))
    visitor.check_nothing_is_out_of_reach()
    page.locator("form[method=post] button").click()
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".meta .fresh")).to_be_visible()
    visitor.check_nothing_is_out_of_reach()


def test_the_keyboard_alone_is_enough(person: Callable[..., Person], letter: str):
    visitor = person()
    page = visitor.open(link(letter, "Yes, still right"))
    visitor.tab_to("Yes, still right")
    page.keyboard.press("Enter")
    expect(page.locator(".meta .fresh")).to_have_text("confirmed today")


@pytest.mark.parametrize("manner", MANNERS)
def test_the_second_time_an_old_link_says_that_it_was_answered(person: Callable[..., Person], letter: str, manner: str):
    visitor = person(**MANNERS[manner])
    address = link(letter, "Yes, still right")
    visitor.open(address).locator("form[method=post] button").click()
    expect(visitor.page.locator(".done")).to_be_visible()
    page = visitor.open(address)
    expect(page.locator("form[method=post]")).to_have_count(0)
    if manner != "right-to-left":
        expect(page.locator("h1")).to_have_text("You have answered already")
        expect(page.locator(".lede")).to_contain_text("confirmed today")
    visitor.check_nothing_is_out_of_reach()


def test_whoever_only_opens_the_link_confirms_nothing(person: Callable[..., Person], letter: str):
    visitor = person()
    for _ in range(2):
        visitor.open(link(letter, "Yes, still right"))
    expect(visitor.open(f"/organizations/{CLUB}").locator(".meta .stale")).to_be_visible()


def test_the_mail_leads_to_a_change_too(person: Callable[..., Person], letter: str):
    page = person().open(link(letter, "Let me change it"))
    expect(page.locator("main")).to_contain_text(NAME)


def test_fewer_mails_are_one_click_away(person: Callable[..., Person], letter: str):
    visitor = person()
    address = letter.split("/mail/unsubscribe?")[1].split()[0]
    page = visitor.open(f"/mail/unsubscribe?{address}")
    visitor.check_nothing_is_out_of_reach()
    page.get_by_role("button", name="Send no more").click()
    expect(page.locator("h1")).to_have_text("No more mails")
