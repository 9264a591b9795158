"""The middle and the size of a region or country, from the towns in it."""

from collections.abc import Collection
from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin
from typing import Any

from network.places.distance import kilometres

MOST = 0.95
SMALLEST_KM = 5.0


@dataclass(frozen=True)
class Spread:
    """Where the people of several towns live: the middle in degrees, and how far from it 95 % of the towns lie."""

    latitude: float
    longitude: float
    radius_km: float
    population: int


def spread(towns: Collection[dict[str, Any]]) -> Spread:
    """The spread of towns (`latitude`, `longitude`, `population`), each weighing as much as it has people.

    Reckoned on the sphere, so that a country on both sides of the date line has its middle between them.
    """
    x = y = z = 0.0
    for town in towns:
        weight = town["population"] + 1
        latitude, longitude = radians(town["latitude"]), radians(town["longitude"])
        x += weight * cos(latitude) * cos(longitude)
        y += weight * cos(latitude) * sin(longitude)
        z += weight * sin(latitude)
    latitude, longitude = degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))
    away = sorted(kilometres(latitude, longitude, town["latitude"], town["longitude"]) for town in towns)
    radius = away[min(len(away) - 1, int(len(away) * MOST))]
    people = sum(town["population"] for town in towns)
    return Spread(round(latitude, 4), round(longitude, 4), round(max(SMALLEST_KM, radius), 1), people)
