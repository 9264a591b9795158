"""How well an offer fits a seek, and two organisations each other: the definition, with its reasons. Pure.

    fit     = gate * (23 kind + 10 topic + 17 words + 50 meaning)       0..100
    kind    = max over kinds a of the seek, b of the offer: rel(a, b) w_a w_b rarity(a), and of UNKNOWN (1 - w_a w_b):
              as far as one doubts that the kinds were understood; UNKNOWN if either has none
    topic   = sum over topics a: idf(a) max_b rel(a, b), over the larger of SAID and the sum of idf(a)
    words   = c / (c + CLOSER), c the cosine of their words, whose idf is sharpened; the offer's length counts less
    meaning = the product of what they are about, in whatever language; as far as texts are too long for it, as words;
              without what both are about only faintly (FAINT)
    gate    = .5 + min(kind, .5); times ELSEWHERE when both name topics and none of them meet; times LESS if inferred
    gain    = 1 - prod over the three strongest seeks (1 - best fit / 100); fits under FLOOR count as none
    mutual  = half the arithmetic and half the geometric mean of the two gains

The figures of `docs/matching.md` were measured with these constants.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from network.directory.likeness import SHARES
from network.matching.values import INFERRED, LESS, Item

POINTS = {"kind": 23.0, "topic": 10.0, "words": 17.0, "meaning": 50.0}
UNKNOWN = 0.2
RARITY = 0.3  # what the commonest kind still counts
SAID = 2.0
ELSEWHERE = 0.9
THEME = 0.6  # what a topic of the organisation counts, beside one of the offer itself
SHARPER = 1.45
SHORTER = 0.75
CLOSER = 0.25
FAINT = 10 / SHARES**2  # what both mean more faintly counts for nothing
CLEAR = 36 / SHARES**2  # what both mean more clearly is told as a reason
FLOOR = 20.0
HAIR = 1e-3  # so that 20 points are 20 whichever way they were added up
STRONGEST = 3
STRONG, GOOD = 45.0, 32.0


class Counts(Protocol):
    """How often things occur, frozen for an epoch, and how near concepts are to each other."""

    @property
    def items(self) -> int:
        """How many offers and seeks were counted."""
        ...

    @property
    def last(self) -> int:
        """The largest number of a concept."""
        ...

    def idf(self, concept: int) -> float:
        """The inverse document frequency of a concept: ln(1 + items / (1 + occurrences))."""
        ...

    def weight(self, word: int) -> float:
        """The weight of a word, its idf to the power of SHARPER; 0 for words in very many items."""
        ...

    def near(self, concept: int) -> Mapping[int, float]:
        """The concepts that serve who seeks this one, 0..1, itself with 1."""
        ...


@dataclass(frozen=True)
class Fit:
    """How well one offer fits one seek: points that add up (`words` are those of meaning, too), and their grounds."""

    seek: Item
    offer: Item
    kind: float
    topic: float
    words: float
    kinds: tuple[int, int] | None  # the sought kind and the one that serves it
    topics: tuple[tuple[int, int], ...]
    shared: tuple[int, ...]  # words, the most telling first
    meanings: tuple[int, ...]  # concepts that both are about, the most telling first

    @property
    def points(self) -> float:
        return self.kind + self.topic + self.words


def rarity(counts: Counts, concept: int) -> float:
    """How much it tells that somebody seeks a kind: RARITY for what everyone seeks, 1 for what hardly anyone does."""
    return RARITY + (1 - RARITY) * min(1.0, counts.idf(concept) / math.log(1 + max(1, counts.items)))


def kind_fit(counts: Counts, seek: Item, offer: Item) -> tuple[float, tuple[int, int] | None]:
    """The kind of help, 0..1, and the pair of concepts that it stands on."""
    if not seek.kinds or not offer.kinds:
        return UNKNOWN, None
    doubt = 1 - max(sure for _, sure in seek.kinds) * max(certain for _, certain in offer.kinds)
    best, pair = UNKNOWN * doubt, None
    for sought, sure in seek.kinds:
        near = counts.near(sought)
        for given, certain in offer.kinds:
            value = near.get(given, 0.0) * sure * certain * rarity(counts, sought)
            if value > best:
                best, pair = value, (sought, given)
    return best, pair


def topic_fit(
    counts: Counts, seek: Item, offer: Item, themes: Sequence[int] = ()
) -> tuple[float, tuple[tuple[int, int], ...]]:
    """Topics and audiences, 0..1, and the pairs that it stands on; `themes` are topics of the whole organisation."""
    total, pairs = 0.0, []
    for sought in seek.topics:
        near = counts.near(sought)
        served = [(near.get(one, 0.0), one) for one in offer.topics]
        served += [(near.get(one, 0.0) * THEME, one) for one in themes]
        value, given = max(served, default=(0.0, 0), key=lambda one: (one[0], -one[1]))
        if value:
            total += value * counts.idf(sought)
            pairs.append((sought, given))
    whole = max(SAID, sum(counts.idf(one) for one in seek.topics))
    return min(1.0, total / whole), tuple(pairs)


class Weighing(Protocol):
    """What knows what words tell."""

    def weight(self, word: int) -> float:
        """0..1."""
        ...


def length(counts: Weighing, words: Mapping[int, float]) -> float:
    """The length of a text as a vector of weighted words."""
    return math.hypot(*(times * counts.weight(word) for word, times in words.items()))


def shortened(length: float, offer: bool) -> float:
    """What the length of an item's words counts: that of an offer less."""
    return length**SHORTER if offer else length


def word_fit(
    counts: Counts, seek: Item, offer: Item, around: Mapping[int, float] | None = None
) -> tuple[float, tuple[int, ...]]:
    """The words, 0..1, and those that both use; `around` are words of the whole organisation that offers."""
    said = together(offer.words, around or {})
    telling = {word: counts.weight(word) for word in seek.words if word in said}
    shared = {word: weight**2 * seek.words[word] * said[word] for word, weight in telling.items() if weight}
    if not shared:
        return 0.0, ()
    lengths = length(counts, seek.words) * shortened(length(counts, said), True)
    order = sorted(shared, key=lambda word: (-shared[word], word))
    return sum(shared.values()) / (sum(shared.values()) + CLOSER * lengths), tuple(order)


def trust(meanings: Mapping[int, float]) -> float:
    """How far what a text is about is known, 0..1: the length of its meanings as a vector."""
    return min(1.0, math.hypot(*meanings.values()))


def meaning_fit(seek: Item, offer: Item, words: float) -> tuple[float, tuple[int, ...]]:
    """How much two are about the same, 0..1, and what that clearly is; as far as it is unsure, how well `words` fit."""
    products = {one: weight * offer.meanings[one] for one, weight in seek.meanings.items() if one in offer.meanings}
    shared = {one: value for one, value in products.items() if value >= FAINT - 1e-9}
    told = sum(shared.values()) + words * (1 - trust(seek.meanings) * trust(offer.meanings))
    clear = [one for one, value in shared.items() if value >= CLEAR - 1e-9]
    return min(1.0, told), tuple(sorted(clear, key=lambda one: (-shared[one], one)))


def together(words: Mapping[int, float], around: Mapping[int, float]) -> Mapping[int, float]:
    """Two bags of words as one."""
    if not around:
        return words
    both = {**around, **words}
    for word in around.keys() & words.keys():
        both[word] += around[word]
    return both


def fit(
    counts: Counts, seek: Item, offer: Item, themes: Sequence[int] = (), around: Mapping[int, float] | None = None
) -> Fit:
    """How well an offer fits a seek. `themes` and `around` are topics and words of the organisation that offers."""
    kind, kinds = kind_fit(counts, seek, offer)
    topic, topics = topic_fit(counts, seek, offer, themes)
    words, shared = word_fit(counts, seek, offer, around)
    meaning, meanings = meaning_fit(seek, offer, words)
    gate = (0.5 + min(kind, 0.5)) * (LESS if offer.origin == INFERRED else 1.0)
    if seek.topics and offer.topics and not topics:
        gate *= ELSEWHERE
    return Fit(
        seek,
        offer,
        gate * POINTS["kind"] * kind,
        gate * POINTS["topic"] * topic,
        gate * (POINTS["words"] * words + POINTS["meaning"] * meaning),
        kinds,
        topics,
        shared,
        meanings,
    )


def gain(best: Iterable[float]) -> float:
    """What somebody gains, 0..1, from the best fit of each of their seeks."""
    left = 1.0
    for points in sorted((one for one in best if one >= FLOOR - HAIR), reverse=True)[:STRONGEST]:
        left *= 1 - points / 100
    return 1 - left


def mutual(gets: float, gives: float) -> float:
    """What two gain from each other: one-way help counts, two-way help counts more."""
    return 0.5 * (gets + gives) / 2 + 0.5 * math.sqrt(gets * gives)


def strength(points: float) -> str:
    """A fit in a word."""
    return "strong" if points >= STRONG else "good" if points >= GOOD else "possible"
