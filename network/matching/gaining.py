"""What organisations gain: `score.gain` and `score.mutual` for many at once, from the fits that were found. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.postings import Floats
from network.matching.values import Item

Slots = NDArray[np.int64]
Gain = tuple[NDArray[np.int64], NDArray[np.float64]]  # rows in order, and how much each gains
NOTHING: Gain = np.empty(0, np.int64), np.empty(0)


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


def of_offers(found: Sequence[Found]) -> Gain:
    """What each row gives to some seeks, each of which found its offers."""
    if not found:
        return NOTHING
    seeks = np.arange(len(found)).repeat([len(one.rows) for one in found])
    keys = np.concatenate([one.rows for one in found]) * np.int64(len(found)) + seeks
    each, points = best(keys, np.concatenate([one.points for one in found]))
    return strongest(each // len(found), points)


def of_seeks(found: Sequence[Found], owners: NDArray[np.int32]) -> Gain:
    """What each row gets from some offers, each of which found its seeks; `owners` are the rows of all slots."""
    if not found:
        return NOTHING
    each, points = best(np.concatenate([one.slots for one in found]), np.concatenate([one.points for one in found]))
    return strongest(owners[each].astype(np.int64), points)


def best(keys: NDArray[Any], points: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The most points under each key: keys in order, each once, and points."""
    pairs = keys.astype(np.int64) << 32 | points.view(np.int32)  # numbers above 0 have the order of their bits
    pairs.sort()
    keys = pairs >> 32
    last = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=last[:-1])
    at = last.nonzero()[0]
    return keys.take(at), pairs.take(at).astype(np.int32).view(np.float32)


def strongest(rows: NDArray[np.int64], points: Floats) -> Gain:
    """`score.gain` by row of points, the rows in order: the three best of each count."""
    if not len(rows):
        return NOTHING
    starts = changes(rows)
    if len(rows) > score.STRONGEST and (rows[score.STRONGEST :] == rows[: -score.STRONGEST]).any():
        points = points[np.lexsort((-points, rows))]
        counts = np.diff(np.append(starts, len(rows)))
        kept = np.arange(len(rows)) - np.repeat(starts, counts) < score.STRONGEST
        return strongest(rows[kept], points[kept])
    return rows.take(starts), 1 - np.multiply.reduceat(1 - points.astype(np.float64) / 100, starts)


def both(gets: Gain, gives: Gain) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """All rows of two gains in order, and how much of each they have."""
    rows = np.concatenate((gets[0], gives[0]))
    rows.sort()
    rows = rows.take(changes(rows))
    each = np.zeros((2, len(rows)))
    for values, (some, gain) in zip(each, (gets, gives), strict=True):
        values[rows.searchsorted(some)] = gain
    return rows, each[0], each[1]


def changes(rows: NDArray[Any]) -> NDArray[np.int64]:
    """Where another number begins in what is in order."""
    first = np.ones(len(rows), bool)
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return first.nonzero()[0]
