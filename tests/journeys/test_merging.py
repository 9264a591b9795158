"""S4: one of the staff asks to merge two pages, another agrees, and it is undone; by keyboard, on a phone and more."""

import os
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import delete, select

from network.accounts.models import Person as Account
from network.accounts.models import Role
from network.extensions import db
from network.mail.models import Message
from tests.journeys.browser import Person
from tests.journeys.founded import Founded, let_in
from tests.journeys.manners import MANNERS, press, tick, write

FARIDA = "farida@lantern-and-loom.example"  # of the staff
SECOND = "second@lantern-and-loom.example"


@pytest.fixture
def second(served_app: Flask) -> Iterator[str]:
    """Another one of the staff."""
    with served_app.app_context():
        made = Account(email=SECOND, name="Sefa Second", handle=os.urandom(32), roles=[Role(role="staff")])
        db.session.add(made)
        db.session.commit()
    yield SECOND
    with served_app.app_context():
        db.session.delete(db.session.scalars(select(Account).where(Account.email == SECOND)).one())
        db.session.execute(delete(Message).where(Message.kind.startswith("merge_")))
        db.session.commit()


def test_two_pages_become_one_and_two_again(
    person: Callable[..., Person],
    served_app: Flask,
    founded: Callable[..., Founded],
    second: str,
    mailed: Callable[[str, str], str],
    manner: str,
):
    stays = founded(
        "Pier Bakery Circle", [("offer", "venue", "An oven on Mondays")], summary="We bake.", languages=("en",)
    )
    goes = founded("The Pier Bakery", [("seek", "time", "Somebody who mends ovens")], summary="We bake bread.")

    asker = person(**MANNERS[manner])
    let_in(served_app, asker, FARIDA, strong=True)
    page = asker.open(stays.path)
    press(page, page.locator(f"main a[href='{stays.path}/merge']"), manner)
    page.wait_for_url(f"**{stays.path}/merge")
    asker.check_nothing_is_out_of_reach()
    write(page, page.locator("#q"), "pier bakery", manner)
    press(page, page.locator("main form.box button"), manner)
    press(page, page.locator(f"main a[href='{stays.path}/merge?with={goes.slug}']"), manner)
    page.wait_for_url(f"**/merge?with={goes.slug}")
    asker.check_nothing_is_out_of_reach()
    tick(page, page.locator("#summary-goes"), manner)
    write(page, page.locator("#words"), "The same oven.", manner)
    press(page, page.locator("main form[method=post] button"), manner)
    page.wait_for_url("**/merges/*")
    expect(page.locator("button[name=merge]")).to_have_count(0)
    asker.check_nothing_is_out_of_reach()

    decider = person(**MANNERS[manner])
    let_in(served_app, decider, second, strong=True)
    page = decider.open(mailed("merge_asked", second))
    expect(page.locator("blockquote")).to_contain_text("The same oven.")
    decider.check_nothing_is_out_of_reach()
    press(page, page.locator("button[name=merge]"), manner)
    expect(page.locator("a[href$='/undo']")).to_be_visible()
    decider.check_nothing_is_out_of_reach()

    visitor = person(**MANNERS[manner])
    page = visitor.open(goes.path)
    page.wait_for_url(f"**{stays.path}")
    for words in ("We bake bread.", "An oven on Mondays", "Somebody who mends ovens"):
        expect(page.locator("main")).to_contain_text(words)

    page = decider.open("/merges/")
    decider.check_nothing_is_out_of_reach()
    press(page, page.locator(f"main a[href^='{stays.path}/merges/']").first, manner)
    press(page, page.locator("main a[href$='/undo']"), manner)
    page.wait_for_url("**/undo")
    decider.check_nothing_is_out_of_reach()
    press(page, page.locator("main form button"), manner)
    page.wait_for_url("**/merges/*")
    page = visitor.open(goes.path)
    expect(page.locator("main")).to_contain_text("Somebody who mends ovens")
    page = visitor.open(stays.path)
    expect(page.locator("main")).not_to_contain_text("Somebody who mends ovens")
    expect(page.locator("main")).to_contain_text("We bake.")
