"""Distances to many points at once are those of the great circle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.matching.distances import great_circles, point
from network.places.distance import kilometres

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(here=POINTS, there=POINTS)
def test_many_distances_are_those_of_single_ones_to_a_metre(here, there):
    opposite = (-here[0], here[1] + 180)
    points = [there, here, opposite, (here[0], here[1] + 1e-4)]
    found = great_circles(*here, np.array([point(*one) for one in points]))
    assert found == pytest.approx([kilometres(*here, *one) for one in points], abs=0.001)


def test_what_is_unknown_is_at_no_distance():
    assert np.isnan(great_circles(53.8, -1.5, np.full((1, 3), np.nan))).all()
