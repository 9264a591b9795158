"""Which language a short text is in by its letters, three by three: what tells where no small word does. Pure.

Naive Bayes over the letters of words (Cavnar and Trenkle, "N-gram-based text categorization", SDAIR 1994). It learns
from the sayings, the first time that it is asked.
"""

from array import array
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from network.directory.learnt import kept
from network.directory.shipped import LANGUAGES, SAYINGS, hints

FEATURES = 1 << 13
LENGTH, SHORT = 3, 6  # letters in a row; a word of so few letters tells as a whole too
FAINT = 0.3  # what letters count for a language in which nothing is said with them
SURE = 0.9  # how probable a language must be to be told
MOST = 200  # letters of a text that are read


def features(text: str) -> Iterator[int]:
    """The numbers of what its words are made of."""
    for word in text.lower().split():
        marked = f"^{word}$"
        for at in range(max(1, len(marked) - LENGTH + 1)):
            yield crc32(marked[at : at + LENGTH].encode()) % FEATURES
        if len(word) <= SHORT:
            yield crc32(word.encode()) % FEATURES


class Letters(NamedTuple):
    """How probably a text is in each of the languages of the phrases from which that was learnt."""

    languages: NDArray[np.str_]
    says: NDArray[np.float32]  # by language, the logarithm of each feature's share

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, str]]) -> Self:
        """Learn from phrases, each with its language."""
        numbers: dict[str, array[int]] = {}
        for phrase, language in phrases:
            numbers.setdefault(language, array("h")).extend(features(phrase))
        counts = np.array([np.bincount(one, minlength=FEATURES) for one in numbers.values()]) + FAINT
        return cls(np.array(list(numbers)), np.log(counts / counts.sum(axis=1, keepdims=True)).astype(np.float32))

    def language_of(self, text: str) -> str:
        """The language that it is probably in; nothing where none is."""
        read = list(features(text[:MOST]))
        if not read:
            return ""
        points = self.says[:, read].sum(axis=1)
        best = int(points.argmax())
        return str(self.languages[best]) if 1 / np.exp(points - points[best]).sum() >= SURE else ""


def phrases() -> Iterator[tuple[str, str]]:
    """All sayings, each with its language."""
    for language in LANGUAGES:
        yield from ((phrase, language) for said in hints(SAYINGS, language).values() for phrase in said)


@cache
def learnt() -> Letters:
    found = kept("letters")
    return Letters(**found) if found else Letters.of(phrases())


@lru_cache(maxsize=256)
def by_letters(text: str) -> str:
    """The language of a text by its letters; nothing where they don't tell."""
    return learnt().language_of(text)
