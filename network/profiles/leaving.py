"""An organisation leaves the network, comes back, and takes along what is stored about it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.accounts.queries import colleagues
from network.clock import now
from network.directory.models import Link, Organization
from network.profiles.contacts import contacts_of
from network.profiles.models import Departure

ENDED = "ended"
OURS = ("id", "version", "organization_id")  # what means something inside this directory alone


class NotGone(Exception):
    """There is nothing to come back from."""


def leave(session: Session, organization: Organization, reason: str, person_id: int | None) -> Departure:
    """Take an organisation out of public; why, and what it was before, is remembered."""
    departure = Departure(
        organization_id=organization.id, reason=reason, standing=organization.standing, person_id=person_id
    )
    organization.standing = ENDED
    session.add(departure)
    session.flush()
    return departure


def departure_of(session: Session, organization_id: int) -> Departure | None:
    """The departure that an organisation has not come back from."""
    away = (Departure.organization_id == organization_id, Departure.returned_at.is_(None))
    return session.scalars(select(Departure).where(*away).order_by(Departure.id.desc())).first()


def come_back(session: Session, organization: Organization) -> None:
    """Give an organisation the standing again that it had before it left. Raises NotGone when it hasn't."""
    departure = departure_of(session, organization.id)
    if departure is None or organization.standing != ENDED:
        raise NotGone
    organization.standing, departure.returned_at = departure.standing, now()
    session.flush()


def exported(session: Session, organization: Organization, persons: bool) -> dict[str, Any]:
    """Everything that is stored of an organisation, to take away; with its people only where that is allowed."""
    facts = {
        column.name: plainly(getattr(organization, column.name))
        for column in Organization.__table__.columns
        if column.name not in OURS
    }
    facts["topics"] = [topic.slug for topic in organization.topics]
    facts["listings"] = [
        {
            **{name: plainly(getattr(listing, name)) for name in columns_of(listing) if name not in OURS},
            "topics": [topic.slug for topic in listing.topics],
        }
        for listing in organization.listings
    ]
    facts["links"] = [tie(link, link.to_organization, True) for link in organization.links_out]
    facts["links"] += [tie(link, link.from_organization, False) for link in organization.links_in]
    facts["ids"] = [{"source": one.source, "id": one.value} for one in organization.external_ids]
    if persons:
        facts["contact_persons"] = [
            {name: getattr(one, name) for name in ("name", "title", "email", "phone", "visible")}
            for one in contacts_of(session, organization.id)
            if one.visible != "nobody"
        ]
        facts["colleagues"] = [
            {"name": role.person.name, "email": role.person.email, "role": role.role}
            for role in colleagues(session, organization.id)
        ]
    return facts


def tie(link: Link, other: Organization, out: bool) -> dict[str, Any]:
    return {
        "type": link.type,
        "out": out,
        "with": other.slug if other.public else None,
        "started_on": plainly(link.started_on),
        "ended_on": plainly(link.ended_on),
        "confirmed_on": plainly(link.confirmed_on),
    }


def columns_of(row: Any) -> list[str]:
    return [column.name for column in row.__table__.columns]


def plainly(value: Any) -> Any:
    """A column's value as JSON holds it."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
