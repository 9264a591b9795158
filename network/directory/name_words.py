"""The words that names of organisations are made of, in many languages: what each means, and its kind."""

import json
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from network.places.countries import by_name
from network.places.folding import fold

FILE = Path(__file__).with_name("name_words.json")
KINDS = ("legal", "part", "city", "kind", "group", "quality")
WEIGHTS = {
    "word": 1.0,
    "kind": 0.5,
    "quality": 0.5,
    "part": 0.5,
    "number": 0.5,
    "place": 0.3,
    "group": 0.25,
    "legal": 0,
}
SHORTEST_COUNTRY = 4  # shorter ones are codes, and words of some language
SHORTEST_PART = 3
ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "xi": 11, "xii": 12}
COUNTED = re.compile(r"(\d+)(?:e|er|eme|ieme|th|nd|rd|st|a|o|te|ter|tes)?")
FUGUES = ("", "s", "n", "en", "er")  # letters between the parts of a German or Dutch compound
ENDINGS = ("s", "es")


class Meaning(NamedTuple):
    """What a word or phrase of a name stands for: `meaning` is the same in every language that the list knows."""

    kind: str
    meaning: str

    @property
    def weight(self) -> float:
        """How much it says when two names share it: most are words that few other names hold."""
        return WEIGHTS[self.kind]


@cache
def stored() -> dict[str, dict[str, str] | str]:
    told: dict[str, dict[str, str] | str] = json.loads(FILE.read_text("utf-8"))
    return told


def listed(use: str) -> frozenset[str]:
    """The words of a plain list: "small", "free mail", "shared site"."""
    said = stored()[use]
    return frozenset(said.split()) if isinstance(said, str) else frozenset()


@cache
def small_words() -> frozenset[str]:
    """Articles and the like, folded."""
    return frozenset(fold(word) for word in listed("small"))


@cache
def phrases() -> dict[str, Meaning]:
    """Every folded phrase that the list or the countries' names hold, with what it means."""
    found = {
        name: Meaning("place", code)
        for name, code in by_name().items()
        if len(name) >= SHORTEST_COUNTRY and name not in small_words()
    }
    for kind in reversed(KINDS):
        words = stored()[kind]
        for meaning, said in words.items() if isinstance(words, dict) else ():
            for phrase in said.split(";"):
                written = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", phrase)
                found[fold(written)] = Meaning("place" if kind == "city" else kind, fold(meaning))
    return found


@cache
def longest() -> int:
    """Of how many words the longest phrase is."""
    return max(phrase.count(" ") + 1 for phrase in phrases())


@cache
def starts() -> frozenset[str]:
    """The first words of phrases of several words."""
    return frozenset(phrase.split()[0] for phrase in phrases() if " " in phrase)


def known(word: str) -> Meaning | None:
    """What a single folded word means, in the singular or the plural, with or without an Arabic article."""
    said = phrases()
    if found := said.get(word):
        return found
    for ending in ENDINGS:
        if len(word) > SHORTEST_PART + 1 and word.endswith(ending) and (found := said.get(word.removesuffix(ending))):
            return found
    return said.get(word.removeprefix("ال"))


def counted(word: str) -> int | None:
    """The number that a word is: "12", "5e", "III"."""
    found = COUNTED.fullmatch(word)
    return int(found[1][:9]) if found else ROMAN.get(word)


def meanings(word: str) -> tuple[Meaning, ...]:
    """What a folded word means; of a compound whose parts are known each part: "stadtbibliothek" is city and library.

    A word that nobody knows means itself.
    """
    if (number := counted(word)) is not None:
        return (Meaning("number", str(number)),)
    if found := known(word):
        return (found,)
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        last = phrases().get(word[at:])
        if last is None or last.kind in ("legal", "place"):
            continue
        for fugue in FUGUES:
            first = phrases().get(word[:at].removesuffix(fugue)) if word[:at].endswith(fugue) else None
            if first and first.kind not in ("legal", "place") and at - len(fugue) >= SHORTEST_PART:
                return (first, last)
    return (Meaning("word", word),)
