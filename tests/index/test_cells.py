"""The cells of a circle hold everything within it."""

import random
from math import asin, atan2, cos, degrees, radians, sin

import pytest

from network.index.cells import MOST, SIZES, cells, covering, kilometres, point, reach
from network.places import distance

CENTRES = [
    (0, 0),
    (51.5, -0.1),
    (-17, 179.99),
    (-17, -180),
    (17, 180),
    (89.99, 5),
    (90, 0),
    (-90, 10),
    (-89.2, -179.9),
    (78, 16),
]
RADII = [0, 0.1, 1, 25, 50, 100, 400, 1600, 6400, 9000]


def around(latitude: float, longitude: float, kilometres: float, bearing: float) -> tuple[float, float]:
    """The place at a distance and bearing (radians)."""
    phi, angle = radians(latitude), kilometres / distance.EARTH_RADIUS_KM
    there = asin(max(-1.0, min(1.0, sin(phi) * cos(angle) + cos(phi) * sin(angle) * cos(bearing))))
    turned = atan2(sin(bearing) * sin(angle) * cos(phi), cos(angle) - sin(phi) * sin(there))
    return degrees(there), (longitude + degrees(turned) + 180) % 360 - 180


@pytest.mark.parametrize("centre", CENTRES)
@pytest.mark.parametrize("radius", RADII)
def test_every_place_within_a_circle_lies_in_its_cells(centre, radius):
    chance = random.Random(radius)
    found = covering(*centre, radius)
    if found is None:
        return
    assert len(found) <= MOST
    for _ in range(300):
        place = around(*centre, radius * chance.choice((1.0, 0.999, chance.random())), chance.uniform(0, 6.2832))
        assert set(cells(*place)) & set(found), place


def test_every_place_has_one_cell_of_each_size():
    for place in [(90, 180), (-90, -180), (90, -180), (0, 0), (53.8, -1.5), (0, 179.999999999999999)]:
        assert [cell[0] for cell in cells(*place)] == [letter for letter, _size in SIZES]


def test_both_names_of_the_date_line_are_one():
    assert cells(-17, 180) == cells(-17, -180)


def test_a_small_circle_asks_for_few_cells():
    assert len(covering(51.5, -0.1, 25)) <= 12
    assert len(covering(51.5, -0.1, 100)) <= 40


def test_the_squared_distance_says_what_the_great_circle_does():
    chance = random.Random(1)
    for _ in range(2000):
        here = chance.uniform(-90, 90), chance.uniform(-180, 180)
        there = around(*here, chance.choice((0.0001, 1, 100, 5000, 20000)) * chance.random(), chance.uniform(0, 6.28))
        squared = sum((a - b) ** 2 for a, b in zip(point(*here), point(*there), strict=True))
        expected = distance.kilometres(*here, *there)
        assert kilometres(squared) == pytest.approx(expected, abs=1e-5)
        assert kilometres(reach(expected)) == pytest.approx(expected, rel=1e-9)


def test_half_the_way_round_the_earth_reaches_everything():
    assert reach(20016) > sum((a - b) ** 2 for a, b in zip(point(0, 0), point(0, 180), strict=True))
