"""Small networks by chance, for the properties of the matcher."""

import random
from datetime import date
from typing import Any

from network.directory.likeness import SHARES
from network.matching import score
from network.matching.counting import Counted, counted, nearness
from network.matching.packing import settled
from network.matching.possible import possible
from network.matching.values import INFERRED, STATED, Context, Item, Profile

COUNTRIES, LANGUAGES = ("GB", "FR", "FJ", "BR"), ("en", "fr", "fr-CA", "pt-BR", "pt", "haw", "zh-Hant", "es")
KINDS, TOPICS, WORDS = range(1, 9), range(9, 16), range(100, 140)
NEAR = nearness(
    [(1, 2, 0.5), (2, 1, 0.5), (3, 5, 0.8), (5, 3, 0.8), (9, 10, 0.6), (10, 9, 0.6)], [(4, 1), (6, 2), (12, 11)]
)


def an_item(chance: random.Random, organization: int, number: int, offer: bool) -> Item:
    kinds = chance.sample(KINDS, chance.choice((0, 1, 1, 2)))
    return Item(
        id=organization * 10 + number,
        organization=organization,
        offer=offer,
        kinds=tuple(
            sorted(((one, chance.choice((1.0, 0.8, 0.35))) for one in kinds), key=lambda one: (-one[1], one[0]))
        ),
        topics=tuple(sorted(chance.sample(TOPICS, chance.randrange(4)))),
        words={word: chance.choice((1.0, 1.5, 2.0)) for word in chance.sample(WORDS, chance.randrange(8))},
        meanings=meanings(chance),
        origin=INFERRED if offer and chance.random() < 0.2 else STATED,
        until=date(2026, 1, 1) if chance.random() < 0.05 else None,
        **limits(chance),
    )


def meanings(chance: random.Random) -> dict[int, float]:
    """What an item is about: some say nothing."""
    return {one: chance.randrange(1, 10) / SHARES for one in chance.sample(range(1, 16), chance.choice((0, 3, 5, 7)))}


def limits(chance: random.Random) -> dict[str, Any]:
    """How far an item reaches, and in which languages: half say nothing, some more than is kept."""
    countries = chance.sample(COUNTRIES, chance.choice((1, 1, 2, 4))) if chance.random() < 0.25 else ()
    languages = chance.sample(LANGUAGES, chance.choice((1, 1, 2, 5))) if chance.random() < 0.4 else ()
    return {
        "reach_km": chance.choice((1, 20, 300, 2000)) if chance.random() < 0.3 else 0,
        "countries": tuple(countries),
        "languages": tuple(languages),
    }


def a_context(chance: random.Random, organization: int) -> Context:
    """Somewhere around a few towns, or nobody knows where."""
    latitude, longitude = chance.choice(((53.8, -1.55), (48.9, 2.35), (-17.8, 179.9), (-17.8, -179.9)))
    point = (
        (latitude + chance.gauss(0, 0.3), longitude + chance.gauss(0, 0.3)) if chance.random() < 0.8 else (None,) * 2
    )
    networks = frozenset(chance.sample(range(900, 903), 1))
    return Context(organization, chance.choice(("", *COUNTRIES)), *point, networks=networks)


def a_profile(chance: random.Random, organization: int) -> Profile:
    offers = [an_item(chance, organization, number, True) for number in range(chance.randrange(4))]
    seeks = [an_item(chance, organization, number + 5, False) for number in range(chance.randrange(5))]
    context = a_context(chance, organization)
    themes = tuple(sorted(chance.sample(TOPICS, chance.randrange(3))))
    words = dict.fromkeys(chance.sample(WORDS, chance.randrange(3)), 1.0)
    return settled(Profile(context, (*offers, *seeks), themes, words))


def a_world(seed: int, size: int = 40) -> tuple[list[Profile], Counted]:
    """Some organisations and what is counted of them."""
    chance = random.Random(seed)
    profiles = [a_profile(chance, organization) for organization in range(1, size + 1)]
    return profiles, counted(profiles, NEAR)


def points(counts: Counted, one: Profile, seek: Item, other: Profile, offer: Item) -> float:
    """By the definition: how well an offer of another fits a seek of one, below 0 where that is impossible."""
    if not possible(seek, one.context, offer, other.context):
        return -1.0
    return score.fit(counts, seek, offer, other.themes, other.words).points
