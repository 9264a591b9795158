"""The text twin of a map: its organisations and ties as rows that a page shows, in any order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network.directory.freshness import Freshness, freshness
from network.directory.saying import country
from network.maps.scene import Node, Scene
from network.places.folding import fold

PAGE = 50  # rows: laying out many takes longer than drawing the picture above them


@dataclass(frozen=True)
class Tied:
    """A tie as one of its ends tells it: the type, whether it leads out, and to whom."""

    id: int
    type: str
    out: bool
    other: Node
    since: int | None
    proposed: bool


@dataclass(frozen=True)
class Row:
    """An organisation of the map, with everything that the picture says of it."""

    node: Node
    ties: tuple[Tied, ...]
    others: int
    groups: tuple[str, ...]
    freshness: Freshness


def rows(scene: Scene, order: str, today: date) -> list[Row]:
    """The organisations of a scene in an order, those with the same by name."""
    by_id = {node.id: node for node in scene.nodes}
    ties: dict[int, list[Tied]] = defaultdict(list)
    for tie in scene.ties:
        since = tie.started_on.year if tie.started_on else None
        ties[tie.source].append(Tied(tie.id, tie.type, True, by_id[tie.target], since, tie.proposed))
        ties[tie.target].append(Tied(tie.id, tie.type, False, by_id[tie.source], since, tie.proposed))
    groups: dict[int, list[str]] = defaultdict(list)
    for group in scene.groups:
        if group.drawn:
            for id in group.members:
                groups[id].append(group.name)
    found = [
        Row(
            node,
            tuple(ties[node.id]),
            len({one.other.id for one in ties[node.id]}),
            tuple(groups[node.id]),
            freshness(node.confirmed_on, today),
        )
        for node in scene.nodes
    ]
    keys = {
        "ties": lambda row: -row.others,
        "name": lambda row: 0,
        "category": lambda row: row.node.category,
        "standing": lambda row: row.node.standing,
        "country": lambda row: fold(country(row.node.country)) if row.node.country else "\uffff",
        "offers": lambda row: -row.node.offers,
        "seeks": lambda row: -row.node.seeks,
        "confirmed": lambda row: -(row.node.confirmed_on or date.min).toordinal(),
    }
    return sorted(found, key=lambda row: (keys[order](row), fold(row.node.name), row.node.id))


def page_of(found: Sequence[Row], page: int) -> Sequence[Row]:
    return found[(page - 1) * PAGE : page * PAGE]
