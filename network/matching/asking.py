"""All fits of some seeks with everyone's offers, and of some offers with everyone's seeks: `score.fit` on arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.directory.likeness import SHARES
from network.matching import score
from network.matching.adding import Adding, Room
from network.matching.gaining import Found, changes
from network.matching.items import TOPICS, Items
from network.matching.limits import KM, PLACES, SPOKEN, beyond, coded, numbers
from network.matching.rows import Rows
from network.matching.scan import (
    ALL,
    HALF,
    KIND,
    MEANING,
    TOPIC,
    Floats,
    Scan,
    gated,
    kind_fits,
    topic_fits,
    word_points,
)
from network.matching.values import LESS, STATED, Context, Item

Slots = NDArray[np.int64]
SOME = 13.0  # points of words and meaning with which a slot is looked at, whatever its kind
A_SHARE = np.array(score.POINTS["meaning"] / SHARES**2, np.float32)  # the points of one share of meanings
OF_SHARES = np.array(SHARES**2 / score.POINTS["meaning"], np.float32)  # how many of them are a point
ELSEWHERE, GUESSED, SAID, THEME, HAIR = (
    np.array(one, np.float32) for one in (score.ELSEWHERE, LESS, score.SAID, score.THEME, score.HAIR)
)
ANYWHERE = np.array(0, np.uint16)
Asked = Sequence[tuple[Item, Mapping[int, float]]]


@dataclass(frozen=True)
class Terms:
    """How many points are enough, the day on which listings must stand, and for whom it must be possible."""

    least: float = score.FLOOR
    today: date | None = None
    own: Context | None = None

    @property
    def enough(self) -> Floats:
        return np.array(self.least - score.HAIR, np.float32)


class Asking:
    """Some items of one organisation before those of the others: seeks, then offers.

    The words that come with an offer are also those of its organisation, whose topics are the `themes`. An item and a
    slot of the index are one number, a key: the number of the item, times the count of slots, and the slot.
    """

    def __init__(self, scan: Scan, known: Items, rows: Rows, asked: Asked, themes: Sequence[int], terms: Terms) -> None:
        self.scan, self.known, self.rows, self.asked, self.terms = scan, known, rows, asked, terms
        self.items = [item for item, _ in asked]
        self.seeks = sum(not item.offer for item in self.items)
        self.kinds, self.surest = kind_fits(scan, known, self.items)
        self.topics, self.about = topic_fits(scan, self.items, themes)
        self.firsts = np.arange(len(asked) + 1) * known.count
        self.missing = missing(self.kinds, terms.enough)
        self.meant = np.array([score.trust(item.meanings) for item in self.items], np.float32)
        self.named = np.array([bool(item.topics) for item in self.items])
        self.worth = np.array([LESS if item.origin != STATED and item.offer else 1 for item in self.items], np.float32)
        self.most = self.about.astype(bool) * TOPIC

    def found(self, room: Room, most: int) -> tuple[Found, Found]:
        """What the items find, and what of it is impossible; there is `room` to count in for so many at once."""
        several = [self.candidates(room, at, min(at + most, len(self.asked))) for at in range(0, len(self.asked), most)]
        whole = map(np.concatenate, zip(*several, strict=True)) if len(several) > 1 else several[0]
        slots, of, points = self.scored(*whole)
        found = Found(of, slots, self.known.columns["row"].take(slots), points)
        fits = self.possible(slots, of, found.rows)
        return found.only(fits), found.only(~fits)

    def candidates(self, room: Room, first: int, last: int) -> tuple[Slots, Slots, Floats]:
        """The slots that can have enough points, how many for each item, and their points of words and meaning.

        Words and meaning have SOME points; or the kind is enough with less than these and all that topics can add.
        Asked are the items from `first` up to `last`.
        """
        known, firsts, topics = self.known, self.firsts[: last - first + 1], self.most[first:last]
        seeks = max(0, min(self.seeks, last) - first)
        shared, meanings = room.words[: firsts[-1]], room.meanings[: firsts[-1]]
        telling = self.scan.telling(self.asked[first:last])
        adding = Adding(known, self.items[first:last], seeks, telling, firsts)
        spoken, slots, counts = adding.words(shared)
        adding.meanings(meanings)
        points = self.word_points(slots, counts, self.meant[first:last], shared.take(spoken), meanings.take(spoken))
        shared[spoken] = points
        kindless = float(self.terms.enough) / (0.5 + score.UNKNOWN) - score.POINTS["kind"] * score.UNKNOWN
        some = min(SOME, kindless - float(topics.max()) - score.HAIR)
        if some <= 0:
            keys = np.arange(firsts[-1]).reshape(last - first, -1)
            keys = keys[known["offer"] != (np.arange(len(keys)) >= seeks)[:, None]]
        else:
            meanings[spoken] = np.ceil(points * OF_SHARES).astype(np.int16)  # as if words were meanings, too
            found = [*adding.where(meanings, math.ceil(some * OF_SHARES)), self.of_kind(meanings, first, last, some)]
            some_twice = np.concatenate(found, dtype=np.int32, casting="same_kind")
            some_twice.sort()
            keys = some_twice.take(changes(some_twice)).astype(np.int64)
        told = shared.take(keys)
        points = np.where(told.astype(bool), told, np.minimum(MEANING, meanings.take(keys) * A_SHARE))
        shared[spoken] = 0
        for part, _ in adding.parts(meanings):
            part.fill(0)
        ends = keys.searchsorted(firsts)
        counts = ends[1:] - ends[:-1]
        return keys - firsts[:-1].repeat(counts), counts, points

    def of_kind(self, meanings: NDArray[np.int16], first: int, last: int, some: float) -> Slots:
        """The keys, some twice, whose kind is enough with fewer than `some` points of what is shared, and with topics.

        What is shared, words too, is told by key as a number of `meanings`.
        """
        missing, topics = self.missing[first:last], self.most[first:last]
        likely = (missing <= (topics + np.float32(some))[:, None]).ravel().nonzero()[0]
        items, places = np.divmod(likely, missing.shape[1])
        counts, slots = self.known.by_kind.under(places * 2 + (items < self.seeks - first))
        keys = slots + self.firsts.take(items).repeat(counts)
        alone = missing.ravel().take(likely) * OF_SHARES
        least = np.ceil(alone - topics.take(items) * OF_SHARES).astype(np.int16)
        shares = meanings.take(keys)
        near = (shares >= least.repeat(counts)).nonzero()[0]
        of = np.arange(len(counts)).repeat(counts).take(near)
        met = self.known.columns["about"].take(slots.take(near)) & self.about[first:last].take(items).take(of)
        enough = met.astype(bool) | (shares.take(near) >= alone.take(of))
        return keys.take(near.take(enough.nonzero()[0]))

    def word_points(
        self, slots: NDArray[Any], counts: Slots, meant: Floats, shared: Floats, shares: NDArray[np.int16]
    ) -> Floats:
        """The points of words and meaning of some slots, so many for each item, which is `meant` so far."""
        lengths, theirs = self.known.columns["weighed"].take(slots, axis=0).T
        return word_points(shared, lengths, shares * A_SHARE, MEANING - (MEANING * meant).repeat(counts) * theirs)

    def scored(self, slots: Slots, counts: Slots, words: Floats) -> tuple[Slots, Slots, Floats]:
        """Those of the candidates that have enough points and stand today, the numbers of the items, and the points."""
        known, enough = self.known, self.terms.enough
        kinds = known.numbers_of(slots, "kinds")
        kinds += np.arange(0, self.kinds.size, self.kinds.shape[1]).repeat(counts)
        kind = np.maximum(self.surest.take(kinds[0]), self.kinds.take(kinds[1:]).max(axis=0))
        met = (known.columns["about"].take(slots) & self.about.repeat(counts)).astype(bool)
        near = (gated(kind, words + np.multiply(met, TOPIC)) >= enough).nonzero()[0]
        of = np.arange(len(counts)).repeat(counts).take(near)
        slots, kind, words = slots.take(near), kind.take(near), words.take(near)
        topics, elsewhere = self.topics_of(slots, of)
        points = gated(kind, words + TOPIC * topics)
        points *= self.worth.take(of)
        np.multiply(points, ELSEWHERE, out=points, where=elsewhere)
        np.multiply(points, GUESSED, out=points, where=known.columns["inferred"].take(slots))
        today = self.terms.today.toordinal() if self.terms.today else 1
        near = ((points >= enough) & (known.columns["until"].take(slots) >= today)).nonzero()[0]
        return slots.take(near), of.take(near), points.take(near)

    def topics_of(self, slots: Slots, of: Slots) -> tuple[Floats, NDArray[np.bool_]]:
        """How well topics meet, 0..1, and where both sides name some that don't."""
        said = self.known.numbers_of(slots, "topics")
        at, half = of * self.scan.concepts, int(of.searchsorted(self.seeks))
        met = self.offered(said[:, :half], at[:half]), self.sought(said[:TOPICS, half:], at[half:])
        topics = np.minimum(ALL, np.concatenate(met))
        return topics, ~topics.astype(bool) & said[0].astype(bool) & self.named.take(of)

    def offered(self, said: Slots, at: Slots) -> Floats:
        """How well topics of offers and of who offers meet what is sought."""
        each = self.topics.reshape(len(self.topics), -1).take(said + at, axis=1)
        each[:, TOPICS:] *= THEME
        met: Floats = each.max(axis=1).sum(axis=0)
        return met

    def sought(self, said: Slots, at: Slots) -> Floats:
        """How well topics that are sought meet what is offered."""
        whole = np.maximum(self.scan.idfs.take(said).sum(axis=0), SAID)
        met: Floats = self.topics[0].take(said + at).sum(axis=0) / whole
        return met

    def possible(self, slots: Slots, of: Slots, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
        """`possible.possible` of items with slots, for who asks."""
        own = self.terms.own
        if own is None:
            return np.ones(len(slots), bool)
        mine = np.array([numbers(one) for one in self.items], np.uint16).T.take(of, axis=1)
        theirs = self.known.limits.of(self.known.columns["limits"].take(slots))
        there, home = self.rows.columns["country"].take(rows), coded(own.country)
        fits: NDArray[np.bool_] = (
            (mine[PLACES] == there).any(axis=0) | (mine[PLACES][0] == ANYWHERE) | (there == ANYWHERE)
        )
        if home:
            fits &= (theirs[PLACES] == home).any(axis=0) | (theirs[PLACES][0] == ANYWHERE)
        ours, other = mine[SPOKEN], theirs[SPOKEN]
        common = (ours[:, None] == other) & other.astype(bool)
        fits &= common.any(axis=(0, 1)) | (ours[0] == ANYWHERE) | (other[0] == ANYWHERE)
        fits &= ~beyond(mine[KM], own, theirs[KM], self.rows.columns["point"].take(rows, axis=0))
        return fits


def missing(kinds: Floats, enough: Floats) -> Floats:
    """How many points all else must add to these kind fits, before the gate, so that there are enough, by a hair."""
    points: Floats = enough / (HALF + np.minimum(kinds, HALF)) - KIND * kinds - HAIR
    return points
