"""A scene in the formats that others read. Each is a function of the scene alone: what isn't on the map isn't in it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from network.directory.tables import csv_text, joined
from network.maps.drawing import UNFIT
from network.maps.projections import turned
from network.maps.scene import Node, Scene, Tie, degrees
from network.maps.svg import drawn
from network.text import gettext as _

Json = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """A format: what a server calls it, how its files end, and how a scene is written in it."""

    media_type: str
    extension: str
    write: Callable[[Scene], bytes]


# GraphML, for programs that measure networks.

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
NODE_KEYS = {
    **dict.fromkeys("label slug category standing country town precision confirmed_on groups".split(), "string"),
    **dict.fromkeys("latitude longitude x y".split(), "double"),
    **dict.fromkeys("number_of_offers number_of_seeks number_of_ties".split(), "int"),
    "pinned": "boolean",
}
EDGE_KEYS = {**dict.fromkeys("type direction started_on ended_on".split(), "string"), "proposed": "boolean"}


def graphml(scene: Scene) -> bytes:
    """Typed keys; several ties of the same two are several edges. All edges run one way, as networkx wants it: whether
    that says something stands in `direction`."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{GRAPHML}">']
    for of, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        lines += [
            f'<key id="{of[0]}_{name}" for="{of}" attr.name="{name}" attr.type="{type}"/>'
            for name, type in keys.items()
        ]
    lines += [
        '<graph id="map" edgedefault="directed">',
        f"<desc>{escaped(' '.join(filter(None, (scene.title, left(scene)))))}</desc>",
    ]
    groups, tied = groups_of(scene), degrees(scene.nodes, scene.ties)
    for node in scene.nodes:
        x, y = scene.positions.get(node.id, (None, None))
        own = {
            "label": node.name,
            "x": x,
            "y": y,
            "groups": joined(groups.get(node.id, ())),
            "number_of_ties": tied[node.id],
        }
        facts = facts_of(node) | own | {"pinned": node.id in scene.pinned}
        lines += [f'<node id="n{node.id}">', *entries("n", NODE_KEYS, facts), "</node>"]
    for tie in scene.ties:
        ends = f'source="n{tie.source}" target="n{tie.target}"'
        lines += [f'<edge id="e{tie.id}" {ends}>', *entries("e", EDGE_KEYS, facts_of_tie(tie)), "</edge>"]
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def entries(prefix: str, keys: dict[str, str], facts: Json) -> Iterator[str]:
    for name in keys:
        value = facts[name]
        if value not in ("", None):
            text = str(value).lower() if isinstance(value, bool) else escaped(str(value))
            yield f'<data key="{prefix}_{name}">{text}</data>'


def escaped(text: str) -> str:
    return escape(UNFIT.sub("", text), {"\r": "&#13;"})


# GeoJSON (RFC 7946), for maps.


def geojson(scene: Scene) -> bytes:
    """Organisations as points, or without a place, then ties as lines between those that have one."""
    named = {node.id: node for node in scene.nodes}
    groups = groups_of(scene)
    features = []
    for node in scene.nodes:
        point = {"type": "Point", "coordinates": spot(node)} if spot(node) else None
        said = {"kind": "organization", "name": node.name, **facts_of(node), "groups": groups.get(node.id, [])}
        features.append({"type": "Feature", "id": node.slug, "geometry": point, "properties": said})
    for tie in scene.ties:
        ends = named[tie.source], named[tie.target]
        said = {"kind": "tie", "from": ends[0].slug, "to": ends[1].slug, **facts_of_tie(tie)}
        features.append({"type": "Feature", "id": f"tie:{tie.id}", "geometry": line(*ends), "properties": said})
    said = without_empty({"description": left(scene)})
    head = json.dumps({"type": "FeatureCollection", "title": scene.title, **said}, ensure_ascii=False)[:-1]
    return f'{head}, "features": {one_a_line(features)}}}\n'.encode()


def spot(node: Node) -> list[float]:
    """Longitude and latitude to a tenth of a metre; empty when they aren't known."""
    if node.longitude is None or node.latitude is None:
        return []
    return [round(node.longitude, 6) + 0.0, round(node.latitude, 6) + 0.0]


def line(source: Node, target: Node) -> Json | None:
    """The short way between two places, cut in two where it crosses the date line."""
    start, end = spot(source), spot(target)
    if not start or not end:
        return None
    onward = turned(end[0], start[0])
    edge = 180.0 if onward > 180 else -180.0
    if abs(onward) <= 180:
        return {"type": "LineString", "coordinates": [start, [onward, end[1]]]}
    share = (edge - start[0]) / (onward - start[0])
    if share <= 0:
        return {"type": "LineString", "coordinates": [[-edge, start[1]], end]}
    level = round(start[1] + share * (end[1] - start[1]), 6)
    return {"type": "MultiLineString", "coordinates": [[start, [edge, level]], [[-edge, level], end]]}


# Spreadsheets: the columns of a list where they are the same thing.

NODE_COLUMNS = (
    *"id slug name category standing town country latitude longitude precision confirmed_on".split(),
    *"number_of_offers number_of_seeks number_of_ties groups map_x map_y".split(),
)
LINK_COLUMNS = "from type to started_on ended_on proposed from_name to_name".split()


def nodes_csv(scene: Scene) -> bytes:
    groups, tied = groups_of(scene), degrees(scene.nodes, scene.ties)
    rows = []
    for node in scene.nodes:
        x, y = scene.positions.get(node.id, (None, None))
        own = {"id": node.slug, "name": node.name, "number_of_ties": tied[node.id], "map_x": x, "map_y": y}
        rows.append(facts_of(node) | own | {"groups": joined(groups.get(node.id, ()))})
    return csv_text(rows, NODE_COLUMNS).encode()


def links_csv(scene: Scene) -> bytes:
    """A row for each tie; organisations are named by their slug, and beside it for people."""
    named = {node.id: node for node in scene.nodes}
    rows = []
    for tie in scene.ties:
        source, target = named[tie.source], named[tie.target]
        ends = {"from": source.slug, "to": target.slug, "from_name": source.name, "to_name": target.name}
        rows.append(facts_of_tie(tie) | ends | {"proposed": "yes" if tie.proposed else ""})
    return csv_text(rows, LINK_COLUMNS).encode()


# Kumu's blueprint: elements and connections, read again by Kumu whenever its page is opened.


def kumu(scene: Scene) -> bytes:
    named, groups = {node.id: node for node in scene.nodes}, groups_of(scene)
    elements = []
    for node in scene.nodes:
        said = {"id": node.slug, "label": node.name, "type": titled(node.category)}
        elements.append(said | without_empty({"tags": groups.get(node.id, [])} | facts_of(node)))
    connections = [
        {
            "id": f"tie:{tie.id}",
            "from": named[tie.source].slug,
            "to": named[tie.target].slug,
            **without_empty(facts_of_tie(tie)),
            "type": titled(tie.type),
        }
        for tie in scene.ties
    ]
    head = f'"description": {json.dumps(left(scene), ensure_ascii=False)},\n' if scene.left else ""
    return f'{{{head}"elements": {one_a_line(elements)},\n"connections": {one_a_line(connections)}}}\n'.encode()


def titled(key: str) -> str:
    """The key of a category or type of link in English words, which the importer reads in any language."""
    return key.replace("_", " ").capitalize()


# What all of them say.


def left(scene: Scene) -> str:
    """That others fit and had no room, in a sentence; empty when everyone is there."""
    return _("The first %(some)s of %(all)s.", some=len(scene.nodes), all=scene.total) if scene.left else ""


def facts_of(node: Node) -> Json:
    return {
        "slug": node.slug,
        "category": node.category,
        "standing": node.standing,
        "town": node.town,
        "country": node.country,
        "latitude": node.latitude,
        "longitude": node.longitude,
        "precision": node.precision,
        "confirmed_on": node.confirmed_on.isoformat() if node.confirmed_on else "",
        "number_of_offers": node.offers,  # in a list `offers` would name them
        "number_of_seeks": node.seeks,
    }


def facts_of_tie(tie: Tie) -> Json:
    return {
        "type": tie.type,
        "direction": "mutual" if tie.type == "works_with" else "directed",
        "started_on": tie.started_on.isoformat() if tie.started_on else "",
        "ended_on": tie.ended_on.isoformat() if tie.ended_on else "",
        "proposed": tie.proposed,
    }


def groups_of(scene: Scene) -> dict[int, list[str]]:
    """The names of the groups of each organisation, in the order of the scene."""
    found: dict[int, list[str]] = {}
    for group in scene.groups:
        for id in group.members:
            found.setdefault(id, []).append(group.name)
    return found


def without_empty(facts: Json) -> Json:
    return {name: value for name, value in facts.items() if value not in ("", None, [], False)}


def one_a_line(items: list[Json]) -> str:
    """A JSON list with one item on each line, so that two versions can be compared."""
    return "[" + ",".join("\n" + json.dumps(item, ensure_ascii=False, allow_nan=False) for item in items) + "\n]"


FORMATS: dict[str, Format] = {
    "svg": Format("image/svg+xml", "svg", lambda scene: drawn(scene).encode()),
    "graphml": Format("application/graphml+xml", "graphml", graphml),
    "geojson": Format("application/geo+json", "geojson", geojson),
    "nodes.csv": Format("text/csv; charset=utf-8", "nodes.csv", nodes_csv),
    "links.csv": Format("text/csv; charset=utf-8", "links.csv", links_csv),
    "kumu.json": Format("application/json", "kumu.json", kumu),
}
"""Every format of a map, by what its address ends with."""
