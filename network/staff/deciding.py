"""Deciding about cards, noting what was decided, and taking it back for thirty days."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import Session

from network.clock import now
from network.directory import queries as directory
from network.directory.models import Organization
from network.hats import Identity, Subject
from network.matching.looking import Desk
from network.permissions import may, wearing
from network.staff import charging
from network.staff.models import Decision
from network.text import gettext as _
from network.waiting import Act, By, Refused, Row, sources

WINDOW = timedelta(days=30)


def act_of(kind: str, key: str) -> Act | None:
    """Something that can be done about a kind of card: what its feature says, or what the desk does with every card."""
    source = sources.get(kind)
    return (source.acts.get(key) if source else None) or charging.ACTS.get(key)


def allowed(session: Session, who: Identity, desk: Desk, act: Act, organization_id: int | None) -> bool:
    """Whether somebody may do something about a card; what is done wears the hat that lets them."""
    g.worn = desk.worn
    if organization_id is None:
        return desk.staff
    if act.key in charging.ACTS:
        return True  # that the desk shows the card is enough
    organization = session.get(Organization, organization_id)
    subject = directory.subject(session, organization.slug) if organization else None
    if not isinstance(subject, Subject) or not may(act.may, who, subject):
        return False
    g.worn = wearing(act.may, who, subject) or desk.worn
    return True


def decide(session: Session, who: Identity, desk: Desk, row: Row, key: str, by: By, together: str = "") -> Decision:
    """Do something about a card, and note it. Raises Refused."""
    act = act_of(row.kind, key)
    if act is None or not allowed(session, who, desk, act, row.organization_id):
        raise Refused(_("You may see this, and not decide about it."))
    before = act.do(session, row, by)
    made = Decision(kind=row.kind, thing_id=row.id, since=row.since, organization_id=row.organization_id, act=key)
    made.person_id, made.at, made.before, made.together = by.person_id, now(), before, together or token_hex(8)
    session.add(made)
    session.flush()
    return made


def undoable(made: Decision) -> bool:
    """Whether a decision can be taken back, as far as one sees without looking at the thing."""
    act = act_of(made.kind, made.act)
    return bool(act and act.undo and made.undone_at is None and now() - made.at <= WINDOW)


def take_back(session: Session, who: Identity, desk: Desk, made: Decision) -> Sequence[str]:
    """Undo a decision: the card waits again, as it did; gives what is to be said of it. Raises Refused."""
    session.refresh(made, with_for_update=True)
    act = act_of(made.kind, made.act)
    if not undoable(made) or act is None or act.undo is None:
        raise Refused(_("This can't be taken back any more."))
    if not allowed(session, who, desk, act, made.organization_id):
        raise Refused(_("You may see this, and not decide about it."))
    row = Row(made.kind, made.thing_id, made.organization_id, made.since)
    said = act.undo(session, row, made.before, By(who.person_id or 0))
    made.undone_at, made.undone_by_id = now(), who.person_id
    session.flush()
    return said or (_("Taken back: it waits again."),)


def decided_by(session: Session, person_id: int) -> list[dict[str, str]]:
    """What somebody decided at the desk, for them to take along."""
    query = select(Decision.at, Decision.kind, Decision.act).where(Decision.person_id == person_id)
    rows = session.execute(query.order_by(Decision.id))
    return [{"at": f"{at.isoformat()}Z", "about": kind, "did": act} for at, kind, act in rows]
