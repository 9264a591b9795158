"""What a text that names no concept is probably about, by the words and letters of labels and sayings. Pure.

Multinomial naive Bayes over weighted features (Rennie and others, "Tackling the poor assumptions of naive Bayes text
classifiers", ICML 2003). All languages share one model: four letters in a row tell much across related languages.
"""

import json
import math
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from network.directory.remembering import remembered
from network.directory.small_words import small_words
from network.directory.stemming import stemmed
from network.places.folding import fold

Label = tuple[str, str, int]  # a label, its language, the concept's id
SAYINGS = Path(__file__).with_name("sayings")  # a file of phrases for each language

FEATURES = 1 << 17  # to so many numbers the features are spread; the few that meet do no harm
STEM, LETTERS, PAIR = 2.0, 1.0, 2.0  # how much a word weighs, four of its letters, and two words side by side
LENGTH = 4
FAINT = 0.01  # what a feature counts for a concept that no label joins it with
UNLIKELY = 0.01  # what is less probable isn't told


class Likely(NamedTuple):
    """A concept by its id, and how probable it is among those that were asked about (0 to 1)."""

    concept: int
    probability: float


def told(words: Sequence[str], language: str) -> list[str]:
    """The folded words that say something, else all of them."""
    small = small_words().get(language, frozenset())
    return [word for word in words if word not in small] or list(words)


@lru_cache(maxsize=4096)
def of_word(word: str, language: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """The features of a folded word, and what each weighs: its stem, and its letters four by four."""
    marked = f"^{word}$"
    letters = list(dict.fromkeys(marked[at : at + LENGTH] for at in range(len(marked) - LENGTH + 1)))
    named = [f"{language} {stemmed(word, language)}", *letters]
    return tuple(crc32(one.encode()) % FEATURES for one in named), (STEM, *[LETTERS] * len(letters))


def features(words: Sequence[str], language: str) -> tuple[list[int], list[float]]:
    """The features of the words of a text, and what each weighs; one that comes twice is there twice."""
    numbers: list[int] = []
    weights: list[float] = []
    for word in words:
        more, weigh = of_word(word, language)
        numbers += more
        weights += weigh
    stems = [stemmed(word, language) for word in words]
    for pair in zip(stems, stems[1:], strict=False):
        numbers.append(crc32(" ".join((language, *pair)).encode()) % FEATURES)
        weights.append(PAIR)
    return numbers, weights


class Likeness:
    """How probably a text is about each of the concepts whose labels it was given."""

    def __init__(self, labels: Iterable[Label]) -> None:
        numbers, label_of, concepts = array("l"), array("l"), array("l")
        weights = array("d")
        for at, (label, language, concept) in enumerate(labels):
            more, weigh = features(told(fold(label).split(), language), language)
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

        A group is a mask over `ids`. Where no word is known, nothing is told.
        """
        points = self.points(words, language)
        return [self.best(points, group) if points is not None else [] for group in groups]

    def points(self, words: Sequence[str], language: str) -> NDArray[np.float64] | None:
        """The logarithm of how probable each concept is, up to what is the same for all; None without a known word."""
        numbers, weights = features(told(words, language), language)
        every = np.array(numbers, np.int64)
        first, last = self.starts[every], self.starts[every + 1]
        known = last > first
        if not known.any():
            return None
        asked = np.array(weights)[known] * self.rarity[every[known]]
        asked /= math.sqrt(float(asked @ asked))
        pieces = [slice(*ends) for ends in zip(first[known].tolist(), last[known].tolist(), strict=True)]
        said = np.concatenate([self.says[piece] for piece in pieces])
        said *= np.repeat(asked.astype(np.float32), (last - first)[known])
        where = np.concatenate([self.concepts[piece] for piece in pieces])
        speaks = np.bincount(where, said, len(self.ids)).astype(np.float64)
        return speaks + self.before - float(asked.sum()) * self.all

    def best(self, points: NDArray[np.float64], group: NDArray[np.bool_]) -> list[Likely]:
        """The concepts of a group with their probabilities."""
        places = np.flatnonzero(group)
        if not len(places):
            return []
        mine = points[places]
        chances = np.exp(mine - mine.max())
        chances /= chances.sum()
        order = np.argsort(-mine, kind="stable")[: np.count_nonzero(chances >= UNLIKELY)]
        return [Likely(int(self.ids[places[at]]), float(chances[at])) for at in order]


def sayings() -> dict[str, list[tuple[str, str]]]:
    """What people say who mean a concept, by its slug, each with its language: it hints, and names nothing."""
    found: dict[str, list[tuple[str, str]]] = {}
    for file in sorted(SAYINGS.glob("*.json")):
        phrases: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
        for slug, said in phrases.items():
            found.setdefault(slug, []).extend((phrase, file.stem) for phrase in said)
    return found


@remembered(2)
def likeness(labels: Sequence[Label]) -> Likeness:
    """What the same labels teach is learnt once for the process."""
    return Likeness(labels)
