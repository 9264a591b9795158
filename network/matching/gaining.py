"""What organisations gain: `score.gain` and `score.mutual` for many at once, from the fits that were found. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.postings import Floats
from network.matching.values import Item

Slots = NDArray[np.int64]
Gain = tuple[NDArray[np.int64], NDArray[np.float64]]  # rows in order, and how much each gains
QUARTER, HALF, ALL, HUNDRED, BITS = (np.array(one) for one in (0.25, 0.5, 1.0, 100.0, 32))
NOTHING: Gain = np.empty(0, np.int64), np.empty(0)


class Found(NamedTuple):
    """Fits of some items with those of others, in the order of the items and of the slots: parallel arrays."""

    of: Slots  # the number of each item among those that asked
    slots: Slots
    rows: NDArray[np.int32]  # of the organisations whose slots they are
    points: Floats

    def only(self, which: NDArray[np.bool_]) -> Found:
        """Some of them."""
        places = which.nonzero()[0]
        return Found(self.of.take(places), self.slots.take(places), self.rows.take(places), self.points.take(places))


NOBODY = Found(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))


class Gains(NamedTuple):
    """What an organisation and each of some others gain from each other, 0..1, and what its items found for it."""

    rows: NDArray[np.int64]
    gets: NDArray[np.float64]
    gives: NDArray[np.float64]
    items: Sequence[Item]  # seeks first
    found: Found
    barred: Found  # with as many points, but impossible

    @property
    def mutual(self) -> NDArray[np.float64]:
        """`score.mutual` of each."""
        return QUARTER * (self.gets + self.gives) + HALF * np.sqrt(self.gets * self.gives)

    @classmethod
    def of(cls, items: Sequence[Item], found: Found, barred: Found, owners: NDArray[np.int32], count: int) -> Gains:
        """From what all items of an organisation found; `owners` are the rows of all slots, of so many rows."""
        sought = sum(not item.offer for item in items)
        half, seeks = int(found.of.searchsorted(sought)), max(1, sought)
        # Theirs are by row and seek, ours by slot of theirs behind them: both are in the order of the rows.
        theirs, ours = found.rows[:half] * np.int64(seeks) + found.of[:half], found.slots[half:] + count * seeks
        keys, points = best(np.concatenate((theirs, ours)), found.points)
        half = int(keys.searchsorted(count * seeks))
        given = owners.take(keys[half:] - count * seeks).astype(np.int64) + count
        both, gain = strongest(np.concatenate((keys[:half] // seeks, given)), points)
        rows = both % max(1, count)
        rows.sort()
        rows = rows.take(changes(rows))
        half = int(both.searchsorted(count))
        each = np.zeros((2, len(rows)))
        each[0, rows.searchsorted(both[:half])] = gain[:half]
        each[1, rows.searchsorted(both[half:] - count)] = gain[half:]
        return cls(rows, each[0], each[1], items, found, barred)

    def without(self, rows: Iterable[int]) -> Gains:
        """The same but for some organisations, by their rows."""
        apart = np.array(list(rows), np.int64)
        at = self.rows.searchsorted(apart)
        there = at[self.rows.take(at, mode="clip") == apart] if len(self.rows) else at[:0]
        if not len(there):
            return self
        kept = np.ones(len(self.rows), bool)
        kept[there] = False
        return self._replace(rows=self.rows[kept], gets=self.gets[kept], gives=self.gives[kept])


def best(keys: NDArray[Any], points: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The most points under each key: keys in order, each once, and points."""
    pairs = keys.astype(np.int64) << BITS | points.view(np.int32)  # numbers above 0 have the order of their bits
    pairs.sort()
    keys = pairs >> BITS
    last = np.empty(len(keys), bool)
    last[-1:] = True
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
    return rows.take(starts), ALL - np.multiply.reduceat(ALL - points.astype(np.float64) / HUNDRED, starts)


def changes(rows: NDArray[Any]) -> NDArray[np.int64]:
    """Where another number begins in what is in order."""
    first = np.empty(len(rows), bool)
    first[:1] = True
    np.not_equal(rows[1:], rows[:-1], out=first[1:])
    return first.nonzero()[0]
