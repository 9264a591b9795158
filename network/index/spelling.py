"""Words that a word may have been meant as: those that begin with it, and those that resemble it."""

from array import array

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from sqlalchemy.engine import Connection

from network.index.changes import Words, memory
from network.index.engines import engine
from network.index.words import UNSEARCHABLE

AFTER_ALL = "\U0010ffff"
SHORT = 4  # letters: of so short a word one typo may be forgiven, of a longer one two
MOST = 12


def expand(connection: Connection, word: str, limit: int = MOST) -> tuple[str, ...]:
    """The indexed words that begin with the word: itself, then the shortest, of those the most frequent."""
    begun = UNSEARCHABLE.sub("", word)
    if not begun:
        return ()
    here = engine(connection)
    found = here.rows(connection, here.begun_sql, {"first": begun, "last": begun + AFTER_ALL, "most": limit})
    return tuple(word for (word,) in found)


def spelling(connection: Connection, word: str, limit: int = MOST) -> tuple[str, ...]:
    """The indexed words that a typo or two lead to, likeliest first: the nearest, then the most frequent."""
    word = UNSEARCHABLE.sub("", word)
    if len(word) < 3 or word.isdigit():
        return ()
    most = 1 if len(word) <= SHORT else 2
    known = every_word(connection)
    near = []
    for length in range(len(word) - most, len(word) + most + 1):
        if length in known:
            lines, documents = known[length]
            alike = extract(word, lines.split("\n"), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None)
            near += [(distance, found[0] != word[0], -documents[at], found) for found, distance, at in alike]
    return tuple(found for *_, found in sorted(near) if found != word)[:limit]


def every_word(connection: Connection) -> Words:
    """All indexed words: tens of thousands, which would take ten times the memory one by one."""
    known = memory(connection)
    if known.words is None:
        here = engine(connection)
        known.words = {
            length: (lines, array("I", map(int, documents.split("\n"))))
            for length, lines, documents in here.rows(connection, here.words_sql, {})
        }
    return known.words
