"""What the whole network seeks, and how much of that is offered."""

from collections import defaultdict

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from network.directory.models import Listing, ListingTopic, Organization, Topic
from network.matching import keeping
from network.matching.following import Follower
from network.matching.gaps import Seek, cells
from network.matching.index import Index
from network.matching.suggestions import Gap


class Survey(Follower):
    """Asks about all open seeks at once; the answers stand until something changes."""

    def gaps(
        self, session: Session, *, region: str = "", kind: str = "", topic: int | None = None, most: int = 200
    ) -> list[Gap]:
        """What is sought and hardly offered: by kind of help, topic and country, the barest first."""
        with self.following(session) as index:
            asked = ("gaps", region, kind, topic, most)
            if asked not in self.remembered:
                seeks = self.seeks(session)
                made = cells(seeks, lambda id: self.supply(session, index, id), region, kind, topic, most)
                self.remembered[asked] = made
            found: list[Gap] = self.remembered[asked]
            return found

    def seeks(self, session: Session) -> list[Seek]:
        """Every open seek of organisations that are matched."""
        query = (
            select(Listing.id, Listing.kind, Organization.country)
            .join(Organization, Organization.id == Listing.organization_id)
            .where(Listing.side == "seek", Listing.state == "open", Organization.standing == keeping.MATCHED)
            .where(or_(Listing.until.is_(None), Listing.until >= keeping.today()))
            .order_by(Listing.id)
        )
        rows = session.execute(query).all()
        topics: defaultdict[int, list[int]] = defaultdict(list)
        named = select(ListingTopic.listing_id, ListingTopic.topic_id).join(Topic).where(Topic.facet != "kind")
        for listing, topic in session.execute(named):
            topics[listing].append(topic)
        return [Seek(row.id, row.kind, tuple(topics[row.id]), row.country) for row in rows]

    def supply(self, session: Session, index: Index, listing_id: int) -> list[tuple[int, float]]:
        """The organisations whose offers fit a seek, each with its points."""
        listing = session.get(Listing, listing_id)
        own = self.profile(session, listing.organization_id) if listing else None
        mine = next((one for one in own.items if one.id == listing_id), None) if own else None
        if own is None or mine is None:
            return []
        found = index.meeting(mine, today=keeping.today(), own=own.context)
        rows = zip(found.rows.tolist(), found.points.tolist(), strict=True)
        return [(int(index.rows["id"][row]), points) for row, points in rows if index.rows["id"][row] != own.context.id]
