"""A scene out of what is asked, what is saved, and whose eyes look: the one place where maps are put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from network.directory.vocabulary import PUBLIC_STANDINGS
from network.maps import keeping, laying, queries, snapshots
from network.maps.asked import Asked
from network.maps.eyes import Eyes
from network.maps.models import MapGroup, MapNote, MapPlace, SavedMap
from network.maps.queries import Drawn
from network.maps.scene import Group, Note, Point, Scene

Part = TypeVar("Part", MapPlace, MapGroup, MapNote)


@dataclass(frozen=True)
class Made:
    """A scene, what it was made from, and who of it is hidden in the drawing."""

    scene: Scene
    drawn: Drawn
    hidden: frozenset[int] = frozenset()


def live(session: Session, asked: Asked, eyes: Eyes, title: str) -> Made:
    """The map of an address, laid out by its ties."""
    drawn = queries.drawn(session, asked, eyes)
    return Made(put_together(drawn, asked, laying.positions(drawn.nodes, drawn.ties), title=title), drawn)


def saved(session: Session, one: SavedMap, asked: Asked, eyes: Eyes, drawing: bool = False) -> Made:
    """A saved map as somebody may see it. Who was hidden is left out, unless the map is being drawn."""
    if one.snapshot is not None:
        return as_it_was(session, one, asked, eyes)
    places = {place.organization_id: place for place in session.scalars(where(MapPlace, one))}
    hidden = frozenset(id for id, place in places.items() if place.hidden)
    drawn = queries.drawn(session, asked, eyes, kept_here(places.values(), asked))
    if not drawing and hidden:
        nodes = tuple(node for node in drawn.nodes if node.id not in hidden)
        ties = tuple(tie for tie in drawn.ties if not {tie.source, tie.target} & hidden)
        drawn = Drawn(nodes, ties, drawn.total - len(drawn.nodes) + len(nodes), drawn.understood)
    known = {id: (place.x, place.y) for id, place in places.items() if place.x is not None and place.y is not None}
    positions = laying.positions(drawn.nodes, drawn.ties, one.seed, known)
    notes = tuple(
        Note(note.id, note.text, (note.x, note.y), size_of(note), note.staff_only)
        for note in session.scalars(where(MapNote, one).order_by(MapNote.id))
        if not (eyes.everyone and note.staff_only)
    )
    present = {node.id for node in drawn.nodes}
    groups = tuple(
        Group(group.key, group.name, members, drawn=True)
        for group in session.scalars(where(MapGroup, one).order_by(MapGroup.id))
        if (members := tuple(id for id in group.members if id in present))
    )
    pinned = frozenset(id for id, place in places.items() if place.pinned and id in present)
    scene = put_together(drawn, asked, positions, groups, notes, pinned, one.name, one.description, one.shown_on)
    return Made(scene, drawn, hidden & present if drawing else frozenset())


def room_for(session: Session, one: SavedMap, id: int, eyes: Eyes) -> Point:
    """Where somebody new stands on a map: near their ties, else where there is room."""
    scene = saved(session, one, keeping.asked_of(one, {}), eyes, drawing=True).scene
    return scene.positions.get(id, (0.0, 0.0))


def kept_here(places: Iterable[MapPlace], asked: Asked) -> list[int]:
    """Who stands on a map whatever its filter: those that are pinned, unless it is asked for who is around somebody."""
    return [place.organization_id for place in places if place.pinned and not asked.focus]


def as_it_was(session: Session, one: SavedMap, asked: Asked, eyes: Eyes) -> Made:
    """A snapshot, without what the reader may not see today, and what everyone could not see on its day."""
    scene = snapshots.read(one.snapshot)
    seen = {node.id for node in queries.nodes_of(session, [node.id for node in scene.nodes], eyes)}
    nodes = tuple(
        node
        for node in scene.nodes
        if node.id in seen and queries.fits(node, asked) and (not eyes.everyone or node.standing in PUBLIC_STANDINGS)
    )
    here = {node.id for node in nodes}
    ties = tuple(
        tie
        for tie in scene.ties
        if {tie.source, tie.target} <= here
        and (not asked.type or tie.type in asked.type)
        and not (eyes.everyone and tie.proposed)
    )
    groups = tuple(
        replace(group, members=members)
        for group in scene.groups
        if (members := tuple(id for id in group.members if id in here))
        and (group.drawn or int(group.key.removeprefix("network-")) in here)
    )
    notes = tuple(note for note in scene.notes if not (eyes.everyone and note.staff_only))
    looked = replace(
        scene,
        nodes=nodes,
        ties=ties,
        groups=groups,
        notes=notes,
        positions={id: at for id, at in scene.positions.items() if id in here},
        pinned=scene.pinned & here,
        title=one.name,
        description=one.description,
        colour=asked.colour,
        size=asked.size,
        total=len(nodes),
    )
    return Made(looked, Drawn(nodes, ties, len(nodes)))


def where(model: type[Part], one: SavedMap) -> Select[Part]:
    """The parts of one kind that a saved map has."""
    return select(model).where(model.map_id == one.id)


def size_of(note: MapNote) -> Point | None:
    return None if note.width is None or note.height is None else (note.width, note.height)


def put_together(
    drawn: Drawn,
    asked: Asked,
    positions: Mapping[int, Point],
    groups: tuple[Group, ...] = (),
    notes: tuple[Note, ...] = (),
    pinned: frozenset[int] = frozenset(),
    title: str = "",
    description: str = "",
    shown_on: date | None = None,
) -> Scene:
    return Scene(
        nodes=drawn.nodes,
        ties=drawn.ties,
        positions=positions,
        groups=(*queries.networks(drawn.nodes, drawn.ties), *groups),
        notes=notes,
        pinned=pinned,
        title=title,
        description=description,
        drawn_on=shown_on or date.today(),
        colour=asked.colour,
        size=asked.size,
        total=drawn.total,
    )
