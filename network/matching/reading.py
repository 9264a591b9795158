"""A text as its words and clauses: which of them are negated, or about the other side. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from network.directory.concepts import spelt
from network.directory.small_words import language_of, phrases, small_words

CLAUSE = re.compile(r"[.,;:!?()\n\r–—]")
TURNS = frozenset(
    "but only just however sino pero solo solamente mais seulement uniquement mas apenas so sondern aber nur "
    "بل لكن وانما انما فقط ولكن".split()
)
JOINING = frozenset("and or y e o u et ou und oder و او".split())


@dataclass
class Read:
    """A text cut into folded words, each with the number of its clause and its place in the text."""

    words: list[str]
    clauses: list[int]
    spans: list[tuple[int, int]]
    language: str = "en"

    def cue(self, use: str, at: int) -> int:
        """How many words from `at` on are a phrase of one use; 0 when none is."""
        for phrase in cues(use, self.language).get(self.words[at], ()):
            if tuple(self.words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def read(text: str, language: str = "") -> Read:
    """A text as its words, in a language, else in the one that its small words tell."""
    words, spans = spelt(text)
    clauses: list[int] = []
    clause = last = 0
    for start, end in spans:
        if CLAUSE.search(text, last, start):
            clause += 1
        last = end
        clauses.append(clause)
    return Read(words, clauses, spans, language_of(text, language))


@cache
def cues(use: str, language: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of one use in a language by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for said in phrases(use).get(language, ()):
        words = tuple(said.split())
        found.setdefault(words[0], []).append(words)
    for several in found.values():
        several.sort(key=len, reverse=True)
    return found


def under_negation(seen: Read, inside: Collection[int], offer: bool) -> set[int]:
    """The places of words that say what is not meant; `inside` are those that name concepts."""
    off: set[int] = set()
    words, count = seen.words, len(seen.words)
    for at in range(count):
        if at in inside or not (length := seen.cue("not", at)):
            continue
        reach = at + length
        if (reach < count and words[reach] in TURNS) or lacks(seen, at, offer):
            continue
        while reach < count and seen.clauses[reach] == seen.clauses[at] and words[reach] not in TURNS:
            off.add(reach)
            reach += 1
    return off


def of_other_side(seen: Read, offer: bool) -> set[int]:
    """The places of words in clauses that say what the other side does."""
    off: set[int] = set()
    for at in range(len(seen.words)):
        begins = at == 0 or seen.clauses[at] != seen.clauses[at - 1]
        lacking = not offer and any(seen.cue("lacking", one) for one in clause(seen, at))
        if begins and not lacking and opposite(seen, at, "seeking" if offer else "offering"):
            off.update(clause(seen, at))
        if offer and seen.cue("sought", at) and not any(seen.cue("offering", one) for one in clause(seen, at)):
            off.update(clause(seen, at))
    return off


def clause(seen: Read, at: int) -> range:
    """The places of the clause that a word stands in."""
    first = last = at
    while first and seen.clauses[first - 1] == seen.clauses[at]:
        first -= 1
    while last < len(seen.words) and seen.clauses[last] == seen.clauses[at]:
        last += 1
    return range(first, last)


def lacks(seen: Read, at: int, offer: bool) -> bool:
    """Whether a negation says what is wanting: to who seeks, or to the people for whom something is offered.

    "We have no room" seeks one, and "for people who can't read" is about reading; "no training" is neither.
    """
    around = clause(seen, at)
    people = any(seen.cue("people", one) for one in range(around.start, at))
    if at > around.start and seen.cue("people", at - 1):
        return True
    return (people or not offer) and any(seen.cue("lacking", one) for one in around)


def opposite(seen: Read, at: int, against: str) -> bool:
    """Whether a clause begins by saying that it is about the other side: "we offer", in what somebody seeks."""
    own = "offering" if against == "seeking" else "seeking"
    end = at
    while end < len(seen.words) and seen.clauses[end] == seen.clauses[at]:
        end += 1
    small = small_words().get(seen.language, frozenset())
    for place in range(at, min(at + 3, end)):
        length = seen.cue(against, place)
        if (length >= 2 and small.issuperset(seen.words[at:place])) or (length and place == at):
            return not any(seen.cue(own, later) for later in range(place + length, end))
    return False


def rest(text: str, seen: Read, off: Collection[int]) -> str:
    """A text without some of its words."""
    for start, end in sorted({seen.spans[at] for at in off}, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text
