"""The outlines of groups."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.maps.drawing import Box
from network.maps.hulls import MOST, corners, curve, hull

SHEET = Box(0, 0, 800, 600)
points = st.tuples(st.integers(40, 760), st.integers(40, 560)).map(lambda at: (float(at[0]), float(at[1])))


def crossings(line, point):
    """How often a ray to the right of a point crosses a closed line."""
    x, y = point
    return sum(
        (a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1])
        for a, b in zip(line, line[1:] + line[:1], strict=True)
    )


def inside(lines, point):
    return sum(crossings(line, point) for line in lines) % 2 == 1


@given(st.lists(points, min_size=1, max_size=12, unique=True), st.lists(points, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_member_is_inside(members, others):
    lines = hull(members, others, 12, SHEET)
    assert all(inside(lines, point) for point in members)


def test_an_outline_bends_away_from_who_does_not_belong():
    members = [(100.0, 300.0), (300.0, 300.0), (200.0, 420.0)]
    assert not inside(hull(members, [(200.0, 300.0)], 12, SHEET), (200.0, 300.0))


def test_members_far_apart_are_joined_into_one():
    assert len(hull([(100.0, 100.0), (700.0, 500.0), (400.0, 120.0)], [], 12, SHEET)) == 1


def test_a_very_large_group_is_outlined_by_its_corners():
    members = [(60.0 + at % 40 * 10, 60.0 + at // 40 * 10) for at in range(MOST * 2)]
    (line,) = hull(members, [], 12, SHEET)
    assert all(inside([line], point) for point in members)


def test_corners_turn_one_way_around():
    assert corners([(0, 0), (4, 0), (4, 4), (0, 4), (2, 2), (2, 0)]) == [(0, 0), (4, 0), (4, 4), (0, 4)]


@pytest.mark.parametrize("members", [[], [(50.0, 50.0)], [(50.0, 50.0)] * 3])
def test_few_members_make_no_trouble(members):
    lines = hull(members, [], 12, SHEET)
    assert len(lines) == (1 if members else 0)
    assert curve(lines).count("M") == len(lines)
