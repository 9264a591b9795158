"""Lists of slots by key: sorted arrays for what was built, and a few growing ones for what was added since."""

from array import array
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

Slots = NDArray[np.int32]
Weights = NDArray[np.uint8]


class Postings:
    """Which slots have a key, with a weight 0..255 each: `keys`, `slots` and `weights` are parallel arrays."""

    def __init__(self, keys: NDArray[np.uint64], slots: Slots, weights: Weights | None = None) -> None:
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        self.slots = slots[order]
        self.weights = weights[order] if weights is not None else None
        first = np.ones(len(ordered), bool)
        first[1:] = ordered[1:] != ordered[:-1]
        starts = np.flatnonzero(first)
        self.keys: NDArray[np.uint64] = ordered[starts]
        self.starts = np.append(starts, len(ordered))
        self.added: dict[int, tuple[array[int], array[int]]] = {}
        self.order: dict[int, int] = {}  # the place of each added key

    def add(self, slot: int, weights: Mapping[int, int]) -> None:
        """Add a slot under each key."""
        for key, weight in weights.items():
            if key not in self.added:
                self.order[key] = len(self.keys) + len(self.added)
            slots, several = self.added.setdefault(key, (array("i"), array("B")))
            slots.append(slot)
            several.append(weight)

    def of(self, key: int) -> Iterator[tuple[Slots, Weights | None]]:
        """The slots of a key and their weights, in one piece or two."""
        at = int(np.searchsorted(self.keys, self.keys.dtype.type(key)))
        if at < len(self.keys) and int(self.keys[at]) == key:
            piece = slice(int(self.starts[at]), int(self.starts[at + 1]))
            yield self.slots[piece], self.weights[piece] if self.weights is not None else None
        if key in self.added:
            slots, weights = self.added[key]
            yield np.frombuffer(slots, np.int32), np.frombuffer(weights, np.uint8)

    def under(self, chosen: NDArray[np.bool_]) -> tuple[Slots, NDArray[np.int64]]:
        """The slots under the chosen keys, with the place of the key: `keys`, then those of `added` in their order."""
        built = len(self.keys)
        wanted = np.flatnonzero(chosen[:built])
        at, of = ranges(self.starts[wanted], self.starts[wanted + 1])
        slots, places = [self.slots[at]], [wanted[of]]
        for place, (some, also) in enumerate(zip(self.added.values(), chosen[built:].tolist(), strict=True), built):
            if also:
                slots.append(np.frombuffer(some[0], np.int32))
                places.append(np.full(len(some[0]), place))
        return np.concatenate(slots), np.concatenate(places)

    def placed(self, count: int) -> NDArray[np.int32]:
        """By slot, the place of its key among `keys`: for postings in which each of `count` slots stands once."""
        places = np.zeros(count, np.int32)
        places[self.slots] = np.repeat(np.arange(len(self.keys), dtype=np.int32), np.diff(self.starts))
        return places


def ranges(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The numbers from each start up to its end, one after the other, and which range each belongs to."""
    counts = ends - starts
    of = np.repeat(np.arange(len(counts)), counts)
    return np.arange(int(counts.sum())) + (starts - np.cumsum(counts) + counts)[of], of
