"""How far organisations are apart, and distances to many points at once. Pure."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from network.matching.values import Context
from network.places.distance import EARTH_RADIUS_KM, kilometres


def apart(own: Context, other: Context) -> float | None:
    """How many kilometres two organisations are apart; None where one has no point."""
    if own.latitude is None or own.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return kilometres(own.latitude, own.longitude, other.latitude, other.longitude)


def great_circles(
    latitude: float, longitude: float, latitudes: NDArray[Any], longitudes: NDArray[Any]
) -> NDArray[np.float64]:
    """`places.distance.kilometres` to many points; not a number where one isn't known."""
    here, there = math.radians(latitude), np.radians(latitudes.astype(np.float64))
    across = np.radians(longitudes.astype(np.float64) - longitude)
    chord = np.sin((there - here) / 2) ** 2 + math.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, chord)))
