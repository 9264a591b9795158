"""A network with a member and one who isn't, the people who look after them, and things that wait."""

from datetime import date, timedelta

import pytest

from network.clock import now
from network.directory.models import Task
from network.hats import Hat, Identity, Worn
from network.mail.models import Message
from network.matching.looking import Desk
from network.profiles.models import Claim, Suggestion
from network.staff import lately


@pytest.fixture(autouse=True)
def forgetful():
    """Nothing is remembered of the test before."""
    lately.forget()


@pytest.fixture
def coast(organization):
    return organization("Coast Network", category="member", slug="coast")


@pytest.fixture
def lab(organization, link, coast):
    """A member of the network."""
    made = organization("Harbour Lab", slug="lab", category="member", summary="We mend radios", website="https://a.org")
    link(made, coast, confirmed_on=date.today())
    return made


@pytest.fixture
def hill(organization):
    """One that is in no network."""
    return organization("Hill Club", slug="hill", category="member", email="hill@example.org")


@pytest.fixture
def farida(person):
    return person("farida@lantern-and-loom.example", "Farida", staff=True)


@pytest.fixture
def ines(person, coast):
    return person("ines@lantern-and-loom.example", "Ines", coordinator=coast)


@pytest.fixture
def staff(farida):
    """The staff's desk, and who sits at it."""
    worn = Worn(Hat.STAFF)
    return Desk(worn, None), Identity(farida.id, (worn,), True)


@pytest.fixture
def coordinator(ines, coast):
    """A coordinator's desk, and who sits at it."""
    worn = Worn(Hat.COORDINATOR, coast.id)
    return Desk(worn, (coast.id,)), Identity(ines.id, (worn,), True)


@pytest.fixture
def task(session):
    """A function that opens a task for somebody to look at, so many days ago."""

    def store(of, key="place:town_not_found", days=0, **facts):
        made = Task(organization_id=of.id, key=key, facts=facts, opened_at=now() - timedelta(days=days))
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def claim(session, person):
    """A function that stores a claim that somebody decides."""

    def store(of, days=0, by=None, **fields):
        made = Claim(
            organization_id=of.id, person_id=(by or person()).id, way="staff", reason="I lead the Tuesday group"
        )
        made.asked_at = now() - timedelta(days=days)
        for name, value in fields.items():
            setattr(made, name, value)
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def suggestion(session):
    """A function that stores a suggested correction."""

    def store(of, days=0, note="", **after):
        fields = {name: {"before": getattr(of, name), "after": value} for name, value in after.items()}
        made = Suggestion(organization_id=of.id, fields=fields, note=note, at=now() - timedelta(days=days))
        session.add(made)
        session.commit()
        return made

    return store


@pytest.fixture
def message(session):
    """A function that stores a mail that was given up."""

    def store(of=None, state="failed", **fields):
        facts = {"kind": "still_right", "locale": "en", "address": "", "subject": "", "text": "", "html": ""} | fields
        made = Message(state=state, organization_id=of.id if of else None, **facts)
        session.add(made)
        session.commit()
        return made

    return store
