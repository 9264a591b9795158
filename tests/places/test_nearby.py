"""A point is checked against the country that its list states."""

import pytest

from network.places.queries import check_point, town_near


@pytest.mark.parametrize(
    ("latitude", "longitude", "country", "verdict", "lies_in"),
    [
        (53.8, -1.55, "GB", "ok", "GB"),
        (53.8, -1.55, None, "ok", "GB"),
        (-1.55, 53.8, "GB", "swapped", "GB"),
        (-74.0, 40.7, "US", "swapped", "US"),
        (2.35, 148.85, "FR", "far", None),
        (52.5, 13.4, "GB", "other country", "DE"),
        (55.67, 12.57, "SE", "other country", "DK"),  # Copenhagen, in sight of Malmö
        (47.58, 7.6, "DE", "ok", "DE"),  # on the border at Basel
        (-21.1, 55.5, "FR", "ok", "RE"),
        (0, -30, None, "far", None),
        (89.9, 0, None, "far", None),
        (200, 3, None, "far", None),
        (float("nan"), 3, "GB", "far", None),
        (148.85, 48.85, "FR", "far", None),
    ],
)
def test_a_point_is_judged(session, latitude, longitude, country, verdict, lies_in):
    check = check_point(latitude, longitude, country)
    assert (check.verdict, check.country) == (verdict, lies_in)


def test_the_nearest_town_comes_with_its_distance(session):
    check = check_point(53.8, -1.55, "GB")
    assert check.town.country == "GB"
    assert 0 <= check.kilometres < 8


def test_the_other_side_of_the_date_line_is_near(session):
    assert check_point(-18.14, 178.44 - 360 + 360, "FJ").verdict == "ok"


def test_one_is_near_the_town_that_people_know(session):
    assert town_near(53.79, -1.56).name == "Leeds"
    assert town_near(-48.9, -123.4) is None
