"""Questions about organisations that pages ask; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, and_, bindparam, func, or_, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.orm import Session, joinedload

from network import index
from network.directory.models import FormerSlug, Link, Listing, Organization, Topic
from network.directory.vocabulary import PUBLIC_STANDINGS
from network.extensions import IDS
from network.hats import Subject
from network.index import Hit
from network.permissions import GONE

PUBLIC = Organization.standing.in_(PUBLIC_STANDINGS)
SHOWN = (Link.confirmed_on.is_not(None), Link.ended_on.is_(None))
CARD = select(
    Organization.id,
    Organization.slug,
    Organization.name,
    Organization.category,
    Organization.summary,
    Organization.town,
    Organization.region,
    Organization.country,
    Organization.latitude,
    Organization.longitude,
    Organization.online,
    Organization.newcomers,
    Organization.meets,
    Organization.languages,
    Organization.confirmed_on,
    Organization.precision,
    Organization.area_served,
).where(Organization.id.in_(IDS))
TITLES = (
    select(Listing.organization_id, Listing.side, Listing.title)
    .where(
        Listing.organization_id.in_(IDS),
        Listing.state == "open",
        or_(Listing.until.is_(None), Listing.until >= bindparam("today", type_=Date)),
    )
    .order_by(Listing.position, Listing.id)
)
BY_SLUG = select(*Organization.__table__.c).where(Organization.slug == bindparam("slug"), PUBLIC)
MEMBER = (
    select(Organization.id)
    .join(Link, Link.from_id == Organization.id)
    .where(Link.to_id == bindparam("network"), Link.type == "member_of", *SHOWN, PUBLIC)
)
MEMBERS = MEMBER.order_by(Organization.name, Organization.id).limit(bindparam("limit")).offset(bindparam("offset"))
MEMBER_COUNT = select(func.count()).select_from(MEMBER.subquery())
REMEMBERED = 3072  # cards, about a kilobyte each
FEW = 100  # more are asked for by what draws maps, and would leave no room for the rest
FIRST = 3  # titles of a side
NO_TITLES: tuple[tuple[str, ...], tuple[str, ...]] = (), ()


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation in a list: its row, how far it is, and the titles of what it offers and seeks."""

    row: Row
    kilometres: float | None
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()


def cards(session: Session, hits: Sequence[Hit], titles: int = 2) -> list[Card]:
    """The cards of an answer's hits, in the answer's order, with up to `titles` of each side's open listings."""
    connection = session.connection()
    ids = [hit.id for hit in hits]
    rows = remembered(connection, "card", ids, card_rows)
    said = remembered(connection, f"titles {date.today()}", ids, open_titles) if titles else {}
    found = []
    for hit in hits:
        if row := rows.get(hit.id):
            offers, seeks = said.get(hit.id, NO_TITLES)
            found.append(Card(row, hit.kilometres, offers[:titles], seeks[:titles]))
    return found


def remembered(
    connection: Connection, name: str, ids: Sequence[int], read: Callable[[Connection, list[int]], dict[int, Any]]
) -> dict[int, Any]:
    """What `read` tells of each id, read only where it isn't remembered."""
    shelf = index.shelf(connection, name, REMEMBERED)
    found = {id: shelf[id] for id in ids if id in shelf}
    missing = [id for id in ids if id not in found]
    if missing:
        read_now = read(connection, missing)
        found.update(read_now)
        if len(missing) <= FEW:
            for id, value in read_now.items():
                shelf.keep(id, value)
    return found


def card_rows(connection: Connection, ids: list[int]) -> dict[int, Row]:
    return {row.id: row for row in connection.execute(CARD, {"ids": ids})}


def open_titles(connection: Connection, ids: list[int]) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """What each organisation offers and seeks today: the titles of the first few of both sides."""
    sides: dict[str, dict[int, list[str]]] = {"offer": defaultdict(list), "seek": defaultdict(list)}
    for organization_id, side, title in connection.execute(TITLES, {"ids": ids, "today": date.today()}):
        sides[side][organization_id].append(title)
    return {id: (tuple(sides["offer"][id][:FIRST]), tuple(sides["seek"][id][:FIRST])) for id in ids}


def by_slug(session: Session, slug: str) -> Row | None:
    """The row of the public organisation at an address."""
    return session.connection().execute(BY_SLUG, {"slug": slug}).first()


SUBJECT = (
    select(Organization.id, Organization.standing, Link.to_id)
    .outerjoin(Link, (Link.from_id == Organization.id) & (Link.type == "member_of") & and_(*SHOWN))
    .where(Organization.slug == bindparam("slug"))
)


def subject(session: Session, slug: str) -> Subject | object | None:
    """What permissions know of the organisation at an address, whatever its standing; GONE when it was erased."""
    found = session.execute(SUBJECT, {"slug": slug}).all()
    if found:
        networks = frozenset(network for _id, _standing, network in found if network is not None)
        return Subject(found[0].id, found[0].standing in PUBLIC_STANDINGS, networks)
    former = session.execute(select(FormerSlug.organization_id).where(FormerSlug.slug == slug)).first()
    return GONE if former and former[0] is None else None


def organization_at(session: Session, slug: str) -> Organization | None:
    """The organisation at an address, whatever its standing, to be looked after."""
    return session.scalars(select(Organization).where(Organization.slug == slug)).first()


def formerly(session: Session, slug: str) -> tuple[str | None, bool]:
    """Where an old address leads today, and whether it was ever one: (slug or None, known)."""
    found = session.execute(
        select(Organization.slug)
        .select_from(FormerSlug)
        .outerjoin(Organization, (Organization.id == FormerSlug.organization_id) & PUBLIC)
        .where(FormerSlug.slug == slug)
    ).first()
    return (found[0], True) if found else (None, False)


def member_hits(session: Session, network: int, limit: int, offset: int = 0) -> tuple[int, list[Hit]]:
    """How many public members the network with an id has, and some of them by name."""
    connection = session.connection()
    asked = {"network": network, "limit": limit, "offset": offset}
    hits = [Hit(id, None) for (id,) in connection.execute(MEMBERS, asked)]
    few = len(hits) < limit and (hits or not offset)
    total = offset + len(hits) if few else connection.execute(MEMBER_COUNT, {"network": network}).scalar() or 0
    return total, hits


def category_counts(session: Session) -> dict[str, int]:
    """How many public organisations each category has."""
    counted = select(Organization.category, func.count()).where(PUBLIC).group_by(Organization.category)
    return {row[0]: row[1] for row in session.execute(counted)}


def lately(session: Session, side: str, limit: int = 4) -> list[Listing]:
    """What was offered or sought last, at most one of an organisation."""
    query = (
        select(Listing)
        .join(Listing.organization)
        .where(Listing.side == side, Listing.state == "open", PUBLIC)
        .options(joinedload(Listing.organization))
        .order_by(Listing.created_at.desc(), Listing.id.desc())
        .limit(limit * 5)
    )
    found: dict[int, Listing] = {}
    for listing in session.scalars(query):
        if listing.until is None or listing.until >= date.today():
            found.setdefault(listing.organization_id, listing)
    return list(found.values())[:limit]


def topic_labels(session: Session, slugs: Sequence[str]) -> list[Topic]:
    return list(session.scalars(select(Topic).where(Topic.slug.in_(slugs))))
