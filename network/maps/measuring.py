"""The measures of a map: for whom it may be counted, counted once, and remembered until anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from network import index
from network.directory import search
from network.directory.models import Organization
from network.maps import measures, queries
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.measures import Bridge, Loss
from network.maps.scene import Node
from network.matching.models import Prospect

REMEMBERED = 64
FIRST = 10  # of those that bridge, and of those without whom others fall away
ALONE = 200
counting = Lock()  # a large network is counted once at a time


@dataclass(frozen=True)
class Measured:
    """What was counted: the foremost of each kind, how many there are of it, and who and what is named."""

    organizations: int
    ties: int
    bridges: Sequence[Bridge]
    losses: Sequence[Loss]
    alone: Sequence[int]
    many: Mapping[str, int]
    nodes: Mapping[int, Node]
    groups: Mapping[str, str]


def how_many(session: Session, asked: Asked, eyes: Eyes) -> int:
    """How many organisations the question is about, at least."""
    if asked.focus:
        return 0
    if asked.filter:
        return search.search(session, asked.filter.turned(1), 1, eyes.tokens).answer.total
    return session.scalar(select(func.count()).select_from(Organization).where(eyes.sees())) or 0


def measured(session: Session, asked: Asked, eyes: Eyes) -> Measured | None:
    """The measures of a map; None for one of more than ten thousand organisations."""
    shelf = index.shelf(session.connection(), "measures", REMEMBERED)
    key = (asked.whom(), eyes.networks, looked_for(session, eyes), date.today())
    found: Measured | None = shelf.get(key)
    if found or how_many(session, asked, eyes) > queries.MOST:
        return found
    with counting:
        found = shelf.get(key) or counted(session, asked, eyes)
    shelf.keep(key, found)
    return found


def looked_for(session: Session, eyes: Eyes) -> tuple[int, ...]:
    """Whom a coordinator sees because their network looks for them, which the index notes nothing of."""
    if not eyes.networks:
        return ()
    query = select(Prospect.organization_id).where(Prospect.network_id.in_(eyes.networks))
    return tuple(sorted(session.scalars(query)))


def counted(session: Session, asked: Asked, eyes: Eyes) -> Measured:
    drawn = queries.drawn(session, asked, eyes)
    nodes = {node.id: node for node in drawn.nodes}
    groups = queries.networks(drawn.nodes, drawn.ties)
    ties = [tie for tie in drawn.ties if not tie.proposed]
    found = measures.measured(nodes, ties, {group.key: group.members for group in groups})
    bridges, losses, alone = found.bridges[:FIRST], found.losses[:FIRST], found.alone[:ALONE]
    named = {one.id for one in bridges} | {one.id for one in losses} | set(alone)
    joins = {key for one in bridges for key in one.joins}
    return Measured(
        organizations=len(nodes),
        ties=len(ties),
        bridges=bridges,
        losses=losses,
        alone=alone,
        many={"bridges": len(found.bridges), "losses": len(found.losses), "alone": len(found.alone)},
        nodes={id: nodes[id] for id in named},
        groups={group.key: group.name for group in groups if group.key in joins},
    )
