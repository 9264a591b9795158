"""The towns that generated organisations are in, and where in them."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from network.demo.chance import Chance
from network.places.models import Place

SMALLEST = 1000  # people: in hamlets nobody founds anything


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the gazetteer."""

    name: str
    region: str
    region_code: str
    country: str
    latitude: float
    longitude: float
    population: int


def towns(session: Session) -> list[Town]:
    """The towns of the gazetteer, in an order that never changes."""
    query = (
        select(
            Place.name,
            Place.region,
            Place.region_code,
            Place.country,
            Place.latitude,
            Place.longitude,
            Place.population,
        )
        .where(Place.kind == "town", Place.population >= SMALLEST)
        .order_by(Place.id)
    )
    return [Town(*row) for row in session.execute(query)]


def place(chance: Chance, town: Town) -> dict[str, Any]:
    """The town's middle, or a street some way from it: farther in larger towns."""
    place = {"town": town.name, "region": town.region, "country": town.country, "precision": "town"}
    latitude, longitude = town.latitude, town.longitude
    if chance.chance(0.55):
        spread = min(0.05, 0.00006 * town.population**0.5)
        latitude += chance.gauss(0, spread)
        longitude += chance.gauss(0, spread) / max(0.1, cos(radians(latitude)))
        place["precision"] = "street"
    return place | {
        "latitude": round(max(-90, min(90, latitude)), 5),
        "longitude": round((longitude + 180) % 360 - 180, 5),
    }


def area(chance: Chance, kind: str, town: Town) -> str:
    """The area served: clubs serve what is near, others more."""
    if kind == "club":
        return f"{chance.choice((5, 10, 10, 15, 20, 25, 40, 60))} km"
    return chance.choice((town.country, town.country, town.region_code or town.country, "50 km", "world"))
