"""The chapters that a map draws: the nearest, or the most recently confirmed, with no more than a pin needs."""

from typing import Any

from sqlalchemy.orm import Session

from network.directory.filter import Filter
from network.directory.queries import cards
from network.directory.search import search

MOST = 1000


def points(session: Session, filter: Filter) -> dict[str, Any]:
    """The first thousand chapters of an answer that have a point, as GeoJSON."""
    found = cards(session, search(session, filter, MOST).answer.hits, titles=0)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [card.row.longitude, card.row.latitude]},
                "properties": {
                    "slug": card.row.slug,
                    "name": card.row.name,
                    "category": card.row.category,
                    "town": card.row.town,
                    "country": card.row.country,
                    "precision": card.row.precision,
                    "distance_km": None if card.kilometres is None else round(card.kilometres, 2),
                },
            }
            for card in found
            if card.row.latitude is not None
        ],
    }
