"""What the words of an offer or a seek mean: which concepts they name, which kind of help that is, what is unknown."""

from collections.abc import Collection
from dataclasses import dataclass

from network.directory.concepts import Thesaurus


@dataclass(frozen=True)
class Chip:
    """A concept that a listing may be about; `phrase` is how the words say it, if they say it otherwise."""

    slug: str
    label: str
    phrase: str = ""
    ticked: bool = True


@dataclass(frozen=True)
class Meaning:
    """What was understood: concepts by slug, each with its phrase, and the kind of help, empty when no words say it."""

    phrases: dict[str, str]
    kind: str = ""

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(self.phrases)


def meaning(thesaurus: Thesaurus, title: str, detail: str = "") -> Meaning:
    """What a title and its detail say. The title decides the kind, the detail only where the title is silent."""
    found = [*thesaurus.understand(title), *thesaurus.understand(detail)]
    phrases: dict[str, str] = {}
    for phrase, concept in found:
        phrases.setdefault(concept.slug, phrase)
    return Meaning(phrases, next((concept.kind for _phrase, concept in found if concept.kind), ""))


def settled(understood: Meaning, ticked: Collection[str], offered: Collection[str]) -> tuple[str, ...]:
    """The topics of a listing: those ticked, and those understood that nobody was asked about yet."""
    new = [slug for slug in understood.topics if slug not in offered and slug not in ticked]
    return (*ticked, *new)


def kind_of(understood: Meaning, chosen: str, proposed: str) -> str:
    """The kind of a listing: what somebody chose; else, where they left what was proposed, what the words now say."""
    return (understood.kind or chosen) if chosen == proposed else chosen


def chips(
    thesaurus: Thesaurus, understood: Meaning, ticked: Collection[str], offered: Collection[str], locale: str
) -> list[Chip]:
    """The chips to confirm or change: what was understood, in the order of the words, then what was picked besides.

    What was offered before and isn't ticked was refused: it stays, without its tick.
    """
    slugs = [*understood.topics, *(slug for slug in ticked if slug not in understood.phrases)]
    found = []
    for slug in slugs:
        if concept := thesaurus.by_slug.get(slug):
            label, phrase = thesaurus.label(concept.id, locale), understood.phrases.get(slug, "")
            said = phrase if phrase.casefold() != label.casefold() else ""
            found.append(Chip(slug, label, said, slug in ticked or slug not in offered))
    return found


def named(thesaurus: Thesaurus, locale: str) -> list[str]:
    """The labels of all concepts, to choose from."""
    return sorted((thesaurus.label(id, locale) for id in thesaurus.concepts), key=str.casefold)
