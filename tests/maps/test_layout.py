"""Where organisations stand on the map."""

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.config import ROOT
from network.maps.graph import components, members, plain
from network.maps.layout import laid_out
from network.maps.packing_components import cluster, outline
from network.maps.spacing import close_pairs, nearest
from tests.maps.networks import SHAPES, communities, path, star, tied

LEAST = 1.4


@st.composite
def networks(draw):
    """Up to sixty organisations with any ties, also double ones and ties to oneself."""
    count = draw(st.integers(1, 60))
    ends = st.integers(0, count - 1)
    return tied(count, draw(st.lists(st.tuples(ends, ends), max_size=120)))


def lengths(positions, source, target):
    return np.hypot(*(positions[source] - positions[target]).T)


@pytest.mark.parametrize("name", SHAPES)
def test_everyone_has_a_place_and_nobody_stands_on_another(name):
    positions = laid_out(*SHAPES[name])
    assert positions.shape == (SHAPES[name][0], 2)
    assert np.isfinite(positions).all()
    assert nearest(positions, 5.0).min(initial=np.inf) >= LEAST


@settings(max_examples=40, deadline=None)
@given(networks())
def test_no_network_puts_anybody_on_another(network):
    positions = laid_out(*network)
    assert np.isfinite(positions).all()
    assert nearest(positions, 5.0).min() >= LEAST


@pytest.mark.parametrize("name", SHAPES)
def test_the_same_seed_gives_the_same_bytes(name):
    assert laid_out(*SHAPES[name], seed=3).tobytes() == laid_out(*SHAPES[name], seed=3).tobytes()


def test_every_process_draws_the_same():
    draw = (
        "import hashlib; from tests.maps.networks import SHAPES; from network.maps.layout import laid_out;"
        "print(hashlib.sha256(b''.join(laid_out(*one).tobytes() for one in SHAPES.values())).hexdigest())"
    )
    here = hashlib.sha256(b"".join(laid_out(*one).tobytes() for one in SHAPES.values())).hexdigest()
    there = subprocess.run([sys.executable, "-c", draw], cwd=ROOT, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_another_seed_draws_another_map():
    network = SHAPES["communities"]
    assert not np.array_equal(laid_out(*network, seed=1), laid_out(*network, seed=2))


def test_the_order_and_direction_of_ties_change_nothing():
    count, source, target = SHAPES["communities"]
    turned = laid_out(count, target[::-1] + target[:5], source[::-1] + source[:5])
    assert laid_out(count, source, target).tobytes() == turned.tobytes()


@pytest.mark.parametrize("name", ["a star", "a path", "a long path", "communities", "a large network"])
def test_tied_ones_stand_nearer_than_others_on_average(name):
    count, source, target = SHAPES[name]
    positions = laid_out(count, source, target)
    chance = np.random.default_rng(1)
    any_two = lengths(positions, chance.integers(0, count, 4000), chance.integers(0, count, 4000))
    assert lengths(positions, source, target).mean() < 0.8 * any_two.mean()


def test_a_community_stands_together():
    count, source, target = communities(6, 20)
    positions = laid_out(count, source, target).reshape(6, 20, 2)
    own = np.hypot(*(positions - positions.mean(axis=1, keepdims=True)).reshape(-1, 2).T).mean()
    assert own < 0.6 * np.hypot(*positions.reshape(-1, 2).T).mean()


def test_a_heavier_tie_is_shorter():
    _count, source, target = network = path(30)
    heavy = [9.0 if number == 10 else 1.0 for number in range(29)]
    length = lengths(laid_out(*network, weights=heavy), source, target)
    assert length[10] < np.median(length)


@pytest.mark.parametrize("name", ["a path", "communities", "many pairs", "communities that are not tied"])
def test_ties_are_a_few_marks_long(name):
    count, source, target = SHAPES[name]
    assert 2 <= np.median(lengths(laid_out(count, source, target), source, target)) <= 8


@pytest.mark.parametrize("name", ["many pairs", "communities", "communities that are not tied", "a large network"])
def test_parts_that_no_tie_joins_do_not_overlap(name):
    """Nobody, and no point of a tie, is nearer to another part than two units."""
    count, *ends = SHAPES[name]
    positions, ties = laid_out(count, *ends), plain(*ends)
    labels = components(count, ties)
    lone = ties.degrees(count) == 0
    labels[lone] = -1  # those without ties are one part
    points = outline(positions, ties, 0.5)
    along = np.ceil(np.hypot(*(positions[ties.target] - positions[ties.source]).T) / 0.5).astype(int)
    part = np.concatenate([labels, np.repeat(labels[ties.source], along)])
    one, other = close_pairs(points, 2.0)
    apart = part[one] != part[other]
    assert np.hypot(*(points[one] - points[other])[apart].T).min(initial=np.inf) >= 1.98


def test_the_largest_part_is_in_the_middle():
    count, source, target = communities(6, 20, lone=40)
    positions = laid_out(count, source, target)
    largest = members(components(count, plain(source, target)))[0]
    assert np.hypot(*positions[largest].mean(axis=0)) < np.hypot(*positions[-40:].mean(axis=0))


@pytest.mark.parametrize("name", ["all lone", "a star of two thousand", "communities", "a large network", "many pairs"])
def test_a_map_fills_a_frame_of_about_four_to_three(name):
    wide, high = np.ptp(laid_out(*SHAPES[name]), axis=0)
    assert 1 <= wide / high <= 1.8


def test_no_outlier_makes_the_others_small():
    """Half of everyone stands in the inner half of the frame or nearly so."""
    positions = np.abs(laid_out(*SHAPES["a large network"]))
    assert (np.median(positions, axis=0) > 0.3 * positions.max(axis=0)).all()


def test_those_without_ties_stand_together_in_the_order_one_reads():
    points = cluster(100)
    assert np.allclose(nearest(points, 5.0), 2.0)
    assert [tuple(one) for one in points] == sorted(map(tuple, points), key=lambda one: (one[1], one[0]))
    assert np.ptp(points, axis=0).max() < 30


def test_leaves_of_a_star_stand_around_it():
    positions = laid_out(*star(40))
    assert np.hypot(*(positions[0] - positions[1:].mean(axis=0))) < 1.5


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=40), st.floats(0.5, 6))
def test_every_close_pair_is_found_once(points, reach):
    points = np.array(points)
    found = sorted(
        tuple(sorted(pair)) for pair in zip(*(side.tolist() for side in close_pairs(points, reach)), strict=True)
    )
    assert len(found) == len(set(found))
    near = {
        (one, other)
        for one in range(len(points))
        for other in range(one + 1, len(points))
        if np.hypot(*(points[one] - points[other])) < reach
    }
    assert near <= set(found)
