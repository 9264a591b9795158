"""Words that a word may have been meant as: those that begin with it, and those that resemble it."""

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract
from sqlalchemy.engine import Connection

from network.index.changes import memory
from network.index.engines import engine
from network.index.words import UNSEARCHABLE

AFTER_ALL = "\U0010ffff"
SHORT = 4  # letters: of so short a word one typo may be forgiven, of a longer one two
MOST = 12
WORDS = "SELECT word, documents FROM search_word"


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
    known = memory(connection)
    words = known.words
    if words is None:
        words = known.words = dict(engine(connection).rows(connection, WORDS, {}))
    most = 1 if len(word) <= SHORT else 2
    near = extract(word, words.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None)
    ordered = sorted(near, key=lambda found: (found[1], found[0][0] != word[0], -words[found[0]], found[0]))
    return tuple(found[0] for found in ordered if found[0] != word)[:limit]
