"""Pieces of a network that no tie joins, side by side: the largest in the middle, the others close around it. Pure."""

from collections.abc import Sequence

import numpy as np

from network.maps.graph import Floats, Ties
from network.maps.sheet import Sheet

WIDE, HIGH = 4 / 3, 1.0  # the frame that a drawing fills
GAP = 2.0  # between pieces, at least
LONE = 2.0  # between those without ties


def cluster(count: int) -> Floats:
    """So many without ties in a tidy cluster: rows of a honeycomb, in the order in which one reads."""
    size = int(np.sqrt(count)) + 3
    row, column = np.mgrid[-size : size + 1, -size : size + 1]
    x = (column + 0.5 * (row % 2)).ravel() * LONE
    y = row.ravel() * LONE * np.sqrt(0.75)
    far = ((x - 0.5 * LONE) / WIDE) ** 2 + ((y - 0.3 * LONE) / HIGH) ** 2
    kept = np.lexsort((x, y, np.round(far, 9)))[:count]
    kept = kept[np.lexsort((x[kept], y[kept]))]
    return np.stack([x[kept], y[kept]], axis=1)


def outline(points: Floats, ties: Ties, step: float) -> Floats:
    """The points of a piece and points along its ties, at most a step apart."""
    begin, end = points[ties.source], points[ties.target]
    many = np.ceil(np.hypot(*(end - begin).T) / step).astype(np.int64)
    which = np.repeat(np.arange(len(many)), many)
    part = (np.arange(len(which)) - np.repeat(np.cumsum(many) - many, many)) / many[which]
    return np.concatenate([points, begin[which] + (end - begin)[which] * part[:, None]])


def packed(pieces: Sequence[tuple[Floats, Ties]]) -> list[Floats]:
    """Each piece (its points and the ties among them) moved so that none lies on another, close together, in a frame of
    four to three. The first stays where it is, around (0, 0); it should be the largest.
    """
    if len(pieces) < 2:
        return [points for points, _ties in pieces]
    sizes = np.array([np.ptp(points, axis=0) + 3 * GAP for points, _ties in pieces])
    side = 0.75 * float(np.sqrt(sizes.prod(axis=1).sum()) + sizes.max())
    while True:
        moved = laid(Sheet(side * WIDE, side * HIGH, max(1.0, side / 200)), pieces)
        if moved is not None:
            return moved
        side *= 1.5


def laid(sheet: Sheet, pieces: Sequence[tuple[Floats, Ties]]) -> list[Floats] | None:
    """The pieces on a sheet; None when it is too small."""
    moved = [pieces[0][0]]
    sheet.take(sheet.cells(outline(*pieces[0], sheet.cell)), GAP)
    sheet.fill()
    for points, ties in pieces[1:]:
        cells = sheet.cells(outline(points, ties, sheet.cell))
        place = sheet.place(cells)
        if place is None:
            return None
        sheet.take(cells + place, GAP)
        moved.append(points + place * sheet.cell)
    return moved
