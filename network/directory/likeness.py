"""What a text that names no concept is probably about, by what was learnt from labels and sayings. Pure."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.directory.learning import Learnt, features, told

ALONE = 0.4  # how much what each word says by itself counts beside what all say together
UNLIKELY = 0.01  # what is less probable isn't told
SOFTER = 1.2  # what a text means is told less surely than which concept is likeliest
TELLS = 1.25  # standard deviations above the mean from which on a word speaks for a concept
NAMED = 0.3  # how much a concept weighs besides that a text names, beside the two halves
FEWEST, MOST = 0.3, 12  # of the strongest meaning, what a further one must weigh; and how many are kept
SHARES = 15  # a meaning weighs so many parts at most
NOTHING, NOWHERE = np.empty(0, np.float32), np.empty(0, np.int16)


class Likely(NamedTuple):
    """A concept by its id, and how probable it is among those that were asked about (0 to 1)."""

    concept: int
    probability: float


def unit(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows as vectors of length 1; one of zeros stays as it is."""
    length = np.sqrt((values**2).sum(axis=-1, keepdims=True))
    return values / np.where(length > 0, length, 1)


class Likeness:
    """How probably a text is about each of some concepts, by what was `learnt`.

    `ids` gives the concepts by slug; two slugs of one concept, such as that of a topic merged into it, speak for it
    both. What was learnt of other slugs is left aside.
    """

    def __init__(self, learnt: Learnt, ids: Mapping[str, int]) -> None:
        self.learnt = learnt
        places = sorted((ids[slug], at) for at, slug in enumerate(learnt.slugs.tolist()) if slug in ids)
        self.places = np.array([at for _id, at in places], np.intp)
        self.ids, self.firsts = np.unique(np.array([id for id, _at in places], np.int64), return_index=True)
        self.before = self.by_id(learnt.before)

    def by_id(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Logarithms of how probable the slugs are as those of the concepts."""
        chosen = points[..., self.places]
        if len(self.ids) == len(self.places):
            return chosen
        both: NDArray[np.float64] = np.logaddexp.reduceat(chosen, self.firsts, axis=-1)
        return both

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
        learnt, kinds = self.learnt, len(self.learnt.slugs)
        first, last = learnt.starts[every], learnt.starts[every + 1]
        known = (last > first).nonzero()[0]
        weights = np.array([weight for _, weights in pieces for weight in weights])[known]
        weights *= learnt.rarity[every[known]]
        row, counts = row[known], (last - first)[known]
        ends = zip(first[known].tolist(), last[known].tolist(), strict=True)
        slices = [slice(*two) for two in ends]
        values = np.concatenate([NOTHING, *(learnt.says[piece] for piece in slices)]) * weights.repeat(counts)
        where = np.concatenate([NOWHERE, *(learnt.concepts[piece] for piece in slices)]) + row.repeat(counts) * kinds
        each = np.bincount(where, values, len(pieces) * kinds).reshape(len(pieces), kinds)
        sums = np.array((np.bincount(row, weights, len(pieces)), np.bincount(row, weights**2, len(pieces))))
        each = np.concatenate((each.sum(axis=0, keepdims=True), each[:-1]))
        sums = np.concatenate((sums.sum(axis=1, keepdims=True), sums[:, :-1]), axis=1)
        some = sums[0] > 0
        length, square = sums[:, some, None]
        return self.by_id((each[some] - length * learnt.all) / np.sqrt(square) + learnt.before)

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
