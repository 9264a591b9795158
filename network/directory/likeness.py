"""What a text that names no concept is probably about, by the words and letters of labels and sayings. Pure.

Multinomial naive Bayes over weighted features (Rennie and others, "Tackling the poor assumptions of naive Bayes text
classifiers", ICML 2003). All languages share one model: four letters in a row tell much across related languages.
"""

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from network.directory.remembering import remembered
from network.directory.small_words import small_words
from network.directory.stemming import stemmed
from network.places.folding import fold

Label = tuple[str, str, int]  # a label, its language, the concept's id
Features = tuple[tuple[int, ...], tuple[float, ...]]  # their numbers, and what each weighs

FEATURES = 1 << 17  # to so many numbers the features are spread; the few that meet do no harm
STEM, LETTERS, PAIR = 2.0, 1.0, 2.0  # how much a word weighs, four of its letters, and two words side by side
LENGTH = 4
FAINT = 0.01  # what a feature counts for a concept that no label joins it with
ALONE = 0.4  # how much what each word says by itself counts beside what all say together
UNLIKELY = 0.01  # what is less probable isn't told
NOTHING, NOWHERE = np.empty(0, np.float32), np.empty(0, np.int16)


class Likely(NamedTuple):
    """A concept by its id, and how probable it is among those that were asked about (0 to 1)."""

    concept: int
    probability: float


def told(words: Sequence[str], language: str) -> list[str]:
    """The folded words that say something, else all of them."""
    small = small_words().get(language, frozenset())
    return [word for word in words if word not in small] or list(words)


@lru_cache(maxsize=4096)
def of_word(word: str, language: str) -> Features:
    """The features of a folded word, and what each weighs: its stem, and its letters four by four."""
    marked = f"^{word}$"
    letters = list(dict.fromkeys(marked[at : at + LENGTH] for at in range(len(marked) - LENGTH + 1)))
    named = [f"{language} {stemmed(word, language)}", *letters]
    return tuple(crc32(one.encode()) % FEATURES for one in named), (STEM, *[LETTERS] * len(letters))


def of_pairs(words: Sequence[str], language: str) -> Features:
    """The features of folded words side by side, and what each weighs."""
    stems = [stemmed(word, language) for word in words]
    pairs = [" ".join((language, *pair)) for pair in zip(stems, stems[1:], strict=False)]
    return tuple(crc32(one.encode()) % FEATURES for one in pairs), (PAIR,) * len(pairs)


def features(words: Sequence[str], language: str) -> list[Features]:
    """The features of each word of a text, then of its pairs; one that comes twice is there twice."""
    return [*(of_word(word, language) for word in words), of_pairs(words, language)]


class Likeness:
    """How probably a text is about each of the concepts whose labels it was given."""

    def __init__(self, labels: Iterable[Label]) -> None:
        numbers, label_of, concepts = array("l"), array("l"), array("l")
        weights = array("d")
        for at, (label, language, concept) in enumerate(labels):
            for more, weigh in features(told(fold(label).split(), language), language):
                numbers.extend(more)
                weights.extend(weigh)
                label_of.extend([at] * len(more))
            concepts.append(concept)
        self.ids, place = np.unique(np.array(concepts, np.int64), return_inverse=True)
        self.learn(np.array(numbers, np.int64), np.array(weights), np.array(label_of, np.int64), place)

    def learn(
        self,
        numbers: NDArray[np.int64],
        weights: NDArray[np.float64],
        label_of: NDArray[np.int64],
        place: NDArray[np.intp],
    ) -> None:
        """From each label's features to what a feature says for a concept, held feature by feature."""
        labels, kinds = len(place), len(self.ids)
        rare = np.bincount(numbers, minlength=FEATURES)
        self.rarity = np.log((1 + labels) / (1 + rare)) + 1
        values = weights * self.rarity[numbers]
        values /= np.sqrt(np.bincount(label_of, values**2, labels))[label_of]
        keys, inverse = np.unique(numbers * kinds + place[label_of], return_inverse=True)
        sums = np.bincount(inverse, values)
        of = keys % kinds
        known = np.count_nonzero(rare)
        self.all = np.log(np.bincount(of, sums, kinds) + FAINT * known)
        self.before = np.log(np.bincount(place, minlength=kinds) / labels)
        self.concepts = of.astype(np.int16)
        self.says = np.log(sums / FAINT + 1).astype(np.float32)
        self.starts = np.searchsorted(keys // kinds, np.arange(FEATURES + 1)).astype(np.int32)

    def of(self, words: Sequence[str], language: str, *groups: NDArray[np.bool_]) -> list[list[Likely]]:
        """What folded words are probably about, in each of some groups of concepts, the likeliest first.

        A group is a mask over `ids`. Where no word is known, nothing is told. Bayes lets one concept explain the whole
        text; as a text may name several, some of what each word says by itself is mixed in.
        """
        points = self.points(words, language)
        return [self.best(points, group) if len(points) else [] for group in groups]

    def points(self, words: Sequence[str], language: str) -> NDArray[np.float64]:
        """The logarithm of how probable each concept is, up to what is the same for all: a row for the text and rows
        for each of its words; no row for what is not known."""
        pieces = features(told(words, language), language)
        every = np.array([number for numbers, _ in pieces for number in numbers], np.int64)
        row = np.arange(len(pieces)).repeat([len(numbers) for numbers, _ in pieces])
        first, last = self.starts[every], self.starts[every + 1]
        known = (last > first).nonzero()[0]
        weights = np.array([weight for _, weights in pieces for weight in weights])[known]
        weights *= self.rarity[every[known]]
        row, counts = row[known], (last - first)[known]
        ends = zip(first[known].tolist(), last[known].tolist(), strict=True)
        slices = [slice(*two) for two in ends]
        values = np.concatenate([NOTHING, *(self.says[piece] for piece in slices)]) * weights.repeat(counts)
        where = np.concatenate([NOWHERE, *(self.concepts[piece] for piece in slices)]) + row.repeat(counts) * len(
            self.ids
        )
        each = np.bincount(where, values, len(pieces) * len(self.ids)).reshape(len(pieces), -1)
        sums = np.array((np.bincount(row, weights, len(pieces)), np.bincount(row, weights**2, len(pieces))))
        each = np.concatenate((each.sum(axis=0, keepdims=True), each[:-1]))
        sums = np.concatenate((sums.sum(axis=1, keepdims=True), sums[:, :-1]), axis=1)
        some = sums[0] > 0
        length, square = sums[:, some, None]
        return (each[some] - length * self.all) / np.sqrt(square) + self.before

    def best(self, points: NDArray[np.float64], group: NDArray[np.bool_]) -> list[Likely]:
        """The concepts of a group with their probabilities."""
        places = np.flatnonzero(group)
        if not len(places):
            return []
        chances = np.exp(points[:, places] - points[:, places].max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        whole = chances[0] if len(chances) == 1 else (1 - ALONE) * chances[0] + ALONE * chances[1:].mean(axis=0)
        order = np.argsort(-whole, kind="stable")[: np.count_nonzero(whole >= UNLIKELY)]
        return [Likely(int(self.ids[places[at]]), float(whole[at])) for at in order]


@remembered(2)
def likeness(labels: Sequence[Label]) -> Likeness:
    """What the same labels teach is learnt once for the process."""
    return Likeness(labels)
