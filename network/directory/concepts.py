"""What words mean: concepts, the phrases that name them in several languages, and how a text mentions them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from network.directory.guessing import Guessing, Teaching
from network.directory.phrasebook import Named, Phrasebook
from network.directory.plurals import stems
from network.directory.remembering import remembered
from network.directory.small_words import language_of
from network.places.folding import fold

TOKEN = re.compile(r"[^\W_]+")
ABBREVIATION = 2  # a label of so few letters must stand in capitals, or in a text of at most SHORT words
SHORT = 3
GENERAL = {
    **{kind: kind for kind in "funding training mentoring content software venue hosting legal translation".split()},
    "outreach": "communications",
    "research": "evaluation",
    "time": "volunteers",
}
"""The concept that stands for all of a kind of help."""


@dataclass(frozen=True)
class Concept:
    """A kind of help, a topic or an audience, with the labels that people see; the first of a locale is preferred."""

    id: int
    slug: str
    facet: str
    kind: str = ""
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    broader: int | None = None


Further = Callable[[str], Mapping[str, Sequence[str]]]


class Understood(NamedTuple):
    """A phrase, as it was typed, and the concept that it names."""

    phrase: str
    concept: Concept


def spelt(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The folded words of a text, and where in it each stands."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in TOKEN.finditer(text):
        for word in fold(match[0]).split():
            words.append(word)
            spans.append(match.span())
    return words, spans


def abbreviated(text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], named: Named) -> bool:
    """Whether what was found is so short that it must stand in capitals, and doesn't."""
    start, end = spans[named.start][0], spans[named.end - 1][1]
    return end - start <= ABBREVIATION and len(words) > SHORT and not text[start:end].isupper()


@remembered(12)
def phrasebook(language: str, own: tuple[tuple[str, int], ...], loans: tuple[tuple[str, int], ...]) -> Phrasebook:
    """The phrases of a language, made once for the same labels."""
    return Phrasebook(language, own, loans)


class Thesaurus:
    """Finds the concepts that a text names, longest phrase first.

    `further` gives more labels of a language, by slug; it is called only where sentences are understood. `teaching` is
    where likeness was learnt, instead of from the labels: that takes seconds, which not every new one should cost.
    `former` are slugs by which a concept is known besides.
    """

    def __init__(
        self,
        concepts: Iterable[Concept],
        further: Further = lambda language: {},
        teaching: Teaching | None = None,
        former: Mapping[str, int] | None = None,
    ) -> None:
        self.further, self.teaching = further, teaching
        self.concepts = {concept.id: concept for concept in concepts}
        self.by_slug = {slug: self.concepts[id] for slug, id in (former or {}).items() if id in self.concepts}
        self.by_slug |= {concept.slug: concept for concept in self.concepts.values()}
        self.general: dict[str, int] = {}  # by kind of help, the concept that stands for all of it
        for concept in self.concepts.values():
            if concept.kind and (concept.kind not in self.general or concept.slug == GENERAL.get(concept.kind)):
                self.general[concept.kind] = concept.id
        self.books: dict[str, Phrasebook] = {}
        self.by_label: dict[str, dict[str, Concept]] = {}  # by language, then by the folded label

    @cached_property
    def phrases(self) -> dict[str, list[tuple[tuple[str, ...], Concept]]]:
        """What preferred labels name, by the first stem of each: the other stems, longest phrase first."""
        phrases: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
        known: set[tuple[str, ...]] = set()
        for concept in self.concepts.values():
            for label in (label for labels in concept.labels.values() for label in labels):
                phrase = tuple(stem for token in TOKEN.findall(label) for stem in stems(token))
                if phrase and phrase not in known:
                    known.add(phrase)
                    phrases.setdefault(phrase[0], []).append((phrase[1:], concept))
        for named in phrases.values():
            named.sort(key=lambda one: -len(one[0]))
        return phrases

    def labels(self, language: str) -> dict[int, tuple[str, ...]]:
        """All labels in a language, by the concept's id."""
        more = self.further(language)
        return {
            one.id: (*one.labels.get(language, ()), *(more.get(one.slug, ()) if one.labels else ()))
            for one in self.concepts.values()
        }

    def book(self, language: str) -> Phrasebook:
        """The phrases of a language, with the English ones that are written alike everywhere."""
        if language not in self.books:
            own = tuple((label, id) for id, labels in self.labels(language).items() for label in labels)
            every = self.concepts.values()
            loans = tuple((label, one.id) for one in every for label in one.labels.get("en", ()))
            self.books[language] = phrasebook(language, own, loans if language != "en" else ())
        return self.books[language]

    @cached_property
    def guessing(self) -> Guessing:
        """Guesses at what texts are about that name none of the concepts."""
        return Guessing(self.by_slug, self.taught, self.teaching)

    def taught(self) -> Iterator[tuple[str, str, str]]:
        """All labels, with their languages and the slugs of the concepts."""
        for language in self.languages:
            for id, labels in self.labels(language).items():
                yield from ((label, language, self.concepts[id].slug) for label in labels)

    def labelled(self, language: str) -> dict[str, Concept]:
        """The concept of each label in a language, by its folded words."""
        if language not in self.by_label and language in self.languages:
            named: dict[str, Concept] = {}
            for id, labels in self.labels(language).items():
                for label in labels:
                    named.setdefault(fold(label), self.concepts[id])
            self.by_label[language] = named
        return self.by_label.get(language, {})

    @cached_property
    def by_word(self) -> dict[str, str]:
        """The slug of each topic by its slugs and all its labels, folded; a slug counts before a label."""
        words: dict[str, str] = {}
        for language in self.languages:
            for label, concept in self.labelled(language).items():
                words.setdefault(label, concept.slug)
        return words | {fold(slug): concept.slug for slug, concept in self.by_slug.items()}

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in which concepts have labels."""
        return tuple(dict.fromkeys(language for one in self.concepts.values() for language in one.labels))

    def find(self, words: Sequence[str], language: str = "") -> list[Named]:
        """The concepts that folded words name. Without a language, in that of which most words are understood."""
        if language in self.languages:
            return self.book(language).named(words)
        found = [self.book(one).named(words) for one in self.languages]
        return max(found, key=lambda named: sum(one.end - one.start for one in named), default=[])

    def understand(self, text: str, language: str = "") -> list[Understood]:
        """The phrases of `text` that name a concept, in the text's order; none overlaps another."""
        words, spans = spelt(text)
        return [
            Understood(text[spans[one.start][0] : spans[one.end - 1][1]], self.concepts[one.concept])
            for one in self.find(words, language or language_of(text))
            if not abbreviated(text, words, spans, one)
        ]

    def searched(self, text: str, language: str) -> list[Understood]:
        """The phrases of what somebody searches for: in the language of the page, in English, or by preferred labels.

        That which understands most words counts; books of six languages at once would take a worker's memory.
        """
        words, spans = spelt(text)
        read = [self.book(one).named(words) for one in dict.fromkeys((language, "en")) if one in self.languages]
        read.append(sorted(Named(start, end, one.id) for start, end, one in self.named(TOKEN.findall(text))))
        best = max(read, key=lambda named: sum(one.end - one.start for one in named))
        return [
            Understood(text[spans[one.start][0] : spans[one.end - 1][1]], self.concepts[one.concept])
            for one in best
            if not abbreviated(text, words, spans, one)
        ]

    def mentions(self, text: str) -> set[int]:
        """The ids of the concepts that `text` names, and of those that are broader."""
        ids: set[int] = set()
        for _, _, concept in self.named(TOKEN.findall(text)):
            ids.add(concept.id)
            if concept.broader is not None:
                ids.add(concept.broader)
        return ids

    def named(self, tokens: list[str]) -> list[tuple[int, int, Concept]]:
        """Which concepts `tokens` name: (start, end, concept) among their stems, the end not included."""
        words = [word for token in tokens for word in stems(token)]
        candidates: list[tuple[int, int, Concept]] = []
        phrases = self.phrases
        for start, word in enumerate(words):
            if word not in phrases:
                continue
            for rest, concept in phrases[word]:
                end = start + 1 + len(rest)
                if rest and tuple(words[start + 1 : end]) != rest:
                    continue
                if not rest and len(word) <= ABBREVIATION and len(words) > SHORT and word.upper() not in tokens:
                    continue
                candidates.append((start, end, concept))
                break
        if len(candidates) < 2:
            return candidates
        taken: set[int] = set()
        chosen = []
        for start, end, concept in sorted(candidates, key=lambda one: (one[0] - one[1], one[0])):
            if taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                chosen.append((start, end, concept))
        return chosen

    def label(self, id: int, locale: str) -> str:
        """The preferred label in `locale`, else in its language, in English, or the slug; empty for an unknown id."""
        concept = self.concepts.get(id)
        if concept is None:
            return ""
        for wanted in (locale, locale.replace("-", "_").split("_")[0], "en"):
            if concept.labels.get(wanted):
                return concept.labels[wanted][0]
        return concept.slug
