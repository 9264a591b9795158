"""Relationships as those who look after the network see them: where each stands, who looks after it, what is next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.clock import now
from network.directory.models import Link, Organization
from network.history.models import Edit
from network.maps.eyes import Eyes
from network.matching.desired import Wanted
from network.matching.models import Prospect
from network.matching.prospects import STANDINGS as LOOKED_FOR

LATELY = 60  # days for which a change of standing keeps a relationship on the board
MOST = 20_000


@dataclass(frozen=True)
class Relation:
    """One organisation's relationship with the network. `prospect` is 0 for one that nobody wrote a step down for."""

    id: int
    slug: str
    name: str
    category: str
    standing: str
    country: str
    prospect: int = 0
    owner_id: int | None = None
    owner: str = ""
    next_step: str = ""
    due_on: date | None = None
    open: bool = False
    wanted: Wanted = Wanted()

    def overdue(self, today: date) -> bool:
        """Whether its next step should have been done by now."""
        return self.open and self.due_on is not None and self.due_on < today

    @property
    def mark(self) -> str:
        """What stands here, in short: another mark means that somebody changed it."""
        said = (self.standing, self.owner_id, self.next_step, self.due_on, self.open)
        return sha256(repr(said).encode()).hexdigest()[:16]


def rows(eyes: Eyes) -> Any:
    """Organisations with what somebody knows of who looks after them, and of what is next."""
    columns = (
        Organization.id,
        Organization.slug,
        Organization.name,
        Organization.category,
        Organization.standing,
        Organization.country,
        Prospect,
        Person,
    )
    known = and_(Prospect.organization_id == Organization.id, *eyes.prospects())
    return select(*columns).outerjoin(Prospect, known).outerjoin(Person, Person.id == Prospect.owner_id)


def desired(session: Session, eyes: Eyes) -> list[Relation]:
    """Who is to be won, by id: desired, or in conversation."""
    return relations(session, rows(eyes).where(Organization.standing.in_(LOOKED_FOR), theirs(eyes)))


def moving(session: Session, eyes: Eyes) -> list[Relation]:
    """What the pipeline holds, by id: who is to be won, who is looked for, and whose standing changed lately."""
    looked_for = Prospect.organization_id.is_not(None) & Prospect.closed_at.is_(None)
    lately = Organization.id.in_(changed_since(now() - timedelta(days=LATELY)))
    return relations(
        session, rows(eyes).where(or_(Organization.standing.in_(LOOKED_FOR), looked_for, lately), theirs(eyes))
    )


def relation(session: Session, eyes: Eyes, id: int, lock: bool = False) -> Relation | None:
    """One of them; locked, others wait for this transaction."""
    if lock:
        session.execute(select(Organization.id).where(Organization.id == id).with_for_update())
    return next(iter(relations(session, rows(eyes).where(Organization.id == id, theirs(eyes)))), None)


def owners_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Who looks after the relationships with some organisations, by their ids."""
    query = select(Prospect.organization_id, Person).join(Person, Person.id == Prospect.owner_id)
    return {id: named(person) for id, person in session.execute(query.where(Prospect.organization_id.in_(ids)))}


def theirs(eyes: Eyes) -> ColumnElement[bool]:
    """Which relationships somebody looks after: all, or those with members of their networks and with who they want."""
    if eyes.networks is None:
        return eyes.sees()
    member = exists().where(
        Link.from_id == Organization.id,
        Link.to_id.in_(eyes.networks),
        Link.type == "member_of",
        Link.confirmed_on.is_not(None),
        Link.ended_on.is_(None),
    )
    return or_(Prospect.network_id.in_(eyes.networks), member)


def changed_since(then: datetime) -> Select[Any]:
    """The organisations whose standing changed since a moment, by the history."""
    changed = or_(
        Edit.fields == "standing",
        Edit.fields.startswith("standing;"),
        Edit.fields.endswith(";standing"),
        Edit.fields.contains(";standing;"),
    )
    changes = (Edit.thing == "organization", Edit.action == "changed", Edit.at >= then)
    return select(Edit.organization_id).where(*changes, changed)


def relations(session: Session, query: Any) -> list[Relation]:
    found = []
    for row in session.execute(query.order_by(Organization.id).limit(MOST)):
        facts = {name: getattr(row, name) for name in ("id", "slug", "name", "category", "standing", "country")}
        if one := row.Prospect:
            facts |= {"prospect": one.id, "owner_id": one.owner_id, "owner": named(row.Person) if row.Person else ""}
            facts |= {"next_step": one.next_step, "due_on": one.due_on, "open": one.closed_at is None}
            facts["wanted"] = Wanted(one.kind, one.topic_id, one.region)
        found.append(Relation(**facts))
    return found


def named(person: Person) -> str:
    return person.name or person.email
