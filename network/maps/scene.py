"""A drawing of the network as plain values: what every view, export and measure of a map is made from. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

Point = tuple[float, float]  # in the map's own units, y downwards; an organisation's mark is about 1 across


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation on a map. What somebody may not see never becomes one."""

    id: int
    slug: str
    name: str
    category: str
    standing: str
    country: str = ""
    town: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precision: str = "unknown"
    confirmed_on: date | None = None
    offers: int = 0
    seeks: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two organisations of the scene, by their ids; `proposed` while nobody confirmed it."""

    id: int
    source: int
    target: int
    type: str
    started_on: date | None = None
    ended_on: date | None = None
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations that a soft hull surrounds: the members of a network, or what somebody grouped."""

    key: str
    name: str
    members: tuple[int, ...]
    drawn: bool = False  # by hand


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote or outlined on a map: a text at a point, or a region with a name."""

    id: int
    text: str
    at: Point
    size: Point | None = None  # width and height of an outlined region; None for a text
    staff_only: bool = False


@dataclass(frozen=True)
class Scene:
    """Organisations, their ties and where each stands. Nodes by id in one order; positions of every node."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    positions: Mapping[int, Point] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    notes: tuple[Note, ...] = ()
    pinned: frozenset[int] = frozenset()
    title: str = ""
    description: str = ""
    drawn_on: date | None = None  # the day that it shows
    colour: str = "category"  # one of COLOURS
    size: str = "ties"  # one of SIZES
    total: int = 0  # how many organisations fit the filter, shown or not

    @property
    def left(self) -> int:
        """How many fit the filter and had no room on the map."""
        return max(0, self.total - len(self.nodes))

    def __post_init__(self) -> None:
        known = {node.id for node in self.nodes}
        assert all(tie.source in known and tie.target in known for tie in self.ties), "a tie ends nowhere"


COLOURS = ("category", "standing", "freshness", "country", "ties", "balance")
"""What may colour a map; `balance` sets offers against seeks."""

SIZES = ("ties", "offers", "seeks", "same")


def degrees(nodes: Sequence[Node], ties: Sequence[Tie]) -> dict[int, int]:
    """How many other organisations of the scene each is tied to; several ties with one count once."""
    others: dict[int, set[int]] = {node.id: set() for node in nodes}
    for tie in ties:
        others[tie.source].add(tie.target)
        others[tie.target].add(tie.source)
    return {id: len(some) for id, some in others.items()}


def neighbourhood(ties: Sequence[Tie], focus: int, steps: int) -> dict[int, int]:
    """The organisations within so many ties of one, each with how many ties away it is (0 for itself)."""
    others: dict[int, set[int]] = {}
    for tie in ties:
        others.setdefault(tie.source, set()).add(tie.target)
        others.setdefault(tie.target, set()).add(tie.source)
    found, edge = {focus: 0}, {focus}
    for step in range(1, steps + 1):
        edge = {other for id in edge for other in others.get(id, ())} - found.keys()
        found |= dict.fromkeys(edge, step)
    return found
