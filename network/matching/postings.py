"""Lists of slots by key: sorted arrays for what was built, and a few growing ones for what was added since."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.int32]
Weights = NDArray[np.uint8]
Weighed = NDArray[np.uint32]
Floats = NDArray[np.float32]
BITS = np.array(8, np.uint32)  # of a weight
MOST_SLOTS = 2**24  # what a slot and its weight as one number have room for
NO_SLOTS, NONE_WEIGHED, NOTHING = np.empty(0, np.int32), np.empty(0, np.uint32), array("I")


def weighed(slots: Slots, weights: Weights) -> Weighed:
    """Slots with their weights, each pair as one number. OverflowError when there are more slots than fit."""
    if slots.max(initial=0) >= MOST_SLOTS:
        raise OverflowError(f"an index has room for {MOST_SLOTS:,} offers and seeks")
    both: Weighed = slots.astype(np.uint32) << BITS | weights
    return both


def apart(both: Weighed) -> tuple[Slots, Weights]:
    """The slots and the weights of such numbers."""
    return (both >> BITS).view(np.int32), both.astype(np.uint8)


class Growing:
    """What was added since: slots `weighed`, by key."""

    def __init__(self) -> None:
        self.added: dict[int, array[int]] = {}

    def add(self, slot: int, keys: Iterable[int], weights: Iterable[int] = repeat(0)) -> None:
        """Add a slot under each key."""
        for key, weight in zip(keys, weights, strict=False):
            self.added.setdefault(key, array("I")).append(slot << 8 | weight)

    def later(self, keys: Iterable[int]) -> list[Weighed]:
        """What was added under each key."""
        return [np.frombuffer(self.added.get(key, NOTHING), np.uint32) for key in keys]


class Postings(Growing):
    """Which slots have a key, with a weight 0..255 each: `keys`, `slots` and `weights` are parallel arrays."""

    def __init__(self, keys: NDArray[Any], slots: Slots, weights: Weights) -> None:
        super().__init__()
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        self.weighed = weighed(slots, weights)[order]
        first = np.ones(len(ordered), bool)
        first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(first)
        self.keys = np.append(ordered[starts], np.iinfo(keys.dtype).max)  # the last one is none
        self.starts = np.append(starts, (len(ordered), len(ordered)))

    def under(self, keys: NDArray[Any]) -> tuple[NDArray[np.int64], Slots, Weights]:
        """All that stands under some keys, one after the other: how many each has, the slots, and their weights.

        A slot that is under two of them comes twice.
        """
        keys = keys.astype(self.keys.dtype)
        at = self.keys.searchsorted(keys)
        starts, ends = self.starts.take(at), self.starts.take(at + (self.keys.take(at) == keys))
        found = [self.weighed[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        counts = ends - starts
        if self.added and len(keys):
            later = self.later(keys.tolist())
            counts += [len(one) for one in later]
            found = [one for both in zip(found, later, strict=True) for one in both]
        return counts, *apart(np.concatenate((NONE_WEIGHED, *found)))


class Graded(Growing):
    """Which slots have a key, a small number, with a weight 0..`most` each, the heaviest first: parallel arrays."""

    def __init__(self, keys: NDArray[Any], slots: Slots, weights: Weights | int = 0, most: int = 0) -> None:
        super().__init__()
        self.last, self.grades = int(keys.max(initial=-1)) + 1, np.arange(most, -1, -1)  # nothing is under the last key
        places = (keys.astype(np.int64) + 1) * len(self.grades) - 1 - weights
        self.slots = slots[np.argsort(places, kind="stable")]
        self.several = np.bincount(places, minlength=(self.last + 1) * len(self.grades)).reshape(self.last + 1, -1)
        self.starts = np.append(0, self.several.sum(axis=1).cumsum()[:-1])
        self.whole = self.several.sum(axis=1)

    def under(self, keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], Slots]:
        """All slots under some keys, one after the other, and how many each has; one under two of them comes twice."""
        at = np.minimum(keys, self.last)
        counts = self.whole.take(at)
        found = self.pieces(at, counts)
        if self.added and len(keys):
            later = [apart(one)[0] for one in self.later(keys.tolist())]
            counts += [len(one) for one in later]
            found = [one for both in zip(found, later, strict=True) for one in both]
        return counts, np.concatenate((NO_SLOTS, *found))

    def pieces(self, at: NDArray[np.int64], counts: NDArray[np.int64]) -> list[Slots]:
        """The first slots, so many, of each key."""
        starts = self.starts.take(at)
        bounds = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        return [self.slots[start:end] for start, end in bounds]

    def products(
        self, keys: NDArray[np.int64], weights: NDArray[np.int64], least: int
    ) -> Iterator[tuple[NDArray[np.int64], Slots, NDArray[np.int16]]]:
        """The products of the weights of some keys and of the slots under them, those of `least` or more.

        Gives how many slots each key has, the slots, and their products: for what was built, and for what was added.
        """
        at, products = np.minimum(keys, self.last), weights[:, None] * self.grades
        several = self.several.take(at, axis=0) * (products >= least)
        counts = several.sum(axis=1)
        slots = np.concatenate((NO_SLOTS, *self.pieces(at, counts)))
        yield counts, slots, products.astype(np.int16).repeat(several.ravel())
        if self.added and len(keys):
            later = self.later(keys.tolist())
            counts = np.array([len(one) for one in later])
            slots, shares = apart(np.concatenate(later))
            found = weights.repeat(counts) * shares
            yield counts, slots, np.where(found >= least, found, 0).astype(np.int16)


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from each start up to its end, one after the other, and which range each belongs to."""
    counts = ends - starts
    of = np.repeat(np.arange(len(counts)), counts)
    return np.arange(int(counts.sum())) + (starts - np.cumsum(counts) + counts)[of], of
