"""What moves a suggestion up or down: the same for one as for many, and never making a match."""

import random
from datetime import date, timedelta

import numpy as np
import pytest

from network.matching import ranking
from network.matching.index import Index
from network.matching.packing import settled
from network.matching.suggestions import Suggestion
from network.matching.values import Context, Profile
from tests.matching.worlds import a_world

TODAY = date(2026, 11, 1)


def contexts(chance: random.Random, count: int) -> list[Context]:
    """Organisations of all sorts, some without a place, a language or a day."""
    return [
        Context(
            number,
            chance.choice(("GB", "FR", "")),
            chance.choice((None, chance.uniform(40, 60))),
            chance.uniform(-5, 5),
            tuple(chance.sample(("en", "fr-CA", "pt"), chance.randrange(3))),
            frozenset(chance.sample(range(900, 904), chance.randrange(3))),
            0,
            chance.choice((None, TODAY - timedelta(days=chance.randrange(1200)))),
        )
        for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_all_factors_at_once_are_those_of_each(seed):
    chance = random.Random(seed)
    known = contexts(chance, 40)
    profiles, counts = a_world(seed, 40)
    index = Index.of(counts, [settled(Profile(one, two.items)) for one, two in zip(known, profiles, strict=True)])
    ties = {one: set(chance.sample(range(1, 41), 3)) - {one} for one in range(1, 41)}
    ties = {one: {two for two in ties if one in ties[two] or two in ties[one]} for one in ties}
    shown = {id: chance.randrange(9) for id in chance.sample(range(1, 41), 12)}
    fair = sum(shown.values()) / len(shown)
    own = known[0]
    rows = np.arange(1, len(index.rows))
    product = ranking.multipliers(index.rows, rows, own, ties, TODAY, shown)
    for row, value in zip(rows.tolist(), product.tolist(), strict=True):
        other = index.rows.context(row)
        each = ranking.factors(own, other, ties, TODAY, shown.get(other.id, 0), fair)
        assert value == pytest.approx(np.prod([factor.value for factor in each]), abs=1e-6), each


def test_the_first_ten_have_two_for_a_need_and_two_of_a_host_while_there_are_others():
    found = [Suggestion(number, 0.5, 0, 0.5, 1 - number / 100) for number in range(1, 21)]
    needs = {one.organization: {1} if one.organization <= 10 else {one.organization} for one in found}
    hosts = {one.organization: 77 if 11 <= one.organization <= 15 else 0 for one in found}
    first = ranking.varied(found, lambda one: needs[one.organization], lambda id: hosts[id], 9)
    ids = [one.organization for one in first]
    assert ids == [1, 2, 11, 12, 16, 17, 18, 19, 20]
    few = ranking.varied(found[:6], lambda one: {1}, lambda id: 0, 9)
    assert [one.organization for one in few] == [1, 2, 3, 4, 5, 6]
