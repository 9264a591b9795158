"""Two days of one map set beside each other: who joined, who left, what changed, which ties are new. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from network.directory.vocabulary import LINK_TYPES
from network.maps.scene import Node, Scene, Tie

FIELDS = ("standing", "category", "name", "country", "town")
"""The facts of an organisation whose change is told, the weightiest first."""


@dataclass(frozen=True)
class Changed:
    """A fact of an organisation that was otherwise before."""

    node: Node  # as it is now
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Tied:
    """A tie with its two ends, as they are called on the day on which it stands."""

    source: Node
    target: Node
    tie: Tie


@dataclass(frozen=True)
class Retied:
    """A tie that stands on both days, and what became of it: "confirmed", "unconfirmed", "ended" or "resumed"."""

    tied: Tied
    became: str


@dataclass(frozen=True)
class Comparison:
    """What lies between two scenes. Organisations by id, ties by their ends and type, each in the scene's order."""

    before: Scene
    after: Scene
    joined: tuple[Node, ...]
    left: tuple[Node, ...]
    changed: tuple[Changed, ...]
    new: tuple[Tied, ...]
    gone: tuple[Tied, ...]
    retied: tuple[Retied, ...]

    def __bool__(self) -> bool:
        return any((self.joined, self.left, self.changed, self.new, self.gone, self.retied))


def compared(before: Scene, after: Scene) -> Comparison:
    """What changed from one scene to another. Where something stands on the map says nothing and is no change."""
    was, now = {node.id: node for node in before.nodes}, {node.id: node for node in after.nodes}
    ties_before, ties_now = ties(before), ties(after)
    return Comparison(
        before,
        after,
        joined=tuple(node for id, node in now.items() if id not in was),
        left=tuple(node for id, node in was.items() if id not in now),
        changed=tuple(change for id, node in now.items() if id in was for change in changes(was[id], node)),
        new=tuple(
            Tied(now[tie.source], now[tie.target], tie) for key, tie in ties_now.items() if key not in ties_before
        ),
        gone=tuple(
            Tied(was[tie.source], was[tie.target], tie) for key, tie in ties_before.items() if key not in ties_now
        ),
        retied=tuple(
            Retied(Tied(now[tie.source], now[tie.target], tie), became)
            for key, tie in ties_now.items()
            if key in ties_before
            for became in fates(ties_before[key], tie)
        ),
    )


def ties(scene: Scene) -> dict[tuple[int, int, str], Tie]:
    """The ties by what makes them the same: both ends and the type, the ends of a mutual one in either order.

    The id says nothing: a tie that was taken away and made again is the same tie.
    """
    return {key_of(tie): tie for tie in scene.ties}


def key_of(tie: Tie) -> tuple[int, int, str]:
    if tie.type == "works_with":
        return min(tie.source, tie.target), max(tie.source, tie.target), tie.type
    return tie.source, tie.target, tie.type


def changes(was: Node, now: Node) -> Iterator[Changed]:
    for field in FIELDS:
        before, after = getattr(was, field), getattr(now, field)
        if before != after:
            yield Changed(now, field, before, after)


def fates(was: Tie, now: Tie) -> Iterator[str]:
    if was.proposed != now.proposed:
        yield "unconfirmed" if now.proposed else "confirmed"
    if bool(was.ended_on) != bool(now.ended_on):
        yield "ended" if now.ended_on else "resumed"


def by_type(some: Sequence[Tied]) -> list[tuple[str, list[Tied]]]:
    """Ties by type, in the vocabulary's order; types that it doesn't know come last."""
    found: dict[str, list[Tied]] = {type: [] for type in LINK_TYPES.keys}
    for tied in some:
        found.setdefault(tied.tie.type, []).append(tied)
    return [(type, each) for type, each in found.items() if each]
