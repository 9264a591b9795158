"""How two names resemble each other: the words that both hold, in any language, and those that only one does. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from network.directory.naming import TELLING, Name, Word, may_be_short, spelt_by

ENDED, SPELT = 4, 5  # letters from which a word may have another ending, and may be misspelt
LONG, LONGER = 8, 12  # from where one letter, two letters may be wrong
JOINED = 3  # words that another name may write as one


@dataclass
class Resemblance:
    """What two names share and what only one of them says. Weights are those of name_words."""

    shared: float = 0.0
    places: float = 0.0  # of it, names of places
    misspelt: int = 0
    spelt: str = ""  # the acronym of one that the other spells out
    mine: list[Word] = field(default_factory=list)
    theirs: list[Word] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether the names say the same, legal forms and small words aside."""
        return not self.mine and not self.theirs

    @property
    def telling(self) -> float:
        return self.shared - self.places

    def share(self, word: Word) -> None:
        self.shared += word.weight
        self.places += word.weight if word.kind == "place" else 0.0


def resemblance(one: Name, other: Name, near: bool = False) -> Resemblance:
    """Compare two names; where both are `near` each other, each's own town is the other's, whatever it is called."""
    found = Resemblance(mine=list(one.words), theirs=list(other.words))
    pair_off(found, lambda mine, theirs: means_the_same(mine, theirs, near))
    if found.mine and found.theirs:
        spell_out(found, one, other)
    if found.mine and found.theirs:
        join(found, found.mine, found.theirs)
        join(found, found.theirs, found.mine)
    if found.mine and found.theirs:
        before = len(found.mine)
        pair_off(found, misspelt)
        found.misspelt = before - len(found.mine)
    return found


def pair_off(found: Resemblance, alike: Callable[[Word, Word], bool]) -> None:
    """Take away each word of one name with the first of the other that is alike."""
    for mine in list(found.mine):
        for theirs in found.theirs:
            if alike(mine, theirs):
                found.mine.remove(mine)
                found.theirs.remove(theirs)
                found.share(min(mine, theirs, key=lambda word: word.weight))
                break


def means_the_same(one: Word, other: Word, near: bool) -> bool:
    if one.meaning == other.meaning:
        return one.kind == other.kind
    return near and one.own and other.own and not is_country(one) and not is_country(other)


def is_country(word: Word) -> bool:
    return word.meaning.isupper()


def misspelt(one: Word, other: Word) -> bool:
    """Whether one is the other with a letter wrong, or with umlauts spelt out. Two words that are known are two."""
    if "word" not in (one.kind, other.kind) or {one.kind, other.kind} & {"number", "place"}:
        return False
    first, second = sorted((one.said, other.said), key=len)
    if len(first) >= ENDED and one.kind == other.kind and second == first + "s":
        return True
    if len(first) < (SPELT if one.kind == other.kind else LONG) or len(second) - len(first) > 2:
        return False
    if spelt_short(first) == spelt_short(second) or second in (first + "s", first + "n", first + "e"):
        return True
    allowed = 2 if len(first) >= LONGER else 1 if len(first) >= LONG else 0
    if OSA.distance(first, second, score_cutoff=2) <= allowed:
        return True
    return len(first) > SPELT and without_doubles(first) == without_doubles(second)


def spelt_short(word: str) -> str:
    """A word whose umlauts are spelt out, as it is with them folded: "loebtau" and "lobtau"."""
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def without_doubles(word: str) -> str:
    return "".join(letter for letter, before in zip(word, " " + word, strict=False) if letter != before)


def spell_out(found: Resemblance, one: Name, other: Name) -> None:
    """Take away an acronym of one name with the words of the other that spell it."""
    for left, against, name in ((found.mine, found.theirs, other), (found.theirs, found.mine, one)):
        for short in filter(may_be_short, left):
            spelling = [name.words[at] for at in spelt_by(short.said, name)]
            if spelling and all(word in against for word in spelling):
                left.remove(short)
                for word in set(spelling):
                    against.remove(word)
                found.spelt = short.said
                return


def join(found: Resemblance, left: list[Word], against: list[Word]) -> None:
    """Take away each word that the other name writes as two or three."""
    for word in list(left):
        if at := written_apart(word.said.replace(" ", ""), against):
            left.remove(word)
            for one in against[at]:
                found.share(one)
            del against[at]


def written_apart(written: str, words: list[Word]) -> slice | None:
    """Where several words in a row are written as one."""
    for first in range(len(words) - 1):
        row = ""
        for last in range(first, min(first + JOINED, len(words))):
            row += words[last].said.replace(" ", "")
            if row == written and last > first:
                return slice(first, last + 1)
            if not written.startswith(row):
                break
    return None


def in_place(word: Word, town: str, place: str, country: str) -> bool:
    """Whether a word that only one name holds says no more than where the other organisation is."""
    return word.meaning in (country, place) if word.kind == "place" else word.said == town


def is_telling(word: Word) -> bool:
    return word.kind in TELLING
