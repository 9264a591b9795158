"""How often concepts and words occur, and how near concepts are: what scores are weighed with, frozen for an epoch."""

import math
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np

from network.directory.thesaurus import shipped_concepts
from network.matching.score import SHARPER
from network.matching.values import Profile

COMMON = 0.03  # a word in more of the items than this says nothing
FEWEST = 2000  # of so many items at least

Near = Mapping[int, Mapping[int, float]]


@dataclass(frozen=True)
class Counted:
    """`concepts` and `words` say in how many of the `items` each occurs; see `score.Counts` for the questions."""

    items: int
    concepts: Mapping[int, int]
    words: Mapping[int, int]
    nearness: Near = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max((*self.concepts, *self.nearness), default=0)

    def idf(self, concept: int) -> float:
        return math.log(1 + self.items / (1 + self.concepts.get(concept, 0)))

    def weight(self, word: int) -> float:
        return weight(self.items, self.words.get(word, 0))

    def near(self, concept: int) -> Mapping[int, float]:
        return self.nearness.get(concept) or {concept: 1.0}

    def packed(self) -> bytes:
        """The counts as bytes, for `unpacked`. Words that occur once are left out: absent ones weigh about the same."""
        several = sorted((word, number) for word, number in self.words.items() if number > 1)
        words = np.array([word for word, _ in several], "<u4").tobytes()
        numbers = np.array([number for _, number in several], "<u4").tobytes()
        concepts = np.array(sorted(self.concepts.items()), "<u4").reshape(-1, 2).tobytes()
        return struct.pack("<III", self.items, len(self.concepts), len(several)) + concepts + words + numbers


def weight(items: int, occurrences: int) -> float:
    """What a word tells, 0..1: its idf beside that of a word nobody used, sharpened."""
    if occurrences > max(FEWEST, COMMON * items):
        return 0.0
    return ((math.log((1 + items) / (1 + occurrences)) + 1) / (math.log(1 + items) + 1)) ** SHARPER


def unpacked(data: bytes, nearness: Near) -> Counted:
    """What `packed` made."""
    items, concepts, words = struct.unpack_from("<III", data)
    at = struct.calcsize("<III")
    of_concepts = np.frombuffer(data, "<u4", 2 * concepts, at).reshape(-1, 2)
    at += 8 * concepts
    numbers = np.frombuffer(data, "<u4", words, at)
    times = np.frombuffer(data, "<u4", words, at + 4 * words)
    pairs = dict(zip(of_concepts[:, 0].tolist(), of_concepts[:, 1].tolist(), strict=True))
    return Counted(items, pairs, dict(zip(numbers.tolist(), times.tolist(), strict=True)), nearness)


def counted(profiles: Iterable[Profile], nearness: Near) -> Counted:
    """Count what profiles offer and seek: concepts once for each item, words once for each seek and for all offers."""
    concepts: Counter[int] = Counter()
    words: Counter[int] = Counter()
    items = 0
    for profile in profiles:
        offered = set(profile.words)
        for item in profile.items:
            concepts.update({*(kind for kind, _ in item.kinds), *item.topics})
            if item.offer:
                offered.update(item.words)
            else:
                words.update(item.words.keys())
        words.update(offered)
        items += len(profile.items)
    return Counted(items, concepts, words, nearness)


BROADER, NARROWER = 0.7, 0.8
SAME_KIND = 0.3  # two concepts of the same kind of help that nobody related


def nearness(
    related: Iterable[tuple[int, int, float]],
    broader: Iterable[tuple[int, int]],
    kinds: Mapping[int, str] | None = None,
) -> dict[int, dict[int, float]]:
    """How well an offer of one concept serves who seeks another: what is stored, and what follows from the tree.

    A narrower offer serves a broader seek better than the other way round. `kinds` are the kinds of help of concepts.
    """
    found: dict[int, dict[int, float]] = {}

    def put(sought: int, given: int, value: float) -> None:
        row = found.setdefault(sought, {sought: 1.0})
        row[given] = max(row.get(given, 0.0), value)

    for one, other, value in related:
        put(one, other, value)
    for narrow, broad in broader:
        put(narrow, broad, BROADER)
        put(broad, narrow, NARROWER)
    same: dict[str, list[int]] = {}
    for concept, kind in (kinds or {}).items():
        if kind:
            same.setdefault(kind, []).append(concept)
    for several in same.values():
        for one, other in permutations(several, 2):
            put(one, other, SAME_KIND)
    return found


def shipped_near() -> dict[int, dict[int, float]]:
    """The same of the concepts that ship, by their places in the file: the numbers of `directory.thesaurus.shipped`."""
    concepts = shipped_concepts()
    ids = {slug: number for number, slug in enumerate(concepts, 1)}
    related = [(ids[slug], ids[to], value) for slug, one in concepts.items() for to, value in one["related"].items()]
    broader = [(ids[slug], ids[one["broader"]]) for slug, one in concepts.items() if one["broader"]]
    return nearness(related, broader, {ids[slug]: one.get("kind", "") for slug, one in concepts.items()})
