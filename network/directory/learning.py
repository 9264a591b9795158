"""Learning from labels and sayings what their words and letters say for each concept.

Multinomial naive Bayes over weighted features (Rennie and others, "Tackling the poor assumptions of naive Bayes text
classifiers", ICML 2003). All languages share one model: four letters in a row tell much across related languages.
"""

import sys
from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from network.directory import letters
from network.directory.learnt import keep, kept
from network.directory.remembering import remembered
from network.directory.shipped import SAYINGS, SITUATIONS, taught
from network.directory.small_words import small_words
from network.directory.stemming import stemmed
from network.places.folding import fold

Label = tuple[str, str, str]  # a label, its language, the concept's slug
Features = tuple[tuple[int, ...], tuple[float, ...]]  # their numbers, and what each weighs

FEATURES = 1 << 18  # to so many numbers the features are spread; the few that meet do no harm
STEM, LETTERS, PAIR = 2.0, 1.0, 2.0  # how much a word weighs, four of its letters, and two words side by side
LENGTH = 4
WHOLE = 4  # words of what sentences are learnt from that count in full
TINY = 1e-12
FAINT = 0.01  # what a feature counts for a concept that no label joins it with


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


class Learnt(NamedTuple):
    """What each feature says for each concept, held feature by feature: the rows of feature f are starts[f:f + 2]."""

    slugs: NDArray[np.str_]  # of the concepts, by their places
    before: NDArray[np.float64]  # logarithm of each concept's share of the labels
    all: NDArray[np.float64]  # logarithm of all that its labels say together
    rarity: NDArray[np.float32]  # of each feature
    starts: NDArray[np.int32]
    concepts: NDArray[np.int16]  # places
    says: NDArray[np.float32]

    @classmethod
    def of(cls, labels: Iterable[Label], whole: int = sys.maxsize) -> Self:
        """Learn from labels; of more than `whole` words, one counts less: by the root of how much longer it is."""
        numbers, label_of, concepts, lengths = array("l"), array("l"), [], []
        weights = array("d")
        for at, (label, language, concept) in enumerate(labels):
            for more, weigh in features(told(fold(label).split(), language), language):
                numbers.extend(more)
                weights.extend(weigh)
                label_of.extend([at] * len(more))
            concepts.append(concept)
            lengths.append(len(label.split()))
        slugs, place = np.unique(np.array(concepts, np.str_), return_inverse=True)
        shares = np.sqrt(np.minimum(1, whole / np.maximum(1, np.array(lengths))))
        of = np.array(label_of, np.int64)
        return cls.counted(slugs, place, np.array(numbers, np.int64), np.array(weights), of, shares)

    @classmethod
    def counted(
        cls,
        slugs: NDArray[np.str_],
        place: NDArray[np.intp],
        numbers: NDArray[np.int64],
        weights: NDArray[np.float64],
        label_of: NDArray[np.int64],
        shares: NDArray[np.float64],
    ) -> Self:
        """From the place of each label's concept, its features and its share to what a feature says for a concept."""
        labels, kinds = len(place), len(slugs)
        rare = np.bincount(numbers, minlength=FEATURES)
        rarity = (np.log((1 + labels) / (1 + rare)) + 1).astype(np.float32)
        values = weights * rarity[numbers]
        values *= (shares / np.sqrt(np.maximum(TINY, np.bincount(label_of, values**2, labels))))[label_of]
        keys, inverse = np.unique(numbers * kinds + place[label_of], return_inverse=True)
        sums = np.bincount(inverse, values)
        of = keys % max(1, kinds)
        return cls(
            slugs=slugs,
            before=np.log(np.bincount(place, minlength=kinds) / max(1, labels)),
            all=np.log(np.bincount(of, sums, kinds) + FAINT * np.count_nonzero(rare)),
            rarity=rarity,
            starts=np.searchsorted(keys // max(1, kinds), np.arange(FEATURES + 1)).astype(np.int32),
            concepts=of.astype(np.int16),
            says=np.log(sums / FAINT + 1).astype(np.float32),
        )


@remembered(2)
def learnt_of(labels: Sequence[Label]) -> Learnt:
    """What the same labels teach is learnt once for the process."""
    return Learnt.of(labels)


@cache
def shipped(sentences: bool = False) -> Learnt:
    """What all that ships teaches of phrases, else of sentences."""
    found = kept("sentences" if sentences else "phrases")
    return Learnt(**found) if found else learn(sentences)


def learn(sentences: bool) -> Learnt:
    """Learn from labels and sayings what phrases mean; what sentences mean from situations, too."""
    return Learnt.of(taught(SAYINGS, SITUATIONS), WHOLE) if sentences else Learnt.of(taught(SAYINGS))


def keep_shipped() -> None:
    """Learn from all that ships, as part of the set-up."""
    languages = letters.Letters.of(letters.phrases())._asdict()
    keep({"phrases": learn(False)._asdict(), "sentences": learn(True)._asdict(), "letters": languages})
