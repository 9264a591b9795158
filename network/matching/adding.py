"""What each slot of the index shares with some items: words and meanings, added up by key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.directory.likeness import SHARES
from network.matching import score
from network.matching.items import TIMES, Items
from network.matching.postings import Floats
from network.matching.scan import Telling
from network.matching.values import Item

Keys = NDArray[np.int64]
Whole = NDArray[np.int16]


class Room(NamedTuple):
    """Where words and meanings are added up: 0 for each key, and 0 again afterwards."""

    words: Floats
    meanings: Whole

    @classmethod
    def of(cls, keys: int) -> Room:
        return cls(np.zeros(keys, np.float32), np.zeros(keys, np.int16))


class Adding:
    """Adds up what is `telling` and what is meant in some items, first so many `seeks`, on the other side of the index.

    An item and a slot are one number, a key: `firsts` are those of each item's first slot.
    """

    def __init__(self, known: Items, items: Sequence[Item], seeks: int, telling: Telling, firsts: Keys) -> None:
        self.known, self.items, self.seeks, self.telling, self.firsts = known, items, seeks, telling, firsts

    def parts(self, room: Whole) -> Iterator[tuple[Whole, int]]:
        """What in `room` is of the other side, row by row, each part with the key of its first place."""
        whole = room.reshape(len(self.items), -1)
        for first, rows, offers in ((0, whole[: self.seeks], True), (self.seeks, whole[self.seeks :], False)):
            for side in self.known.of_side(offers):
                yield rows[:, side], first * self.known.count + side.start

    def where(self, room: Whole, least: int) -> Iterator[Keys]:
        """The keys under which `room` has so much."""
        for part, first in self.parts(room):
            at = (part >= least).ravel().nonzero()[0]
            if len(at):
                yield at + (at // part.shape[1] * (self.known.count - part.shape[1]) + first)

    def words(self, room: Floats) -> tuple[Keys, NDArray[np.int32], NDArray[np.int64]]:
        """Add up in `room`, by key, what the words tell that are shared.

        Gives the keys, some more than once, with their slots, and how many there are for each item.
        """
        words, values, several = self.telling
        of = np.arange(len(self.items)).repeat(several)
        counts, slots, times = self.known.by_word.under(words * 2 + (of < self.seeks))
        touched = slots + self.firsts.take(of).repeat(counts)
        each = (values / TIMES).repeat(counts)
        each *= times
        np.add.at(room, touched, each)
        return touched, slots, np.bincount(of, counts, len(self.items)).astype(np.int64)

    def meanings(self, room: Whole) -> None:
        """Add up in `room`, by key, what the meanings that are shared weigh together, but for the FAINT; in SHARES."""
        keys = [one * 2 + (not item.offer) for item in self.items for one in item.meanings]
        shares = [round(weight * SHARES) for item in self.items for weight in item.meanings.values()]
        firsts = self.firsts[:-1].repeat([len(item.meanings) for item in self.items])
        meant, least = (np.array(keys, np.int64), np.array(shares, np.int64)), round(score.FAINT * SHARES**2)
        for counts, slots, products in self.known.by_meaning.products(*meant, least):
            np.add.at(room, slots + firsts.repeat(counts), products)
