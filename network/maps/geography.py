"""A scene on the earth: where each mark stands on the sheet, and the land below, its areas kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians, sin

import numpy as np

from network.maps.atlas import COARSE, FINE, Ring, clipped, countries, cut
from network.maps.colours import COAST, LAND, SEA
from network.maps.drawing import Box, element, path
from network.maps.projections import Degrees, Projection, Spot, fitting
from network.maps.scene import Point, Scene

EARTH = (5.43, 2.65)  # units of the plane that the whole earth takes, and a little rim
LEAST = 0.045  # units of the plane that a map shows at least: some 290 km
AROUND = 0.09  # of the width is left free on every side
STEP = 1.5  # degrees between the points of a straight border
FARTHEST = 110  # degrees from the middle of a part of the earth beyond which no land is drawn
NEAREST = 0.3  # points between two points of a coast
DODGING = 1500  # organisations that make room for one another; more of them simply lie on each other
ROUNDS = 90


@dataclass(frozen=True)
class Chart:
    """A part of the plane on the sheet: its `middle` is in the middle of the box, a unit is `scale` points."""

    projection: Projection
    middle: Spot
    scale: float
    box: Box

    def on_sheet(self, spot: Spot) -> Point:
        across, down = (spot[0] - self.middle[0]) * self.scale, (spot[1] - self.middle[1]) * self.scale
        return (self.box.left + self.box.right) / 2 + across, (self.box.top + self.box.bottom) / 2 + down

    def at(self, point: Degrees) -> Point:
        return self.on_sheet(self.projection.at(point))


def points_of(scene: Scene) -> dict[int, Degrees]:
    """Longitude and latitude of every organisation that has them."""
    return {
        node.id: (node.longitude, node.latitude)
        for node in scene.nodes
        if node.longitude is not None and node.latitude is not None
    }


def chart(points: Sequence[Degrees], box: Box) -> Chart:
    """The map that shows all points as large as the box allows."""
    projection = fitting(points)
    if not points:
        return Chart(projection, (0, 0), box.width / EARTH[0], box)
    spots = [projection.at(point) for point in points]
    left, right = min(x for x, _y in spots), max(x for x, _y in spots)
    top, bottom = min(y for _x, y in spots), max(y for _x, y in spots)
    wide, high = max(LEAST, right - left), max(LEAST, bottom - top)
    scale = min(box.width * (1 - 2 * AROUND) / wide, box.height * (1 - 2 * AROUND) / high)
    middle = (left + right) / 2, (top + bottom) / 2
    if projection.whole:
        whole = box.width / EARTH[0]
        scale = max(whole * 0.88, min(whole, box.height / EARTH[1])) if wide > EARTH[0] * 0.7 else max(scale, whole)
        middle = (
            held(middle[0], EARTH[0] / 2, box.width / scale),
            held(middle[1], EARTH[1] / 2, box.height / scale),
        )
    return Chart(projection, middle, scale, box)


def held(middle: float, edge: float, shown: float) -> float:
    """The middle of what is shown, moved so that as little as possible of it lies beyond the edge of the earth."""
    free = max(0.0, edge - shown / 2)
    return max(-free, min(free, middle))


def spread(at: Mapping[int, Point], radius: Mapping[int, float]) -> dict[int, Point]:
    """Marks moved apart until none hides another, each as near as possible to where it belongs."""
    ids = list(at)
    if not 1 < len(ids) <= DODGING:
        return dict(at)
    home = np.array([at[id] for id in ids])
    reach = np.array([radius[id] for id in ids]) + 0.4
    turn = np.arange(len(ids)) * 2.399963  # the golden angle: where many share a point, each starts another way
    now = home + 0.3 * np.column_stack((np.cos(turn), np.sin(turn)))
    need = reach[:, None] + reach[None, :]
    share = reach[None, :] / need  # the smaller of two moves farther
    for step in range(ROUNDS):
        gap = now[:, None, :] - now[None, :, :]
        away = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(away, np.inf)
        push = np.maximum(0, need - away) * share
        if push.max() < 0.05:
            break
        moved = (gap / np.maximum(away, 1e-6)[..., None] * push[..., None]).sum(1) * 0.9
        now = now + np.clip(moved, -reach[:, None] / 2, reach[:, None] / 2)  # in a crowd the pushes add up
        if step < ROUNDS * 2 / 3:
            now += (home - now) * 0.04
    return {id: (float(x), float(y)) for id, (x, y) in zip(ids, now, strict=True)}


@lru_cache(maxsize=16)
def ground(chart: Chart) -> str:
    """Sea, graticule and land of a map as SVG, as wide as its box."""
    sheet = chart.box.grown(8)
    rings = [ring for polygon in countries(COARSE if chart.projection.whole else FINE) for ring in polygon]
    drawn = [path(line, True) for ring in rings for line in on_chart(ring, chart, sheet)]
    land = element("path", d="".join(drawn), fill=LAND, fill_rule="evenodd", stroke=COAST, stroke_width=0.45)
    lines = element(
        "path", d="".join(graticule(chart, sheet)), fill="none", stroke="#fff", stroke_width=0.5, opacity=0.7
    )
    return sea(chart) + lines + (land if drawn else "")


def sea(chart: Chart) -> str:
    if not chart.projection.whole:
        box = chart.box
        return element("rect", x=box.left, y=box.top, width=box.width, height=box.height, fill=SEA)
    west, east = chart.projection.middle[0] - 180, chart.projection.middle[0] + 180
    rim = [(west, float(latitude)) for latitude in range(-90, 91, 3)]
    rim += [(east, float(latitude)) for latitude in range(90, -91, -3)]
    return element("path", d=path([chart.on_sheet(chart.projection.within(point)) for point in rim], True), fill=SEA)


def graticule(chart: Chart, sheet: Box) -> list[str]:
    """The meridians and parallels, every thirty or ten degrees."""
    step = 30 if chart.projection.whole else 10
    west = chart.projection.middle[0] - 180
    upright = [[(west + 180 + x, float(y)) for y in range(-90, 91, 3)] for x in range(-180 + step, 180, step)]
    level = [[(west + x, float(y)) for x in range(0, 361, 3)] for y in range(-90 + step, 90, step)]
    lines = []
    for line in upright + level:
        if not chart.projection.whole:
            line = [point for point in line if distance(point, chart.projection.middle) < 80]
        points = [chart.on_sheet(chart.projection.within(point)) for point in line]
        if any(sheet.left < x < sheet.right and sheet.top < y < sheet.bottom for x, y in points):
            lines.append(path(points))
    return lines


def on_chart(ring: Ring, chart: Chart, sheet: Box) -> list[list[Point]]:
    """A ring of the atlas as closed lines on the sheet, nothing of them far outside it."""
    projection = chart.projection
    if projection.whole:
        parts = cut(ring, projection.middle[0] - 180, projection.middle[0] + 180)
    elif min(distance(point, projection.middle) for point in ring[::4]) < FARTHEST:
        parts = [dense(ring)]
    else:
        return []
    found = []
    for part in parts:
        line = [chart.on_sheet(projection.within(point)) for point in part]
        for axis, limit, above in (
            (0, sheet.left, True),
            (0, sheet.right, False),
            (1, sheet.top, True),
            (1, sheet.bottom, False),
        ):
            line = clipped(line, axis, limit, above) if line else line
        if len(line := thinned(line)) > 2:
            found.append(line)
    return found


def dense(ring: Ring) -> Ring:
    """The same ring with a point at least every step: a border along a parallel is no straight line on a map."""
    found: Ring = []
    for (x0, y0), (x, y) in zip(ring[-1:] + ring[:-1], ring, strict=True):
        steps = int(max(abs(x - x0), abs(y - y0)) / STEP)
        found += [(x0 + (x - x0) * at / (steps + 1), y0 + (y - y0) * at / (steps + 1)) for at in range(1, steps + 1)]
        found.append((x, y))
    return found


def thinned(line: Sequence[Point]) -> list[Point]:
    """A line without the points that nobody could tell from the one before."""
    found: list[Point] = []
    for point in line:
        if not found or hypot(point[0] - found[-1][0], point[1] - found[-1][1]) >= NEAREST:
            found.append(point)
    return found


def distance(one: Degrees, other: Degrees) -> float:
    """How far two points are from one another, in degrees of the globe."""
    a, b, turn = radians(one[1]), radians(other[1]), radians(one[0] - other[0])
    return float(np.degrees(np.arccos(max(-1, min(1, sin(a) * sin(b) + cos(a) * cos(b) * cos(turn))))))
