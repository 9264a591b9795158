"""Everything that the public may read of organisations: what pages and serializers share, in a few questions."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, false, select, true, union_all
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session, aliased

from network.directory.models import Link, Listing, ListingTopic, Organization, OrganizationTopic, Topic
from network.directory.queries import PUBLIC, SHOWN
from network.directory.vocabulary import PUBLIC_STANDINGS

IDS: Any = bindparam("ids", expanding=True)
ROWS = select(*Organization.__table__.c).where(Organization.id.in_(IDS), PUBLIC)
LISTINGS = (
    select(*Listing.__table__.c)
    .where(Listing.organization_id.in_(IDS), Listing.state == "open")
    .order_by(Listing.position, Listing.id)
)
TOPICS = (
    select(OrganizationTopic.organization_id, Topic.slug)
    .join(Topic, Topic.id == OrganizationTopic.topic_id)
    .where(OrganizationTopic.organization_id.in_(IDS))
    .order_by(Topic.id)
)
LISTING_TOPICS = (
    select(ListingTopic.listing_id, Topic.slug)
    .join(Topic, Topic.id == ListingTopic.topic_id)
    .join(Listing, Listing.id == ListingTopic.listing_id)
    .where(Listing.organization_id.in_(IDS))
    .order_by(Topic.id)
)


def tied(out: bool) -> Any:
    """The question for the shown links that go out of organisations, or into them, with who is at the other end.

    A network's members are not among them: there may be thousands.
    """
    other = aliased(Organization)
    here, there = (Link.from_id, Link.to_id) if out else (Link.to_id, Link.from_id)
    query = (
        select(
            here.label("organization_id"),
            Link.id.label("id"),
            Link.type,
            Link.started_on,
            other.slug,
            other.name,
            other.category,
            (true() if out else false()).label("out"),
        )
        .join(other, other.id == there)
        .where(here.in_(IDS), *SHOWN, other.standing.in_(PUBLIC_STANDINGS))
    )
    return query if out else query.where(Link.type != "member_of")


TIES = union_all(tied(True), tied(False)).order_by("type", "name", "id")


@dataclass
class Shown:
    """An open listing with the slugs of its topics."""

    row: Row
    topics: list[str]


@dataclass
class Profile:
    """A public organisation: its row, what it offers and seeks, its topics (slugs) and its ties.

    A tie has `type`, `started_on`, whether it goes `out`, and `slug`, `name` and `category` of the other end.
    """

    row: Row
    offers: list[Shown] = field(default_factory=list)
    seeks: list[Shown] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    ties: list[Row] = field(default_factory=list)

    def outward(self, type: str) -> list[Row]:
        """The ties of a type that go out."""
        return [tie for tie in self.ties if tie.out and tie.type == type]


def profiles(session: Session, ids: Sequence[int]) -> list[Profile]:
    """The public organisations among `ids`, in that order. A listing whose time has passed is left out."""
    found = {profile.row.id: profile for profile in gathered(session, asked(session.connection(), ROWS, ids))}
    return [found[id] for id in ids if id in found]


def gathered(session: Session, rows: Sequence[Row]) -> list[Profile]:
    """The profiles of organisations whose rows are known."""
    connection = session.connection()
    found = {row.id: Profile(row) for row in rows}
    ids = list(found)
    listings = asked(connection, LISTINGS, ids)
    about: dict[int, list[str]] = defaultdict(list)
    for listing_id, slug in asked(connection, LISTING_TOPICS, ids) if listings else ():
        about[listing_id].append(slug)
    today = date.today()
    for row in listings:
        if row.until is None or row.until >= today:
            profile = found[row.organization_id]
            (profile.offers if row.side == "offer" else profile.seeks).append(Shown(row, about[row.id]))
    for organization_id, slug in asked(connection, TOPICS, ids):
        found[organization_id].topics.append(slug)
    for tie in asked(connection, TIES, ids):
        found[tie.organization_id].ties.append(tie)
    return list(found.values())


def asked(connection: Connection, query: Any, ids: Sequence[int]) -> Sequence[Row]:
    return connection.execute(query, {"ids": list(ids)}).all()
