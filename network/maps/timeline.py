"""How a network grew: the months in which something happened, and the scene as it was in each. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from network.maps.scene import Scene

Months = tuple["Month", ...]


@dataclass(frozen=True)
class Month:
    """A month in which something happened; `day` is its first, `there` and `tied` are the totals at its end."""

    day: date
    came: int
    begun: int
    ended: int
    there: int
    tied: int


def first_of(day: date) -> date:
    return day.replace(day=1)


def appearing(scene: Scene, since: Mapping[int, date]) -> dict[int, date]:
    """The month from which each organisation is on the map: since when it is known to be there, or its first tie.

    `since` is when it was founded or written down, as far as that is known. One of which nothing is known isn't in it:
    it is there all along.
    """
    found = {node.id: first_of(since[node.id]) for node in scene.nodes if node.id in since}
    for tie in scene.ties:
        if tie.started_on:
            for id in (tie.source, tie.target):
                begun = first_of(tie.started_on)
                if id not in found or begun < found[id]:
                    found[id] = begun
    return found


def tie_months(scene: Scene, appears: Mapping[int, date]) -> dict[int, date]:
    """The month from which each tie is on the map: its own, and not before both its ends; else it always was."""
    found = {}
    for tie in scene.ties:
        known = [appears[id] for id in (tie.source, tie.target) if id in appears]
        if tie.started_on:
            known.append(first_of(tie.started_on))
        if known:
            found[tie.id] = max(known)
    return found


def months(scene: Scene, since: Mapping[int, date]) -> Months:
    """Every month in which an organisation or tie came or a tie ended, in order, with the totals at its end."""
    appears = appearing(scene, since)
    begins = tie_months(scene, appears)
    came, begun = Counter(appears.values()), Counter(begins.values())
    ended = Counter(end_of(tie.ended_on, begins.get(tie.id)) for tie in scene.ties if tie.ended_on)
    there, tied = len(scene.nodes) - came.total(), len(scene.ties) - begun.total()
    found = []
    for day in sorted({*came, *begun, *ended}):
        there, tied = there + came[day], tied + begun[day] - ended[day]
        found.append(Month(day, came[day], begun[day], ended[day], there, tied))
    return tuple(found)


def end_of(day: date, begun: date | None) -> date:
    """The month from whose end on a tie is gone: never before it began."""
    return max(first_of(day), begun) if begun else first_of(day)


def as_of(scene: Scene, month: date, since: Mapping[int, date]) -> Scene:
    """The scene at the end of a month: who was there, and the ties that stood. Everything stays where it is."""
    appears = appearing(scene, since)
    begins = tie_months(scene, appears)
    last = first_of(month)
    nodes = tuple(node for node in scene.nodes if appears.get(node.id, last) <= last)
    here = {node.id for node in nodes}
    ties = tuple(
        tie
        for tie in scene.ties
        if tie.source in here
        and tie.target in here
        and begins.get(tie.id, last) <= last
        and not (tie.ended_on and end_of(tie.ended_on, begins.get(tie.id)) <= last)
    )
    return replace(
        scene,
        nodes=nodes,
        ties=ties,
        positions={id: at for id, at in scene.positions.items() if id in here},
        groups=tuple(
            replace(group, members=members)
            for group in scene.groups
            if (members := tuple(id for id in group.members if id in here))
        ),
        pinned=scene.pinned & here,
        drawn_on=last_day(last) if scene.drawn_on is None else min(scene.drawn_on, last_day(last)),
        total=len(nodes),
    )


def last_day(month: date) -> date:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1) if month.year < 9999 else month
    return date.fromordinal(max(following.toordinal() - 1, month.toordinal()))
