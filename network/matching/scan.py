"""All fits of one seek with everyone's offers, or of one offer with everyone's seeks: `score.fit` on arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching import score
from network.matching.postings import Postings
from network.matching.side import NONE, PARTS, TIMES, TOPICS, Side
from network.matching.values import Item

Floats = NDArray[np.float32]
Slots = NDArray[np.int32]


class Scan:
    """Counts as arrays, by concept, and the weights of words once they were asked for."""

    def __init__(self, counts: score.Counts) -> None:
        self.counts = counts
        self.items = counts.items
        self.concepts = counts.last + 1
        self.rarity = np.array([score.rarity(counts, one) for one in range(self.concepts)], np.float32)
        self.idfs = np.array([counts.idf(one) for one in range(self.concepts)], np.float32)
        self.idfs[NONE] = 0
        self.weights: dict[int, float] = {}
        self.pairs: dict[int, tuple[NDArray[np.uint64], Signatures]] = {}
        self.seekers: dict[int, dict[int, float]] = {one: {one: 1.0} for one in range(self.concepts)}
        for sought in range(self.concepts):
            for given, value in counts.near(sought).items():
                self.seekers[given][sought] = value

    def taken_apart(self, keys: NDArray[np.uint64]) -> Signatures:
        """The pairs of kinds of some keys, remembered."""
        if id(keys) not in self.pairs:
            self.pairs[id(keys)] = (keys, Signatures.of(keys))
        return self.pairs[id(keys)][1]

    def weight(self, word: int) -> float:
        """What a word tells."""
        if word not in self.weights:
            if len(self.weights) > 500_000:
                self.weights.clear()
            self.weights[word] = self.counts.weight(word)
        return self.weights[word]


def kind_table(scan: Scan, item: Item, sought: bool) -> Floats:
    """By the concept of the other side, how well it goes with an item's kinds; `sought` when the item is a seek."""
    table = np.zeros(scan.concepts, np.float32)
    for own, sure in item.kinds:
        if sought:
            for given, value in scan.counts.near(own).items():
                table[given] = max(table[given], value * sure * scan.rarity[own])
        else:
            for other, value in scan.seekers.get(own, {}).items():
                table[other] = max(table[other], value * sure * scan.rarity[other])
    return table


@dataclass(frozen=True)
class Signatures:
    """Pairs of kinds, taken apart: concepts and weights of both, and the larger weight."""

    concepts: tuple[NDArray[np.uint32], NDArray[np.uint32]]
    weights: tuple[Floats, Floats]
    surest: Floats

    @classmethod
    def of(cls, keys: NDArray[np.uint64]) -> Signatures:
        """The pairs that some keys stand for."""
        halves = [(keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), (keys >> np.uint64(32)).astype(np.uint32)]
        low, high = ((half & np.uint32(255)).astype(np.float32) / np.float32(PARTS) for half in halves)
        first, second = (half >> np.uint32(8) for half in halves)
        return cls((first, second), (low, high), np.maximum(low, high))

    def fits(self, table: Floats, sure: float) -> Floats:
        """How well each pair goes with an item: the better of the two, or what doubt leaves."""
        best = table[self.concepts[0]] * self.weights[0]
        np.maximum(best, table[self.concepts[1]] * self.weights[1], out=best)
        doubt = np.float32(score.UNKNOWN) * (np.float32(1) - np.float32(sure) * self.surest)
        return np.maximum(best, doubt, out=best)


def kind_fits(scan: Scan, side: Side, item: Item, sought: bool) -> Floats:
    """How well an item goes with each pair of kinds of a side: those of `keys`, then the added ones."""
    kinds = side.kinds
    if not item.kinds:
        return np.full(len(kinds.keys) + len(kinds.added), score.UNKNOWN, np.float32)
    table, sure = kind_table(scan, item, sought), max(sure for _, sure in item.kinds)
    added = Signatures.of(np.array(list(kinds.added), np.uint64))
    return np.concatenate((scan.taken_apart(kinds.keys).fits(table, sure), added.fits(table, sure)))


def gated(kind: Floats, more: float | Floats) -> Floats:
    """The points for a kind fit and `more` points from all else."""
    whole: Floats = np.float32(score.POINTS["kind"]) * kind + more
    whole *= np.float32(0.5) + np.minimum(kind, np.float32(0.5))
    return whole


def words_of(postings: Postings, weighted: Mapping[int, float], into: Floats) -> list[Slots]:
    """Add up, by slot, the words that are shared with some `weighted` ones; gives what to clear afterwards."""
    touched = []
    for word, value in weighted.items():
        for slots, times in postings.of(word):
            assert times is not None
            into[slots] += np.float32(value / TIMES) * times
            touched.append(slots)
    return touched


def topics_of_offers(scan: Scan, side: Side, item: Item, slots: Slots, themes: Sequence[NDArray[Any]]) -> Floats:
    """How well the topics of offers meet those of a seek, 0..1."""
    total = np.zeros(len(slots), np.float32)
    if not item.topics:
        return total
    columns = [side[f"topic{number}"][slots] for number in range(TOPICS)]
    rows = side["row"][slots]
    around = [column[rows] for column in themes]
    for sought in item.topics:
        table = np.zeros(scan.concepts, np.float32)
        for given, value in scan.counts.near(sought).items():
            table[given] = value
        best = table[columns[0]]
        for column in columns[1:]:
            np.maximum(best, table[column], out=best)
        for column in around:
            np.maximum(best, table[column] * score.THEME, out=best)
        total += best * scan.idfs[sought]
    whole = max(score.SAID, float(sum(scan.idfs[one] for one in item.topics)))
    return np.minimum(1.0, total / np.float32(whole))


def topics_of_seeks(scan: Scan, side: Side, item: Item, slots: Slots, themes: Sequence[int]) -> Floats:
    """How well the topics of an offer meet those of seeks, 0..1."""
    table = np.zeros(scan.concepts, np.float32)
    said = scan.idfs
    for own, share in [*((one, 1.0) for one in item.topics), *((one, score.THEME) for one in themes)]:
        for sought, value in scan.seekers.get(own, {}).items():
            table[sought] = max(table[sought], value * share)
    table *= scan.idfs
    total = np.zeros(len(slots), np.float32)
    whole = np.zeros(len(slots), np.float32)
    for number in range(TOPICS):
        column = side[f"topic{number}"][slots]
        total += table[column]
        whole += said[column]
    return np.minimum(1.0, total / np.maximum(whole, np.float32(score.SAID)))


def word_points(shared: Floats, lengths: Floats) -> Floats:
    """The words' part of `score.fit`, before the gate."""
    told = shared + np.float32(score.CLOSER) * lengths
    return np.divide(shared, told, out=np.zeros_like(shared), where=told > 0) * np.float32(score.POINTS["words"])
