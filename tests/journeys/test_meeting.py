"""P4: from a match to an introduction that both agree to, and weeks later to a tie that stands on both pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from network.extensions import db
from network.introductions.models import Introduction, Party
from tests.journeys.browser import Person
from tests.journeys.conftest import VISITORS
from tests.journeys.founded import Founded
from tests.journeys.manners import MANNERS, press, sign_in, tick, write

KILN = "A kiln that fires the robots our evening class makes of clay"
WORDS = "Our class of twelve makes robots of clay and would fire them with you in March."
WEEKS = timedelta(weeks=3, days=1)


@pytest.fixture
def lab(founded: Callable[..., Founded]) -> Founded:
    return founded("Clay Robot Class", [("seek", "venue", KILN)], country="GB", languages=["en"])


@pytest.fixture
def pottery(founded: Callable[..., Founded]) -> Founded:
    return founded("Holbeck Pottery", [("offer", "venue", KILN)], country="GB", languages=["en"])


def address_of(page: Page, one: Founded) -> Locator:
    return page.locator(f"#contacts ~ ul a[href='mailto:{one.email}']")


def let_weeks_pass(app: Flask, one: Founded) -> None:
    """Move an introduction into the past, and let the timer look at it."""
    with app.app_context():
        found = db.session.scalars(select(Introduction).join(Party).where(Party.organization_id == one.id)).one()
        assert found.due_at
        found.asked_at, found.changed_at, found.due_at = (
            then - WEEKS for then in (found.asked_at, found.changed_at, found.due_at)
        )
        db.session.commit()
        app.extensions["jobs"]["introductions"](db.session())
        db.session.commit()


def test_two_who_fit_meet_and_say_what_came_of_it(
    person: Callable[..., Person],
    served_app: Flask,
    address: str,
    lab: Founded,
    pottery: Founded,
    letter: Callable[[str, str], str],
    mailed: Callable[[str, str], str],
    manner: str,
):
    asker, answerer = person(**MANNERS[manner]), person(**MANNERS[manner])
    lab.let_in(asker)
    page = asker.open(lab.path)
    press(page, page.locator(".ways-in a[href$='/matches']"), manner)
    page.wait_for_url("**/matches")
    card = page.locator(f"#match-{pottery.slug}")
    expect(card).to_contain_text(KILN)
    asker.check_nothing_is_out_of_reach()
    press(page, card.locator(".doing a.button"), manner)
    page.wait_for_url("**/introductions/new?*")
    expect(page.locator("#listing")).to_have_value(str(pottery.listing_ids[0]))
    asker.check_nothing_is_out_of_reach()
    write(page, page.locator("#words"), WORDS, manner)
    press(page, page.locator("main form button"), manner)
    expect(page.locator(".done")).to_be_visible()
    assert pottery.email not in page.content()
    asker.check_nothing_is_out_of_reach()

    text = letter("introduction_asked", pottery.email)
    assert WORDS in text
    assert lab.email not in text
    other = answerer.open(mailed("introduction_asked", pottery.email))
    sign_in(other, address, pottery.email, mailed, manner, "**/introductions/*")
    expect(other.locator("main blockquote").first).to_contain_text(WORDS)
    assert lab.email not in other.content()
    answerer.check_nothing_is_out_of_reach()
    press(other, other.locator("main form[action$='/accept'] button"), manner)
    expect(address_of(other, lab)).to_be_visible()
    answerer.check_nothing_is_out_of_reach()
    page.reload()
    expect(address_of(page, pottery)).to_be_visible()
    asker.check_nothing_is_out_of_reach()
    assert pottery.email in letter("introduction_accepted", lab.email)
    assert lab.email in letter("introduction_accepted", pottery.email)

    let_weeks_pass(served_app, lab)
    for one in (lab, pottery):
        reader = person(**MANNERS[manner])  # the mail is enough: nobody signs in
        asked = reader.open(mailed("introduction_how_did_it_go", one.email))
        reader.check_nothing_is_out_of_reach()
        tick(asked, asked.locator("input[name=outcome][value=together]"), manner)
        press(asked, asked.locator("main form button"), manner)
        expect(asked.locator("main input[name=outcome]:not(:checked)")).to_have_count(0 if one is pottery else 4)
        reader.check_nothing_is_out_of_reach()
        shown = reader.open(lab.path)
        expect(shown.locator(f".ties a[href='{pottery.path}']")).to_have_count(1 if one is pottery else 0)

    visitor = person(**MANNERS[manner])
    for one, tied in ((lab, pottery), (pottery, lab)):
        assert "together" in letter("introduction_together", one.email)
        expect(visitor.open(one.path).locator(f".ties a[href='{tied.path}']")).to_be_visible()
        visitor.check_nothing_is_out_of_reach()


@pytest.mark.parametrize("visitor_name", ["desktop", "phone", "right-to-left", "without-script"])
def test_whoever_does_not_want_a_match_says_so_in_one_tap_and_takes_it_back(
    person: Callable[..., Person], lab: Founded, pottery: Founded, visitor_name: str
):
    her = person(**VISITORS[visitor_name])
    lab.let_in(her)
    page = her.open(f"{lab.path}/matches")
    card = page.locator(f"li#match-{pottery.slug}")
    card.locator(".doing summary").click()
    her.check_nothing_is_out_of_reach()
    card.locator("button[value=wrong_place]").click()
    expect(card.locator("a.button")).to_have_count(0)
    her.check_nothing_is_out_of_reach()
    card.locator("button").click()
    expect(card.locator("a.button")).to_be_visible()


@pytest.mark.parametrize("visitor_name", ["desktop", "without-script"])
def test_the_other_side_asks_first_and_then_declines_kindly(
    person: Callable[..., Person],
    lab: Founded,
    pottery: Founded,
    letter: Callable[[str, str], str],
    mailed: Callable[[str, str], str],
    visitor_name: str,
):
    asker, answerer = (person(**VISITORS[visitor_name], expected=(422,)) for _ in range(2))
    lab.let_in(asker)
    pottery.let_in(answerer)
    page = asker.open(f"{lab.path}/introductions/new?to={pottery.slug}")
    page.locator("#words").fill("Write to me at once: amara@example.org")
    page.locator("main form button").click()
    expect(page.locator("#words-errors")).to_be_visible()
    asker.check_nothing_is_out_of_reach()
    page.locator("#words").fill(WORDS)
    page.locator("main form button").click()
    expect(page.locator(".done")).to_be_visible()

    other = answerer.open(mailed("introduction_asked", pottery.email))
    form = other.locator("form[action$='/question']")
    other.locator("details", has=form).locator("summary").click()
    answerer.check_nothing_is_out_of_reach()
    form.locator("textarea").fill("How large are the robots?")
    form.locator("button").click()
    expect(other.locator(".done")).to_be_visible()
    assert "How large" in letter("introduction_question", lab.email)
    page = asker.open(mailed("introduction_question", lab.email))
    page.locator("form[action$='/reply'] textarea").fill("As large as a hand, and hollow.")
    page.locator("form[action$='/reply'] button").click()
    expect(page.locator(".done")).to_be_visible()

    other = answerer.open(mailed("introduction_reply", pottery.email))
    form = other.locator("form[action$='/decline']")
    other.locator("details", has=form).locator("summary").click()
    form.locator("button").click()
    expect(form.locator(".errors")).to_be_visible()
    answerer.check_nothing_is_out_of_reach()
    form.locator("input[value=no_capacity]").check()
    form.locator("button").click()
    expect(other.locator("form[action$='/accept']")).to_have_count(0)
    text = letter("introduction_declined", lab.email)
    assert "three months" in text
    assert pottery.email not in text
    page = asker.open(mailed("introduction_declined", lab.email))
    assert pottery.email not in page.content()
    asker.check_nothing_is_out_of_reach()
