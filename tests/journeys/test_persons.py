"""P3: one writes to a contact person, who decides about herself; an organisation leaves, comes back and is erased."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import token_hex, token_urlsafe

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import delete, select

from network.accounts.models import Person as Account
from network.accounts.models import Role, SignedIn
from network.accounts.present import hashed
from network.clock import now
from network.directory.models import FormerSlug, Organization
from network.extensions import db
from network.mail.models import Message
from network.profiles.models import ContactPerson, OwnLink
from tests.journeys.browser import Person
from tests.journeys.conftest import VISITORS


class Workshop:
    """An organisation of this test's own, with an admin and a contact person."""

    def __init__(self, app: Flask) -> None:
        self.app, self.slug, self.session = app, f"workshop-{token_hex(4)}", token_urlsafe()
        self.link, self.address = token_urlsafe(), f"{self.slug}@example.org"
        with app.app_context():
            made = Organization(name="Quiet Workshop", slug=self.slug, category="member", standing="current")
            db.session.add(made)
            db.session.flush()
            admin = Account(email=f"admin-{self.address}", name="Kofi", handle=os.urandom(32))
            admin.roles = [Role(role="admin", organization_id=made.id)]
            db.session.add(admin)
            db.session.flush()
            db.session.add(SignedIn(token_hash=hashed(self.session), person_id=admin.id))
            named = {"name": "Amara", "title": "looks after the workshop", "email": self.address}
            db.session.add(ContactPerson(organization_id=made.id, visible="public", agreed_at=now(), **named))
            later = now() + timedelta(hours=1)
            db.session.add(OwnLink(email=self.address, token_hash=hashed(self.link), expires_at=later))
            db.session.commit()

    def letters(self) -> list[str]:
        """The texts of the mails that wait for the contact person."""
        with self.app.app_context():
            return list(db.session.scalars(select(Message.text).where(Message.address == self.address)))

    def take_away(self) -> None:
        with self.app.app_context():
            made = db.session.scalar(select(Organization).where(Organization.slug == self.slug))
            if made:
                db.session.delete(made)
            db.session.execute(delete(FormerSlug).where(FormerSlug.slug == self.slug))
            db.session.execute(delete(Account).where(Account.email == f"admin-{self.address}"))
            db.session.execute(delete(Message).where(Message.address == self.address))
            db.session.commit()

    def let_in(self, person: Person) -> None:
        """Sign the admin in, in this browser."""
        signer = self.app.session_interface.get_signing_serializer(self.app)
        cookie = {"name": "session", "value": signer.dumps({"_user_id": self.session}), "url": person.address}
        person.context.add_cookies([cookie])


@pytest.fixture
def workshop(served_app: Flask) -> Iterator[Workshop]:
    made = Workshop(served_app)
    yield made
    made.take_away()


def test_anybody_writes_to_a_contact_person_whose_address_stays_hidden(visitor: Person, workshop: Workshop):
    page = visitor.open(f"/organizations/{workshop.slug}")
    assert workshop.address not in page.content()
    visitor.check_nothing_is_out_of_reach()
    page.locator(".askable a.button").click()
    assert workshop.address not in page.content()
    page.locator("#message").fill("May I come on Thursday?")
    page.locator("#name").fill("Ben")
    page.locator("#email").fill("nowhere")
    visitor.expected.add(422)
    page.locator("main form button").click()
    expect(page.locator("#email-errors")).to_be_visible()
    expect(page.locator("#message")).to_have_value("May I come on Thursday?")
    visitor.check_nothing_is_out_of_reach()
    page.locator("#email").fill("ben@example.org")
    page.locator("main form button").click()
    expect(page.locator(".done")).to_contain_text("ben@example.org")
    (letter,) = workshop.letters()
    assert "May I come on Thursday?" in letter


def test_a_contact_person_sees_changes_withdraws_and_erases_without_an_account(visitor: Person, workshop: Workshop):
    page = visitor.open(f"/contact?token={workshop.link}")
    visitor.check_nothing_is_out_of_reach()
    page.locator("main .sheet input[type=text]").first.fill("Amara K.")
    page.locator("form[action='/contact/change'] button").click()
    expect(page.locator(".done")).to_be_visible()
    page.locator("form[action='/contact/withdraw'] button").click()
    expect(page.locator("form[action='/contact/withdraw']")).to_have_count(0)
    assert "Amara" not in visitor.open(f"/organizations/{workshop.slug}").content()
    page = visitor.open(f"/contact?token={workshop.link}")
    page.locator("main a[href^='/contact/erase']").click()
    visitor.check_nothing_is_out_of_reach()
    page.locator("#sure").check()
    page.locator("main form button").click()
    expect(page.locator("h1")).to_be_visible()
    visitor.expected.add(404)
    visitor.open(f"/contact?token={workshop.link}")
    expect(page.locator("main a[href='/contact/find']")).to_be_visible()


@pytest.mark.parametrize("manner", ["desktop", "phone", "right-to-left", "without-script"])
def test_an_organization_leaves_comes_back_and_is_erased(
    person: Callable[..., Person], workshop: Workshop, manner: str
):
    admin = person(**VISITORS[manner], expected=(422, 404, 410))
    workshop.let_in(admin)
    page = admin.open(f"/organizations/{workshop.slug}/edit")
    page.locator(f"a[href='/organizations/{workshop.slug}/leave']").click()
    admin.check_nothing_is_out_of_reach()
    page.locator("#reason").fill("We moved.")
    page.locator("main form button").click()
    expect(page.locator("blockquote")).to_contain_text("We moved.")
    admin.check_nothing_is_out_of_reach()
    page.locator("main form button").click()
    expect(page).to_have_url(f"{admin.address}/organizations/{workshop.slug}")
    page = admin.open(f"/organizations/{workshop.slug}/erase")
    admin.check_nothing_is_out_of_reach()
    page.locator("#name").fill("Quiet")
    page.locator("main form button").click()
    expect(page.locator("#name-errors")).to_be_visible()
    page.locator("#name").fill("Quiet Workshop")
    page.locator("main form button").click()
    expect(page.locator("main a[href='/']")).to_be_visible()
    admin.open(f"/organizations/{workshop.slug}")
    expect(page.locator(".number")).to_contain_text("410")


def test_everything_is_reached_by_the_keyboard_alone(person: Callable[..., Person], workshop: Workshop):
    visitor = person()
    page = visitor.open(f"/organizations/{workshop.slug}")
    visitor.tab_to("Write to them")
    page.keyboard.press("Enter")
    page.wait_for_url("**/write?to=*")
    visitor.tab_to("#message")
    page.keyboard.type("May I come on Thursday?")
    page.keyboard.press("Tab")
    page.keyboard.type("Ben")
    page.keyboard.press("Tab")
    page.keyboard.type("ben@example.org")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".done")).to_contain_text("ben@example.org")
