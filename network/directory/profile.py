"""Everything that the public may read of organisations: what pages and serializers share, in a few questions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import false, select, true, union_all
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session, aliased

from network import index
from network.directory.models import Link, Listing, ListingTopic, Organization, OrganizationTopic, Topic
from network.directory.queries import PUBLIC, SHOWN, by_slug
from network.directory.vocabulary import PUBLIC_STANDINGS
from network.extensions import IDS

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


REMEMBERED = 256  # profiles, about five kilobytes each
TIES = union_all(tied(True), tied(False)).order_by("type", "name", "id")


@dataclass(frozen=True)
class Shown:
    """An open listing with the slugs of its topics."""

    row: Row
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A public organisation: its row, what it offers and seeks, its topics (slugs) and its ties.

    A tie has `type`, `started_on`, whether it goes `out`, and `slug`, `name` and `category` of the other end.
    """

    row: Row
    offers: tuple[Shown, ...] = ()
    seeks: tuple[Shown, ...] = ()
    topics: tuple[str, ...] = ()
    ties: tuple[Row, ...] = ()

    def outward(self, type: str) -> list[Row]:
        """The ties of a type that go out."""
        return [tie for tie in self.ties if tie.out and tie.type == type]


def profiles(session: Session, ids: Sequence[int]) -> list[Profile]:
    """The public organisations among `ids`, in that order. A listing whose time has passed is left out."""
    found = {profile.row.id: profile for profile in gathered(session, asked(session.connection(), ROWS, ids))}
    return [found[id] for id in ids if id in found]


def profile_at(session: Session, slug: str) -> Profile | None:
    """The public profile at an address; remembered for as long as nothing is written, and for the day."""
    shelf = index.shelf(session.connection(), f"profile {date.today()}", REMEMBERED)
    found: Profile | None = shelf.get(slug)
    if found is None and (row := by_slug(session, slug)):
        (found,) = gathered(session, [row])
        shelf.keep(slug, found)
    return found


def gathered(session: Session, rows: Sequence[Row]) -> list[Profile]:
    """The profiles of organisations whose rows are known."""
    connection = session.connection()
    ids = [row.id for row in rows]
    listings = asked(connection, LISTINGS, ids)
    about = gathering(asked(connection, LISTING_TOPICS, ids) if listings else ())
    today = date.today()
    shown: dict[tuple[int, str], list[Shown]] = defaultdict(list)
    for row in listings:
        if row.until is None or row.until >= today:
            shown[row.organization_id, row.side].append(Shown(row, tuple(about[row.id])))
    topics = gathering(asked(connection, TOPICS, ids))
    ties: dict[int, list[Row]] = defaultdict(list)
    for tie in asked(connection, TIES, ids):
        ties[tie.organization_id].append(tie)
    return [
        Profile(
            row,
            tuple(shown[row.id, "offer"]),
            tuple(shown[row.id, "seek"]),
            tuple(topics[row.id]),
            tuple(ties[row.id]),
        )
        for row in rows
    ]


def gathering(pairs: Iterable[Any]) -> dict[int, list[str]]:
    """Pairs of an id and a text, the texts under each id."""
    found: dict[int, list[str]] = defaultdict(list)
    for id, text in pairs:
        found[id].append(text)
    return found


def asked(connection: Connection, query: Any, ids: Sequence[int]) -> Sequence[Row]:
    return connection.execute(query, {"ids": list(ids)}).all()
