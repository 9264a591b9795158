"""Soft hulls: one smooth outline around the members of a group that bends away from who is none (after bubble sets)."""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, cos, pi, sin

import numpy as np

from network.maps.drawing import Box, number
from network.maps.scene import Point

MOST = 400  # members that are joined one by one; a larger group is outlined by its corners alone
CROWD = 800  # others that a hull bends away from; among more it runs straight through
FINEST = 3.0  # points between two samples
GRID = 40_000  # samples of one hull at most
LEVEL = 0.5
ROUND = [(cos(turn * pi / 8), sin(turn * pi / 8)) for turn in range(16)]
Line = list[Point]


def hull(members: Sequence[Point], others: Sequence[Point], reach: float, sheet: Box) -> list[Line]:
    """The closed lines about members, `reach` points away from them; more than one where others stand between."""
    if not members:
        return []
    if len(others) > CROWD:
        others = ()
    if len(members) > MOST:
        return [
            corners([(x + reach * across, y + reach * down) for x, y in corners(members) for across, down in ROUND])
        ]
    near = np.array(members)
    joints = spanning(near)
    left, top = np.maximum(near.min(0) - 3 * reach, (sheet.left, sheet.top))
    right, bottom = np.minimum(near.max(0) + 3 * reach, (sheet.right, sheet.bottom))
    step = max(FINEST, float(np.sqrt(max(1.0, (right - left) * (bottom - top)) / GRID)))
    xs = left + step * np.arange(ceil((right - left) / step) + 1)
    ys = top + step * np.arange(ceil((bottom - top) / step) + 1)
    field = strength(np.meshgrid(xs, ys), near, joints, np.array(others).reshape(-1, 2), reach)
    field[0], field[-1], field[:, 0], field[:, -1] = 0, 0, 0, 0
    lines = [[(left + x * step, top + y * step) for x, y in line] for line in contours(field, LEVEL)]
    return [smooth(line) for line in lines if area(line) > 2 * reach * reach]


def strength(
    grid: Sequence[np.ndarray], near: np.ndarray, joints: list[tuple[int, int]], others: np.ndarray, reach: float
) -> np.ndarray:
    """How much each sample belongs to a group: near its members and the lines between them, less so near others."""
    x, y = grid
    drawn = np.zeros_like(x)
    for one, other in joints or [(0, 0)]:
        drawn = np.maximum(drawn, 0.9 * falling(to_line(x, y, near[one], near[other]), 2.1 * reach))
    low, high = near.min(0) - 2 * reach, near.max(0) + 2 * reach
    for point in others[((others > low) & (others < high)).all(1)] if len(others) else ():
        drawn -= 0.8 * falling(np.hypot(x - point[0], y - point[1]), 1.6 * reach)
    for point in near:
        drawn = np.maximum(drawn, falling(np.hypot(x - point[0], y - point[1]), 2.5 * reach))
    return drawn


def falling(distance: np.ndarray, end: float) -> np.ndarray:
    """From 1 at no distance to 0 at its end, half way in the middle."""
    share = np.clip(distance / end, 0, 1)
    return 1 - share * share * (3 - 2 * share)


def to_line(x: np.ndarray, y: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The distance of samples from the line between two points."""
    along = other - one
    length = float(along @ along) or 1.0
    share = np.clip(((x - one[0]) * along[0] + (y - one[1]) * along[1]) / length, 0, 1)
    return np.hypot(x - one[0] - share * along[0], y - one[1] - share * along[1])


def spanning(points: np.ndarray) -> list[tuple[int, int]]:
    """The shortest tree that joins all points (Prim)."""
    inside = np.zeros(len(points), bool)
    best, parent = np.full(len(points), np.inf), np.zeros(len(points), int)
    found, here = [], 0
    for _step in range(len(points) - 1):
        inside[here] = True
        away = np.hypot(*(points - points[here]).T)
        closer = ~inside & (away < best)
        best[closer], parent[closer] = away[closer], here
        here = int(np.where(inside, np.inf, best).argmin())
        found.append((int(parent[here]), here))
    return found


def corners(points: Sequence[Point]) -> list[Point]:
    """The corners of the convex hull of points (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for run in (ordered, ordered[::-1]):
        half: Line = []
        for point in run:
            while len(half) > 1 and turning(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves += half[:-1]
    return halves


def turning(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def contours(field: np.ndarray, level: float) -> list[Line]:
    """The closed lines on which a field has a value (marching squares), the field being less all along its edge."""
    inside = field >= level
    sums = inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    following: defaultdict[tuple[int, int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for row, column in np.argwhere((sums > 0) & (sums < 15)).tolist():
        for start, end in CROSSINGS[int(sums[row, column])]:
            following[edge(row, column, start)].append(edge(row, column, end))
    found = []
    while following:
        first = here = next(iter(following))
        line = []
        while here in following:
            line.append(crossing(field, level, here))
            onward = following[here].pop()
            if not following[here]:
                del following[here]
            here = onward
            if here == first:
                break
        if len(line) > 3:
            found.append(line)
    return found


CROSSINGS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}
"""From which side of a cell to which the line runs (0 above, 1 right, 2 below, 3 left), by the corners inside."""


def edge(row: int, column: int, side: int) -> tuple[int, int, int]:
    """One name for a side that two cells share: (row, column, 0 for level or 1 for upright)."""
    return ((row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1))[side]


def crossing(field: np.ndarray, level: float, where: tuple[int, int, int]) -> Point:
    """Where the line crosses a side, in cells."""
    row, column, upright = where
    one = float(field[row, column])
    other = float(field[row + 1, column] if upright else field[row, column + 1])
    share = 0.5 if one == other else (level - one) / (other - one)
    return (column, row + share) if upright else (column + share, row)


def area(line: Line) -> float:
    """What a closed line encloses."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(line, line[1:] + line[:1], strict=True))) / 2


def smooth(line: Line) -> Line:
    """Every second point of a closed line: the curve through them takes the steps of the grid away."""
    return line[::2] if len(line) > 12 else line


def curve(lines: Sequence[Line]) -> str:
    """Closed curves through the middles of their sides, as the `d` of a path."""
    written = []
    for line in lines:
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(line, line[1:] + line[:1], strict=True)]
        begin = middles[-1]
        written.append(f"M{number(begin[0])} {number(begin[1])}")
        written += [
            f"Q{number(x)} {number(y)} {number(to[0])} {number(to[1])}"
            for (x, y), to in zip(line, middles, strict=True)
        ]
        written.append("Z")
    return "".join(written)
