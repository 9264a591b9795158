"""Clusters within clusters, and what stands on which tile."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.maps import clusters, placing

MANY = 30_000
CATEGORIES = 5


def spread(seed: int, count: int):
    """Organisations of a few large countries and many small ones, some in networks, some without a place."""
    chance = np.random.default_rng(seed)
    country = np.minimum(chance.geometric(0.08, count) - 1, 59).astype(np.int16)
    network = np.where(chance.random(count) < 0.3, np.minimum(chance.geometric(0.01, count) - 1, 299), -1)
    latitude = np.where(chance.random(count) < 0.02, np.nan, chance.normal(20 + country, 3))
    longitude = np.where(np.isnan(latitude), np.nan, chance.normal(country * 5 - 150, 4))
    category = chance.integers(0, CATEGORIES, count)
    return country, network.astype(np.int32), latitude, longitude, category


def grown(view: str, seed: int = 1, count: int = MANY):
    country, network, latitude, longitude, category = spread(seed, count)
    top, sub = placing.groups(network, country, 60, 300)
    if view == "geography":
        x, y = placing.on_earth(latitude, longitude)
        top = sub = country.astype(np.int64)
    else:
        x, y = placing.gathered(top, sub)
    return clusters.grown(x, y, top, sub, category, CATEGORIES), category


@pytest.fixture(scope="module", params=("graph", "geography"))
def large(request):
    return grown(request.param)


NONE = np.zeros(0, dtype=np.int64)


def tiles_of(tree, depth: int):
    """The things on every tile of a depth that has any."""
    items, side = tree.shown(depth), tree.side / 2**depth
    column, row = (np.floor((at[items] + tree.side / 2) / side).astype(int) for at in (tree.x, tree.y))
    return {
        spot: tree.tile(depth, *spot, NONE, NONE).items for spot in set(zip(column.tolist(), row.tolist(), strict=True))
    }


def test_every_organisation_is_counted_exactly_once_at_each_depth(large):
    tree, _category = large
    for depth in range(tree.deepest + 1):
        assert tree.count[tree.shown(depth)].sum() == MANY
        under = tree.above_closed(np.arange(MANY), tree.limits[depth])
        things, counts = np.unique(under, return_counts=True)
        assert (things == tree.shown(depth)).all()
        assert (counts == tree.count[things]).all()


def test_the_tiles_of_a_depth_hold_each_thing_once(large):
    tree, _category = large
    for depth in range(min(6, tree.deepest + 1)):
        found = np.concatenate(list(tiles_of(tree, depth).values()))
        assert sorted(found.tolist()) == tree.shown(depth).tolist()


def test_no_tile_holds_more_things_than_it_may(large):
    tree, _category = large
    for depth in range(tree.deepest + 1):
        assert max(map(len, tiles_of(tree, depth).values())) <= clusters.MOST
        if depth > 6:
            break


def test_the_deepest_tiles_hold_every_organisation_by_itself(large):
    tree, _category = large
    assert tree.shown(tree.deepest).tolist() == list(range(MANY))


def test_a_map_opens_on_clusters(large):
    tree, _category = large
    assert len(tree.shown(0)) <= clusters.MOST < MANY


def test_the_categories_of_clusters_add_up(large):
    tree, category = large
    shown = tree.shown(0)
    closed, alone = shown[shown >= MANY], shown[shown < MANY]
    counts = tree.shares[closed - MANY].sum(axis=0) + np.bincount(category[alone], minlength=CATEGORIES)
    assert counts.tolist() == np.bincount(category, minlength=CATEGORIES).tolist()


def test_the_same_crowd_gives_the_same_clusters():
    one, other = grown("graph", count=3000)[0], grown("graph", count=3000)[0]
    assert one.limits == other.limits
    assert all((getattr(one, name) == getattr(other, name)).all() for name in ("x", "y", "parent", "reach"))


@given(st.integers(0, 40), st.integers(0, 5), st.sampled_from(("graph", "geography")))
@settings(max_examples=40, deadline=None)
def test_crowds_of_any_size_are_counted_once(count, seed, view):
    tree, _category = grown(view, seed, count)
    for depth in range(tree.deepest + 1):
        assert tree.count[tree.shown(depth)].sum() == count


def test_circles_lie_beside_each_other():
    radii = np.sqrt(np.arange(1.0, 200.0))
    centres, reach = placing.packed(radii)
    apart = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1)) - radii[:, None] - radii[None]
    assert (apart[~np.eye(len(radii), dtype=bool)] > 0).all()
    assert reach < 2 * np.sqrt((radii**2).sum())


def test_ties_are_summed_up_between_what_is_shown(large):
    tree, _category = large
    chance = np.random.default_rng(3)
    source, target = chance.integers(0, MANY, (2, 5000))
    tile = tree.tile(0, 0, 0, source, target)
    under = [tree.above_closed(ends, tree.limits[0]) for ends in (source, target)]
    for one, other, weight in tile.ties[:20].tolist():
        assert weight == int(((under[0] == one) & (under[1] == other) | (under[0] == other) & (under[1] == one)).sum())
    assert len(tile.ties) == clusters.TIES


def test_the_earth_is_drawn_as_elsewhere():
    from network.maps.projections import equal_earth

    latitude, longitude = np.array([0.0, 51.5, -33.9, 64.1]), np.array([11.0, -0.1, 151.2, -172.9])
    x, y = placing.equal_earth(longitude, latitude)
    scale = placing.WIDTH / 2 / equal_earth(180, 0)[0]
    for at in range(4):
        plain = equal_earth((longitude[at] - placing.TURNED + 180) % 360 - 180, latitude[at])
        assert (x[at], y[at]) == pytest.approx((plain[0] * scale, plain[1] * scale))
