"""What was written outside a drawing, told to who has it open: facts, standings and links as they are now."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_
from sqlalchemy.orm import Session

from network import index
from network.directory.models import Link
from network.maps import making, queries, telling, wire
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.models import MapPlace
from network.maps.steps import Hand

MOST = 400  # changes at once
Json = dict[str, Any]


def told(hand: Hand, asked: Asked, since: int) -> Json | None:
    """What changed after a number of the index: `nodes` of the map, with all `ties` of each; None when forgotten.

    When others changed as well, who may have been on the map, `here` has the ids of all who are, as differences: who
    never was there is named nowhere. From `since` one asks on; at once, if there is `more`.
    """
    session = hand.session
    changes = index.written_since(session.connection(), "organization", since, MOST)
    if not changes:
        return None if changes is None else {"since": since}
    changed, here = {id for _number, id in changes}, present(hand, asked)
    nodes = list(telling.nodes_now(session, hand.map, changed & here, hand.eyes).values())
    if any("x" not in node for node in nodes):
        positions = making.saved(session, hand.map, asked, hand.eyes, drawing=True).scene.positions
        nodes = [dict(zip("xy", positions.get(node["id"], (0, 0)), strict=True)) | node for node in nodes]
    said: Json = {
        "since": changes[-1][0],
        "more": len(changes) == MOST,
        "nodes": nodes,
        "ties": ties_of(session, changed & here, here, asked, hand.eyes),
    }
    return said if changed <= here else said | {"here": wire.differences(sorted(here))}


def present(hand: Hand, asked: Asked) -> set[int]:
    """The ids of everybody on the map that is drawn."""
    pinned = hand.session.scalars(making.where(MapPlace, hand.map).where(MapPlace.pinned))
    return queries.here(hand.session, asked, hand.eyes, making.kept_here(pinned, asked))


def ties_of(session: Session, ids: Collection[int], here: Collection[int], asked: Asked, eyes: Eyes) -> list[Json]:
    """All ties of some organisations with others on the map."""
    known, found = set(here), {}
    for some in queries.batches(sorted(ids)):
        ends = or_(Link.from_id.in_(some), Link.to_id.in_(some))
        for row in session.execute(queries.TIE.where(ends, *eyes.ties())):
            if {row.from_id, row.to_id} <= known and (not asked.type or row.type in asked.type):
                found[row.id] = telling.tie_now(row)
    return [found[id] for id in sorted(found)]
