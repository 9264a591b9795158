"""What can be done with a match besides asking: putting it aside, taking it back, noting that it was shown."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from network.clock import now
from network.extensions import touched
from network.matching.models import Dismissal, Shown

LATER = "later"
DAYS = {LATER: 30, "not_now": 90, "no_capacity": 90}
"""For how long a reason holds; the others hold until somebody undoes them."""


def put_aside(session: Session, organization_id: int, other_id: int, reason: str, by: int | None, today: date) -> None:
    """Show an organisation to another no more, or for some days not; said again, the last reason holds."""
    until = today + timedelta(days=DAYS[reason]) if reason in DAYS else None
    values = {"reason": "" if reason == LATER else reason, "until": until, "person_id": by, "at": now()}
    same = (Dismissal.organization_id == organization_id, Dismissal.other_id == other_id)
    if touched(session, update(Dismissal).where(*same).values(**values)):
        return
    try:
        with session.begin_nested():
            new = {"organization_id": organization_id, "other_id": other_id}
            session.execute(insert(Dismissal).values(**new, **values))
    except IntegrityError:  # a colleague did the same at this moment
        session.execute(update(Dismissal).where(*same).values(**values))


def take_back(session: Session, organization_id: int, other_id: int) -> bool:
    """Show an organisation to another again; whether it had been put aside."""
    same = (Dismissal.organization_id == organization_id, Dismissal.other_id == other_id)
    return touched(session, delete(Dismissal).where(*same)) > 0


def note_shown(connection: Connection, organization_id: int, others: Iterable[int], today: date) -> None:
    """Count one more day on which each of some organisations was shown to another; a second time counts as none."""
    ids = sorted(others)
    same = (Shown.organization_id == organization_id, Shown.other_id.in_(ids))
    later = update(Shown).where(*same, Shown.last_on < today).values(days=Shown.days + 1, last_on=today)
    connection.execute(later)  # first of all, so that SQLite waits for its turn
    there = set(connection.scalars(select(Shown.other_id).where(*same)))
    new = [
        {"organization_id": organization_id, "other_id": id, "days": 1, "first_on": today, "last_on": today}
        for id in ids
        if id not in there
    ]
    if new:
        connection.execute(insert(Shown), new)
