"""The earth on paper."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.maps import atlas
from network.maps.atlas import COARSE, FINE, countries, cut, unwrapped
from network.maps.drawing import Box
from network.maps.geography import chart, on_chart, spread
from network.maps.projections import azimuthal, equal_earth, fitting, scale_at, strip, turned

SHEET = Box(30, 70, 800, 450)


def test_equal_earth_is_as_published():
    assert equal_earth(180, 0)[0] == pytest.approx(2.7066, abs=1e-3)
    assert equal_earth(0, 90)[1] == pytest.approx(-1.3173, abs=1e-3)
    assert equal_earth(0, 0) == (0, 0)


@given(st.floats(-170, 170), st.floats(-80, 80))
def test_equal_areas_stay_equal(longitude, latitude):
    """A small square has the area on the plane that it has on the globe of radius one."""
    from math import cos, radians

    for project in (equal_earth, lambda x, y: azimuthal(x, y, 40) if abs(x) < 90 else equal_earth(x, y)):
        step = 1e-4
        (x0, y0), (x1, y1), (x2, y2) = (
            project(longitude, latitude),
            project(longitude + step, latitude),
            project(longitude, latitude + step),
        )
        area = abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0))
        assert area == pytest.approx(cos(radians(latitude)) * radians(step) ** 2, rel=2e-3)


@pytest.mark.parametrize("name", [COARSE, FINE])
def test_the_atlas_is_whole(name):
    assert len(countries(name)) > 250
    for polygon in countries(name):
        for ring in polygon:
            assert all(abs(b[0] - a[0]) <= 180 for a, b in pairwise(ring[:-3]))


def test_without_the_atlas_a_map_has_no_land(monkeypatch, tmp_path):
    monkeypatch.setattr(atlas, "FOLDER", tmp_path)
    countries.cache_clear()
    try:
        assert countries() == ()
    finally:
        countries.cache_clear()


def test_a_ring_across_the_date_line_is_cut_there():
    fiji = [(177.0, -17.0), (179.0, -16.0), (-179.0, -16.0), (-178.0, -18.0), (177.0, -17.0)]
    parts = cut(unwrapped(fiji), -180, 180)
    assert len(parts) == 2
    assert all(max(x for x, _y in part) - min(x for x, _y in part) < 5 for part in parts)


@pytest.mark.parametrize("middle", [0, 11, 100, -150, 179.9])
def test_no_line_of_land_runs_across_the_whole_map(middle):
    flat = chart([(middle - 120, -30), (middle, 60), (middle + 120, 0)], SHEET)
    assert flat.projection.whole
    for polygon in countries():
        for ring in polygon:
            for line in on_chart(ring, flat, SHEET.grown(8)):
                steps = [abs(b[0] - a[0]) for a, b in pairwise(line) if SHEET.top < a[1] < SHEET.bottom]
                assert max(steps, default=0) < SHEET.width / 6


def test_places_on_both_sides_of_the_date_line_are_neighbours():
    fiji, samoa = (178.4, -18.1), (-171.8, -13.8)
    flat = chart([fiji, samoa], SHEET)
    assert not flat.projection.whole
    assert flat.at(fiji)[0] < flat.at(samoa)[0]
    assert all(SHEET.left < flat.at(point)[0] < SHEET.right for point in (fiji, samoa))


@given(st.lists(st.floats(-180, 180), min_size=1, max_size=8))
def test_the_strip_holds_every_longitude(longitudes):
    middle, width = strip(longitudes)
    assert all(abs(turned(one, middle) - middle) <= width / 2 + 1e-6 for one in longitudes)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-85, 85)), min_size=1, max_size=8))
def test_every_point_is_on_the_sheet(points):
    flat = chart(points, SHEET)
    for point in points:
        x, y = flat.at(point)
        assert SHEET.left - 1 <= x <= SHEET.right + 1
        assert SHEET.top - 40 <= y <= SHEET.bottom + 40 if flat.projection.whole else SHEET.top <= y <= SHEET.bottom


def test_a_small_region_is_shown_in_its_own_shape():
    projection = fitting([(-1.5, 53.8), (-3.2, 55.9), (-0.1, 51.5)])
    assert not projection.whole
    assert scale_at(projection.at, (-1.5, 53.8)) == pytest.approx(0.01745, rel=0.01)


def test_marks_in_one_town_lie_beside_one_another():
    at = spread(dict.fromkeys(range(30), (100.0, 100.0)), dict.fromkeys(range(30), 2.0))
    placed = list(at.values())
    for index, (x, y) in enumerate(placed):
        assert all(((x - a) ** 2 + (y - b) ** 2) ** 0.5 > 3.9 for a, b in placed[:index])
    assert all(abs(x - 100) < 25 and abs(y - 100) < 25 for x, y in placed)


def test_the_atlas_is_the_one_that_is_installed():
    """The files that are read here are those that package.json serves."""
    listed = json.loads((atlas.ROOT / "package.json").read_text())["vendor"]["world-atlas"]
    assert {COARSE, FINE} <= set(listed)
