"""How relationships go on: who may change one, and how its standing, owner and next step are written. One rule for
the drawing table and the pipeline, with the question before something becomes public."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Role
from network.clock import now
from network.directory import queries as directory
from network.directory.models import Organization
from network.directory.texts import one_line
from network.directory.vocabulary import PUBLIC_STANDINGS, STANDINGS
from network.hats import Hat, Identity, Subject
from network.history import recording
from network.maps.eyes import Eyes
from network.maps.steps import Refused
from network.matching.models import Prospect
from network.matching.prospects import STANDINGS as LOOKED_FOR
from network.matching.prospects import THING
from network.permissions import wearing
from network.text import gettext as _

STEP = 300  # characters of a next step


def changeable(session: Session, who: Identity, eyes: Eyes, id: Any, action: str) -> Organization:
    """An organisation that somebody sees and may do something to; what is done wears the hat that lets them.

    Raises Refused.
    """
    seen = Organization.id == id, eyes.sees()
    found = session.scalars(select(Organization).where(*seen)).first() if isinstance(id, int) else None
    if found is None:
        raise Refused(_("That organisation is no longer there."))
    subject = directory.subject(session, found.slug)
    worn = wearing(action, who, subject) if isinstance(subject, Subject) else None
    if worn is None and not own_prospect(session, eyes, found):
        raise Refused(_("You may look at %(name)s, and not change it.", name=found.name))
    g.worn = worn or who.worn[0]
    return found


def own_prospect(session: Session, eyes: Eyes, found: Organization) -> bool:
    """Whether it is a partner that a network of whoever looks is looking for."""
    mine = select(Prospect.id).where(Prospect.organization_id == found.id, Prospect.network_id.in_(eyes.networks or ()))
    return not found.public and session.scalar(mine) is not None


def move(session: Session, eyes: Eyes, found: Organization, said: Mapping[str, Any]) -> dict[str, Any]:
    """Write the standing of an organisation, its owner, next step and day; gives how it was, to be said again.

    Whoever makes it public must be `sure`. Whether it is looked for follows from the standing, unless that is said.
    Raises Refused.
    """
    wanted = said.get("standing")
    if wanted not in STANDINGS:
        raise Refused(_("Choose a standing from the list."))
    if wanted in PUBLIC_STANDINGS and not found.public and not said.get("sure"):
        raise Refused(_("Everyone will see %(name)s then. Is that meant?", name=found.name), sure=True)
    looking = select(Prospect).where(Prospect.organization_id == found.id)
    one = session.scalars(looking.where(*eyes.prospects())).first()
    others = one is None and session.scalars(looking).first() is not None  # who look for it, and go on doing so
    before = before_of(found, one)
    restored = said.get("looked_for") is not None
    needed = bool(said["looked_for"]) if restored else wanted in LOOKED_FOR
    owner, due = owner_of(session, eyes, said.get("owner"), before.get("owner"), restored), day(said.get("due_on"))
    step = one_line(str(said.get("next_step") or ""))[:STEP]
    found.standing = str(wanted)
    action = "changed"
    if one is None and not others and (needed or owner or step):
        one, action = Prospect(organization_id=found.id, network_id=(eyes.networks or (None,))[0]), "added"
        session.add(one)
    if one is not None:
        changed = (one.owner_id, one.next_step, one.due_on) != (owner, step, due)
        one.owner_id, one.next_step, one.due_on = owner, step, due
        if needed != (one.closed_at is None):
            action = "reopened" if needed else "closed"
        one.closed_at = None if needed else (one.closed_at or now())
        session.flush()
        if changed or action != "changed":
            recording.happened(session, found.id, action, THING, one.id)
    session.flush()
    return before


def before_of(found: Organization, one: Prospect | None) -> dict[str, Any]:
    """How a relationship stands, in the words in which it is changed."""
    kept: dict[str, Any] = {"standing": found.standing, "looked_for": one is not None and one.closed_at is None}
    if one is not None:
        kept |= {"owner": one.owner_id, "next_step": one.next_step, "due_on": one.due_on and one.due_on.isoformat()}
    return kept


def owner_of(session: Session, eyes: Eyes, owner: Any, present: Any, restored: bool) -> int | None:
    """Who is to look after it: of those who look after the network, or whoever does already. Raises Refused."""
    if not isinstance(owner, int):
        return None
    role = (Role.role == Hat.STAFF) if eyes.networks is None else Role.organization_id.in_(eyes.networks)
    hats = select(Role.id).where(Role.person_id == owner, Role.role.in_((Hat.STAFF, Hat.COORDINATOR)), role)
    if owner == present or session.scalar(hats.limit(1)) is not None:
        return owner
    if restored:
        return None
    raise Refused(_("Choose who looks after it from the list."))


def day(given: Any) -> date | None:
    """A day as it was sent. Raises Refused."""
    if not given:
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise Refused(_("Write the day as in 2026-12-01.")) from None
