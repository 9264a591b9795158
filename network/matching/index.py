"""The matcher's index: everyone's offers and seeks in memory, exact, and changed one organisation at a time. Pure.

It finds what `score` defines. Not to be asked by several threads at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

import numpy as np

from network.matching import packing, score
from network.matching.adding import Room
from network.matching.asking import Asked, Asking, Terms
from network.matching.gaining import NOBODY, Found, Gains
from network.matching.items import LENGTH, TINY, Items
from network.matching.rows import Rows
from network.matching.scan import Floats, Scan
from network.matching.values import Context, Item, Profile

AT_ONCE, ROOM = 6, 600_000  # items that ask at once, unless there is so much that fewer have room to count


class Index:
    """Who could help whom among the organisations that were put in."""

    def __init__(self, counts: score.Counts, packed: packing.Packed, contexts: Sequence[Context]) -> None:
        made = packing.unpacked(packed)
        self.counts = counts
        self.scan = Scan(counts, made.last)
        self.rows, self.items = Rows(contexts), Items(made)
        self.room = Room.of(0)
        self.items["weighed"][:, LENGTH] = lengths(self.scan, made)
        self.since: dict[int, list[int]] = {}  # slots of organisations that were put in later

    @classmethod
    def of(cls, counts: score.Counts, profiles: Iterable[Profile]) -> "Index":
        """An index of some profiles."""
        known = list(profiles)
        packed = packing.joined((one.context.id, *packing.pack(one)) for one in known)
        return cls(counts, packed, [one.context for one in known])

    def put(self, profile: Profile) -> None:
        """Take an organisation in, in place of what was known of it."""
        self.remove(profile.context.id)
        self.learn(profile.items, profile.themes)
        row = self.rows.add(profile.context)
        slots = self.since[profile.context.id] = []
        for item in profile.items:
            themes, around = (profile.themes, profile.words) if item.offer else ((), {})
            length = score.length(self.scan, score.together(item.words, around))
            slots.append(self.items.add(row, item, score.shortened(length, item.offer), themes, around))

    def learn(self, items: Iterable[Item], themes: Iterable[int]) -> None:
        """Know concepts that came since things were counted."""
        named = [one for item in items for one in (*item.topics, *(kind for kind, _ in item.kinds))]
        if (last := max((*named, *themes), default=0)) >= self.scan.concepts:
            self.scan = Scan(self.counts, last)

    def remove(self, organization: int) -> None:
        """Take an organisation out."""
        row = self.rows.remove(organization)
        if row is not None:
            for slot in self.since.pop(organization, None) or self.slots(row):
                self.items.remove(slot)

    def slots(self, row: int) -> Iterable[int]:
        """The slots that an organisation had when the index was built: its offers stand together, and its seeks."""
        offers, built = self.items.offers, self.items.built
        rows = self.items["row"]
        first = rows[:offers].searchsorted((row, row + 1))
        second = rows[offers:built].searchsorted((row, row + 1)) + offers
        return chain(range(*first.tolist()), range(*second.tolist()))

    @property
    def changed(self) -> int:
        """How many items were put in since the index was built."""
        return self.items.added

    def meeting(
        self, seek: Item, least: float = score.FLOOR, today: date | None = None, own: Context | None = None
    ) -> Found:
        """The offers that meet a seek with `least` points or more; those that are possible for `own`, who seeks."""
        return self.found([(seek, seek.words)], (), Terms(least, today, own))[0]

    def wanting(
        self,
        offer: Item,
        themes: Sequence[int] = (),
        around: Mapping[int, float] | None = None,
        least: float = score.FLOOR,
        today: date | None = None,
        own: Context | None = None,
    ) -> Found:
        """The seeks that an offer meets with `least` points or more; those that are possible for `own`, who offers.

        `themes` and `around` are topics and words of who offers.
        """
        said = score.together(offer.words, around or {})
        return self.found([(offer, said)], themes, Terms(least, today, own))[0]

    def found(self, asked: Asked, themes: Sequence[int], terms: Terms) -> tuple[Found, Found]:
        """What some items, seeks first and each with its words, find on the other side; and what is impossible."""
        self.learn((item for item, _ in asked), themes)
        if not asked:
            return NOBODY, NOBODY
        most = max(1, min(AT_ONCE, len(asked), ROOM // max(1, self.items.count)))
        if len(self.room.words) < most * self.items.count:
            self.room = Room.of(most * len(self.items.columns["row"]))
        return Asking(self.scan, self.items, self.rows, asked, themes, terms).found(self.room, most)

    def gains(self, profile: Profile, without: Iterable[int] = (), today: date | None = None) -> Gains:
        """Every organisation that gains from this one, or this one from it."""
        seeks = [(one, one.words) for one in profile.items if not one.offer]
        offers = [(one, score.together(one.words, profile.words)) for one in profile.items if one.offer]
        asked = [*seeks, *offers]
        found, barred = self.found(asked, profile.themes, Terms(today=today, own=profile.context))
        gains = Gains.of([item for item, _ in asked], found, barred, self.items["row"], len(self.rows))
        apart = (*without, profile.context.id)
        return gains.without(self.rows.row_of[one] for one in apart if one in self.rows.row_of)


def lengths(scan: Scan, batch: packing.Batch) -> Floats:
    """How long the words of each slot are as a vector; a word that stands there twice counts with both times."""
    count = len(batch.columns["row"])
    if not len(batch.words):
        return np.full(count, TINY, np.float32)
    keys = batch.slots.astype(np.uint64) << np.uint64(32) | batch.words
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], keys[order][1:] != keys[order][:-1])))
    times = np.add.reduceat(batch.times[order].astype(np.float32), starts) / packing.TIMES
    numbers, inverse = np.unique(batch.words[order][starts], return_inverse=True)
    weights = np.array([scan.weight(int(number)) for number in numbers], np.float32)
    squares = np.bincount(batch.slots[order][starts], (times * weights[inverse]) ** 2, count)
    whole = np.sqrt(squares)
    lengths = np.where(batch.columns["offer"] > 0, whole**score.SHORTER, whole)
    return np.maximum(lengths, TINY).astype(np.float32)
