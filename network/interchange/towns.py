"""All towns of the gazetteer in a few arrays, so that a long list's points are checked without a question for each."""

from array import array
from bisect import bisect_left, bisect_right
from functools import cached_property

from sqlalchemy import select

from network.extensions import db
from network.places.cells import ranges_around
from network.places.distance import kilometres
from network.places.models import Place
from network.places.nearby import BESIDE_KM, PointCheck, belongs
from network.places.queries import check_point

FEW = 200  # checks for which loading the towns doesn't pay


class Towns:
    """Checks points as `places.check_point` does; most lie beside a town of the stated country, which is seen here."""

    def __init__(self) -> None:
        self.asked = 0

    def check(self, latitude: float, longitude: float, country: str | None) -> PointCheck:
        """Whether a point in degrees may be right; the town's name is left out where it is."""
        self.asked += 1
        if self.asked > FEW:
            nearest = self.country_beside(latitude, longitude)
            if nearest and (not country or belongs(nearest, country)):
                return PointCheck("ok", nearest)
        return check_point(latitude, longitude, country)

    def country_beside(self, latitude: float, longitude: float) -> str:
        """The country of the nearest town; empty when there is none close by."""
        cells, latitudes, longitudes, countries = self.arrays
        best, found = float(BESIDE_KM), ""
        for first, last in ranges_around(latitude, longitude, BESIDE_KM):
            for index in range(bisect_left(cells, first), bisect_right(cells, last)):
                away = kilometres(latitude, longitude, latitudes[index], longitudes[index])
                if away < best:
                    best, found = away, countries[index]
        return found

    @cached_property
    def arrays(self) -> "tuple[array[int], array[float], array[float], list[str]]":
        """Cells in their order, latitudes, longitudes and countries of the towns."""
        towns = select(Place.cell, Place.latitude, Place.longitude, Place.country).where(Place.cell.is_not(None))
        cells, latitudes, longitudes = array("l"), array("d"), array("d")
        names: dict[str, str] = {}
        countries = []
        for cell, latitude, longitude, country in db.session.connection().execute(towns.order_by(Place.cell)):
            cells.append(cell or 0)
            latitudes.append(latitude)
            longitudes.append(longitude)
            countries.append(names.setdefault(country, country))
        return cells, latitudes, longitudes, countries
