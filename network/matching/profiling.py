"""From what an organisation says to the profile that the matcher reads. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from network.directory.concepts import Thesaurus
from network.directory.small_words import language_of
from network.matching.possible import base
from network.matching.understanding import LONG, understand
from network.matching.values import INFERRED, STATED, Context, Item, Profile
from network.matching.words import number_of, words

OFFER, SEEK = "offer", "seek"
NAME, ABOUT, TAG = 0.5, 0.5, 1.5  # what words of the name, the sentence about it and its tags weigh
OFTEN = {OFFER: 0.6, SEEK: 0.5}  # to which power it counts how often a word is said
THEMES = 3
TITLE = 200  # letters of a text that may be its title


@dataclass(frozen=True)
class Said:
    """An offer or a seek as it was written; `kind` and `topics` (ids) are what somebody chose."""

    id: int
    side: str
    title: str
    detail: str = ""
    kind: str = ""
    topics: Collection[int] = ()
    until: date | None = None
    met: bool = False
    language: str = ""
    reach_km: int = 0
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known of an organisation: `tags` are words that no concept covers, `works` what it made or finished."""

    context: Context
    name: str = ""
    about: str = ""
    themes: Sequence[int] = ()
    tags: Sequence[str] = ()
    listings: Sequence[Said] = ()
    works: Sequence[str] = ()


def divided(text: str) -> tuple[str, str]:
    """A text as a title and the rest: its first sentence, when it isn't all of it."""
    if len(text) <= TITLE:
        return text, ""
    head, _stop, rest = text.partition(". ")
    return (head, rest) if len(head) <= TITLE else (text[:TITLE], text[TITLE:])


def weighed(counts: Mapping[str, int], times: float = 1.0, side: str = OFFER) -> dict[int, float]:
    """The numbers of words with their weights: more for what is said often, and less each time."""
    return {number_of(stem): times * count ** OFTEN[side] for stem, count in counts.items()}


def item(thesaurus: Thesaurus, organization: int, said: Said) -> Item:
    """An offer or a seek, understood. A seek that was met is an inferred offer without limits: they know how."""
    offer = said.side == OFFER
    meant = understand(
        thesaurus, said.title, said.detail, offer=offer, kind=said.kind, confirmed=said.topics, language=said.language
    )
    spoken = words(meant.rest, language_of(f"{said.title}\n{said.detail}", said.language))
    told = weighed(spoken, side=SEEK if not offer and not said.met else OFFER)
    found = Item(said.id, organization, offer, meant.kinds, meant.topics, told, meant.meanings, STATED, said.until)
    if said.met:
        return replace(found, offer=True, origin=INFERRED)
    return replace(found, reach_km=said.reach_km, countries=said.countries, languages=base(said.languages))


def profile(thesaurus: Thesaurus, facts: Facts) -> Profile:
    """The profile of an organisation."""
    id = facts.context.id
    items = [item(thesaurus, id, said) for said in facts.listings]
    if facts.works:
        items.append(made(thesaurus, id, facts.works))
    tags: Counter[str] = Counter()
    themes = list(facts.themes)
    for tag in facts.tags:
        tags.update(words(tag, "en"))
        themes += [one.concept.id for one in thesaurus.understand(tag) if one.concept.facet != "kind"]
    around = weighed(words(facts.name, "en"), NAME)
    for more in (weighed(words(facts.about), ABOUT), weighed(tags, TAG)):
        for word, times in more.items():
            around[word] = around.get(word, 0.0) + times
    return Profile(facts.context, tuple(items), tuple(dict.fromkeys(themes))[:THEMES], around)


def made(thesaurus: Thesaurus, organization: int, works: Sequence[str]) -> Item:
    """All that an organisation made or finished as one inferred offer: words, and the topics that come most often."""
    spoken: Counter[str] = Counter()
    topics: Counter[int] = Counter()
    for work in works:
        spoken.update(words(work))
        title, _rest = divided(work)
        if len(title.split()) <= LONG:
            topics.update({one.concept.id for one in thesaurus.understand(title) if one.concept.facet != "kind"})
    several = [topic for topic, count in topics.most_common(THEMES) if count > 1 or len(works) == 1]
    return Item(0, organization, True, (), tuple(sorted(several)), weighed(spoken), origin=INFERRED)
