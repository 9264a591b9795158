"""Small words: which language a text is in, and how its other words hang together."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

from network.directory.letters import by_letters
from network.places.folding import fold

FILE = Path(__file__).with_name("function_words.json")


@cache
def phrases(use: str) -> dict[str, tuple[str, ...]]:
    """The words and phrases of one use in each language, folded.

    Uses are "function", "not", "for", "offering", "seeking"; "lacking" says that something is wanting, not unwanted;
    "people" names somebody of whom more is said; "sought" stands behind what is sought.
    """
    stored: dict[str, list[str]] = json.loads(FILE.read_text("utf-8"))[use]
    return {language: tuple(dict.fromkeys(map(fold, said))) for language, said in stored.items()}


@cache
def small_words() -> dict[str, frozenset[str]]:
    """The words in each language that say how things hang together, and not what they are."""
    uses = [phrases(use) for use in ("function", "not", "for", "offering", "seeking")]
    return {
        language: frozenset(word for said in uses for one in said.get(language, ()) for word in one.split())
        for language in uses[0]
    }


@cache
def any_small_word() -> frozenset[str]:
    return frozenset().union(*small_words().values())


@cache
def function_words(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning by themselves."""
    said = (*phrases("function").get(language, ()), *phrases("not").get(language, ()))
    return frozenset(word for one in said for word in one.split())


def language_of(text: str, otherwise: str = "") -> str:
    """The language of a text by its small words; where they do not tell `otherwise`, else by its letters."""
    words = fold(text).split()
    votes = Counter(language for language, said in small_words().items() for word in words if word in said).most_common(
        2
    )
    if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1]):
        return otherwise or by_letters(text)
    return votes[0][0]
