"""A scene as it is kept: a dated snapshot in JSON, with the version of its form. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from network.maps.scene import Group, Node, Note, Scene, Tie

VERSION = 1
Json = dict[str, Any]
DAYS = {"confirmed_on", "started_on", "ended_on"}


class Unreadable(ValueError):
    """A snapshot of a form that this version doesn't know."""


def stored(scene: Scene) -> Json:
    """A scene as values that JSON has; `read` makes the same scene of it."""
    return {
        "version": VERSION,
        "title": scene.title,
        "description": scene.description,
        "drawn_on": scene.drawn_on and scene.drawn_on.isoformat(),
        "colour": scene.colour,
        "size": scene.size,
        "total": scene.total,
        "nodes": [facts(node) for node in scene.nodes],
        "ties": [facts(tie) for tie in scene.ties],
        "positions": {str(id): list(at) for id, at in scene.positions.items()},
        "groups": [facts(group) for group in scene.groups],
        "notes": [facts(note) for note in scene.notes],
        "pinned": sorted(scene.pinned),
    }


def facts(thing: Node | Tie | Group | Note) -> Json:
    """The fields of one thing; those that say nothing are left out."""
    found: Json = {}
    for one in fields(thing):
        value = getattr(thing, one.name)
        if value != one.default:
            found[one.name] = (
                value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            )
    return found


def read(kept: Mapping[str, Any]) -> Scene:
    """The scene of a snapshot; what a later version added beside it is passed over. Raises Unreadable."""
    if kept.get("version") != VERSION:
        raise Unreadable(f"a snapshot of version {kept.get('version')!r}, and this reads {VERSION}")
    try:
        return Scene(
            nodes=tuple(Node(**known(Node, one)) for one in kept["nodes"]),
            ties=tuple(Tie(**known(Tie, one)) for one in kept["ties"]),
            positions={int(id): (at[0], at[1]) for id, at in kept["positions"].items()},
            groups=tuple(Group(**known(Group, one) | {"members": tuple(one["members"])}) for one in kept["groups"]),
            notes=tuple(Note(**known(Note, one) | point_and_size(one)) for one in kept["notes"]),
            pinned=frozenset(kept["pinned"]),
            title=kept["title"],
            description=kept["description"],
            drawn_on=kept["drawn_on"] and date.fromisoformat(kept["drawn_on"]),
            colour=kept["colour"],
            size=kept["size"],
            total=kept["total"],
        )
    except (KeyError, TypeError, IndexError, AssertionError, AttributeError) as error:
        raise Unreadable(f"a snapshot that is not whole: {error!r}") from error


def known(kind: type, one: Mapping[str, Any]) -> Json:
    """The fields of a thing that its class has, days as days."""
    names = {field.name for field in fields(kind)}
    return {name: date.fromisoformat(value) if name in DAYS else value for name, value in one.items() if name in names}


def point_and_size(note: Mapping[str, Any]) -> Json:
    size = note.get("size")
    return {"at": tuple(note["at"]), "size": tuple(size) if size else None}
