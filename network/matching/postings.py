"""Lists of slots by key: sorted arrays for what was built, and a few growing ones for what was added since."""

from array import array
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.int32]
Weights = NDArray[np.uint8]
Floats = NDArray[np.float32]
NO_SLOTS, NO_WEIGHTS, NOTHING = np.empty(0, np.int32), np.empty(0, np.uint8), (array("i"), array("B"))


class Under(NamedTuple):
    """What stands under some keys, one after the other: how many slots under each, these, and their weights if any."""

    counts: NDArray[np.int64]
    slots: Slots
    weights: Weights


class Growing:
    """What was added since: slots and their weights, by key."""

    def __init__(self) -> None:
        self.added: dict[int, tuple[array[int], array[int]]] = {}

    def add(self, slot: int, keys: Iterable[int], weights: Iterable[int] = repeat(1)) -> None:
        """Add a slot under each key."""
        for key, weight in zip(keys, weights, strict=False):
            slots, several = self.added.setdefault(key, (array("i"), array("B")))
            slots.append(slot)
            several.append(weight)


class Postings(Growing):
    """Which slots have a key, with a weight 0..255 each if any: `keys`, `slots` and `weights` are parallel arrays."""

    def __init__(self, keys: NDArray[Any], slots: Slots, weights: Weights | None = None) -> None:
        super().__init__()
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        self.slots = slots[order]
        self.weights = weights[order] if weights is not None else None
        first = np.ones(len(ordered), bool)
        first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(first)
        self.keys = np.append(ordered[starts], np.iinfo(keys.dtype).max)  # the last one is none
        self.starts = np.append(starts, (len(ordered), len(ordered)))

    def under(self, keys: NDArray[Any]) -> Under:
        """All that stands under some keys; a slot that is under two of them comes twice."""
        keys = keys.astype(self.keys.dtype)
        at = self.keys.searchsorted(keys)
        starts, ends = self.starts.take(at), self.starts.take(at + (self.keys.take(at) == keys))
        bounds = list(zip(starts.tolist(), ends.tolist(), strict=True))
        slots = [self.slots[start:end] for start, end in bounds]
        weights = [self.weights[start:end] for start, end in bounds] if self.weights is not None else []
        counts = ends - starts
        if self.added:
            for place, key in enumerate(keys.tolist()):
                if key in self.added:
                    more = self.added[key]
                    counts[place] += len(more[0])
                    slots[place] = np.append(slots[place], np.frombuffer(more[0], np.int32))
                    if weights:
                        weights[place] = np.append(weights[place], np.frombuffer(more[1], np.uint8))
        return Under(counts, np.concatenate((NO_SLOTS, *slots)), np.concatenate((NO_WEIGHTS, *weights)))


class Graded(Growing):
    """Which slots have a key, a small number, with a weight 0..`most` each, the heaviest first: parallel arrays."""

    def __init__(self, keys: NDArray[Any], slots: Slots, weights: Weights, most: int) -> None:
        super().__init__()
        self.last, self.grades = int(keys.max(initial=-1)) + 1, np.arange(most, -1, -1)  # nothing is under the last key
        places = (keys.astype(np.int64) + 1) * len(self.grades) - 1 - weights
        self.slots = slots[np.argsort(places, kind="stable")]
        self.several = np.bincount(places, minlength=(self.last + 1) * len(self.grades)).reshape(self.last + 1, -1)
        self.starts = np.append(0, self.several.sum(axis=1).cumsum()[:-1])

    def products(
        self, keys: NDArray[np.int64], weights: NDArray[np.int64], least: int
    ) -> Iterator[tuple[NDArray[np.int64], Slots, NDArray[np.int16]]]:
        """The products of the weights of some keys and of the slots under them, those of `least` or more.

        Gives how many slots each key has, the slots, and their products: for what was built, and for what was added.
        """
        at, products = np.minimum(keys, self.last), weights[:, None] * self.grades
        several = self.several.take(at, axis=0) * (products >= least)
        starts, counts = self.starts.take(at), several.sum(axis=1)
        bounds = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        slots = np.concatenate((NO_SLOTS, *(self.slots[start:end] for start, end in bounds)))
        yield counts, slots, products.astype(np.int16).repeat(several.ravel())
        if self.added and len(keys):
            later = [self.added.get(key, NOTHING) for key in keys.tolist()]
            counts = np.array([len(one) for one, _ in later])
            slots = np.concatenate([np.frombuffer(one, np.int32) for one, _ in later])
            found = weights.repeat(counts) * np.concatenate([np.frombuffer(one, np.uint8) for _, one in later])
            yield counts, slots, np.where(found >= least, found, 0).astype(np.int16)


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from each start up to its end, one after the other, and which range each belongs to."""
    counts = ends - starts
    of = np.repeat(np.arange(len(counts)), counts)
    return np.arange(int(counts.sum())) + (starts - np.cumsum(counts) + counts)[of], of
