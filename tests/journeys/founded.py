"""An organisation of a test's own, with what it offers and seeks, and somebody who looks after it."""

import os
from collections.abc import Iterable, Sequence
from secrets import token_hex, token_urlsafe
from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from network.accounts.models import Person as Account
from network.accounts.models import Role, SignedIn
from network.accounts.present import hashed
from network.clock import now
from network.directory.models import Listing, Organization
from network.extensions import db
from network.introductions.models import Introduction, Party
from network.mail.models import Message
from tests.journeys.browser import Person


def let_in(app: Flask, person: Person, email: str, strong: bool = False) -> None:
    """Sign somebody in, in this browser; `strong` as if by a passkey, which staff need for their hat."""
    token = token_urlsafe()
    with app.app_context():
        who = db.session.scalars(select(Account.id).where(Account.email == email)).one()
        db.session.add(SignedIn(token_hash=hashed(token), person_id=who, strong=strong))
        db.session.commit()
    value = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token})  # type: ignore[attr-defined]
    person.context.add_cookies([{"name": "session", "value": value, "url": person.address}])


class Founded:
    """`listings` are (side, kind, title); what else is told are fields of the organisation."""

    def __init__(self, app: Flask, name: str, listings: Iterable[Sequence[str]] = (), **fields: Any) -> None:
        self.app, self.name = app, name
        self.slug = f"{name.lower().replace(' ', '-')}-{token_hex(4)}"
        self.email = f"{self.slug}@example.org"
        fields = {"category": "club", "standing": "current", "confirmed_on": now().date()} | fields
        with app.app_context():
            made = Organization(name=name, slug=self.slug, **fields)
            for position, (side, kind, title) in enumerate(listings):
                made.listings.append(Listing(side=side, kind=kind, title=title, position=position))
            db.session.add(made)
            db.session.flush()
            admin = Account(email=self.email, name=f"Admin of {name}", handle=os.urandom(32))
            admin.roles = [Role(role="admin", organization_id=made.id)]
            db.session.add(admin)
            db.session.flush()
            self.id, self.admin_id, self.listing_ids = made.id, admin.id, [one.id for one in made.listings]
            db.session.commit()

    @property
    def path(self) -> str:
        return f"/organizations/{self.slug}"

    def let_in(self, person: Person) -> None:
        """Sign its admin in, in this browser."""
        let_in(self.app, person, self.email)

    def take_away(self) -> None:
        with self.app.app_context():
            mine = select(Party.introduction_id).where(Party.organization_id == self.id)
            for one in db.session.scalars(select(Introduction).where(Introduction.id.in_(mine))):
                db.session.delete(one)
            db.session.delete(db.session.get_one(Organization, self.id))
            db.session.execute(delete(Message).where(Message.address == self.email))
            db.session.execute(delete(Account).where(Account.id == self.admin_id))
            db.session.commit()
