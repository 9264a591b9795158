"""How far it is, and how to say so."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from babel import Locale
from babel.units import format_unit

from network.text import gettext as _

EARTH_RADIUS_KM = 6371.0088
KM_PER_MILE = 1.609344
MILES = frozenset({"US", "GB", "LR", "MM"})
"""The territories that measure roads in miles."""


def kilometres(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Distance in kilometres along the great circle between two points in degrees.

    Haversine, mean Earth radius 6371.0088 km; longitudes of any range, so it is right across the date line.
    """
    here, there = radians(latitude), radians(to_latitude)
    half = sin((there - here) / 2) ** 2 + cos(here) * cos(there) * sin(radians(to_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(half)))  # rounding takes opposite points a little above 1


@lru_cache(maxsize=512)
def units_for(locale: str | Locale | None) -> str:
    """The unit of distance where the locale is spoken: "mi" where roads are measured in miles, else "km"."""
    return "mi" if territory(str(locale or "")) in MILES else "km"


def territory(locale: str) -> str:
    """The country of a locale such as `en_GB` or `zh-Hant-TW`; empty when it names none."""
    parts = locale.replace("-", "_").split("_")[1:]
    return next((part.upper() for part in parts if len(part) == 2 and part.isalpha()), "")


def format_distance(kilometres: float, locale: str | Locale | None = "en") -> str:
    """A distance in the reader's units and language: "4.2 km", "87 mi", "less than 0.1 km"."""
    unit, spoken = units_for(locale), str(locale or "en")
    amount = max(0.0, kilometres) / (KM_PER_MILE if unit == "mi" else 1)
    if amount < 0.1:
        return str(_("less than %(distance)s", distance=in_words(0.1, unit, spoken)))
    tenths = round(amount, 1)
    return in_words(tenths if tenths < 10 else round(amount), unit, spoken)


@lru_cache(maxsize=4096)
def in_words(amount: float, unit: str, locale: str) -> str:
    """The amount with the unit's short name in the locale's language."""
    return format_unit(
        amount,
        "length-mile" if unit == "mi" else "length-kilometer",
        length="short",
        format="#,##0.0" if amount < 10 else "#,##0",
        locale=Locale.parse(locale.replace("-", "_")),
    )
