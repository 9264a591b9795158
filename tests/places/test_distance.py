"""Distances are great circles, said in the reader's units."""

from math import pi

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.places.distance import EARTH_RADIUS_KM, format_distance, kilometres, units_for

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


@pytest.mark.parametrize(
    ("here", "there", "away"),
    [
        ((53.7965, -1.5478), (51.5085, -0.1257), 272.1),  # Leeds, London
        ((-18.1416, 178.4415), (-13.8333, -171.7667), 1149),  # Suva, Apia: across the date line
        ((0, 179.9), (0, -179.9), 22.24),
        ((89.9, 0), (89.9, 180), 22.24),  # over the pole
        ((90, 12), (90, -77), 0),
        ((0, 0), (0, 180), pi * EARTH_RADIUS_KM),
    ],
)
def test_distance_follows_the_great_circle(here, there, away):
    assert kilometres(*here, *there) == pytest.approx(away, rel=0.002, abs=1e-6)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_distance_is_the_same_both_ways_and_never_more_than_half_around(latitude, longitude, other, far):
    away = kilometres(latitude, longitude, other, far)
    assert 0 <= away <= pi * EARTH_RADIUS_KM + 1e-6
    assert away == pytest.approx(kilometres(other, far, latitude, longitude), abs=1e-6)


@given(latitudes, longitudes, latitudes, longitudes)
def test_a_turn_around_the_earth_changes_nothing(latitude, longitude, other, far):
    away = kilometres(latitude, longitude, other, far)
    assert away == pytest.approx(kilometres(latitude, longitude + 360, other, far), abs=1e-4)


@pytest.mark.parametrize(
    ("locale", "unit"),
    [("en_US", "mi"), ("en-GB", "mi"), ("es_US", "mi"), ("my_MM", "mi"), ("en", "km"), ("de_DE", "km"), (None, "km")],
)
def test_the_territory_decides_between_miles_and_kilometres(locale, unit):
    assert units_for(locale) == unit


@pytest.mark.parametrize(
    ("away", "locale", "said"),
    [
        (4.23, "en", "4.2 km"),
        (0.1, "en", "0.1 km"),
        (0.02, "en", "less than 0.1 km"),
        (0, "en_GB", "less than 0.1 mi"),
        (9.96, "en", "10 km"),
        (140.4, "en_GB", "87 mi"),
        (1234.5, "de", "1.234 km"),
        (4.23, "fr", "4,2\u202fkm"),
    ],
)
def test_a_distance_is_said_in_units_and_language_of_the_reader(away, locale, said):
    assert format_distance(away, locale) == said
