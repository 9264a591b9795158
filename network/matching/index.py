"""The matcher's index: everyone's offers and seeks in memory, exact, and changed one organisation at a time. Pure.

It finds what `score` defines. Not to be asked by several threads at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching import packing, score
from network.matching.gaining import Found, Gains, best, of_seeks, product
from network.matching.limits import KM, PLACES, SPOKEN, any_of, beyond, coded, numbers, one_of
from network.matching.postings import ranges
from network.matching.rows import Rows
from network.matching.scan import (
    Floats,
    Scan,
    Slots,
    gated,
    kind_fits,
    topics_of_offers,
    topics_of_seeks,
    word_points,
    words_of,
)
from network.matching.side import NONE, Side
from network.matching.values import LESS, STATED, Context, Item, Profile

TOPIC, WORDS = score.POINTS["topic"], score.POINTS["words"]


class Index:
    """Who could help whom among the organisations that were put in."""

    def __init__(self, counts: score.Counts, packed: packing.Packed, contexts: Iterable[Context]) -> None:
        made = packing.sides(packed)
        self.counts = counts
        self.scan = Scan(counts)
        self.offers, self.seeks = Side(made.offers), Side(made.seeks)
        self.rows = Rows(contexts, made.themes, made.around)
        self.built = (self.offers.count, self.seeks.count)
        self.since: dict[int, tuple[list[int], list[int]]] = {}  # slots of organisations that were put in later
        self.shared = np.zeros(0, np.float32)
        self.around = np.zeros(0, np.float32)
        self.firsts = np.searchsorted(self.offers["row"], np.arange(len(self.rows) + 1))
        self.measure(made)

    @classmethod
    def of(cls, counts: score.Counts, profiles: Iterable[Profile]) -> "Index":
        """An index of some profiles."""
        known = list(profiles)
        packed = packing.joined((one.context.id, *packing.pack(one)) for one in known)
        return cls(counts, packed, [one.context for one in known])

    def measure(self, made: packing.Sides) -> None:
        """Fill in how long the words of every item are as a vector."""
        self.seeks["length"][:] = lengths(self.scan, made.seeks, self.seeks.count)
        around = made.around
        order = np.argsort(around.slots, kind="stable")
        starts = np.searchsorted(around.slots[order], np.arange(len(self.rows) + 1))
        rows = self.offers["row"].astype(np.int64)
        repeats = (starts[1:] - starts[:-1])[rows]
        places = np.repeat(starts[rows] - np.concatenate(([0], np.cumsum(repeats)[:-1])), repeats)
        places += np.arange(len(places))
        picked = order[places] if len(places) else np.empty(0, np.int64)
        slots = np.repeat(np.arange(self.offers.count, dtype=np.int32), repeats)
        both = packing.Batch(
            {},
            made.offers.signatures,
            np.concatenate((made.offers.words, around.words[picked])),
            np.concatenate((made.offers.slots, slots)),
            np.concatenate((made.offers.times, around.times[picked])),
        )
        self.offers["length"][:] = lengths(self.scan, both, self.offers.count) ** score.SHORTER

    def put(self, profile: Profile) -> None:
        """Take an organisation in, in place of what was known of it."""
        self.remove(profile.context.id)
        row = self.rows.put(profile)
        offers, seeks = [], []
        for item in profile.items:
            if item.offer:
                said = score.together(item.words, profile.words)
                offers.append(self.offers.add(row, item, score.length(self.scan, said) ** score.SHORTER))
            else:
                seeks.append(self.seeks.add(row, item, score.length(self.scan, item.words)))
        self.since[profile.context.id] = (offers, seeks)

    def remove(self, organization: int) -> None:
        """Take an organisation out."""
        row = self.rows.remove(organization)
        if row is None:
            return
        later = self.since.pop(organization, None)
        for number, side in enumerate((self.offers, self.seeks)):
            for slot in later[number] if later else self.slots(side, self.built[number], row):
                side.remove(slot)

    @staticmethod
    def slots(side: Side, built: int, row: int) -> Iterable[int]:
        """The slots that an organisation had when the index was built: they stand together."""
        rows = side["row"][:built]
        return range(int(np.searchsorted(rows, row)), int(np.searchsorted(rows, row + 1)))

    @property
    def changed(self) -> int:
        """How many items were put in since the index was built."""
        return self.offers.added + self.seeks.added

    def meeting(
        self, seek: Item, least: float = score.FLOOR, today: date | None = None, own: Context | None = None
    ) -> Found:
        """The offers that meet a seek with `least` points or more; those that are possible for `own`, who seeks."""
        side, topic = self.offers, TOPIC * bool(seek.topics)
        slots, kind, shared = self.candidates(side, seek, seek.words, topic, least)
        told = np.float32(score.length(self.scan, seek.words))
        words = word_points(shared, side["length"][slots] * told)
        near = gated(kind, words + topic) >= least - score.HAIR
        slots, kind, words = slots[near], kind[near], words[near]
        topics = topics_of_offers(self.scan, side, seek, slots, self.rows.themes)
        total = gated(kind, words + TOPIC * topics)
        if seek.topics:
            total[(topics == 0) & (side["topic0"][slots] != NONE)] *= np.float32(score.ELSEWHERE)
        total[side["inferred"][slots] > 0] *= np.float32(LESS)
        return self.kept(side, slots, total, least, today, seek, own)

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
        side, topic = self.seeks, TOPIC * bool(offer.topics or themes)
        said = score.together(offer.words, around or {})
        slots, kind, shared = self.candidates(side, offer, said, topic, least)
        told = np.float32(score.length(self.scan, said) ** score.SHORTER)
        words = word_points(shared, side["length"][slots] * told)
        near = gated(kind, words + topic) >= least - score.HAIR
        slots, kind, words = slots[near], kind[near], words[near]
        topics = topics_of_seeks(self.scan, side, offer, slots, themes)
        total = gated(kind, words + TOPIC * topics)
        if offer.topics:
            total[(topics == 0) & (side["topic0"][slots] != NONE)] *= np.float32(score.ELSEWHERE)
        if offer.origin != STATED:
            total *= np.float32(LESS)
        return self.kept(side, slots, total, least, today, offer, own)

    def candidates(
        self, side: Side, item: Item, said: Mapping[int, float], topic: float, least: float
    ) -> tuple[Slots, Floats, Floats]:
        """The slots that can come to `least` points: how well their kinds fit, and what words they share.

        Where the kinds, with all that topics can add, are not enough, only slots that share a word can.
        """
        fits = kind_fits(self.scan, side, item, not item.offer)
        enough = gated(fits, topic) >= least - score.HAIR
        chance = gated(fits, topic + WORDS * bool(said)) >= least - score.HAIR
        slots, places = side.kinds.under(enough)
        weighted = {word: value for word, times in said.items() if (value := self.scan.weight(word) ** 2 * times)}
        if len(self.shared) < side.count:
            self.shared = np.zeros(len(side.columns["row"]), np.float32)
        touched = words_of(side.words, weighted, self.shared)
        around = self.spoken(weighted) if side is self.offers else []
        near = side.once([*touched, *self.offers_of(around)]) if touched or around else np.empty(0, np.int64)
        near = near[(chance & ~enough)[side["kinds"][near]]]
        slots = np.concatenate((slots, near.astype(np.int32)))
        kind = np.concatenate((fits[places], fits[side["kinds"][near]]))
        shared = self.shared[slots]
        if around:
            shared = shared + self.around[side["row"][slots]]
        for one in touched:
            self.shared[one] = 0
        for one in around:
            self.around[one] = 0
        return slots, kind, shared

    def spoken(self, weighted: Mapping[int, float]) -> list[Slots]:
        """Add up the words that organisations say of themselves; the rows where there are any."""
        if len(self.around) < len(self.rows):
            self.around = np.zeros(len(self.rows.columns["id"]), np.float32)
        return words_of(self.rows.words, weighted, self.around)

    def offers_of(self, rows: Sequence[Slots]) -> Iterator[NDArray[Any]]:
        """The slots of the offers of some rows."""
        if not rows:
            return
        several = np.unique(np.concatenate(rows))
        built = several[several < len(self.firsts) - 1]
        yield ranges(self.firsts[built], self.firsts[built + 1])[0]
        for row in several[len(built) :].tolist():
            later = self.since.get(int(self.rows["id"][row]))
            if later:
                yield np.array(later[0], np.int64)

    def kept(
        self,
        side: Side,
        slots: Slots,
        total: Floats,
        least: float,
        today: date | None,
        item: Item,
        own: Context | None,
    ) -> Found:
        """What has enough points, lives, stands today, and is possible for who asks."""
        enough = total >= least - score.HAIR
        slots, total = slots[enough], total[enough]
        stands = side["alive"][slots] > 0
        if today:
            stands &= side["until"][slots] >= today.toordinal()
        slots, total = slots[stands], total[stands]
        found = Found(slots, side["row"][slots], total)
        if own is None or (fits := self.possible(side, slots, item, own)).all():
            return found
        kept, barred = (Found(slots[some], found.rows[some], total[some]) for some in (fits, ~fits))
        return replace(kept, barred=barred)

    def possible(self, side: Side, slots: Slots, item: Item, own: Context) -> NDArray[np.bool_]:
        """`possible.possible` of an item with each of some slots."""
        mine, places = numbers(item), side["limits"][slots]
        fits = np.ones(len(slots), bool)
        if not any(mine) and not places.any():
            return fits
        said, at, rows = side.limits.of(places), side["row"][slots], self.rows
        if home := coded(own.country):
            fits = one_of(said[PLACES], (home,))
        if any(mine[PLACES]):
            country = rows["country"][at]
            fits &= (country == 0) | any_of(country, mine[PLACES])
        if any(mine[SPOKEN]):
            fits &= one_of(said[SPOKEN], mine[SPOKEN])
        near = np.flatnonzero(fits & ((said[KM] > 0) | (mine[KM] > 0)))
        if len(near):
            at = at[near]
            fits[near] = ~beyond(mine[KM], own, said[KM][near], rows["latitude"][at], rows["longitude"][at])
        return fits

    def gains(self, profile: Profile, without: Iterable[int] = (), today: date | None = None) -> Gains:
        """Every organisation that gains from this one, or this one from it."""
        seeks = [item for item in profile.items if not item.offer]
        offers = [item for item in profile.items if item.offer]
        own, said = profile.context, (profile.themes, profile.words)
        got = [(item, self.meeting(item, today=today, own=own)) for item in seeks]
        given = [(item, self.wanting(item, *said, today=today, own=own)) for item in offers]
        gets = product(len(self.rows), [best(one.rows, one.points) for _, one in got])
        gives = of_seeks(len(self.rows), [one for _, one in given])
        apart = [self.rows.row_of[one] for one in (*without, profile.context.id) if one in self.rows.row_of]
        gets[apart] = gives[apart] = 0
        rows = np.flatnonzero((gets > 0) | (gives > 0))
        return Gains(rows, gets[rows], gives[rows], got, given)


def lengths(scan: Scan, batch: packing.Batch, count: int) -> Floats:
    """How long the words of each slot are as a vector; a word that stands there twice counts with both times."""
    if not len(batch.words):
        return np.zeros(count, np.float32)
    keys = batch.slots.astype(np.uint64) << np.uint64(32) | batch.words
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.concatenate(([True], keys[order][1:] != keys[order][:-1])))
    times = np.add.reduceat(batch.times[order].astype(np.float32), starts) / packing.TIMES
    numbers, inverse = np.unique(batch.words[order][starts], return_inverse=True)
    weights = np.array([scan.weight(int(number)) for number in numbers], np.float32)
    squares = np.bincount(batch.slots[order][starts], (times * weights[inverse]) ** 2, count)
    return np.sqrt(squares).astype(np.float32)
