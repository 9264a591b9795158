"""The outlines of the countries, from the world atlas that the pages serve: cut cleanly at any meridian."""

import json
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from network.config import ROOT
from network.maps.projections import Degrees, turned

FOLDER = ROOT / "static/vendor/world-atlas"
COARSE, FINE = "countries-110m.json", "countries-50m.json"
Ring = list[Degrees]


@lru_cache(maxsize=2)
def countries(name: str = COARSE) -> tuple[tuple[Ring, ...], ...]:
    """The polygons of an atlas, outer ring first, each unwrapped; none when the atlas isn't installed."""
    file: Path = FOLDER / name
    if not file.exists():
        return ()
    topology = json.loads(file.read_text("utf-8"))
    arcs = decoded(topology)
    polygons = []
    for shape in topology["objects"]["countries"]["geometries"]:
        many = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}.get(shape.get("type"), [])
        polygons += [tuple(unwrapped(stitched(ring, arcs)) for ring in polygon) for polygon in many]
    return tuple(polygons)


def decoded(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a topology as degrees: each holds steps in whole units, scaled and moved (TopoJSON 2.1.3)."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        found.append([(x * wide + left, y * high + low) for x, y in zip(xs, ys, strict=True)])
    return found


def stitched(numbers: list[int], arcs: list[Ring]) -> Ring:
    """A ring from its arcs; one with a negative number runs backwards (~n)."""
    ring: Ring = []
    for each in numbers:
        piece = arcs[each] if each >= 0 else arcs[~each][::-1]
        ring += piece[1:] if ring else piece
    return ring


def unwrapped(ring: Ring) -> Ring:
    """A ring as one unbroken line: every step goes the short way, so that it may run on beyond 180 degrees.

    A ring around a pole is closed along the pole, and is then 360 degrees wide.
    """
    line = [ring[0]]
    for longitude, latitude in ring[1:]:
        line.append((turned(longitude, line[-1][0]), latitude))
    if abs(line[-1][0] - line[0][0]) > 180:
        pole = 90.0 if sum(latitude for _longitude, latitude in line) > 0 else -90.0
        line += [(line[-1][0], pole), (line[0][0], pole), line[0]]
    return line


def cut(ring: Ring, west: float, east: float) -> list[Ring]:
    """The parts of an unwrapped ring between two meridians, a turn apart: nothing crosses the map's edge."""
    left, right = min(x for x, _y in ring), max(x for x, _y in ring)
    found = []
    turn = int((west - right) // 360) + 1
    while left + turn * 360 < east:
        copy = [(x + turn * 360, y) for x, y in ring]
        part = clipped(clipped(copy, 0, west, True), 0, east, False)
        if len(part) > 2:
            found.append(along(part, west, east))
        turn += 1
    return found


def clipped(ring: Ring, axis: int, limit: float, above: bool) -> Ring:
    """What of a ring lies on one side of a line (Sutherland and Hodgman): `axis` 0 is x, 1 is y."""
    found: Ring = []
    for index, here in enumerate(ring):
        before = ring[index - 1]
        inside, was = (here[axis] >= limit) == above, (before[axis] >= limit) == above
        if inside != was:
            share = (limit - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            found.append((limit, other) if axis == 0 else (other, limit))
        if inside:
            found.append(here)
    return found


def along(ring: Ring, west: float, east: float) -> Ring:
    """The same ring with steps of at most two degrees where it follows the map's edge, which is curved."""
    found: Ring = []
    for index, (x, y) in enumerate(ring):
        x0, y0 = ring[index - 1]
        edge = x0 == x and x in (west, east)
        steps = int(max(abs(y - y0) if edge else 0, abs(x - x0) if abs(y) == 90 == abs(y0) else 0) / 2)
        found += [
            (x0 + (x - x0) * step / (steps + 1), y0 + (y - y0) * step / (steps + 1)) for step in range(1, steps + 1)
        ]
        found.append((x, y))
    return found
