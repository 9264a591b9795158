"""S3: everyone reads what is missing; staff look for a partner to fill it, members say that they offer it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import delete, select

from network.directory.models import FormerSlug, Organization
from network.extensions import db
from tests.journeys.browser import Person
from tests.journeys.founded import Founded, let_in
from tests.journeys.manners import MANNERS, pick, press, write

GAPS, PROSPECTS = "/matching/gaps", "/matching/prospects"
FARIDA = "farida@lantern-and-loom.example"  # of the staff
COUNTRY = "FJ"  # from which nobody in the demonstration network seeks anything
ROOM = "A dry room for our sewing machines"
STEP = "Ask the harbour office who has a dry room"


@pytest.fixture
def seeker(founded: Callable[..., Founded]) -> Founded:
    return founded("Suva Sewing Circle", [("seek", "venue", ROOM)], country=COUNTRY)


@pytest.fixture
def member(founded: Callable[..., Founded]) -> Founded:
    return founded("Harbour Office", country=COUNTRY)


@pytest.fixture
def wanted(served_app: Flask, manner: str):
    """The name of the partner that staff look for."""
    name = f"Dream Hall {manner}"
    yield name
    with served_app.app_context():
        for one in db.session.scalars(select(Organization).where(Organization.name == name)):
            db.session.execute(delete(FormerSlug).where(FormerSlug.slug == one.slug))
            db.session.delete(one)
        db.session.commit()


def rows(page: Page) -> Locator:
    """The gaps of the table."""
    return page.locator("table.gaps tbody")


def supply(page: Page) -> Locator:
    """How many offers there are for the first gap."""
    return rows(page).first.locator("td").nth(1)


def narrow(page: Page, manner: str) -> None:
    """Look at the gaps of one kind in one country alone."""
    pick(page, page.locator("#kind"), "venue", manner)
    pick(page, page.locator("#country"), COUNTRY, manner)
    press(page, page.locator("form.asking button"), manner)
    page.wait_for_url(f"**{GAPS}?*country={COUNTRY}*")


def test_a_gap_is_seen_looked_after_and_filled(
    person: Callable[..., Person], served_app: Flask, seeker: Founded, member: Founded, wanted: str, manner: str
):
    visitor = person(**MANNERS[manner])
    page = visitor.open("/")
    press(page, page.locator(f"main a[href='{GAPS}']").first, manner)
    page.wait_for_url(f"**{GAPS}")
    visitor.check_nothing_is_out_of_reach()
    narrow(page, manner)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(ROOM)
    expect(rows(page).locator(".doings")).to_have_count(0)
    before = int(supply(page).inner_text())
    visitor.check_nothing_is_out_of_reach()

    staff = person(**MANNERS[manner])
    let_in(served_app, staff, FARIDA, strong=True)
    desk = staff.open("/staff/")
    press(desk, desk.locator(f"main a[href='{GAPS}']").first, manner)
    desk.wait_for_url(f"**{GAPS}")
    narrow(desk, manner)
    staff.check_nothing_is_out_of_reach()
    press(desk, rows(desk).locator("a[href^='/matching/gaps/partner']"), manner)
    desk.wait_for_url("**/matching/gaps/partner?*")
    expect(desk.locator("main")).to_contain_text(ROOM)
    staff.check_nothing_is_out_of_reach()
    write(desk, desk.locator("#name"), wanted, manner)
    me = desk.locator("#owner option", has_text="Farida Holm").get_attribute("value") or ""
    pick(desk, desk.locator("#owner"), me, manner)
    write(desk, desk.locator("#next_step"), STEP, manner)
    press(desk, desk.locator("main form.sheet button"), manner)
    desk.wait_for_url(f"**{PROSPECTS}*")
    row = desk.locator(".rows > li", has_text=wanted)
    for words in ("Farida Holm", STEP, ROOM):
        expect(row).to_contain_text(words)
    staff.check_nothing_is_out_of_reach()
    press(desk, row.locator("h2 a"), manner)
    expect(desk.locator("h1")).to_have_text(wanted)
    staff.check_nothing_is_out_of_reach()

    check_that_nobody_sees_it(person(**MANNERS[manner], expected=(404,)), served_app, wanted)

    colleague = person(**MANNERS[manner])
    member.let_in(colleague)
    page = colleague.open(f"{GAPS}?kind=venue&country={COUNTRY}")
    assert wanted not in page.content()
    colleague.check_nothing_is_out_of_reach()
    press(page, rows(page).locator(".doings a"), manner)
    page.wait_for_url(f"**{member.path}/edit?*")
    expect(page.locator("#add-kind")).to_have_value("venue")
    write(page, page.locator("#add-title"), ROOM, manner)
    press(page, page.locator("#add-listing"), manner)
    expect(page.locator("ol.offers > li")).to_have_count(1)

    page = visitor.open(f"{GAPS}?kind=venue&country={COUNTRY}")
    expect(supply(page)).to_have_text(str(before + 1))


def check_that_nobody_sees_it(visitor: Person, app: Flask, name: str) -> None:
    """For who doesn't look after the network there is no such partner."""
    with app.app_context():
        slug = db.session.scalars(select(Organization.slug).where(Organization.name == name)).one()
    visitor.open(f"/organizations/{slug}")
    expect(visitor.page.locator(".number")).to_contain_text("404")
    for path in ("/", "/organizations/", f"/organizations/?country={COUNTRY}", f"{GAPS}?country={COUNTRY}"):
        assert name not in visitor.open(path).content()
    searched = visitor.open(f"/organizations/?q={name.replace(' ', '+')}")
    expect(searched.locator(f"a[href='/organizations/{slug}']")).to_have_count(0)
    visitor.open(PROSPECTS).wait_for_url("**/accounts/sign-in?**")
