"""All fits of some seeks with everyone's offers, and of some offers with everyone's seeks: `score.fit` on arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.gaining import Found, changes
from network.matching.items import BITS, NONE, TIMES, Items
from network.matching.limits import KM, LANGUAGES, PLACES, SPOKEN, beyond, coded, numbers
from network.matching.postings import Postings, Under
from network.matching.rows import Rows
from network.matching.scan import TOPIC, UNKNOWN, Floats, Scan, gated, kind_fits, topic_fits, word_points
from network.matching.values import LESS, STATED, Context, Item

Slots = NDArray[np.int64]
Keys = NDArray[np.int32]
Asked = Sequence[tuple[Item, Mapping[int, float]]]


@dataclass(frozen=True)
class Terms:
    """How many points are enough, the day on which listings must stand, and for whom it must be possible."""

    least: float = score.FLOOR
    today: date | None = None
    own: Context | None = None

    @property
    def enough(self) -> np.float32:
        return np.float32(self.least - score.HAIR)


class Asking:
    """Some items of one organisation before those of the others: seeks, then offers.

    The words that come with an offer are also those of its organisation, whose topics are the `themes`. An item and a
    slot of the index are one number, a key: the number of the item, times the count of slots, and the slot.
    """

    def __init__(self, scan: Scan, known: Items, rows: Rows, asked: Asked, themes: Sequence[int], terms: Terms) -> None:
        self.scan, self.known, self.rows, self.asked, self.terms = scan, known, rows, asked, terms
        self.items = [item for item, _ in asked]
        self.seeks = sum(not item.offer for item in self.items)
        self.kinds = kind_fits(scan, known, self.items)
        self.topics = topic_fits(scan, self.items, themes)
        self.firsts = np.arange(len(asked) + 1, dtype=np.int32) * np.int32(known.count)
        self.telling, lengths = zip(*(scan.telling(words) for _, words in asked), strict=True)
        said = [self.said(*one) for one in zip(self.items, lengths, strict=True)]
        self.sure, self.lengths, self.named, self.worth = np.array(said, np.float32).T
        numbers, concepts = np.nonzero(self.topics.any(axis=0))
        self.hints = np.zeros(len(asked), np.uint64)
        np.bitwise_or.at(self.hints, numbers, np.left_shift(np.uint64(1), concepts.astype(np.uint64) % np.uint64(BITS)))
        self.most = TOPIC * (self.hints > 0).astype(np.float32)

    @staticmethod
    def said(item: Item, length: float) -> tuple[float, ...]:
        """How sure its kinds are, what the length of its words counts, whether it names topics, and its worth."""
        sure = max((sure for _, sure in item.kinds), default=0)
        inferred = item.offer and item.origin != STATED
        return sure, score.shortened(length, item.offer), bool(item.topics), LESS if inferred else 1

    def found(self, sums: Floats) -> list[Found]:
        """What each item finds; `sums` is room to count in: 0 for each key, and 0 again afterwards."""
        slots, of, points = self.scored(*self.candidates(sums))
        rows = self.known["row"].take(slots)
        fits = self.possible(slots, of, rows)
        kept, barred = (
            parted(len(self.asked), of.take(at), slots.take(at), rows.take(at), points.take(at))
            for at in (fits.nonzero()[0], (~fits).nonzero()[0])
        )
        return [Found(one.slots, one.rows, one.points, out) for one, out in zip(kept, barred, strict=True)]

    def candidates(self, sums: Floats) -> tuple[Slots, Slots, Floats]:
        """The slots that can have enough points, how many for each item, and how much of its words they share.

        They share a word; or their kind is enough; or it is with all that topics can add, and they may share one.
        """
        known, enough, kinds = self.known, self.terms.enough, self.kinds
        told = [(number, *one) for number, telling in enumerate(self.telling) for one in telling.items()]
        numbers, words, values = zip(*told, strict=True) if told else ((), (), ())
        slots, of, spoken = self.under(known.by_word, np.array(numbers, np.int64), np.array(words, np.int64))
        touched = self.keys(slots, of)
        each = (np.array(values, np.float32) / TIMES).take(spoken.places).repeat(spoken.counts)
        np.add.at(sums, touched, each * spoken.weights)
        if (gated(UNKNOWN, self.most) >= enough).any():
            keys = np.arange(self.firsts[-1], dtype=np.int32).reshape(len(self.asked), -1)
            keys = keys[known["offer"] != (np.arange(len(keys)) >= self.seeks)[:, None]]
        else:
            sure = gated(kinds, 0) >= enough
            likely = (gated(kinds, self.most[:, None]) >= enough).nonzero()
            slots, of, under = self.under(known.by_kind, *likely)
            apt = self.hinted(slots, of) | sure[likely].take(under.places).repeat(under.counts)
            at = apt.nonzero()[0]
            keys = np.concatenate((touched, self.keys(slots.take(at), of.take(at))))
            keys.sort()
            keys = keys.take(changes(keys))
        found = sums.take(keys)
        sums[touched] = 0
        counts = np.diff(keys.searchsorted(self.firsts))
        return keys - self.firsts[:-1].repeat(counts), counts, found

    def keys(self, slots: NDArray[np.int32], of: Slots) -> Keys:
        return slots + self.firsts.take(of)

    def hinted(self, slots: NDArray[Any], of: Slots) -> NDArray[np.bool_]:
        """Whether topics may meet: whether any has the same bit as one that would."""
        return self.known["hints"].take(slots) & self.hints.take(of) > 0

    def under(self, postings: Postings, numbers: Slots, numbered: Slots) -> tuple[NDArray[np.int32], Slots, Under]:
        """The slots that stand on the other side under something of some items, and the numbers of the items."""
        found = postings.under(numbered * 2 + (numbers < self.seeks))
        return found.slots, numbers.take(found.places).repeat(found.counts), found

    def scored(self, slots: Slots, counts: Slots, shared: Floats) -> tuple[Slots, Slots, Floats]:
        """Those of the candidates that have enough points and stand today, the numbers of the items, and the points."""
        known, enough = self.known, self.terms.enough
        kinds = known.columns["kinds"].take(slots, axis=1)
        doubt = UNKNOWN * (1 - self.sure.repeat(counts) * known.weights.take(kinds).max(axis=0))
        kinds += np.arange(0, self.kinds.size, self.kinds.shape[1], dtype=np.int32).repeat(counts)
        kind = np.maximum(self.kinds.take(kinds).max(axis=0), doubt)
        words = word_points(shared, known["length"].take(slots) * self.lengths.repeat(counts))
        near = (gated(kind, words + self.most.repeat(counts)) >= enough).nonzero()[0]
        of = np.arange(len(counts)).repeat(counts)
        slots, of, kind, words = slots.take(near), of.take(near), kind.take(near), words.take(near)
        topics, elsewhere = self.topics_of(slots, of)
        points = gated(kind, words + TOPIC * topics)
        points *= self.worth.take(of)
        np.multiply(points, np.float32(score.ELSEWHERE), out=points, where=elsewhere)
        np.multiply(points, np.float32(LESS), out=points, where=known["inferred"].take(slots))
        today = self.terms.today.toordinal() if self.terms.today else 1
        near = ((points >= enough) & (known["until"].take(slots) >= today)).nonzero()[0]
        return slots.take(near), of.take(near), points.take(near)

    def topics_of(self, slots: Slots, of: Slots) -> tuple[Floats, NDArray[np.bool_]]:
        """How well topics meet, 0..1, and where both sides name some that don't."""
        said = self.known.columns["topics"].take(slots, axis=1)
        at, tables = of * self.scan.concepts, self.topics.reshape(len(self.topics), -1)
        half = int(of.searchsorted(self.seeks))
        best = tables.take(said[:, :half] + at[:half], axis=1).max(axis=1)
        around = tables.take(self.known.columns["themes"].take(slots[:half], axis=1) + at[:half], axis=1).max(axis=1)
        met = np.maximum(best, around * np.float32(score.THEME)).sum(axis=0)
        whole = np.maximum(self.scan.idfs.take(said[:, half:]).sum(axis=0), np.float32(score.SAID))
        topics = np.concatenate((met, tables[0].take(said[:, half:] + at[half:]).sum(axis=0) / whole))
        return np.minimum(1, topics), (topics == 0) & (said[0] != NONE) & (self.named.take(of) > 0)

    def possible(self, slots: Slots, of: Slots, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
        """`possible.possible` of items with slots, for who asks."""
        own, fits = self.terms.own, np.ones(len(slots), bool)
        if own is None:
            return fits
        mine = np.array([numbers(one) for one in self.items], np.uint16).T.take(of, axis=1)
        theirs = self.known.limits.of(self.known["limits"].take(slots))
        if home := coded(own.country):
            fits = (theirs[PLACES] == home).any(axis=0) | (theirs[PLACES][0] == 0)
        country = self.rows["country"].take(rows)
        fits &= (mine[PLACES] == country).any(axis=0) | (mine[PLACES][0] == 0) | (country == 0)
        both = ((mine[SPOKEN][0] > 0) & (theirs[SPOKEN][0] > 0)).nonzero()[0]
        ours, other = mine[SPOKEN].take(both, axis=1), theirs[SPOKEN].take(both, axis=1)
        common = (ours[:, None] == other) & (other > 0)
        fits[both] &= common.reshape(LANGUAGES**2, len(both)).any(axis=0)
        near = (fits & ((theirs[KM] > 0) | (mine[KM] > 0))).nonzero()[0]
        at = rows.take(near)
        points = self.rows["latitude"].take(at), self.rows["longitude"].take(at)
        fits[near] = ~beyond(mine[KM].take(near), own, theirs[KM].take(near), *points)
        return fits


def parted(count: int, of: Slots, slots: Slots, rows: NDArray[np.int32], points: Floats) -> list[Found]:
    """What was found, by the item that found it: all in their order."""
    bounds = of.searchsorted(np.arange(count + 1)).tolist()
    pieces = [slice(*two) for two in zip(bounds, bounds[1:], strict=False)]
    return [Found(slots[piece], rows[piece], points[piece]) for piece in pieces]
