"""What a place's name was taken for: the same for a list that is imported and for what somebody types."""

from network.places.folding import fold
from network.places.queries import Found, Spot

PLACE_TASKS = ("place:town_not_found", "place:ambiguous", "place:other_country", "place:far")
"""The tasks about a place that staff get."""


def town_of(found: Found, town: str) -> Spot | None:
    """The town, or region, that the name of a town was taken for; None when only something around it was understood."""
    spot = found.place
    if spot is None or spot.kind == "country":
        return None
    return None if found.how == "part" and fold(spot.name) not in fold(town) else spot
