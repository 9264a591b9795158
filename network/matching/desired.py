"""Questions about partners that are looked for: by whom, and which seeks wait; nothing here changes anything."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from network.accounts.models import Person
from network.directory.models import Link, Listing, Organization
from network.directory.queries import PUBLIC, SHOWN
from network.matching.models import Prospect, ProspectSeeker

MOST = 500


@dataclass(frozen=True)
class Wanted:
    """What is missing: a kind of help, perhaps about a topic, perhaps in a country."""

    kind: str = ""
    topic_id: int | None = None
    region: str = ""


@dataclass(frozen=True)
class Looked:
    """A prospect with its organisation, who looks after it, and the public seeks that it is to meet."""

    prospect: Prospect
    organization: Organization
    owner: Person | None
    seeks: Sequence[Listing]

    @property
    def overdue(self) -> bool:
        """Whether its next step should have been done by now."""
        due = self.prospect.due_on
        return due is not None and due < date.today() and self.prospect.closed_at is None

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.prospect.kind, self.prospect.topic_id, self.prospect.region)

    @property
    def mark(self) -> str:
        """What stands here, in short: another mark means that somebody changed it."""
        one, organization = self.prospect, self.organization
        said = (organization.name, organization.standing, one.owner_id, one.next_step, one.due_on)
        return sha256(repr(said).encode()).hexdigest()[:16]


def prospects(session: Session, networks: Collection[int] | None, closed: bool = False) -> list[Looked]:
    """The prospects of some networks, or all when none are told: the overdue ones first, then by their day."""
    state = Prospect.closed_at.is_not(None) if closed else Prospect.closed_at.is_(None)
    query = select(Prospect).where(state, visible(networks))
    order = (Prospect.closed_at.desc(),) if closed else (Prospect.due_on.is_(None), Prospect.due_on)
    return looked(session, session.scalars(query.order_by(*order, Prospect.id).limit(MOST)).all())


def prospect_at(session: Session, id: int, networks: Collection[int] | None, lock: bool = False) -> Looked | None:
    """One prospect, if it is among those of some networks, or of all; locked, others wait for this transaction."""
    query = select(Prospect).where(Prospect.id == id, visible(networks))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return next(iter(looked(session, session.scalars(query).all())), None)


def like(session: Session, wanted: Wanted, networks: Collection[int] | None) -> list[Looked]:
    """The open prospects that are looked for to fill the same gap."""
    same = (Prospect.kind == wanted.kind, Prospect.topic_id == wanted.topic_id, Prospect.region == wanted.region)
    query = select(Prospect).where(*same, Prospect.closed_at.is_(None), visible(networks))
    return looked(session, session.scalars(query.order_by(Prospect.id).limit(MOST)).all())


def gaps_looked_at(session: Session, networks: Collection[int] | None) -> set[Wanted]:
    """The gaps that a partner is looked for already."""
    query = select(Prospect.kind, Prospect.topic_id, Prospect.region).where(Prospect.closed_at.is_(None))
    return {Wanted(*row) for row in session.execute(query.where(visible(networks)))}


def visible(networks: Collection[int] | None) -> ColumnElement[bool]:
    """The condition that keeps prospects to the networks that look for them, or that they belong to."""
    if networks is None:
        return Prospect.id.is_not(None)
    member = select(Link.from_id).where(Link.to_id.in_(networks), Link.type == "member_of", *SHOWN)
    return or_(Prospect.network_id.in_(networks), Prospect.organization_id.in_(member))


def looked(session: Session, found: Sequence[Prospect]) -> list[Looked]:
    """Prospects with what stands around them."""
    ids = [one.id for one in found]
    organizations = by_id(session, Organization, (one.organization_id for one in found))
    owners = by_id(session, Person, (one.owner_id for one in found))
    attached = (
        select(ProspectSeeker.prospect_id, Listing)
        .join(Listing, Listing.id == ProspectSeeker.listing_id)
        .join(Organization, Organization.id == Listing.organization_id)
        .where(ProspectSeeker.prospect_id.in_(ids), PUBLIC)
        .order_by(Listing.id)
    )
    seeks: dict[int, list[Listing]] = {id: [] for id in ids}
    for id, listing in session.execute(attached) if ids else ():
        seeks[id].append(listing)
    return [
        Looked(one, organizations[one.organization_id], owners.get(one.owner_id or 0), seeks[one.id]) for one in found
    ]


def by_id(session: Session, model: Any, ids: Iterable[int | None]) -> dict[int, Any]:
    wanted = {id for id in ids if id}
    return {one.id: one for one in session.scalars(select(model).where(model.id.in_(wanted)))} if wanted else {}


def namesakes(session: Session, name: str) -> Sequence[Organization]:
    """The public organisations that are called so already."""
    same = func.lower(Organization.name) == name.strip().lower()
    return session.scalars(select(Organization).where(same, PUBLIC).order_by(Organization.id).limit(5)).all()


def owned_by(session: Session, person_id: int) -> list[dict[str, str | None]]:
    """What somebody looks after, for them to take along."""
    query = select(Organization.name, Prospect.next_step, Prospect.due_on).join(
        Prospect, Prospect.organization_id == Organization.id
    )
    rows = session.execute(query.where(Prospect.owner_id == person_id).order_by(Prospect.id))
    return [
        {"organization": name, "next_step": step, "due": due.isoformat() if due else None} for name, step, due in rows
    ]
