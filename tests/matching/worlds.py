"""Small networks by chance, for the properties of the matcher."""

import random
from datetime import date

from network.matching.counting import Counted, counted, nearness
from network.matching.packing import settled
from network.matching.values import INFERRED, STATED, Context, Item, Profile

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
        origin=INFERRED if offer and chance.random() < 0.2 else STATED,
        until=date(2026, 1, 1) if chance.random() < 0.05 else None,
    )


def a_profile(chance: random.Random, organization: int) -> Profile:
    offers = [an_item(chance, organization, number, True) for number in range(chance.randrange(4))]
    seeks = [an_item(chance, organization, number + 5, False) for number in range(chance.randrange(5))]
    context = Context(organization, chance.choice(("GB", "FR")), networks=frozenset(chance.sample(range(900, 903), 1)))
    themes = tuple(sorted(chance.sample(TOPICS, chance.randrange(3))))
    words = dict.fromkeys(chance.sample(WORDS, chance.randrange(3)), 1.0)
    return settled(Profile(context, (*offers, *seeks), themes, words))


def a_world(seed: int, size: int = 40) -> tuple[list[Profile], Counted]:
    """Some organisations and what is counted of them."""
    chance = random.Random(seed)
    profiles = [a_profile(chance, organization) for organization in range(1, size + 1)]
    return profiles, counted(profiles, NEAR)
