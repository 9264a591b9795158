"""Questions about what was decided at the desk; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.clock import now
from network.matching.looking import Desk
from network.staff.deciding import WINDOW, act_of, undoable
from network.staff.models import Decision
from network.staff.queue import abouts, theirs
from network.waiting import About, sources

EACH = 50
FRESH = timedelta(minutes=15)  # for which the last decision can be taken back from the queue itself


@dataclass(frozen=True)
class Decided:
    """A decision as a page tells it."""

    decision: Decision
    what: Any
    kind: Any
    about: About | None
    who: str
    undoable: bool
    more: str = ""


def decisions_of(
    session: Session, desk: Desk, before: int | None = None, only: int | None = None
) -> tuple[Sequence[Decided], int | None]:
    """The decisions of the last thirty days that a desk sees, the newest first, and after which the next ones stand."""
    since = Decision.at >= now() - WINDOW
    query = select(Decision).where(since, *theirs(desk, Decision.organization_id)).order_by(Decision.id.desc())
    if before is not None:
        query = query.where(Decision.id < before)
    if only is not None:
        query = query.where(Decision.id == only)
    found = session.scalars(query.limit(EACH + 1)).all()
    return told(session, found[:EACH]), found[EACH - 1].id if len(found) > EACH else None


def latest(session: Session, person_id: int) -> Decided | None:
    """What somebody decided last, while it is fresh."""
    mine = (Decision.person_id == person_id, Decision.at >= now() - FRESH)
    found = session.scalars(select(Decision).where(*mine).order_by(Decision.id.desc()).limit(1)).all()
    return next((one for one in told(session, found) if one.undoable), None)


def told(session: Session, found: Sequence[Decision]) -> list[Decided]:
    about = abouts(session, (one.organization_id for one in found))
    persons = {one.person_id for one in found}
    known = session.scalars(select(Person).where(Person.id.in_(persons))) if persons else ()
    names = {person.id: person.name or person.email for person in known}
    rows = []
    for one in found:
        act, source = act_of(one.kind, one.act), sources.get(one.kind)
        what, kind = act.done if act else one.act, source.label if source else one.kind
        of, who = about.get(one.organization_id or 0), names.get(one.person_id or 0, "")
        told_more = act.told(one.before) if act and act.told else ""
        rows.append(Decided(one, what, kind, of, who, undoable(one), told_more))
    return rows
