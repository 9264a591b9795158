"""What the small words of a sentence say: its language, and where the words begin that carry the meaning."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from network.directory.concepts import Thesaurus
from network.places.folding import fold

FILE = Path(__file__).with_name("function_words.json")
PIECE = re.compile(r"[^\W\d_]+(?:['’‘-][^\W\d_]+)*|[.,;:!?()/\n]")
SHORTEST = 4  # letters of a word that may be about something
LONGEST = 3  # words of a phrase that a curator can do something with
MOST = 3  # such phrases of a text


@cache
def phrases(use: str) -> dict[str, tuple[str, ...]]:
    """The words and phrases of one use ("function", "not", "for", "offering", "seeking") in each language, folded."""
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


def language_of(text: str, otherwise: str = "en") -> str:
    """The language of a text by its function words; `otherwise` where they don't tell."""
    words = fold(text).split()
    votes = Counter(
        language for language, said in phrases("function").items() for word in words if word in said
    ).most_common(2)
    if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1]):
        return otherwise
    return votes[0][0]


def not_understood(thesaurus: Thesaurus, text: str) -> list[str]:
    """The phrases of a text that no concept covers, as they were typed, for the curators of the topics.

    Names, recognised by their capital within a sentence, are none. In German every noun has one.
    """
    understood = {word for phrase, _concept in thesaurus.understand(text) for word in fold(phrase).split()}
    names = language_of(text) != "de"
    found: list[list[str]] = [[]]
    begins = True
    for piece in PIECE.findall(text):
        if not piece[0].isalpha():
            begins = piece not in ",;:/("
            found.append([])
            continue
        folded = fold(piece)
        name = names and not begins and piece[0].isupper() and not piece.isupper()
        begins = False
        meant = set(folded.split()) - any_small_word() - understood
        if name or not meant or max(map(len, meant)) < SHORTEST:
            found.append([])
        elif len(found[-1]) == LONGEST:
            found.append([piece])
        else:
            found[-1].append(piece)
    return list(dict.fromkeys(" ".join(run) for run in found if run))[:MOST]
