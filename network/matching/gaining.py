"""What organisations gain: `score.gain` and `score.mutual` for many at once, from the fits that were found. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.scan import Floats, Slots
from network.matching.values import Item


@dataclass(frozen=True)
class Found:
    """Fits of one item with many: the slots of the other side, the rows of their organisations, and the points.

    `barred` are those with as many points that are impossible.
    """

    slots: Slots
    rows: NDArray[np.int32]
    points: Floats
    barred: Found | None = None


@dataclass(frozen=True)
class Gains:
    """What an organisation and each of some others gain from each other, 0..1, and the finds that it stands on."""

    rows: NDArray[np.int64]
    gets: NDArray[np.float64]
    gives: NDArray[np.float64]
    got: list[tuple[Item, Found]]
    given: list[tuple[Item, Found]]

    @property
    def mutual(self) -> NDArray[np.float64]:
        """`score.mutual` of each."""
        return 0.25 * (self.gets + self.gives) + 0.5 * np.sqrt(self.gets * self.gives)

    @property
    def barred(self) -> Gains:
        """The same organisations with the finds that are impossible."""
        got, given = ([(item, one.barred) for item, one in each if one.barred] for each in (self.got, self.given))
        return Gains(self.rows, self.gets, self.gives, got, given)


def best(rows: NDArray[np.int32], points: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The most points of each row: rows without repetition, and points."""
    if not len(rows):
        return rows.astype(np.int64), points
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    return ordered[starts].astype(np.int64), np.maximum.reduceat(points[order], starts)


def product(count: int, bests: Sequence[tuple[NDArray[np.int64], Floats]]) -> NDArray[np.float64]:
    """`score.gain` by row, of the best points of each of several seeks."""
    if len(bests) <= score.STRONGEST:
        left = np.ones(count)
        for rows, points in bests:
            left[rows] *= 1 - points.astype(np.float64) / 100
        return 1 - left
    return strongest(
        count, np.concatenate([rows for rows, _ in bests]), np.concatenate([points for _, points in bests])
    )


def of_seeks(count: int, found: Sequence[Found]) -> NDArray[np.float64]:
    """`score.gain` by row, where each slot found is a seek of its row."""
    if not found:
        return np.zeros(count)
    slots = np.concatenate([one.slots for one in found])
    rows = np.concatenate([one.rows for one in found])
    several, points = best(slots, np.concatenate([one.points for one in found]))
    owner = np.zeros(int(slots.max(initial=0)) + 1, np.int64)
    owner[slots] = rows
    return strongest(count, owner[several], points)


def strongest(count: int, rows: NDArray[np.int64], points: Floats) -> NDArray[np.float64]:
    """`score.gain` by row of points, some of which belong to the same row: the three best of each count."""
    left = np.ones(count)
    order = np.lexsort((-points, rows))
    rows, points = rows[order], points[order]
    for _ in range(score.STRONGEST):
        if not len(rows):
            break
        first = np.concatenate(([True], rows[1:] != rows[:-1]))
        left[rows[first]] *= 1 - points[first].astype(np.float64) / 100
        rows, points = rows[~first], points[~first]
    return 1 - left
