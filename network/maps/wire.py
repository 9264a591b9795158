"""A scene as the browser reads it: columns instead of objects, a quarter of the size, and names only of who matters."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from network.directory.categories import CATEGORIES
from network.directory.freshness import freshness
from network.directory.saying import country
from network.directory.vocabulary import LINK_TYPES, STANDINGS
from network.maps.scene import Group, Node, Scene, Tie, degrees

FRESHNESSES = ("fresh", "ageing", "stale", "never")
NAMED = 2000  # organisations whose names come with the scene; the others' are asked for afterwards
UNITS = 10  # to a map unit

Json = dict[str, Any]


def scene_json(scene: Scene, today: date, hidden: Collection[int] = (), last: int | None = None) -> Json:
    """The columns that `static/maps/scene.js` reads. `hidden` and `last` (the number of a step) are for drawing."""
    nodes = ordered(scene)
    place = {node.id: at for at, node in enumerate(nodes)}
    tied = degrees(scene.nodes, scene.ties)
    named = sorted(sorted(place, key=lambda id: (-tied[id], id))[:NAMED], key=place.__getitem__)
    members = members_of(scene.ties)
    countries = sorted({node.country for node in nodes})
    which = {code: at for at, code in enumerate(countries)}
    said: Json = {
        "title": scene.title,
        "drawn_on": (scene.drawn_on or today).isoformat(),
        "total": scene.total,
        "colour": scene.colour,
        "size": scene.size,
        "ids": differences([node.id for node in nodes]),
        "names": [nodes[place[id]].name for id in named],
        "categories": list(CATEGORIES),
        "category": characters([node.category for node in nodes], list(CATEGORIES)),
        "standings": list(STANDINGS.keys),
        "standing": characters([node.standing for node in nodes], list(STANDINGS.keys)),
        "freshnesses": list(FRESHNESSES),
        "freshness": characters([freshness(node.confirmed_on, today).state for node in nodes], FRESHNESSES),
        "countries": [[code, country(code)] for code in countries],
        "country": [which[node.country] for node in nodes],
        "offers": [node.offers for node in nodes],
        "seeks": [node.seeks for node in nodes],
        "x": [round(scene.positions[node.id][0] * UNITS) for node in nodes],
        "y": [round(scene.positions[node.id][1] * UNITS) for node in nodes],
        "ties": ties_json(scene.ties, place, last is not None),
        "groups": [
            {"key": one.key, "name": one.name} | gathered(one, place, members) | ({"drawn": True} if one.drawn else {})
            for one in scene.groups
        ],
        "notes": [note_json(one) for one in scene.notes],
        "pinned": sorted(place[id] for id in scene.pinned if id in place),
    }
    if len(named) < len(nodes):
        said["named"] = [place[id] for id in named]
    if last is not None:
        said |= {"hidden": sorted(place[id] for id in hidden if id in place), "last": last}
    return said


def with_ids(scene: Scene, **columns: Any) -> Json:
    """Columns with the ids that they belong to: for whoever may have other columns before them by now."""
    return {"ids": differences([node.id for node in ordered(scene)]), **columns}


def names_json(scene: Scene) -> list[str]:
    """The names of all organisations, in the order of the columns."""
    return [node.name for node in ordered(scene)]


def places_json(scene: Scene) -> Json:
    """Where they are on earth, in hundredths of a degree; null where nobody knows."""
    nodes = ordered(scene)
    return {name: [hundredths(getattr(node, name)) for node in nodes] for name in ("latitude", "longitude")}


def hundredths(value: float | None) -> int | None:
    return None if value is None else round(value * 100)


def members_of(ties: Sequence[Tie]) -> dict[int, set[int]]:
    """Who belongs to each network, as the ties say."""
    found: dict[int, set[int]] = {}
    for tie in ties:
        if tie.type == "member_of" and not tie.proposed:
            found.setdefault(tie.target, set()).add(tie.source)
    return found


def gathered(group: Group, place: dict[int, int], members: dict[int, set[int]]) -> Json:
    """Who stands in a group: `of` a network all its members, whom the ties tell of already, else each one."""
    first, *others = group.members
    if not group.drawn and set(others) == members.get(first):
        return {"of": place[first]}
    return {"members": [place[id] for id in group.members if id in place]}


def ordered(scene: Scene) -> list[Node]:
    """The nodes so that those which are tied stand near each other, which compresses well: by country."""
    return sorted(scene.nodes, key=lambda node: (node.country, node.id))


def ties_json(ties: Sequence[Tie], place: dict[int, int], with_ids: bool) -> Json:
    """The ties, sorted by where they begin; where they end counts from there."""
    found = sorted(ties, key=lambda tie: (place[tie.source], place[tie.target], tie.type))
    types = list(LINK_TYPES.keys)
    said: Json = {
        "source": differences([place[tie.source] for tie in found]),
        "target": [place[tie.target] - place[tie.source] for tie in found],
        "types": types,
        "type": characters([tie.type for tie in found], types),
        "since": [tie.started_on.year if tie.started_on else 0 for tie in found],
        "proposed": [at for at, tie in enumerate(found) if tie.proposed],
    }
    return said | ({"ids": differences([tie.id for tie in found])} if with_ids else {})


def note_json(note: Any) -> Json:
    said: Json = {"id": note.id, "text": note.text, "x": note.at[0], "y": note.at[1], "staff_only": note.staff_only}
    return said | ({"width": note.size[0], "height": note.size[1]} if note.size else {})


def differences(values: Sequence[int]) -> list[int]:
    """The first value, then how much each differs from the one before."""
    return [value - before for value, before in zip(values, [0, *values], strict=False)]


def characters(values: Sequence[str], keys: Sequence[str]) -> str:
    """One character for each value: the digit, or what comes after digits, of where it stands among the keys."""
    code = {key: chr(48 + at) for at, key in enumerate(keys)}
    return "".join([code[value] for value in values])
