"""The phrases of one language that name a concept, and how they are found among the words of a sentence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from network.directory.small_words import function_words
from network.directory.stemming import stemmed, without_article
from network.places.folding import fold

LONGEST_WORD = 9  # letters from which a German word may be made of several
PART = 4  # letters of a part of it, at least
LINKS = ("", "s", "es", "n", "en")  # what joins the parts
CLITICS = ("و", "ب", "ل", "ف", "ك")
ENDINGS = ("ون", "ين", "ات", "ان", "تين")  # of number
POSSESSIVES = ("نا", "كم", "هم", "هن", "ها", "ه")


class Named(NamedTuple):
    """Words `start` to `end`, that not included, name a concept (its id); `part` says that it is one of a word's."""

    start: int
    end: int
    concept: int
    part: bool = False


class Phrasebook:
    """Finds the phrases of a language, longest first. `loans` are labels that count only as they are written."""

    def __init__(self, language: str, labels: Iterable[tuple[str, int]], loans: Iterable[tuple[str, int]] = ()) -> None:
        self.language = language
        self.phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.loans: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        self.words: set[str] = set()
        self.small = function_words(language)
        self.put(self.phrases, labels, self.stem)
        self.put(self.loans, loans, lambda word: word)

    def stem(self, word: str) -> str:
        return stemmed(word, self.language)

    def put(
        self,
        phrases: dict[str, list[tuple[tuple[str, ...], int]]],
        labels: Iterable[tuple[str, int]],
        stem: Callable[[str], str],
    ) -> None:
        known: set[tuple[str, ...]] = set()
        for label, concept in labels:
            phrase = tuple(map(stem, fold(label).split()))
            if phrase and phrase not in known:
                known.add(phrase)
                phrases.setdefault(phrase[0], []).append((phrase[1:], concept))
        for found in phrases.values():
            found.sort(key=lambda one: -len(one[0]))
        self.words.update(word for phrase in known for word in phrase)

    def named(self, words: Sequence[str]) -> list[Named]:
        """The concepts that folded words name, in their order; none overlaps another, the parts of a word aside."""
        stems = [self.known(self.stem(word)) for word in words]
        found = [one for at in range(len(words)) for one in self.longest(words, stems, at)]
        taken: set[int] = set()
        chosen = []
        for one in sorted(found, key=lambda one: (one.start - one.end, one.start)):
            if taken.isdisjoint(range(one.start, one.end)):
                taken.update(range(one.start, one.end))
                chosen.append(one)
        if self.language == "de":
            chosen += [one for at, word in enumerate(words) if at not in taken for one in self.parts(word, at)]
        return sorted(chosen)

    def longest(self, words: Sequence[str], stems: Sequence[str], at: int) -> Iterator[Named]:
        """The longest phrase that begins at a word; a small word is none by itself."""
        for phrases, spoken in ((self.phrases, stems), (self.loans, words)):
            for rest, concept in phrases.get(spoken[at], ()):
                end = at + 1 + len(rest)
                if tuple(spoken[at + 1 : end]) == rest and (rest or words[at] not in self.small):
                    yield Named(at, end, concept)
                    return

    def single(self, word: str) -> int | None:
        """The concept that one word names by itself."""
        return next((concept for rest, concept in self.phrases.get(self.stem(word), ()) if not rest), None)

    def parts(self, word: str, at: int) -> Iterator[Named]:
        """What the parts of a German compound name: its head, which is the last, then what stands before."""
        if len(word) < LONGEST_WORD:
            return
        for cut in range(PART, len(word) - PART + 1):
            head = self.single(word[cut:])
            if head is None:
                continue
            yield Named(at, at + 1, head)
            for link in LINKS:
                before = word[: cut - len(link)] if word[:cut].endswith(link) else ""
                if len(before) >= PART and (first := self.single(before)) is not None:
                    yield Named(at, at + 1, first, part=True)
                    return
            return
        for cut in range(len(word) - PART, PART - 1, -1):
            if (first := self.single(word[:cut])) is not None:
                yield Named(at, at + 1, first, part=True)
                return

    def known(self, stem: str) -> str:
        """The word of a label that a stem stands for: in Arabic, small words are joined to it."""
        if self.language != "ar" or stem in self.words:
            return stem
        return next((form for form in arabic_forms(stem) if form in self.words), stem)


def arabic_forms(word: str) -> Iterator[str]:
    """What an Arabic word may be without small words joined to it: to be taken when a label has it."""
    for front in ("", *CLITICS):
        if not word.startswith(front) or len(word) < len(front) + 3:
            continue
        bare = without_article(word[len(front) :])
        yield bare
        yield "ل" + bare
        if bare.endswith("ا") and len(bare) > 4:
            yield bare[:-1]
        for ending in POSSESSIVES:
            if bare.endswith(ending) and len(bare) > len(ending) + 2:
                noun = bare[: -len(ending)]
                yield noun
                yield noun[:-1] + "ه" if noun.endswith("ت") else noun
        if bare.endswith(ENDINGS) and len(bare) > 4:
            yield from (bare[:-2] + other for other in ("ون", "ين", "", "ه", "ات"))
        yield from (bare + other for other in ("ين", "ات", "ه"))
