"""How far organisations are apart, and distances to many points at once. Pure."""

import math

import numpy as np
from numpy.typing import NDArray

from network.matching.values import Context
from network.places.distance import EARTH_RADIUS_KM, kilometres


def apart(own: Context, other: Context) -> float | None:
    """How many kilometres two organisations are apart; None where one has no point."""
    if own.latitude is None or own.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return kilometres(own.latitude, own.longitude, other.latitude, other.longitude)


RADIUS, HERE, OPPOSITE = np.array(EARTH_RADIUS_KM), np.array(1.0), np.array(-1.0)


def point(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A point in degrees on the ball of radius 1."""
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def great_circles(latitude: float, longitude: float, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """`places.distance.kilometres` to many `point`s, to a metre; not a number where one isn't known."""
    cosines: NDArray[np.float64] = points @ point(latitude, longitude)
    return RADIUS * np.arccos(np.maximum(OPPOSITE, np.minimum(HERE, cosines)))
