"""One organisation as the side panel of a map tells it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.directory.models import Link, Listing, Organization
from network.maps import queries
from network.maps.eyes import Eyes
from network.maps.scene import Node
from network.maps.tabled import Tied

TIES = 60
TITLES = 5


@dataclass(frozen=True)
class Panel:
    """What it is, what it offers and seeks, and its ties to others that the reader sees."""

    node: Node
    summary: str
    offers: tuple[str, ...]
    seeks: tuple[str, ...]
    ties: tuple[Tied, ...]
    others: int


def panel(session: Session, id: int, eyes: Eyes) -> Panel | None:
    """The panel of an organisation; None for one that the eyes don't see."""
    found = queries.nodes_of(session, [id], eyes)
    if not found:
        return None
    near = (Link.from_id == id) | (Link.to_id == id)
    links = session.execute(queries.TIE.where(near, *eyes.ties()).order_by(Link.type, Link.id)).all()
    ends = {end for link in links for end in (link.from_id, link.to_id)} - {id}
    others = {node.id: node for node in queries.nodes_of(session, ends, eyes)}
    ties = tuple(
        Tied(
            link.id,
            link.type,
            link.from_id == id,
            others[other],
            link.started_on.year if link.started_on else None,
            link.confirmed_on is None,
        )
        for link in links
        if (other := link.to_id if link.from_id == id else link.from_id) in others
    )
    summary = session.scalar(select(Organization.summary).where(Organization.id == id)) or ""
    titles: dict[str, list[str]] = {"offer": [], "seek": []}
    open_ones = select(Listing.side, Listing.title).where(Listing.organization_id == id, Listing.state == "open")
    for side, title in session.execute(open_ones.order_by(Listing.position, Listing.id)):
        titles[side].append(title)
    return Panel(
        found[0], summary, tuple(titles["offer"][:TITLES]), tuple(titles["seek"][:TITLES]), ties[:TIES], len(others)
    )
