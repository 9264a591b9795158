"""Questions about organisations that pages ask; nothing here changes anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session, joinedload

from network.directory.models import FormerSlug, Link, Listing, Organization, Topic
from network.directory.vocabulary import PUBLIC_STANDINGS
from network.index import Hit

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
).where(Organization.id.in_(bindparam("ids", expanding=True)))
TITLES = (
    select(Listing.organization_id, Listing.side, Listing.title)
    .where(Listing.organization_id.in_(bindparam("ids", expanding=True)), Listing.state == "open")
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


@dataclass(frozen=True, slots=True)
class Card:
    """An organisation in a list: its row, how far it is, and the titles of what it offers and seeks."""

    row: Row
    kilometres: float | None
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()


def cards(session: Session, hits: Sequence[Hit], titles: int = 2) -> list[Card]:
    """The cards of an answer's hits, in the answer's order, with up to `titles` of each side's open listings."""
    ids = [hit.id for hit in hits]
    if not ids:
        return []
    connection = session.connection()
    rows = {row.id: row for row in connection.execute(CARD, {"ids": ids})}
    said: dict[tuple[int, str], list[str]] = {}
    if titles:
        for organization_id, side, title in connection.execute(TITLES, {"ids": ids}):
            said.setdefault((organization_id, side), []).append(title)
    return [
        Card(
            rows[hit.id],
            hit.kilometres,
            tuple(said.get((hit.id, "offer"), ())[:titles]),
            tuple(said.get((hit.id, "seek"), ())[:titles]),
        )
        for hit in hits
        if hit.id in rows
    ]


def by_slug(session: Session, slug: str) -> Row | None:
    """The row of the public organisation at an address."""
    return session.connection().execute(BY_SLUG, {"slug": slug}).first()


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
