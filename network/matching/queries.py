"""Questions that the pages of matches ask of the database; nothing here changes anything."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from network.directory.models import Link, Listing, Organization
from network.directory.queries import CARD, PUBLIC, SHOWN
from network.directory.thesaurus import thesaurus
from network.locales import chosen
from network.matching import hooks
from network.matching.models import Dismissal, Shown, Work

WORKS = 200  # of an organisation, the newest first


@dataclass(frozen=True)
class Known:
    """What stands behind ids: public organisations as in lists, listings, titles of works, labels of concepts.

    `own` is the organisation whose matches are told, 0 for a visitor.
    """

    own: int
    rows: Mapping[int, Any]
    listings: Mapping[int, Any]
    works: Mapping[int, tuple[str, ...]]
    labels: Mapping[int, str]

    def open(self, id: int) -> bool:
        """Whether a listing stands today."""
        row = self.listings.get(id)
        return row is not None and row.state == "open" and (row.until is None or row.until >= date.today())

    def met(self, id: int) -> bool:
        """Whether a listing is a seek that was met."""
        row = self.listings.get(id)
        return row is not None and row.state == "met" and row.side == "seek"

    def name(self, id: int) -> str:
        """What an organisation is called; empty for one that isn't public."""
        row = self.rows.get(id)
        return row.name if row else ""

    def title(self, id: int) -> str:
        """How a listing is worded; empty for what is none."""
        row = self.listings.get(id)
        return row.title if row else ""


def known(
    session: Session,
    own: int,
    organizations: Collection[int],
    listings: Collection[int],
    concepts: Collection[int],
    makers: Collection[int] = (),
) -> Known:
    """What stands behind the ids of organisations, listings and concepts; `makers` with their works."""
    rows = session.execute(CARD.where(PUBLIC), {"ids": list(organizations)}) if organizations else ()
    words, locale = thesaurus(session), chosen()
    return Known(
        own,
        {row.id: row for row in rows},
        listed(session, own, listings),
        titles(session, makers),
        {id: words.label(id, locale) for id in concepts},
    )


def listed(session: Session, own: int, ids: Collection[int]) -> dict[int, Any]:
    """The listings with some ids, of public organisations and of one's own."""
    if not ids:
        return {}
    columns = (Listing.id, Listing.organization_id, Listing.side, Listing.title, Listing.kind)
    query = (
        select(*columns, Listing.languages, Listing.state, Listing.until)
        .join(Organization, Organization.id == Listing.organization_id)
        .where(Listing.id.in_(ids), or_(PUBLIC, Organization.id == own))
    )
    return {row.id: row for row in session.execute(query)}


def titles(session: Session, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What organisations published or finished, by title."""
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        query = select(Work.organization_id, Work.title).where(Work.organization_id.in_(ids))
        for id, title in session.execute(query.order_by(Work.id.desc()).limit(WORKS * len(ids))):
            found[id].append(title)
    return {id: tuple(said) for id, said in found.items()}


def dismissed(session: Session, organization_id: int, today: date) -> list[tuple[Dismissal, Any]]:
    """Whom an organisation doesn't want to be shown today, each with its row, the latest first."""
    query = select(Dismissal).where(Dismissal.organization_id == organization_id)
    query = query.where(or_(Dismissal.until.is_(None), Dismissal.until >= today))
    found = session.scalars(query.order_by(Dismissal.at.desc(), Dismissal.id.desc())).all()
    rows = session.execute(CARD.where(PUBLIC), {"ids": [one.other_id for one in found]}) if found else ()
    by_id = {row.id: row for row in rows}
    return [(one, by_id[one.other_id]) for one in found if one.other_id in by_id]


def aside(session: Session, organization_id: int, today: date) -> set[int]:
    """Whom not to show to an organisation: those it dismissed, and those that other features keep away."""
    query = select(Dismissal.other_id).where(Dismissal.organization_id == organization_id)
    found = set(session.scalars(query.where(or_(Dismissal.until.is_(None), Dismissal.until >= today))))
    return found.union({organization_id}, *(hook(session, organization_id) for hook in hooks.aside))


def not_noted(session: Session, organization_id: int, others: Iterable[int], today: date) -> list[int]:
    """Those of some organisations of which nobody wrote down today that they were shown."""
    query = select(Shown.other_id).where(Shown.organization_id == organization_id, Shown.last_on == today)
    noted = set(session.scalars(query))
    return [id for id in others if id not in noted]


def networks_of(session: Session, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """The public networks that each organisation is a member of: their names by slug."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    if ids:
        network = aliased(Organization)
        query = (
            select(Link.from_id, network.slug, network.name)
            .join(network, network.id == Link.to_id)
            .where(Link.from_id.in_(ids), Link.type == "member_of", *SHOWN, network.standing == "current")
        )
        for id, slug, name in session.execute(query):
            found[id][slug] = name
    return found


def open_listings(organization: Organization) -> list[Listing]:
    """What an organisation offers and seeks today."""
    today = date.today()
    return [one for one in organization.listings if one.state == "open" and (one.until is None or one.until >= today)]


def newest_seekers(session: Session) -> Iterable[int]:
    """The organisations with open seeks, those with the newest first."""
    latest = func.max(Listing.created_at).desc()
    query = select(Listing.organization_id).where(Listing.side == "seek", Listing.state == "open")
    return session.scalars(query.group_by(Listing.organization_id).order_by(latest, Listing.organization_id))
