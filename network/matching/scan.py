"""What an item sees on the other side of the index, by concept and by kind, and the parts of `score.fit` on arrays."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.items import NONE, Items, bits
from network.matching.values import Item

Floats = NDArray[np.float32]
Slots = NDArray[np.int32]
Near = tuple[NDArray[np.int64], Floats]

# Constants are arrays without dimensions: numpy asks one number of Python what it is each time, which takes as long.
KIND, TOPIC, WORDS, MEANING = (
    np.array(score.POINTS[part], np.float32) for part in ("kind", "topic", "words", "meaning")
)
KEPT = 1_000_000  # numbers of rows that are kept to be asked for again
UNKNOWN, HALF, ALL = (np.array(one, np.float32) for one in (score.UNKNOWN, 0.5, 1))


class Telling(NamedTuple):
    """Words of items, one item after the other, what each of them adds, and how many are of each item."""

    words: NDArray[np.int64]
    values: Floats
    counts: NDArray[np.int64]


class Scan:
    """Counts as arrays, by concept, and the weights of words once they were asked for.

    `last` is a concept that may have come since things were counted.
    """

    def __init__(self, counts: score.Counts, last: int = 0) -> None:
        self.counts = counts
        self.concepts = max(counts.last, last) + 1
        self.rarity = np.array([score.rarity(counts, one) for one in range(self.concepts)], np.float32)
        self.idfs = np.array([counts.idf(one) for one in range(self.concepts)], np.float32)
        self.idfs[NONE] = 0
        self.bits = bits(np.arange(self.concepts))
        self.weights: dict[int, float] = {}
        near = [counts.near(one) for one in range(self.concepts)]
        back: list[dict[int, float]] = [{} for _ in near]
        for sought, several in enumerate(near):
            for given, value in several.items():
                back[given][sought] = value
        self.givers = [arrays(one) for one in near]  # by what is sought: the concepts that serve it
        self.seekers = [arrays(one) for one in back]  # by what is offered: those that it serves
        self.rare_givers = [
            (some, values * rare) for (some, values), rare in zip(self.givers, self.rarity, strict=True)
        ]
        self.rare_seekers = [(some, values * self.rarity[some]) for some, values in self.seekers]
        keep = lru_cache(max(100, KEPT // self.concepts))
        self.topic, self.kind = keep(self.topic_row), keep(self.kind_row)

    def weight(self, word: int) -> float:
        """What a word tells."""
        if word not in self.weights:
            if len(self.weights) > 500_000:
                self.weights.clear()
            self.weights[word] = self.counts.weight(word)
        return self.weights[word]

    def telling(self, asked: Iterable[tuple[Item, Mapping[int, float]]]) -> Telling:
        """The words of some items, and what each adds where another says it once: by CLOSER and the length of all."""
        told: list[int] = []
        values: list[float] = []
        counts: list[int] = []
        known = self.weights
        for item, words in asked:
            square, own = 0.0, []
            for word, times in words.items():
                if weight := known[word] if word in known else self.weight(word):
                    value = weight * weight * times
                    square += value * times
                    told.append(word)
                    own.append(value)
            closer = score.CLOSER * score.shortened(math.sqrt(square), item.offer)
            values += [value / closer for value in own]
            counts.append(len(own))
        return Telling(np.array(told, np.int64), np.array(values, np.float32), np.array(counts))

    def topic_row(self, offer: bool, own: int, theme: bool = False) -> tuple[Floats, int]:
        """What each topic of the other side adds by one, if that is sought before its share; and the bits of those."""
        row = np.zeros(self.concepts, np.float32)
        others, values = (self.seekers if offer else self.givers)[own]
        row[others] = values * np.float32(score.THEME) if theme else values
        if offer:
            row *= self.idfs
        return row, int(np.bitwise_or.reduce(self.bits.take(others)))

    def kind_row(self, known: Items, count: int, offer: bool, own: int, sure: float) -> Floats:
        """How well each of the known kinds, so many, goes with one that is so sure."""
        row = np.zeros(self.concepts, np.float32)
        others, values = (self.rare_seekers if offer else self.rare_givers)[own]
        row[others] = values * np.float32(sure)
        fits: Floats = row.take(known.concepts[:count]) * known.weights[:count]
        return fits


def arrays(near: Mapping[int, float]) -> Near:
    return np.array(list(near), np.int64), np.array(list(near.values()), np.float32)


def kind_fits(scan: Scan, known: Items, items: Sequence[Item]) -> tuple[Floats, Floats]:
    """How well each item goes with each of the known kinds, a row for each item; and with that kind as the surest."""
    fits = np.zeros((len(items), len(known.kinds)), np.float32)
    for row, item in zip(fits, items, strict=True):
        for kind in item.kinds:
            np.maximum(row, scan.kind(known, len(row), item.offer, *kind), out=row)
    surest = np.array([max((sure for _, sure in item.kinds), default=0) for item in items], np.float32)
    return fits, np.maximum(fits, UNKNOWN * (ALL - surest[:, None] * known.weights))


def topic_fits(scan: Scan, items: Sequence[Item], themes: Sequence[int] = ()) -> tuple[Floats, NDArray[np.uint32]]:
    """By concept, what a topic of the other side adds to the fit of each item: (1 or more, items, concepts).

    A seek has a table for each of its topics, of which the best counts; an offer has one, of which all counts.
    Gives also the bits of all that add something to each item.
    """
    most = max(1, *(len(item.topics) for item in items))
    table, about = np.zeros((most, len(items), scan.concepts), np.float32), [0] * len(items)
    for number, item in enumerate(items):
        own = [scan.topic(item.offer, one) for one in item.topics]
        if item.offer:
            own += [scan.topic(True, one, True) for one in themes]
            best = table[0, number]
            for values, _ in own:
                np.maximum(best, values, out=best)
        elif own:
            idfs = scan.idfs[list(item.topics)].tolist()
            whole = max(score.SAID, sum(idfs))
            for row, (values, _), idf in zip(table, own, idfs, strict=False):
                np.multiply(values, np.float32(idf / whole), out=row[number])
        for _, met in own:
            about[number] |= met
    return table, np.array(about, np.uint32)


def gated(kind: Floats, more: float | Floats) -> Floats:
    """The points for kind fits and `more` points from all else."""
    whole: Floats = KIND * kind + more
    whole *= HALF + np.minimum(kind, HALF)
    return whole


def word_points(shared: Floats, lengths: Floats, meaning: Floats, unsure: Floats) -> Floats:
    """The part of words and meaning in `score.fit`, before the gate; of `meaning`, and what is `unsure`, the points.

    What is `shared` was divided by CLOSER and by the length of who asks; `lengths` are those of the others.
    """
    words = shared / (lengths + shared)
    points: Floats = np.minimum(MEANING, meaning + words * unsure)
    points += words * WORDS
    return points
