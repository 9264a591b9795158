"""A map of a small network, drawn by staff: three organisations in a row, for as long as a test lasts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from flask import Flask
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict

from network.accounts.models import Person as Account
from network.accounts.models import Role
from network.directory.models import Link, Organization
from network.extensions import db
from network.hats import Hat, Identity, Worn
from network.maps import kept
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.models import MapPlace, SavedMap
from tests.journeys.founded import Founded

FARIDA = "farida@lantern-and-loom.example"  # of the staff
COORDINATOR = "coordinator@quay.example"
LAB, NET, CLUB = "Anchor Lab", "Quay Network", "Beacon Club"
WISH = "Anchor Labs"  # a partner that is desired
APART = 12.0  # map units


@contextmanager
def quay(app: Flask, founded: Callable[..., Founded]) -> Iterator[str]:
    """Gives the address of the map. What is added to it under the name of the wish goes with it."""
    network = founded(NET, category="affiliate_network")
    lab, club = founded(LAB), founded(CLUB)
    with app.app_context():
        coordinator = Account(email=COORDINATOR, name="Coordinator", handle=os.urandom(32))
        coordinator.roles = [Role(role="coordinator", organization_id=network.id)]
        db.session.add(coordinator)
        for one in (lab, club):
            there = {"type": "member_of", "confirmed_by": "staff", "confirmed_on": date(2026, 3, 1)}
            db.session.add(Link(from_id=one.id, to_id=network.id, **there))
        db.session.flush()
        staff = db.session.scalars(select(Account.id).where(Account.email == FARIDA)).one()
        who, asked = Identity(staff, (Worn(Hat.STAFF),), True), Asked.parse(MultiDict({"network": network.slug}))
        made = kept.make(db.session(), who, "Quay", "", "staff", asked, Eyes(None))
        db.session.execute(delete(MapPlace).where(MapPlace.map_id == made.id))
        for at, one in enumerate((lab, network, club)):
            place = MapPlace(map_id=made.id, organization_id=one.id, x=APART * at, y=0.0, hidden=False)
            place.pinned = one is network  # which is no member of itself
            db.session.add(place)
        made.network_id = network.id
        slug = made.slug
        db.session.commit()
    yield slug
    with app.app_context():
        db.session.execute(delete(Account).where(Account.email == COORDINATOR))
        db.session.delete(db.session.scalars(select(SavedMap).where(SavedMap.slug == slug)).one())
        for wish in db.session.scalars(select(Organization).where(Organization.name == WISH)):
            db.session.delete(wish)
        db.session.commit()
