"""Lists of slots by key: sorted arrays for what was built, and a few growing ones for what was added since."""

from array import array
from collections.abc import Iterable
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.int32]
Weights = NDArray[np.uint8]
Floats = NDArray[np.float32]
NO_SLOTS, NO_WEIGHTS = np.empty(0, np.int32), np.empty(0, np.uint8)


class Under(NamedTuple):
    """What stands under some keys, one after the other: which keys have any, how many slots each, and these."""

    places: NDArray[np.int64]  # of the keys among those that were asked for
    counts: NDArray[np.int64]
    slots: Slots
    weights: Weights


class Postings:
    """Which slots have a key, with a weight 0..255 each if any: `keys`, `slots` and `weights` are parallel arrays."""

    def __init__(self, keys: NDArray[Any], slots: Slots, weights: Weights | None = None) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        self.slots = slots[order]
        self.weights = weights[order] if weights is not None else None
        first = np.ones(len(ordered), bool)
        first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(first)
        self.keys = np.append(ordered[starts], np.iinfo(keys.dtype).max)  # the last one is none
        self.starts = np.append(starts, (len(ordered), len(ordered)))
        self.added: dict[int, tuple[array[int], array[int]]] = {}

    def add(self, slot: int, keys: Iterable[int], weights: Iterable[int] = repeat(1)) -> None:
        """Add a slot under each key."""
        for key, weight in zip(keys, weights, strict=False):
            slots, several = self.added.setdefault(key, (array("i"), array("B")))
            slots.append(slot)
            several.append(weight)

    def between(self, firsts: NDArray[Any], lasts: NDArray[Any]) -> tuple[Under, NDArray[Any]]:
        """All that stands under the keys of some ranges, the last not included: by range and key, and these keys."""
        starts, ends = self.keys.searchsorted(firsts), self.keys.searchsorted(lasts)
        at, places = ranges(starts, ends)
        counts, keys = self.starts.take(at + 1) - self.starts.take(at), self.keys.take(at)
        bounds = zip(self.starts.take(starts).tolist(), self.starts.take(ends).tolist(), strict=True)
        slots = [self.slots[slice(*two)] for two in bounds]
        if self.added:
            two = enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True))
            later = [(place, key) for place, ends in two for key in range(*ends) if key in self.added]
            several = [np.frombuffer(self.added[key][0], np.int32) for _, key in later]
            slots += several
            places = np.append(places, np.array([place for place, _ in later], np.int64))
            counts = np.append(counts, np.array([len(one) for one in several], np.int64))
            keys = np.append(keys, np.array([key for _, key in later], keys.dtype))
        return Under(places, counts, np.concatenate((NO_SLOTS, *slots)), NO_WEIGHTS), keys

    def under(self, keys: NDArray[Any]) -> Under:
        """All that stands under some keys; a slot that is under two of them comes twice."""
        keys = keys.astype(self.keys.dtype)
        at = self.keys.searchsorted(keys)
        places = (self.keys.take(at) == keys).nonzero()[0]
        at = at.take(places)
        starts, ends = self.starts.take(at), self.starts.take(at + 1)
        pieces = [slice(*two) for two in zip(starts.tolist(), ends.tolist(), strict=True)]
        slots = [self.slots[piece] for piece in pieces]
        weights = [self.weights[piece] for piece in pieces] if self.weights is not None else []
        counts = ends - starts
        if self.added:
            later = [place for place, key in enumerate(keys.tolist()) if key in self.added]
            several = [self.added[int(keys[place])] for place in later]
            slots += [np.frombuffer(one, np.int32) for one, _ in several]
            weights += [np.frombuffer(one, np.uint8) for _, one in several]
            places = np.append(places, np.array(later, np.int64))
            counts = np.append(counts, [len(one) for one, _ in several]).astype(np.int64)
        return Under(places, counts, np.concatenate((NO_SLOTS, *slots)), np.concatenate((NO_WEIGHTS, *weights)))


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from each start up to its end, one after the other, and which range each belongs to."""
    counts = ends - starts
    of = np.repeat(np.arange(len(counts)), counts)
    return np.arange(int(counts.sum())) + (starts - np.cumsum(counts) + counts)[of], of
