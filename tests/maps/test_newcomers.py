"""New organisations on a map that is drawn already."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.maps.layout import laid_out
from network.maps.newcomers import placed_near
from network.maps.spacing import nearest
from tests.maps.networks import SHAPES, communities, star

LEAST = 1.4


def with_newcomers(network, new):
    """The positions of a network as drawn without some of it, which are NaN."""
    count, source, target = network
    kept = [one for one in range(count) if one not in new]
    index = {one: at for at, one in enumerate(kept)}
    known = [(one, other) for one, other in zip(source, target, strict=True) if one in index and other in index]
    positions = np.full((count, 2), np.nan)
    positions[kept] = laid_out(len(kept), [index[one] for one, _ in known], [index[other] for _, other in known])
    return positions


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["a star", "a path", "communities", "communities that are not tied", "all lone"]), st.data())
def test_newcomers_move_nobody_and_stand_on_nobody(name, data):
    count, *ends = SHAPES[name]
    new = data.draw(st.sets(st.integers(0, count - 1), max_size=count))
    known = with_newcomers(SHAPES[name], new)
    before = known.tobytes()
    positions = placed_near(known, *ends)
    stays = ~np.isnan(known).any(axis=1)
    assert known.tobytes() == before
    assert positions[stays].tobytes() == known[stays].tobytes()
    assert np.isfinite(positions).all()
    assert nearest(positions, 5.0).min() >= LEAST


def test_where_somebody_put_two_on_each_other_they_stay():
    known = np.array([[0.123456789, 1e-9], [0.123456789, 1e-9], [np.nan, np.nan]])
    positions = placed_near(known, [2], [0])
    assert positions[:2].tobytes() == known[:2].tobytes()
    assert LEAST <= np.hypot(*(positions[2] - positions[0])) <= 4


def test_newcomers_stand_by_their_ties():
    count, source, target = network = communities(6, 20)
    new = set(range(0, count, 15))
    positions = placed_near(with_newcomers(network, new), source, target)
    chance = np.random.default_rng(2).integers(0, count, (2, 2000))
    any_two = np.hypot(*(positions[chance[0]] - positions[chance[1]]).T).mean()
    mine = [(one, other) for one, other in zip(source, target, strict=True) if one in new or other in new]
    assert np.mean([np.hypot(*(positions[one] - positions[other])) for one, other in mine]) < 0.6 * any_two


def test_who_is_tied_to_a_newcomer_follows_it():
    known = np.array([[0.0, 0.0], [40.0, 0.0], [np.nan] * 2, [np.nan] * 2])
    positions = placed_near(known, [2, 3], [1, 2])
    assert np.hypot(*(positions[2:] - known[1]).T).max() < 6


def test_a_newcomer_between_two_stands_between_them():
    known = np.array([[0.0, 0.0], [40.0, 0.0], [np.nan] * 2])
    assert np.allclose(placed_near(known, [2, 2], [0, 1])[2], [20, 0], atol=1)


def test_a_newcomer_without_ties_joins_those_without_ties():
    count, source, target = SHAPES["communities"]
    known = with_newcomers(SHAPES["communities"], {count - 1})
    positions = placed_near(known, source, target)
    lone = positions[count - 7 : count - 1]
    assert np.hypot(*(lone - positions[-1]).T).min() < 2.5


def test_newcomers_without_ties_to_anyone_there_stand_at_the_edge():
    count, source, target = star(60)
    known = np.concatenate([laid_out(count, source, target), np.full((3, 2), np.nan)])
    positions = placed_near(known, [*source, count], [*target, count + 1])
    inside = np.hypot(*known[:count].T).max()
    assert (np.hypot(*positions[count:].T) > 0.7 * inside).all()
    assert (np.abs(positions[count:]) < 1.5 * inside).all()
    assert np.hypot(*(positions[count] - positions[count + 1])) < 6  # those two are tied


@pytest.mark.parametrize("name", ["nobody", "communities"])
def test_where_nobody_stands_yet_everyone_is_laid_out(name):
    count, *ends = SHAPES[name]
    assert placed_near(np.full((count, 2), np.nan), *ends, seed=4).tobytes() == laid_out(count, *ends, seed=4).tobytes()


def test_newcomers_get_the_same_places_every_time():
    network = communities(5, 20, lone=9)
    known = with_newcomers(network, set(range(0, 109, 4)))
    assert placed_near(known, *network[1:]).tobytes() == placed_near(known, *network[1:]).tobytes()
