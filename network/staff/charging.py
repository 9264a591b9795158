"""Who looks after a card, and when: what the desk does with every kind. Nothing of the thing itself is changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.clock import now
from network.staff import hands
from network.staff.models import Charge
from network.text import gettext as _
from network.text import lazy_gettext as _l
from network.waiting import Act, Before, By, Refused, Row, by_key

LONGEST = timedelta(days=366)


def charge_of(session: Session, row: Row) -> Charge:
    """The charge of a card, locked; made when there is none."""
    which = (Charge.kind == row.kind, Charge.thing_id == row.id, Charge.since == row.since)
    query = select(Charge).where(*which).with_for_update().execution_options(populate_existing=True)
    known = session.scalars(query).first()
    if known is not None:
        return known
    made = Charge(kind=row.kind, thing_id=row.id, since=row.since)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # somebody else took it up a moment ago
        return session.scalars(query).one()
    return made


def stood(charge: Charge) -> Before:
    """How a charge stands, as JSON can hold it."""
    return {
        "owner": charge.owner_id,
        "until": charge.until.isoformat() if charge.until else None,
        "aside": charge.aside_at is not None,
    }


def changed(session: Session, row: Row, **changes: Any) -> Before:
    """Change the charge of a card; gives how it was, and how it is."""
    charge = charge_of(session, row)
    before = stood(charge)
    for name, value in changes.items():
        setattr(charge, name, value)
    return before | {"made": stood(charge)}


def take(session: Session, row: Row, by: By) -> Before:
    """Look after a card oneself."""
    if charge_of(session, row).owner_id not in (None, by.person_id):
        raise Refused(_("Somebody else looks after it already: ask them to hand it over."))
    return changed(session, row, owner_id=by.person_id)


def release(session: Session, row: Row, by: By) -> Before:
    """Let nobody look after a card."""
    return changed(session, row, owner_id=None)


def hand(session: Session, row: Row, by: By) -> Before:
    """Let somebody else look after a card: the first of `chosen` is the id of who."""
    wanted = by.chosen[0] if by.chosen else ""
    if wanted not in dict(hands.for_one(session, row.organization_id)):
        raise Refused(_("Choose who looks after it from the list."))
    return changed(session, row, owner_id=int(wanted))


def rest(session: Session, row: Row, by: By) -> Before:
    """Show a card again on a day: the first of `chosen`."""
    return changed(session, row, until=day(by.chosen[0] if by.chosen else ""))


def day(text: str) -> date:
    """A day after today, within a year. Raises Refused."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Refused(_("Write the day as in 2026-12-01.")) from None
    if not timedelta() < found - now().date() <= LONGEST:
        raise Refused(_("Choose a day after today, within a year."))
    return found


def wake(session: Session, row: Row, by: By) -> Before:
    """Show a card again that rests."""
    return changed(session, row, until=None)


def aside(session: Session, row: Row, by: By) -> Before:
    """Show a card no more: it needs nothing."""
    return changed(session, row, aside_at=now())


def put_back(session: Session, row: Row, before: Before, by: By) -> None:
    """Let the charge of a card be as it was before a decision, unless somebody changed it since."""
    charge, owner = charge_of(session, row), before["owner"]
    if stood(charge) != before["made"]:
        raise Refused(_("Somebody changed since who looks after it, or when."))
    charge.owner_id = owner if owner and session.get(Person, owner) else None
    charge.until = date.fromisoformat(before["until"]) if before["until"] else None
    charge.aside_at = charge.aside_at if before["aside"] else None


def of_the_desk(key: str, label: Any, done: Any, do: Callable[[Session, Row, By], Before]) -> Act:
    return Act(key, label, done, do, put_back, several=True)


ACTS = by_key(
    *(
        of_the_desk("take", _l("I look after it"), _l("Taken on"), take),
        of_the_desk("release", _l("I look after it no more"), _l("Given back"), release),
        of_the_desk("hand", _l("Hand it over"), _l("Handed over"), hand),
        of_the_desk("later", _l("Show it again on that day"), _l("Put off"), rest),
        of_the_desk("wake", _l("Bring it back now"), _l("Brought back"), wake),
        of_the_desk("aside", _l("It needs nothing"), _l("Set aside"), aside),
    )
)
"""What can be done with every card."""
