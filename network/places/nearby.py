"""What lies around a point: the town to name it by, and whether it is where its list says."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, or_, select

from network.extensions import db
from network.places.cells import ranges_around
from network.places.distance import kilometres
from network.places.lookup import SPOT, spot_of
from network.places.models import Place
from network.places.spots import Spot

BESIDE_KM, NEAR_KM, FAR_KM = 8, 25, 75
BORDER_KM = 10  # so near to a town of the stated country, another one's may be nearer
KM_PER_DECADE = 10  # a town of ten times the people is as good a name from so much further away
DEPENDENCIES = {
    "AU": "CC CX HM NF", "CN": "HK MO TW", "DK": "FO GL", "FI": "AX", "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG", "NL": "AW BQ CW SX", "NO": "BV SJ", "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI", "RS": "XK", "MA": "EH",
}  # fmt: skip
"""Territories that lists also file under another country: no mistake."""


@dataclass(frozen=True)
class PointCheck:
    """Where a point lies, against the country that its list states.

    `verdict`: "ok"; "swapped" when it fits only with latitude and longitude exchanged; "other country"; "far" when no
    town is within 75 km, as in the sea. `country` is the one in which it lies (for "swapped", after exchanging), `town`
    the nearest there.
    """

    verdict: str
    country: str | None = None
    town: Spot | None = None
    kilometres: float | None = None


@lru_cache(maxsize=64)
def in_ranges(count: int) -> Select[Any]:
    """The statement that asks for the towns in so many ranges of cells."""
    within = (and_(Place.cell >= bindparam(f"first{at}"), Place.cell <= bindparam(f"last{at}")) for at in range(count))
    return select(*SPOT).where(or_(*within))


def around(latitude: float, longitude: float, radius_km: float) -> list[tuple[float, Row[Any]]]:
    """The towns within so many kilometres, nearest first, with their distances."""
    ends: dict[str, int] = {}
    for at, (first, last) in enumerate(ranges_around(latitude, longitude, radius_km)):
        ends |= {f"first{at}": first, f"last{at}": last}
    rows = db.session.execute(in_ranges(len(ends) // 2), ends)
    away = ((kilometres(latitude, longitude, row.latitude, row.longitude), row) for row in rows)
    return sorted((pair for pair in away if pair[0] <= radius_km), key=lambda pair: (pair[0], pair[1].id))


def town_near(latitude: float, longitude: float) -> Spot | None:
    """The town by which people name where they are: the nearest, or a larger one not much further; None in the wild."""
    towns = around(latitude, longitude, NEAR_KM) or around(latitude, longitude, FAR_KM)
    if not towns:
        return None
    return spot_of(min(towns, key=lambda pair: pair[0] - KM_PER_DECADE * len(str(pair[1].population)))[1])


def point_at(latitude: float, longitude: float) -> Spot:
    """A bare point, named by a town nearby."""
    town = town_near(latitude, longitude)
    if town is None:
        return Spot(0, "point", "", "", "", "", latitude, longitude)
    return Spot(0, "point", town.name, town.region, town.region_code, town.country, latitude, longitude)


def check_point(latitude: float, longitude: float, country: str | None = None) -> PointCheck:
    """Whether a point in degrees may be right: near some town, and in `country` (alpha-2) when that is stated."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return exchanged(latitude, longitude, country) or PointCheck("far")
    for radius_km in (BESIDE_KM, NEAR_KM, FAR_KM):
        towns = around(latitude, longitude, radius_km)
        border = max(BORDER_KM, 3 * towns[0][0]) if towns else 0
        for away, town in towns:
            if not country or (belongs(town.country, country) and away <= border):
                return PointCheck("ok", town.country, spot_of(town), away)
    if swapped := exchanged(latitude, longitude, country):
        return swapped
    if not towns:
        return PointCheck("far")
    away, town = towns[0]
    return PointCheck("other country", town.country, spot_of(town), away)


def exchanged(latitude: float, longitude: float, country: str | None) -> PointCheck | None:
    """The verdict "swapped", when the point fits with its two numbers exchanged."""
    if not (abs(longitude) <= 90 and abs(latitude) <= 180):
        return None
    for away, town in around(longitude, latitude, NEAR_KM):
        if not country or belongs(town.country, country):
            return PointCheck("swapped", town.country, spot_of(town), away)
    return None


def belongs(country: str, stated: str) -> bool:
    """Whether what lies in one country may be filed under another."""
    stated = stated.upper()
    return country == stated or country in DEPENDENCIES.get(stated, "") or stated in DEPENDENCIES.get(country, "")
