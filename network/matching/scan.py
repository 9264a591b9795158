"""What an item sees on the other side of the index, by concept and by kind, and the parts of `score.fit` on arrays."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.items import NONE, Items
from network.matching.values import Item

Floats = NDArray[np.float32]
Slots = NDArray[np.int32]
Near = tuple[NDArray[np.int64], Floats]

KIND, TOPIC, WORDS, MEANING = (np.float32(score.POINTS[part]) for part in ("kind", "topic", "words", "meaning"))
UNKNOWN, HALF, TINY = np.float32(score.UNKNOWN), np.float32(0.5), np.float32(1e-30)


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

    def weight(self, word: int) -> float:
        """What a word tells."""
        if word not in self.weights:
            if len(self.weights) > 500_000:
                self.weights.clear()
            self.weights[word] = self.counts.weight(word)
        return self.weights[word]

    def telling(self, item: Item, words: Mapping[int, float]) -> dict[int, float]:
        """What each word of an item adds where another says it once, by CLOSER and by the length of them all."""
        found, square, known = {}, 0.0, self.weights
        for word, times in words.items():
            if weight := known[word] if word in known else self.weight(word):
                found[word] = value = weight * weight * times
                square += value * times
        closer = score.CLOSER * score.shortened(math.sqrt(square), item.offer)
        return {word: value / closer for word, value in found.items()}


def arrays(near: Mapping[int, float]) -> Near:
    return np.array(list(near), np.int64), np.array(list(near.values()), np.float32)


def kind_fits(scan: Scan, known: Items, items: Sequence[Item]) -> tuple[Floats, Floats]:
    """How well each item goes with each of the known kinds, a row for each item; and with that kind as the surest."""
    table = np.zeros((len(items), scan.concepts), np.float32)
    for row, item in zip(table, items, strict=True):
        for place, (own, sure) in enumerate(item.kinds):
            others, values = (scan.rare_seekers if item.offer else scan.rare_givers)[own]
            values = values * np.float32(sure)
            row[others] = np.maximum(row[others], values) if place else values
    fits = table.take(known.concepts, axis=1) * known.weights
    surest = np.array([[max((sure for _, sure in item.kinds), default=0)] for item in items], np.float32)
    return fits, np.maximum(fits, UNKNOWN * (1 - surest * known.weights))


def topic_fits(scan: Scan, items: Sequence[Item], themes: Sequence[int] = ()) -> Floats:
    """By concept, what a topic of the other side adds to the fit of each item: (1 or more, items, concepts).

    A seek has a table for each of its topics, of which the best counts; an offer has one, of which all counts.
    """
    most = max(1, *(len(item.topics) for item in items))
    table = np.zeros((most, len(items), scan.concepts), np.float32)
    for number, item in enumerate(items):
        if item.offer:
            row = table[0, number]
            for place, own in enumerate((*item.topics, *themes)):
                others, values = scan.seekers[own]
                values = values if place < len(item.topics) else values * np.float32(score.THEME)
                row[others] = np.maximum(row[others], values) if place else values
            row *= scan.idfs
        else:
            whole = max(score.SAID, sum(float(scan.idfs[own]) for own in item.topics))
            for row, own in zip(table[:, number], item.topics, strict=False):
                others, values = scan.givers[own]
                row[others] = values * np.float32(float(scan.idfs[own]) / whole)
    return table


def gated(kind: Floats, more: float | Floats) -> Floats:
    """The points for kind fits and `more` points from all else."""
    whole: Floats = KIND * kind + more
    whole *= HALF + np.minimum(kind, HALF)
    return whole


def word_points(shared: Floats, lengths: Floats, meaning: Floats, unsure: Floats) -> Floats:
    """The part of words and meaning in `score.fit`, before the gate.

    What is `shared` was divided by CLOSER and by the length of who asks; `lengths` are those of the others.
    """
    told = lengths + shared
    np.maximum(told, TINY, out=told)
    words = shared / told
    points: Floats = np.minimum(1, meaning + words * unsure) * MEANING
    points += words * WORDS
    return points
