"""S3, where it begins: staff read how the network is doing, decide what waits, take it back, and go on to the gaps."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import delete

from network.directory.models import Organization
from network.extensions import db
from network.profiles import suggestions
from network.staff.models import Charge, Decision
from tests.journeys.browser import Person
from tests.journeys.founded import Founded, let_in
from tests.journeys.manners import MANNERS, pick, press
from tests.journeys.quay import FARIDA

PHONE = "+44 113 496 0123"


@pytest.fixture
def corrected(founded: Callable[..., Founded], served_app: Flask) -> Iterator[Founded]:
    """A club for which somebody suggested another telephone number."""
    club = founded("Holbeck Lamp Library", phone="+44 113 496 0999")
    with served_app.app_context():
        of = db.session.get_one(Organization, club.id)
        suggestions.make(db.session(), of, {"phone": PHONE}, "They moved.", "", "en")
        db.session.commit()
    yield club
    with served_app.app_context():
        db.session.execute(delete(Decision))
        db.session.execute(delete(Charge))
        db.session.commit()


def phone_of(app: Flask, club: Founded) -> str:
    with app.app_context():
        return db.session.get_one(Organization, club.id).phone


def come_to(page: Page, href: str, manner: str) -> None:
    press(page, page.locator(f"main a[href='{href}']").first, manner)
    page.wait_for_url(f"**{href}")


def test_staff_read_decide_and_take_back(
    person: Callable[..., Person], served_app: Flask, corrected: Founded, manner: str
):
    staff = person(**MANNERS[manner])
    let_in(served_app, staff, FARIDA, strong=True)
    page = staff.open("/staff/")
    expect(page.locator("main article, main section").first).to_be_visible()
    staff.check_nothing_is_out_of_reach()
    come_to(page, "/staff/queue", manner)
    staff.check_nothing_is_out_of_reach()
    press(page, page.locator(".kinds a[href*='kind=suggestion']"), manner)
    page.wait_for_url("**kind=suggestion*")
    card = page.locator(".waiting > li", has_text=corrected.name)
    expect(card).to_contain_text(PHONE)

    press(page, card.locator("details:has(button[value=take]) summary"), manner)
    press(page, card.locator("button[value=take]"), manner)
    page.wait_for_load_state("load")
    pick(page, page.locator("#owner"), "me", manner)
    press(page, page.locator("form.asking button"), manner)
    page.wait_for_url("**owner=me*")
    press(page, page.locator(".waiting > li", has_text=corrected.name).locator("button[value=accept]"), manner)
    expect(page.locator(".waiting > li", has_text=corrected.name)).to_have_count(0)
    expect(page.locator(".done")).to_contain_text(corrected.name)
    assert phone_of(served_app, corrected) == PHONE
    staff.check_nothing_is_out_of_reach()

    page = staff.open("/staff/")
    come_to(page, "/staff/decisions", manner)
    staff.check_nothing_is_out_of_reach()
    back = page.locator("main li", has_text=corrected.name).locator("form button")
    expect(back).to_have_count(2)  # that it was taken on, too
    press(page, back.first, manner)
    page.wait_for_load_state("load")
    expect(back).to_have_count(1)
    assert phone_of(served_app, corrected) != PHONE
    page = staff.open("/staff/")
    come_to(page, "/staff/history", manner)
    expect(page.locator("main")).to_contain_text(corrected.name)
    staff.check_nothing_is_out_of_reach()
    page = staff.open("/staff/")
    come_to(page, "/staff/quiet", manner)
    staff.check_nothing_is_out_of_reach()
