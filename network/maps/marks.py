"""The marks of organisations: shape by category, line by standing, faded when nobody confirmed for long."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from network.directory.categories import CATEGORIES
from network.maps.colours import CANVAS, state_of
from network.maps.drawing import element, number, path
from network.maps.scene import Node, Point, Scene, degrees

OUTLINES: dict[str, tuple[tuple[float, float], ...]] = {
    "tent": ((0, -1.0), (1.05, 0.92), (0.36, 0.92), (0, 0.32), (-0.36, 0.92), (-1.05, 0.92)),
    "hexagon": ((-0.5, -0.88), (0.5, -0.88), (1.0, 0), (0.5, 0.88), (-0.5, 0.88), (-1.0, 0)),
    "star": (
        *((0, -1.08), (0.33, -0.37), (1.06, -0.28), (0.52, 0.24), (0.66, 0.97)),
        *((0, 0.6), (-0.66, 0.97), (-0.52, 0.24), (-1.06, -0.28), (-0.33, -0.37)),
    ),
}
"""The shapes of the icon sheet that have corners, each about a circle of radius 1."""

WEIGHT = {"star": 1.3, "hexagon": 1.15, "tent": 1.05, "square": 0.95}
"""How much larger a shape is drawn so that all look equally large; the gatherings a little larger still."""


@dataclass(frozen=True, slots=True)
class Look:
    """How strongly a mark is painted. `dash` is in units of its line's width."""

    filling: float = 1  # opacity of its colour inside
    line: float = 0  # width in points
    dash: str | None = None
    strength: float = 1  # opacity of the whole


LOOKS = {
    "desired": Look(0, 0.8, "2.2 1.6", 0.8),
    "in_conversation": Look(0.28, 0.8, "2.2 1.6", 0.85),
    "current": Look(),
    "paused": Look(0.38, 0.6),
    "ended": Look(0, 0.5, strength=0.55),
}
STALE = 0.45


def look(node: Node, scene: Scene) -> Look:
    """How an organisation is painted on the day of the map."""
    found = LOOKS.get(node.standing, Look())
    stale = node.standing == "current" and state_of(node, scene.drawn_on) == "stale"
    return Look(strength=STALE) if stale else found


def shape_of(category: str) -> str:
    return CATEGORIES[category].shape if category in CATEGORIES else "circle"


def radii(scene: Scene, base: float) -> dict[int, float]:
    """How large each mark is, in points: its area grows with its ties, offers or seeks."""
    values = sizes(scene)
    most = max(4, *values.values()) if values else 4
    found = {}
    for node in scene.nodes:
        grown = 0.8 + 1.3 * sqrt(values[node.id] / most) if scene.size != "same" else 1
        found[node.id] = base * grown
    return found


def sizes(scene: Scene) -> dict[int, int]:
    """The number that a mark's size stands for."""
    if scene.size == "ties":
        return degrees(scene.nodes, scene.ties)
    counted = {"offers": lambda node: node.offers, "seeks": lambda node: node.seeks}.get(scene.size, lambda node: 0)
    return {node.id: counted(node) for node in scene.nodes}


def mark(shape: str, at: Point, radius: float, colour: str, look: Look, told: str = "") -> str:
    """A mark on the sheet; what is told of it, as SVG, is inside."""
    drawn = outline(
        shape,
        at,
        radius * WEIGHT.get(shape, 1) - look.line / 2,
        fill=colour if look.filling == 1 else tint(colour, look.filling),
        stroke=colour if look.line else CANVAS,
        stroke_width=look.line or 0.6,
        stroke_dasharray=dashes(look.dash, look.line),
        stroke_linejoin="round",
    )
    return element("g", told, drawn, opacity=None if look.strength == 1 else look.strength)


def dashes(pattern: str | None, width: float) -> str | None:
    return None if pattern is None else " ".join(number(float(part) * width) for part in pattern.split())


def outline(shape: str, at: Point, r: float, **paint: object) -> str:
    """The outline of a shape about a point."""
    x, y = at
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=r, **paint)
    if shape == "square":
        side = r * 0.92
        return element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, rx=r * 0.14, **paint)
    corners = [(x + r * across, y + r * down) for across, down in OUTLINES[shape]]
    return element("path", d=path(corners, closed=True), **paint)


def tint(colour: str, strength: float, ground: str = CANVAS) -> str:
    """A colour on the ground as if it were so strong, yet hiding what lies below."""
    parts = [blend(channels(colour)[i], channels(ground)[i], strength) for i in range(3)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def channels(colour: str) -> Sequence[int]:
    digits = colour[1:]
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    return [int(digits[i : i + 2], 16) for i in (0, 2, 4)]


def blend(above: int, below: int, strength: float) -> int:
    return round(above * strength + below * (1 - strength))
