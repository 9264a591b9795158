"""P3: an organisation claims its page by its published address, invites a colleague, takes a change back, and hides."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from network.accounts.models import Person as Account
from network.accounts.models import Role
from network.directory.models import Organization
from network.extensions import db
from tests.journeys.browser import Person
from tests.journeys.manners import MANNERS, press, sign_in, write


@pytest.fixture
def organization(served_app: Flask, manner: str) -> tuple[str, str]:
    """The slug and the published address of a club that nobody claimed: another one for each manner."""
    with served_app.app_context():
        claimed = select(Role.organization_id).where(Role.organization_id.is_not(None))
        free = (Organization.email != "", Organization.standing == "current", Organization.id.not_in(claimed))
        query = select(Organization.slug, Organization.email).where(*free, Organization.category == "club")
        found = db.session.execute(query.order_by(Organization.id).offset(list(MANNERS).index(manner)).limit(1)).one()
        return found.slug, found.email


def test_an_organisation_claims_its_page_and_looks_after_it(
    person: Callable[..., Person],
    served_app: Flask,
    address: str,
    organization: tuple[str, str],
    mailed: Callable[[str, str], str],
    manner: str,
):
    slug, published = organization
    email = f"amara-{manner}@example.org"
    visitor = person(**MANNERS[manner])
    page = visitor.open(f"/organizations/{slug}")
    press(page, page.locator(".ways-in a[href$='/claim']"), manner)
    page.wait_for_url("**/claim")
    visitor.check_nothing_is_out_of_reach()
    press(page, page.locator("main a.button"), manner)
    sign_in(page, address, email, mailed, manner, f"**/organizations/{slug}/claim")

    expect(page).to_have_url(re.compile(f"/organizations/{slug}/claim$"))
    visitor.check_nothing_is_out_of_reach()
    assert published not in page.content()
    press(page, page.locator("main form button"), manner)
    expect(page.locator(".done")).to_be_visible()
    page.goto(address + mailed("claim_address", published))
    visitor.check_nothing_is_out_of_reach()
    press(page, page.locator("main form[action$='/claim/open'] button"), manner)
    expect(page).to_have_url(re.compile(f"/organizations/{slug}/edit$"))

    page.goto(f"{address}/organizations/{slug}/colleagues")
    write(page, page.locator("main input[name=email]"), f"colleague-{manner}@example.org", manner)
    press(page, page.locator("main form[action$='/invite'] button"), manner)
    expect(page.locator(".done")).to_be_visible()
    assert mailed("invitation", f"colleague-{manner}@example.org")

    stranger = person(**MANNERS[manner])
    other = stranger.open(f"/organizations/{slug}/suggest")
    stranger.check_nothing_is_out_of_reach()
    write(other, other.locator("main input[name=phone]"), "+44 113 496 0000", manner)
    press(other, other.locator("main form button"), manner)
    expect(other.locator(".done")).to_be_visible()

    page.goto(f"{address}/organizations/{slug}/suggestions")
    expect(page.locator("ins")).to_have_text("+44 113 496 0000")
    visitor.check_nothing_is_out_of_reach()
    press(page, page.locator("main form button").first, manner)
    expect(page.locator(".done")).to_be_visible()
    page.goto(f"{address}/organizations/{slug}/history")
    visitor.check_nothing_is_out_of_reach()
    press(page, page.locator(".save form button").first, manner)
    expect(page.locator(".done")).to_be_visible()
    expect(page.locator(".save").nth(1).locator("form")).to_have_count(0)
    visitor.check_width()

    page.goto(f"{address}/organizations/{slug}/leave")
    write(page, page.locator("main textarea[name=reason]"), "We merged with another group.", manner)
    press(page, page.locator(f"main form[action='/organizations/{slug}/leave'] button"), manner)
    expect(page.locator("main textarea[name=reason]")).to_have_count(0)
    with served_app.app_context():
        club = db.session.scalars(select(Organization).where(Organization.slug == slug)).one()
        assert club.standing == "ended"
        club.standing = "current"  # as the other journeys know it
        db.session.delete(db.session.scalars(select(Account).where(Account.email == email)).one())
        db.session.commit()
