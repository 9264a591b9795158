"""One side of the index: offers, or seeks, as columns of numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching.limits import WIDTH, Limits, Table
from network.matching.postings import Postings
from network.matching.values import Item

TOPICS = 3
NONE = 0  # no concept
LAST = 65535  # the largest number of one
FOREVER = 2**31 - 1
PARTS = 100  # the weight of a kind is kept in hundredths
TIMES = 16  # that of a word in sixteenths

COLUMNS = {
    "row": np.int32,  # of the organisation
    "id": np.int32,  # of the listing, 0 for what was inferred
    "until": np.int32,  # the last day that it stands, as an ordinal
    "alive": np.uint8,
    "inferred": np.uint8,
    "length": np.float32,  # of its words as a vector; that of an offer to the power of SHORTER
    "kinds": np.int32,  # the place of its signature among those of `kinds`
    "limits": np.int32,  # the place of its reach and languages among those of `limits`
    "topic0": np.uint16,
    "topic1": np.uint16,
    "topic2": np.uint16,
}


def signature(kinds: Iterable[tuple[int, int]]) -> int:
    """Two kinds, each a concept and its weight in hundredths, as one number: 0 when there are none."""
    number = 0
    for concept, weight in kinds:
        number = number << 32 | concept << 8 | weight
    return number


def signatures(kinds: NDArray[np.uint32], weights: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """The same of many: two columns each, a concept of 0 for none."""
    one = (kinds[:, 0].astype(np.uint64) << np.uint64(8)) | weights[:, 0]
    two = (kinds[:, 1].astype(np.uint64) << np.uint64(8)) | weights[:, 1]
    return np.where(two > 0, (one << np.uint64(32)) | two, one)


def roomy(column: NDArray[Any]) -> NDArray[Any]:
    """A column with room for more."""
    return np.concatenate((column, np.zeros(max(512, len(column) // 16), column.dtype)))


@dataclass
class Batch:
    """Many items at once, as arrays: what a side is built of."""

    columns: dict[str, NDArray[Any]]
    signatures: NDArray[np.uint64]
    words: NDArray[np.uint32]
    slots: NDArray[np.int32]  # of each word
    times: NDArray[np.uint8]
    limits: Table = field(default_factory=lambda: np.zeros((1, WIDTH), np.uint16))


class Side:
    """The offers, or the seeks, of everyone. Slots are never used again; what is gone is no longer alive."""

    def __init__(self, batch: Batch) -> None:
        self.count = len(batch.signatures)
        self.columns = {name: roomy(column) for name, column in batch.columns.items()}
        self.kinds = Postings(batch.signatures, np.arange(self.count, dtype=np.int32))
        self.words = Postings(batch.words.astype(np.uint64), batch.slots, batch.times)
        self.limits = Limits(batch.limits)
        self.columns["kinds"][: self.count] = self.kinds.placed(self.count)
        self.marks = np.zeros(0, bool)
        self.added = 0

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name][: self.count]

    def add(self, row: int, item: Item, length: float) -> int:
        """Add an item of the organisation in a row, its words of a length as a vector, and return its slot."""
        slot = self.count
        if slot >= len(self.columns["row"]):
            self.columns = {name: roomy(column) for name, column in self.columns.items()}
        topics = item.topics[:TOPICS]
        key = signature((id, round(weight * PARTS)) for id, weight in item.kinds)
        values = {
            "row": row,
            "id": item.id,
            "until": item.until.toordinal() if item.until else FOREVER,
            "alive": 1,
            "inferred": int(item.origin != "stated"),
            "length": length,
            "limits": self.limits.place(item),
            **{f"topic{number}": NONE for number in range(TOPICS)},
            **{f"topic{number}": topic for number, topic in enumerate(topics)},
        }
        for name, value in values.items():
            self.columns[name][slot] = value
        self.kinds.add(slot, {key: 1})
        at = int(np.searchsorted(self.kinds.keys, np.uint64(key)))
        found = at < len(self.kinds.keys) and int(self.kinds.keys[at]) == key
        self.columns["kinds"][slot] = at if found else self.kinds.order[key]
        self.words.add(slot, {word: round(times * TIMES) for word, times in item.words.items()})
        self.count += 1
        self.added += 1
        return slot

    def once(self, pieces: Sequence[NDArray[Any]]) -> NDArray[np.int64]:
        """Some slots, each once."""
        if len(self.marks) < self.count:
            self.marks = np.zeros(len(self.columns["row"]), bool)
        for piece in pieces:
            self.marks[piece] = True
        found = np.flatnonzero(self.marks[: self.count])
        self.marks[found] = False
        return found

    def remove(self, slot: int) -> None:
        """Let an item count no more."""
        self.columns["alive"][slot] = 0
