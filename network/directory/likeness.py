"""What a text that names no concept is probably about, by the words and letters of labels and sayings. Pure.

Multinomial naive Bayes over weighted features (Rennie and others, "Tackling the poor assumptions of naive Bayes text
classifiers", ICML 2003). All languages share one model: four letters in a row tell much across related languages.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
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
SOFTER = 1.4  # what a text means is told less surely than which concept is likeliest
TELLS = 1.25  # standard deviations above the mean from which on a word speaks for a concept
NAMED = 0.3  # how much a concept weighs besides that a text names, beside the two halves
FEWEST, MOST = 0.25, 12  # of the strongest meaning, what a further one must weigh; and how many are kept
SHARES = 15  # a meaning weighs so many parts at most
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


def unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows as vectors of length 1; one of zeros stays as it is."""
    length = np.sqrt((values**2).sum(axis=-1, keepdims=True))
    return values / np.where(length > 0, length, 1)


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
        self.rarity = (np.log((1 + labels) / (1 + rare)) + 1).astype(np.float32)
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

    def of(self, points: NDArray[np.float64], *groups: NDArray[np.bool_]) -> list[list[Likely]]:
        """What a text with some `points` is probably about, in each of some groups of concepts, the likeliest first.

        A group is a mask over `ids`. Where no word is known, nothing is told. Bayes lets one concept explain the whole
        text; as a text may name several, some of what each word says by itself is mixed in.
        """
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
        whole = together(points[:, places])
        order = np.argsort(-whole, kind="stable")[: np.count_nonzero(whole >= UNLIKELY)]
        return [Likely(int(self.ids[places[at]]), float(whole[at])) for at in order]

    def meanings(
        self, points: NDArray[np.float64], named: Mapping[int, float], *groups: NDArray[np.bool_]
    ) -> dict[int, float]:
        """What a text is about, as a vector of length 1, about: by concept a weight in SHARES, MOST at most.

        Half of it is what all words say together, within each group; half is the sum of what each word speaks for
        (explicit semantic analysis: Gabrilovich and Markovitch, IJCAI 2007), those that part the concepts more. What is
        `named`, as surely as it is, is meant besides.
        """
        if not len(self.ids):
            return {}
        found, within = np.zeros(len(self.ids)), np.zeros(len(self.ids), bool)
        for group in groups:
            if group.any() and len(points):
                found[group] = np.sqrt(together(points[:, group] / SOFTER))
                within |= group
        found = unit(found)
        if len(alone := points[1:] - self.before):
            spread = alone - alone.mean(axis=1, keepdims=True)
            spread /= np.maximum(1e-9, spread.std(axis=1, keepdims=True))
            chances = chance(alone)
            parting = np.log(len(self.ids)) + (chances * np.log(chances + 1e-12)).sum(axis=1, keepdims=True)
            found += unit((unit(np.maximum(0, spread - TELLS)) * np.sqrt(np.maximum(0, parting))).sum(axis=0))
        found *= within
        unseen = {one: weight for one, weight in named.items() if found[self.ids == one].sum() < FEWEST * found.max()}
        for concept, weight in unseen.items():
            found[self.ids == concept] += NAMED * weight
        if not found.any():
            return {}
        strongest = np.argsort(-found, kind="stable")[:MOST]
        strongest = strongest[found[strongest] >= max(1e-9, FEWEST * found[strongest[0]])]
        weights = np.round(unit(found[strongest]) * SHARES) / SHARES
        return {int(self.ids[at]): float(weight) for at, weight in zip(strongest, weights, strict=True) if weight}


def chance(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithms, row by row, as probabilities."""
    found = np.exp(points - points.max(axis=1, keepdims=True))
    chances: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
    return chances


def together(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities by a whole text, some of what each word says mixed in."""
    chances = chance(points)
    whole: NDArray[np.float64] = chances[0]
    return whole if len(chances) == 1 else (1 - ALONE) * whole + ALONE * chances[1:].mean(axis=0)


@remembered(2)
def likeness(labels: Sequence[Label]) -> Likeness:
    """What the same labels teach is learnt once for the process."""
    return Likeness(labels)
