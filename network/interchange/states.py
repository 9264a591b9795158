"""What the database says of organisations, as rows do: where an import starts and whither undo returns."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.filter import language_key
from network.directory.models import (
    Link,
    Listing,
    ListingTopic,
    Organization,
    OrganizationTopic,
    Topic,
)
from network.directory.spoken import known_language
from network.directory.texts import clean, one_line
from network.interchange.listings import EMPTY
from network.interchange.models import Import, ImportRow
from network.places.area import Area

FACTS = tuple(
    "name category standing summary description website email phone languages founded coordinator meets meets_rule "
    "meets_at newcomers online address town region country latitude longitude precision area_served source source_url "
    "confirmed_on".split()
)
DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(FACTS, ""),
    "standing": "current",
    "precision": "unknown",
    "languages": [],
    "newcomers": False,
    "online": False,
    "topics": [],
}
Tie = tuple[str, int]


@dataclass
class State:
    """An organisation as it is: facts (with `topics`), listings with their ids, outward ties and their proposer."""

    id: int
    slug: str
    version: int
    facts: dict[str, Any]
    listings: list[dict[str, Any]] = field(default_factory=list)
    ties: dict[Tie, str] = field(default_factory=dict)


def states(session: Session, ids: Sequence[int]) -> dict[int, State]:
    """The states of organisations by id, in a handful of questions."""
    connection = session.connection()
    found: dict[int, State] = {}
    for row in connection.execute(select(*Organization.__table__.c).where(Organization.id.in_(ids))):
        facts = {name: jsonable(getattr(row, name)) for name in FACTS}
        found[row.id] = State(row.id, row.slug, row.version, facts | {"topics": []})
    own_topics = (
        select(OrganizationTopic.organization_id, Topic.slug)
        .join(Topic, Topic.id == OrganizationTopic.topic_id)
        .where(OrganizationTopic.organization_id.in_(ids))
        .order_by(Topic.slug)
    )
    for id, slug in connection.execute(own_topics):
        found[id].facts["topics"].append(slug)
    topics: defaultdict[int, list[str]] = defaultdict(list)
    listing_topics = (
        select(ListingTopic.listing_id, Topic.slug)
        .join(Topic, Topic.id == ListingTopic.topic_id)
        .join(Listing, Listing.id == ListingTopic.listing_id)
        .where(Listing.organization_id.in_(ids))
        .order_by(Topic.slug)
    )
    for id, slug in connection.execute(listing_topics):
        topics[id].append(slug)
    listed = select(*Listing.__table__.c).where(Listing.organization_id.in_(ids))
    for row in connection.execute(listed.order_by(Listing.position, Listing.id)):
        said = {name: jsonable(getattr(row, name)) for name in EMPTY if name != "topics"}
        own = {"id": row.id, "state": row.state, "side": row.side, "title": row.title, "topics": sorted(topics[row.id])}
        found[row.organization_id].listings.append(said | own)
    tied = select(Link.from_id, Link.type, Link.to_id, Link.proposed_by).where(Link.from_id.in_(ids))
    for row in connection.execute(tied):
        found[row.from_id].ties[row.type, row.to_id] = row.proposed_by
    return found


def jsonable(value: Any) -> Any:
    """A column's value as JSON has it, and as rows state it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def stored(name: str, value: Any) -> Any:
    """What is written into a column for a value as rows state it."""
    if name in ("languages", "reach_countries"):
        return tuple(value)
    if name in ("confirmed_on", "until"):
        return date.fromisoformat(value) if value else None
    return None if name in ("latitude", "longitude", "reach_km") and value == "" else value


def comparable(name: str, value: Any) -> Any:
    """A stored value in the form that rows state, so that the same thing written otherwise is no difference."""
    if name == "languages":
        return [tag for one in value if (tag := language_key(one)) and known_language(tag)]
    if name == "area_served":
        return str(Area.parse(value))
    if isinstance(value, float):
        return value + 0.0  # -0.0 is 0.0
    if isinstance(value, str):
        return clean(value) if name in ("description", "detail", "in_return") else one_line(value)
    return value


def said_before(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """What each list said last of organisations, by their id and the list's name."""
    query = (
        select(ImportRow.organization_id, ImportRow.source, ImportRow.said)
        .join(Import, Import.id == ImportRow.import_id)
        .where(ImportRow.organization_id.in_(ids), ImportRow.said.is_not(None), Import.undone_at.is_(None))
        .order_by(ImportRow.id)
    )
    return {(row.organization_id, row.source): row.said for row in session.connection().execute(query)}
