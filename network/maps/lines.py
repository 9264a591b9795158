"""The lines of ties: one style for each type of link, an arrow where its direction says something."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot

from network.maps.colours import EDGE, QUIET
from network.maps.drawing import element, number
from network.maps.scene import Point, Tie


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a type of link is drawn: width in points, dashes in widths, colour."""

    width: float
    dash: str | None
    colour: str
    arrow: bool = True
    cap: str | None = None
    strength: float = 0.7


STROKES = {
    "member_of": Stroke(0.5, None, EDGE, False, strength=0.5),
    "hosted_by": Stroke(0.8, "5 2.5", QUIET),
    "works_with": Stroke(1.15, None, QUIET, False),
    "funds": Stroke(0.9, "8 2.4 1.4 2.4", "#4b5a2e"),
    "fiscal_sponsor_of": Stroke(1.2, "0.01 2.2", "#7a4a1e", cap="round"),
}
OTHERWISE = Stroke(0.6, "2 2", EDGE, False)
PROPOSED, ENDED = 0.5, 0.35  # of the strength of a confirmed tie
ARROW = 4.2  # points long
APART = 5.0  # points between the middles of several ties of the same two


def stroke_of(type: str) -> Stroke:
    return STROKES.get(type, OTHERWISE)


def drawn(ties: Sequence[Tie], at: Mapping[int, Point], radius: Mapping[int, float], bend: float = 0) -> str:
    """All ties between marks on the sheet, one group for each look; several of the same two bow apart."""
    beside: defaultdict[tuple[int, int], list[Tie]] = defaultdict(list)
    for tie in ties:
        if tie.source in at and tie.target in at:
            beside[min(tie.source, tie.target), max(tie.source, tie.target)].append(tie)
    looks: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    heads: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    for (low, _high), same in beside.items():
        for index, tie in enumerate(same):
            look = tie.type, ENDED if tie.ended_on else PROPOSED if tie.proposed else 1.0
            offset = (index - (len(same) - 1) / 2) * APART * (1 if tie.source == low else -1)
            line = between(at[tie.source], at[tie.target], radius[tie.source], radius[tie.target], offset, bend)
            if line is None:
                continue
            start, through, end = line
            looks[look].append(written(start, through, end))
            if stroke_of(tie.type).arrow:
                heads[look].append(head(through, end))
    order = {type: index for index, type in enumerate(STROKES)}
    ordered = sorted(looks, key=lambda look: (order.get(look[0], len(order)), look))
    return "".join(group(look, looks[look], heads[look]) for look in ordered)


def group(look: tuple[str, float], lines: list[str], heads: list[str]) -> str:
    """Every tie of one look: a path for the lines and one for the arrows."""
    type, strength = look
    stroke = stroke_of(type)
    line = element("path", d="".join(lines), **paint(stroke))
    arrows = element("path", d="".join(heads), fill=stroke.colour) if heads else ""
    return element("g", line, arrows, opacity=strength * stroke.strength)


def paint(stroke: Stroke) -> dict[str, object]:
    dash = stroke.dash and " ".join(number(float(part) * stroke.width) for part in stroke.dash.split())
    return {
        "fill": "none",
        "stroke": stroke.colour,
        "stroke_width": stroke.width,
        "stroke_dasharray": dash,
        "stroke_linecap": stroke.cap,
    }


def between(
    source: Point, target: Point, near: float, far: float, offset: float, bend: float
) -> tuple[Point, Point, Point] | None:
    """Where a tie begins, bends and ends, from rim to rim; None when the marks touch."""
    across, down = target[0] - source[0], target[1] - source[1]
    length = hypot(across, down)
    if length <= near + far + 1:
        return None
    off = 2 * offset + bend * length
    middle = ((source[0] + target[0]) / 2 - down / length * off, (source[1] + target[1]) / 2 + across / length * off)
    return towards(source, middle, near + 0.8), middle, towards(target, middle, far + 1.4)


def towards(start: Point, to: Point, far: float) -> Point:
    length = hypot(to[0] - start[0], to[1] - start[1]) or 1
    return start[0] + (to[0] - start[0]) * far / length, start[1] + (to[1] - start[1]) * far / length


def written(start: Point, through: Point, end: Point) -> str:
    straight = abs((end[0] - start[0]) * (through[1] - start[1]) - (end[1] - start[1]) * (through[0] - start[0])) < 0.5
    begin = f"M{number(start[0])} {number(start[1])}"
    if straight:
        return f"{begin}L{number(end[0])} {number(end[1])}"
    return f"{begin}Q{number(through[0])} {number(through[1])} {number(end[0])} {number(end[1])}"


def head(through: Point, end: Point) -> str:
    """An arrow's head whose tip is where the line ends."""
    length = hypot(end[0] - through[0], end[1] - through[1]) or 1
    across, down = (end[0] - through[0]) / length, (end[1] - through[1]) / length
    x, y = end[0] - across * ARROW, end[1] - down * ARROW
    side = ARROW * 0.36
    corners = ((x - down * side, y + across * side), end, (x + down * side, y - across * side))
    return "M" + "L".join(f"{number(a)} {number(b)}" for a, b in corners) + "Z"
