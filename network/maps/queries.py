"""From what is asked of a map, and for whose eyes, to the organisations and ties that stand on it."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from network.directory import search
from network.directory.categories import CATEGORIES
from network.directory.documents import plain
from network.directory.models import Link, Listing, Organization
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.scene import Group, Node, Tie

MOST = 10_000
MONTHS = {f"{month:02}" for month in range(1, 13)}
AT_ONCE = 8_000  # ids in one statement
NODE = select(
    Organization.id,
    Organization.slug,
    Organization.name,
    Organization.category,
    Organization.standing,
    Organization.country,
    Organization.town,
    Organization.latitude,
    Organization.longitude,
    Organization.precision,
    Organization.confirmed_on,
)
TIE = select(Link.id, Link.from_id, Link.to_id, Link.type, Link.started_on, Link.ended_on, Link.confirmed_on)


@dataclass(frozen=True)
class Drawn:
    """Who stands on a map and how they are tied; how many would if it were larger; how the filter was understood."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    total: int
    understood: search.Asked | None = None


def drawn(session: Session, asked: Asked, eyes: Eyes, besides: Collection[int] = ()) -> Drawn:
    """The organisations that fit, and those `besides`, as far as the eyes see them, with the ties among them."""
    ids, total, understood = fitting(session, asked, eyes)
    nodes = [node for node in nodes_of(session, [*ids, *besides], eyes) if fits(node, asked)]
    known = {node.id for node in nodes}
    ties = [tie for tie in ties_among(session, known, eyes) if not asked.type or tie.type in asked.type]
    return Drawn(tuple(nodes), tuple(ties), max(total, len(nodes)), understood)


def fitting(session: Session, asked: Asked, eyes: Eyes) -> tuple[list[int], int, search.Asked | None]:
    """Who fits, as many as a map holds; how many that would be; how the filter was understood."""
    if asked.focus:
        found = around(session, asked, eyes)
        return found, len(found), None
    if asked.filter:
        results = search.search(session, asked.filter.turned(1), MOST, (*eyes.tokens, *standing_tokens(asked)))
        return [hit.id for hit in results.answer.hits], results.answer.total, results.asked
    return *everyone(session, asked, eyes), None


def standing_tokens(asked: Asked) -> search.Seen:
    """The standings asked for, as the index has them."""
    return (tuple(f"d{plain(key)}" for key in asked.standing),) if asked.standing else ()


def here(session: Session, asked: Asked, eyes: Eyes, besides: Collection[int] = ()) -> set[int]:
    """The ids of those who stand on a map, as `drawn` has them."""
    standing = (Organization.standing.in_(asked.standing),) if asked.standing else ()
    ids = sorted({*fitting(session, asked, eyes)[0], *besides})
    some_here = select(Organization.id).where(eyes.sees(), *standing)
    return {id for some in batches(ids) for id in session.scalars(some_here.where(Organization.id.in_(some)))}


def fits(node: Node, asked: Asked) -> bool:
    return not asked.standing or node.standing in asked.standing


def everyone(session: Session, asked: Asked, eyes: Eyes) -> tuple[list[int], int]:
    """All that somebody sees of the standings asked for, the oldest first, and how many they are."""
    which = (eyes.sees(), Organization.standing.in_(asked.standing)) if asked.standing else (eyes.sees(),)
    ids = list(session.scalars(select(Organization.id).where(*which).order_by(Organization.id).limit(MOST)))
    if len(ids) < MOST:
        return ids, len(ids)
    return ids, session.scalar(select(func.count()).select_from(Organization).where(*which)) or 0


def around(session: Session, asked: Asked, eyes: Eyes) -> list[int]:
    """The organisations within so many ties of the one in focus, the nearest first."""
    focus = session.scalar(select(Organization.id).where(Organization.slug == asked.focus, eyes.sees()))
    if focus is None:
        return []
    found, edge = {focus: None}, [focus]
    for _step in range(asked.degrees):
        reached: dict[int, None] = {}
        for some in batches(edge):
            ends = or_(Link.from_id.in_(some), Link.to_id.in_(some))
            for pair in session.execute(select(Link.from_id, Link.to_id).where(ends, *eyes.ties())):
                reached |= dict.fromkeys(pair)
        edge = sorted(reached.keys() - found.keys())
        seen = [id for some in batches(edge) for id in seen_among(session, some, eyes)]
        edge = seen[: MOST - len(found)]
        found |= dict.fromkeys(edge)
    return list(found)


def seen_among(session: Session, ids: Sequence[int], eyes: Eyes) -> list[int]:
    query = select(Organization.id).where(Organization.id.in_(ids), eyes.sees()).order_by(Organization.id)
    return list(session.scalars(query))


def nodes_of(session: Session, ids: Collection[int], eyes: Eyes) -> list[Node]:
    """The organisations with some ids that the eyes see, by id, with how much each offers and seeks."""
    listed: Counter[tuple[int, str]] = Counter()
    rows: list[Any] = []
    for some in batches(sorted(set(ids))):
        rows += session.execute(NODE.where(Organization.id.in_(some), eyes.sees()).order_by(Organization.id)).all()
        for id, side, count in session.execute(open_listings(some)):
            listed[id, side] = count
    return [Node(**row._mapping, offers=listed[row.id, "offer"], seeks=listed[row.id, "seek"]) for row in rows]


def begun(session: Session, ids: Collection[int]) -> dict[int, date]:
    """Since when some organisations are known to be in the network: since they were written down, or were founded."""
    found = {}
    for some in batches(sorted(ids)):
        columns = select(Organization.id, Organization.founded, Organization.created_at)
        for id, founded, created_at in session.execute(columns.where(Organization.id.in_(some))):
            year = int(founded[:4]) if founded[:4].isdecimal() and len(founded[:4]) == 4 and founded[:4] > "1000" else 0
            month = int(founded[5:7]) if founded[5:7] in MONTHS else 1
            found[id] = min(date(year, month, 1), created_at.date()) if year else created_at.date()
    return found


def open_listings(ids: Sequence[int]) -> Select[int, str, int]:
    """How many listings of each side stand today."""
    stands = (Listing.state == "open", or_(Listing.until.is_(None), Listing.until >= date.today()))
    which = (Listing.organization_id.in_(ids), *stands)
    return (
        select(Listing.organization_id, Listing.side, func.count())
        .where(*which)
        .group_by(Listing.organization_id, Listing.side)
    )


def ties_among(session: Session, ids: Collection[int], eyes: Eyes) -> list[Tie]:
    """The links that have both ends among some organisations, by id."""
    known, found = set(ids), []
    for some in batches(sorted(known)):
        for row in session.execute(TIE.where(Link.from_id.in_(some), *eyes.ties())):
            if row.to_id in known:
                proposed = row.confirmed_on is None
                found.append(Tie(row.id, row.from_id, row.to_id, row.type, row.started_on, row.ended_on, proposed))
    return sorted(found, key=lambda tie: tie.id)


def networks(nodes: Sequence[Node], ties: Sequence[Tie]) -> tuple[Group, ...]:
    """A group for every network on the map that has members there, the largest first."""
    names = {node.id: node.name for node in nodes if CATEGORIES[node.category].gathers}
    members: dict[int, list[int]] = {}
    for tie in ties:
        if tie.type == "member_of" and tie.target in names and not tie.proposed:
            members.setdefault(tie.target, []).append(tie.source)
    groups = [Group(f"network-{id}", names[id], (id, *sorted(some))) for id, some in members.items()]
    return tuple(sorted(groups, key=lambda group: (-len(group.members), group.key)))


def batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
