"""What a name of an organisation is made of: what tells it apart, what it is, its legal form, where it is. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from network.directory.name_words import Meaning, longest, meanings, phrases, small_words, starts
from network.places.folding import fold

DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.\s?){2,}(?:[^\W\d_](?!\w))?")
TAX_CODE = re.compile(r"501\s?\(?c\)?\s?\(?3\)?", re.I)
ELIDED = re.compile(r"\b([ldnjmtsc]|qu|dell|nell|all|dall|sull|un)['’]", re.I)
APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
BETWEEN = re.compile(r"\s+[-–—|/:•·]+\s+|:\s+|,\s+|[()\[\]|]")
WRITTEN = re.compile(r"[^\W_]+")
SHORTENED = (3, 6)  # letters of what may be an acronym
LONGEST_NAME = 200
TELLING = frozenset({"word", "kind", "quality", "part"})
SMALL, FORM = -1, -2  # a letter's word is no word of the name: an article, a legal form


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of a name, and what it means; `own` when it is the organisation's own place."""

    said: str
    kind: str
    meaning: str
    weight: float
    short: bool = False  # written as an acronym
    aside: bool = False  # after a dash or a comma, or in brackets
    own: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name, taken apart. `initials` are those of all its words, `whose` says of which of `words`: see SMALL, FORM."""

    folded: str
    words: tuple[Word, ...]
    legal: frozenset[str] = frozenset()
    initials: str = ""
    whose: tuple[int, ...] = ()
    acronyms: frozenset[str] = frozenset()  # that the name itself spells out

    @property
    def telling(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if word.kind in TELLING)


@lru_cache(maxsize=65_536)
def word_of(said: str, meaning: Meaning, short: bool, aside: bool, own: bool) -> Word:
    """The same word is one object, so that many names take little memory."""
    return Word(said, meaning.kind, meaning.meaning, meaning.weight, short, aside, own)


def plainly(name: str) -> str:
    """A name without the dots of acronyms, and with apostrophes as they are heard."""
    text = TAX_CODE.sub("501c3", name[:LONGEST_NAME])
    text = DOTTED.sub(lambda found: re.sub(r"[\s.]", "", found[0]) + " ", text)
    return APOSTROPHE.sub("", ELIDED.sub(r"\1 ", text))


def acronyms_in(text: str) -> frozenset[str]:
    """The words written in capitals, folded, where the whole name isn't."""
    written = WRITTEN.findall(text)
    shouted = len(written) > 1 and text.isupper()
    least, most = SHORTENED
    if len(written) == 1 and least <= len(written[0]) <= most - 1:
        return frozenset(fold(text).split())
    return frozenset(fold(one) for one in written if one.isupper() and 2 <= len(one) <= most and not shouted)


def own_place(words: Sequence[str], town: str) -> int:
    """Of how many of the first words the organisation's town is; "Grazer" is said of Graz."""
    of = town.split()
    if of and list(words[: len(of)]) == of:
        return len(of)
    return int(len(of) == 1 and len(town) > 3 and bool(words) and words[0] in (f"{town}er", f"{town}s", f"{town}ers"))


@dataclass
class Reading:
    """Takes one name apart, part by part."""

    town: str
    country: str
    short: frozenset[str]
    words: list[Word] = field(default_factory=list)
    legal: set[str] = field(default_factory=set)
    initials: str = ""
    whose: list[int] = field(default_factory=list)

    def read(self, part: str) -> None:
        """Read a part of the name that stands between dashes, commas or brackets."""
        aside = any(word.kind in TELLING for word in self.words)
        said = fold(part).split()
        first = True
        while said:
            count, found, own = self.next(said, first)
            form = any(meaning.kind == "legal" for meaning in found)
            self.initials += "".join(word[0] for word in said[:count])
            self.whose += [SMALL if not found else FORM if form else len(self.words)] * count
            for meaning in found:
                if form:
                    self.legal.add(meaning.meaning)
                else:
                    written = " ".join(said[:count])
                    self.words.append(word_of(written, meaning, written in self.short, aside, own))
            said, first = said[count:], False

    def next(self, said: list[str], first: bool) -> tuple[int, tuple[Meaning, ...], bool]:
        """How many words belong together, what they mean, and whether that is the organisation's own place."""
        if count := own_place(said, self.town):
            place = phrases().get(self.town)
            return count, (place if place and place.kind == "place" else Meaning("place", self.town),), True
        for count in range(min(longest(), len(said)) if said[0] in starts() else 0, 1, -1):
            if found := phrases().get(" ".join(said[:count])):
                return count, (found,), found.meaning == self.country
        word = said[0]
        if word in self.short and word == self.country.lower():
            return 1, (Meaning("place", self.country),), True
        if word in small_words() and word not in self.short:
            return 1, (), False
        told = meanings(word)
        if told[0].kind == "legal" and len(word) < SHORTENED[0] + (not first) and not self.ends(said):
            told = (Meaning("word", word),)
        return 1, told, told[0].kind == "place" and told[0].meaning == self.country

    def ends(self, said: list[str]) -> bool:
        """Whether nothing but the place follows a word, as behind a legal form."""
        return len(said) == 1 or own_place(said[1:], self.town) == len(said) - 1


def named(name: str, town: str = "", country: str = "") -> Name:
    """What a name is made of, for an organisation in a town (as written) and a country (alpha-2)."""
    text = plainly(name)
    reading = Reading(fold(town), country, acronyms_in(text))
    for part in BETWEEN.split(text):
        reading.read(part)
    if not reading.words:  # "The Foundation"
        reading.words = [word_of(form, Meaning("kind", form), False, False, False) for form in sorted(reading.legal)]
    whole = Name(fold(name), tuple(reading.words), frozenset(reading.legal), reading.initials, tuple(reading.whose))
    return without_own_acronyms(whole)


def spelt_by(short: str, name: Name, but: int = FORM - 1) -> frozenset[int]:
    """Which words of a name an acronym is spelt by, in a row, with small words or without; none when it isn't."""
    for left_out in ({but, SMALL}, {but}):
        row = [
            (letter, whose) for letter, whose in zip(name.initials, name.whose, strict=True) if whose not in left_out
        ]
        at = "".join(letter for letter, _whose in row).find(short)
        if at >= 0:
            return frozenset(whose for _letter, whose in row[at : at + len(short)] if whose >= 0)
    return frozenset()


def may_be_short(word: Word) -> bool:
    """Whether a word may be an acronym: written in capitals, or a whole name of a few letters."""
    least, most = SHORTENED
    return word.short and least <= len(word.said) <= most and word.said.isalpha()


def without_own_acronyms(name: Name) -> Name:
    """The name without acronyms that it spells out itself: "Free Software Group (FSG)"."""
    if len(name.words) < 2 or not any(map(may_be_short, name.words)):
        return name
    gone = {at for at, word in enumerate(name.words) if may_be_short(word) and spelt_by(word.said, name, at)}
    if not gone or len(gone) == len(name.words):
        return name
    left = [at for at in range(len(name.words)) if at not in gone]
    letters = [(one, at) for one, at in zip(name.initials, name.whose, strict=True) if at not in gone]
    words, main = tuple(name.words[at] for at in left), any(not name.words[at].aside for at in left)
    if not main:
        words = tuple(word_of(one.said, Meaning(one.kind, one.meaning), one.short, False, one.own) for one in words)
    return Name(
        name.folded,
        words,
        name.legal,
        "".join(one for one, _at in letters),
        tuple(at if at < 0 else left.index(at) for _one, at in letters),
        frozenset(name.words[at].said for at in gone),
    )
