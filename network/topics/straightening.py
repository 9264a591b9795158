"""What is written by the slug of a topic that was merged gets the one that it was merged into."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from network.directory.models import Listing, ListingTopic, OrganizationTopic, Topic

BATCH = 500


def straighten(session: Session, ids: Sequence[int] | None = None) -> None:
    """Let organisations, and their listings, have no topic that is only an address: it follows every write of them."""
    former = {
        row.id: row.merged_into_id
        for row in session.execute(select(Topic.id, Topic.merged_into_id).where(Topic.merged_into_id.is_not(None)))
    }
    if not former or ids is None:
        return
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        of = Listing.id.in_(select(Listing.id).where(Listing.organization_id.in_(some)))
        repoint(session, OrganizationTopic, "organization_id", OrganizationTopic.organization_id.in_(some), former)
        repoint(session, ListingTopic, "listing_id", ListingTopic.listing_id.in_(select(Listing.id).where(of)), former)


def repoint(session: Session, model: Any, owner: str, which: Any, former: dict[int, int]) -> None:
    """Let the rows that `which` chooses name the topics of today."""
    column = getattr(model, owner)
    for id, topic in session.execute(select(column, model.topic_id).where(which, model.topic_id.in_(former))).all():
        session.execute(delete(model).where(column == id, model.topic_id == topic))
        there = select(model.topic_id).where(column == id, model.topic_id == former[topic])
        if session.scalar(there) is None:
            session.execute(insert(model).values({owner: id, "topic_id": former[topic]}))
