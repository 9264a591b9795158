"""Every page of matches and introductions, as those who may see it come: nothing out of reach, nothing too wide."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import token_urlsafe

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import delete, select

from network.accounts.models import Person as Account
from network.accounts.present import hashed
from network.clock import now
from network.directory.models import Link, Listing, Organization
from network.extensions import db
from network.history.models import Edit
from network.introductions import actions
from network.introductions.models import Block, Party, ValueCheck
from network.matching.desired import Wanted
from network.matching.prospects import look_for
from tests.journeys.browser import Person
from tests.journeys.conftest import VISITORS
from tests.journeys.founded import Founded, let_in

FARIDA = "farida@lantern-and-loom.example"  # of the staff
INES = "ines@lantern-and-loom.example"  # coordinates a network
DREAM = "Quartier-General-of-Everything Foundation"
LONG = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesellschaft"
WORDS = "We look for somebody who prints our booklets, and would bind yours in return."
BOOKLETS, BINDING, PAPER = "Booklets printed for our choir", "Binding by hand of small books", "Paper made of old jeans"
YEAR = timedelta(days=400)
HERE = {"country": "GB", "languages": ["en"], "latitude": 53.8, "longitude": -1.55}

PAGES = {
    "gaps": ("visitor", "/matching/gaps"),
    "gaps-none": ("visitor", "/matching/gaps?country=AQ"),
    "gaps-wrong": ("visitor", "/matching/gaps?kind=magic"),
    "together": ("visitor", "/matching/together"),
    "together-found": ("visitor", "/matching/together?words=Paper+made+of+old+jeans&side=seek"),
    "together-nothing": ("visitor", "/matching/together?words=xyzzyqua&side=offer"),
    "together-wrong": ("visitor", "/matching/together?words=&side=seek"),
    "how": ("visitor", "/introductions/how?token={how}"),
    "how-over": ("visitor", "/introductions/how?token=no"),
    "value-answer": ("visitor", "/introductions/value/answer?token={value}"),
    "value-answer-over": ("visitor", "/introductions/value/answer?token=no"),
    "value-answer-signed-in": ("choir", "{choir}/value/answer"),
    "matches": ("choir", "{choir}/matches"),
    "matches-narrowed": ("choir", "{choir}/matches?country=GB&near=Leeds&radius=300"),
    "matches-none": ("newcomer", "{newcomer}/matches"),
    "fits": ("choir", "{choir}/matches/{seek}"),
    "profile": ("choir", "{choir}"),
    "edit": ("choir", "{choir}/edit?side=offer&kind=venue"),
    "ask": ("choir", "{choir}/introductions/new?to={paper}"),
    "ask-two": ("choir", "{choir}/introductions/new?to={bindery}&with={paper}"),
    "ask-in-the-way": ("choir", "{choir}/introductions/new?to={printer}"),
    "introductions": ("choir", "/introductions/"),
    "waiting": ("choir", "/introductions/{asked}"),
    "in-contact": ("choir", "/introductions/{accepted}"),
    "to-answer": ("printer", "/introductions/{asked}"),
    "settings": ("printer", "{printer_path}/introductions/settings"),
    "history": ("printer", "{printer_path}/history"),
    "own-value": ("choir", "{choir}/value"),
    "introductions-named": ("folder", "/introductions/"),
    "introductions-none": ("newcomer", "/introductions/"),
    "introductions-all": ("staff", "/introductions/"),
    "introduction": ("staff", "/introductions/{asked}"),
    "gaps-of-staff": ("staff", "/matching/gaps"),
    "partner": ("staff", "/matching/gaps/partner?kind=venue"),
    "prospects": ("staff", "/matching/prospects"),
    "prospects-closed": ("staff", "/matching/prospects?closed=1"),
    "prospect": ("staff", "/matching/prospects/{prospect}"),
    "unacted": ("staff", "/matching/staff"),
    "value": ("staff", "/introductions/value"),
    "value-of-one": ("staff", "{choir}/value"),
    "introductions-of-a-network": ("coordinator", "/introductions/"),
    "unacted-of-a-network": ("coordinator", "/matching/staff"),
}
EXPECTED = {"gaps-wrong": (422,), "together-wrong": (422,), "how-over": (410,), "value-answer-over": (410,)}
READERS = ("phone", "right-to-left")


class Town:
    """Organisations that fit in a circle, introductions that wait and that go on, and what staff look after."""

    def __init__(self, app: Flask) -> None:
        self.app, tokens = app, [token_urlsafe(), token_urlsafe()]
        self.choir = Founded(app, "Harbour Choir", [("seek", "content", BOOKLETS), ("offer", "time", PAPER)], **HERE)
        self.printer = Founded(
            app, "Corner Printer", [("offer", "content", BOOKLETS), ("seek", "venue", BINDING)], **HERE
        )
        self.bindery = Founded(
            app, f"Bindery {LONG}", [("offer", "content", BOOKLETS), ("seek", "venue", BINDING)], **HERE
        )
        self.paper = Founded(app, "Paper Mill", [("offer", "venue", BINDING), ("seek", "time", PAPER)], **HERE)
        self.folder = Founded(app, "Folding Room", [("offer", "content", BOOKLETS), ("seek", "venue", BINDING)], **HERE)
        self.newcomer = Founded(app, "Newcomers")
        self.all = (self.choir, self.printer, self.bindery, self.paper, self.folder, self.newcomer)
        with app.app_context():
            facts = self.fill(*tokens)
            db.session.commit()
        slugs = {"printer": self.printer.slug, "bindery": self.bindery.slug, "paper": self.paper.slug}
        paths = {"choir": self.choir.path, "newcomer": self.newcomer.path, "printer_path": self.printer.path}
        self.facts = facts | slugs | paths | dict(zip(("how", "value"), tokens, strict=True))

    def fill(self, how: str, value: str) -> dict[str, int]:
        """Let some of them meet, and give what the addresses of the pages name."""
        session = db.session()
        choir, printer, bindery, paper, folder = (session.get_one(Organization, one.id) for one in self.all[:5])
        met = Listing(organization=folder, side="seek", kind="content", title=BOOKLETS, state="met")
        session.add(met)
        singer, owner, binder = (
            session.get_one(Account, one.admin_id) for one in (self.choir, self.printer, self.bindery)
        )
        asked = actions.ask(session, choir, printer, singer, WORDS)
        actions.act(session, asked, "question", printer, owner, words="How many booklets would it be?")
        accepted = actions.ask(session, bindery, choir, binder, WORDS)
        actions.act(session, accepted, "accept", choir, singer)
        session.scalars(select(Party).where(Party.introduction_id == accepted.id)).first().token_hash = hashed(how)
        asked.introducer_id = self.folder.id
        session.add(Block(organization_id=printer.id, blocked_id=paper.id))
        long_ago = (now() - YEAR).date()
        session.add(Link(from_id=bindery.id, to_id=choir.id, type="works_with", confirmed_on=long_ago))
        for days in (250, 30):
            for one, other, got in ((choir, bindery, "much"), (bindery, choir, "nothing"), (choir, None, "little")):
                check = ValueCheck(organization_id=one.id, partner_id=other.id if other else None)
                check.asked_on, check.answered_at = (now() - timedelta(days=days)).date(), now()
                check.got, check.gave, check.worth, check.words = got, "much", "unsure", f"It is {LONG} at times."
                check.token_hash = hashed(value) if days == 30 and one is choir else ""
                session.add(check)
        for hours, edit in enumerate(
            session.scalars(select(Edit).where(Edit.thing == "introduction").order_by(Edit.id)), 1
        ):
            edit.at -= timedelta(hours=hours)
        farida = session.scalars(select(Account.id).where(Account.email == FARIDA)).one()
        sought = [one.id for one in choir.listings if one.side == "seek"]
        prospect = look_for(session, DREAM, Wanted("content"), sought, farida, f"Ask {LONG}", long_ago, "GB")
        return {"seek": sought[0], "asked": asked.id, "accepted": accepted.id, "prospect": prospect.id}

    def open(self, person: Person, name: str) -> None:
        """Open a page as whoever it is for."""
        who, path = PAGES[name]
        if who in ("staff", "coordinator"):
            let_in(self.app, person, FARIDA if who == "staff" else INES, strong=True)
        elif who != "visitor":
            getattr(self, who).let_in(person)
        person.open(path.format(**self.facts))

    def take_away(self) -> None:
        for one in self.all:
            one.take_away()
        with self.app.app_context():
            db.session.execute(delete(Organization).where(Organization.name == DREAM))
            db.session.commit()


@pytest.fixture(scope="module")
def town(served_app: Flask) -> Iterator[Town]:
    made = Town(served_app)
    yield made
    made.take_away()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_leaves_nobody_out(person: Callable[..., Person], town: Town, name: str, reader: str):
    visitor = person(expected=EXPECTED.get(name, ()), **VISITORS[reader] | {"colours": reader == "phone"})
    town.open(visitor, name)
    folded = visitor.page.locator("main details:not([open])")
    if folded.count():
        visitor.check_width()
        folded.evaluate_all("all => all.forEach(one => { one.open = true })")
    visitor.check_nothing_is_out_of_reach()
    if reader == "phone":
        visitor.check_in_other_colours()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_all_without_script(person: Callable[..., Person], town: Town, name: str):
    visitor = person(width=320, expected=EXPECTED.get(name, ()), java_script_enabled=False)
    town.open(visitor, name)
    expect(visitor.page.locator("h1")).to_be_visible()
    visitor.check_width()


def test_three_who_fit_in_a_circle_are_asked_at_once(person: Callable[..., Person], town: Town):
    visitor = person()
    town.open(visitor, "matches")
    page = visitor.page
    page.locator(".rings form button").first.click()
    page.wait_for_url(re.compile(r"/introductions/\d+$"))
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".said")).to_contain_text("We could help each other in a circle.")
    visitor.check_nothing_is_out_of_reach()
