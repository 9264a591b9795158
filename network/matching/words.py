"""The words of a text, stemmed in its language: what carries a match where no concept does."""

import re
from collections import Counter
from zlib import crc32

from network.directory.small_words import function_words, language_of
from network.directory.stemming import stemmed
from network.places.folding import fold

MARKUP = re.compile(r"<[^<>]{1,200}>|https?://\S+")
WORD = re.compile(r"[^\W_]+(?:\+\+|#)?")
HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")  # the parts of a name such as QtWebEngine
LETTERS = frozenset("cr")  # which are names
COMMON = frozenset(
    "project projects using use used new also etc like make work working want well one two any all both some other "
    "others such more through while there what when how which".split()
)


def words(text: str, language: str = "") -> Counter[str]:
    """How often each stem occurs in a text; words that say nothing by themselves are left out.

    `language` is that of texts that do not tell it themselves. A name of several parts counts whole and by its parts.
    """
    plain = MARKUP.sub(" ", text)
    spoken = language_of(plain, otherwise=language) or "en"
    found: Counter[str] = Counter()
    small = function_words(spoken) | COMMON
    for word in WORD.findall(plain):
        parts = HUMP.findall(word) if not word.islower() and not word.isupper() else ()
        for one in (word, *parts) if len(parts) > 1 else (word,):
            for folded in [one.lower()] if one.endswith(("+", "#")) else fold(one).split():
                if folded in small or (len(folded) < 2 and folded not in LETTERS):
                    continue
                found[stemmed(folded, spoken)] += 1
    return found


def number_of(stem: str) -> int:
    """The number by which the index knows a stem: 32 bits."""
    return crc32(stem.encode())
