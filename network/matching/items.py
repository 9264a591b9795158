"""Everyone's offers and seeks, as columns of numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.directory.likeness import SHARES
from network.matching.limits import Limits, Table
from network.matching.postings import Graded, Postings
from network.matching.score import trust
from network.matching.values import STATED, Item

KINDS, TOPICS, MEANINGS = 2, 3, 12
NONE = 0  # no concept
LAST = 65535  # the largest number of one
FOREVER = 2**31 - 1
PARTS = 100  # the weight of a kind is kept in hundredths
TIMES = 16  # that of a word in sixteenths, that of a meaning in SHARES

BITS = 32
LENGTH, MEANT = 0, 1  # of its words as a vector, that of an offer to the power of SHORTER; how far it is known
TINY = 1e-30  # the length of no words: what is shared is divided by it

COLUMNS: Mapping[str, tuple[Any, ...]] = {  # each with its kind of number, and with how many when not with one
    "row": (np.int32,),  # of the organisation
    "id": (np.int32,),  # of the listing, 0 for what was inferred
    "until": (np.int32,),  # the last day that it stands, as an ordinal; 0 when it is gone
    "offer": (np.uint8,),
    "inferred": (np.bool_,),  # of an offer
    "weighed": (np.float32, 2),  # LENGTH and MEANT: side by side as they are asked for together
    "limits": (np.int32,),  # the place of its reach and languages among those of `limits`
    "kinds": (np.int32, KINDS),  # their places among `kinds`, what is surest first; the first place is that of none
    "topics": (np.uint16, 2 * TOPICS),  # its own, and then those of the organisation that offers
    "about": (np.uint32,),  # a bit for each of them, some have the same one: what has none of them has no such topic
}


def of_kind(concept: int, weight: float) -> int:
    """A kind with its weight as one number, that of none being 0."""
    return concept << 8 | round(weight * PARTS)


def of_meaning(concept: int, weight: float) -> int:
    """A meaning with its weight as one number, that of none being 0."""
    return concept << 8 | round(weight * SHARES)


def bits(concepts: NDArray[Any]) -> NDArray[np.uint32]:
    """The bit of each concept, 0 for none."""
    return np.where(concepts == NONE, 0, np.uint32(1) << (concepts % BITS).astype(np.uint32)).astype(np.uint32)


def about(concepts: NDArray[Any]) -> NDArray[np.uint32]:
    """The bits of the concepts in each row."""
    found: NDArray[np.uint32] = np.bitwise_or.reduce(bits(concepts), axis=-1)
    return found


def roomy(column: NDArray[Any]) -> NDArray[Any]:
    """A column with room for more."""
    more = np.zeros((max(512, len(column) // 16), *column.shape[1:]), column.dtype)
    return np.concatenate((column, more))


@dataclass
class Batch:
    """Many items at once, as arrays: what an index is built of. Their kinds are numbers of `of_kind`.

    `meanings` are up to MEANINGS numbers of `of_meaning` for each item.
    """

    columns: dict[str, NDArray[Any]]
    meanings: NDArray[np.uint32]
    words: NDArray[np.uint32]
    slots: NDArray[np.int32]  # of each word
    times: NDArray[np.uint8]
    limits: Table

    @property
    def last(self) -> int:
        """The largest number of a concept."""
        return max(int(one.max(initial=0)) for one in (self.columns["kinds"] >> 8, self.columns["topics"]))


class Items:
    """The offers and seeks of everyone. Slots are never used again; what is gone stands no more.

    What they are found by, kinds, words and meanings, is kept apart for both: twice a number, and one more for offers.
    """

    def __init__(self, batch: Batch) -> None:
        columns, offer = dict(batch.columns), batch.columns["offer"]
        self.count = self.built = len(offer)
        self.offers = int(offer.sum())  # they have the first slots of those that it was built of
        said = columns["kinds"]
        said = np.take_along_axis(said, (PARTS - (said & 255)).argsort(axis=1, kind="stable"), axis=1)
        kinds, places = np.unique(np.append(0, said), return_inverse=True)
        columns["kinds"] = places[1:].reshape(said.shape).astype(np.int32)
        self.kinds = {int(kind): place for place, kind in enumerate(kinds.tolist())}
        self.take_apart()
        slots, numbers = np.nonzero(columns["kinds"])
        self.by_kind = Graded(columns["kinds"][slots, numbers] * 2 + offer[slots], slots.astype(np.int32))
        words = batch.words.astype(np.uint64) << np.uint64(1) | offer[batch.slots]
        self.by_word = Postings(words, batch.slots, batch.times)
        slots, numbers = np.nonzero(batch.meanings)
        meant = batch.meanings[slots, numbers]
        concepts, shares = (meant >> np.uint32(8)).astype(np.int64), (meant & np.uint32(255)).astype(np.uint8)
        self.by_meaning = Graded(concepts * 2 + offer[slots], slots.astype(np.int32), shares, SHARES)
        self.columns = {name: roomy(column) for name, column in columns.items()}
        self.limits = Limits(batch.limits)
        self.added = 0

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.columns[name][: self.count]

    def of_side(self, offers: bool) -> tuple[slice, ...]:
        """Where the slots of one side are; among those that were added later both are."""
        built = slice(0, self.offers) if offers else slice(self.offers, self.built)
        return (built, slice(self.built, self.count)) if self.count > self.built else (built,)

    def numbers_of(self, slots: NDArray[np.int64], name: str) -> NDArray[np.int64]:
        """What stands in a column of several numbers, for some slots: all first numbers, then all second ones."""
        return self.columns[name].take(slots, axis=0).T.astype(np.int64, order="C")

    def take_apart(self) -> None:
        """Know the concepts and the weights of all kinds, by their places."""
        kinds = np.array(list(self.kinds), np.int64)
        self.concepts = kinds >> 8
        self.weights = (kinds & 255).astype(np.float32) / np.float32(PARTS)

    def add(
        self, row: int, item: Item, length: float, themes: Iterable[int] = (), around: Mapping[int, float] | None = None
    ) -> int:
        """Add an item of the organisation in a row, its words of a length as a vector, and return its slot.

        `themes` and `around` are topics and words of the organisation that offers.
        """
        slot = self.count
        if slot >= len(self.columns["row"]):
            self.columns = {name: roomy(column) for name, column in self.columns.items()}
        kinds = [of_kind(*kind) for kind in sorted(item.kinds[:KINDS], key=lambda kind: -kind[1])]
        if not self.kinds.keys() >= set(kinds):
            for kind in kinds:
                self.kinds.setdefault(kind, len(self.kinds))
            self.take_apart()
        places = [self.kinds[kind] for kind in kinds]
        values = {
            "row": row,
            "id": item.id,
            "until": item.until.toordinal() if item.until else FOREVER,
            "offer": int(item.offer),
            "inferred": int(item.offer and item.origin != STATED),
            "weighed": (max(length, TINY), trust(item.meanings)),
            "limits": self.limits.place(item),
            "kinds": (*places, *(0,) * (KINDS - len(places))),
            "topics": (topics := (*filled(item.topics), *filled(themes))),
            "about": about(np.array(topics)),
        }
        for name, value in values.items():
            self.columns[name][slot] = value
        self.by_kind.add(slot, (place * 2 + item.offer for place in places))
        for words in (item.words, around or {}):
            times = [round(one * TIMES) for one in words.values()]
            self.by_word.add(slot, (word * 2 + item.offer for word in words), times)
        shares = [round(one * SHARES) for one in item.meanings.values()]
        self.by_meaning.add(slot, (one * 2 + item.offer for one in item.meanings), shares)
        self.count += 1
        self.added += 1
        return slot

    def remove(self, slot: int) -> None:
        """Let an item count no more."""
        self.columns["until"][slot] = 0


def filled(topics: Iterable[int]) -> tuple[int, ...]:
    """As many topics as are kept, NONE where there are fewer."""
    return (*(topic for topic in topics if topic <= LAST), *(NONE,) * TOPICS)[:TOPICS]
