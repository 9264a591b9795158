"""A neighbourhood is a few ranges of cells."""

from hypothesis import given
from hypothesis import strategies as st

from network.places.cells import COLUMNS, ROWS, cell_of, ranges_around
from network.places.distance import kilometres

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
aside = st.floats(-3, 3)


@given(latitudes, longitudes, aside, aside, st.floats(1, 200))
def test_no_point_within_the_radius_is_missed(latitude, longitude, up, right, radius_km):
    other, far = max(-90.0, min(90.0, latitude + up)), longitude + right
    if kilometres(latitude, longitude, other, far) <= radius_km:
        cell = cell_of(other, far)
        assert any(first <= cell <= last for first, last in ranges_around(latitude, longitude, radius_km))


@given(latitudes, longitudes)
def test_every_point_has_a_cell(latitude, longitude):
    assert 0 <= cell_of(latitude, longitude) < ROWS * COLUMNS


def test_both_sides_of_the_date_line_are_near():
    assert any(first <= cell_of(-17, -179.9) <= last for first, last in ranges_around(-17, 179.9, 50))


def test_a_neighbourhood_far_from_the_poles_is_small():
    cells = sum(last - first + 1 for first, last in ranges_around(51, 0, 25))
    assert cells <= 16
