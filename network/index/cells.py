"""Squares of the globe in four sizes, and the few of them that cover a circle (pure).

A cell is named by its size's letter, its row from the south pole and its column from the date line: `a281x359`.
"""

from collections.abc import Iterator
from math import acos, asin, cos, degrees, floor, inf, pi, radians, sin, sqrt

RADIUS_KM = 6371.0088
SIZES = (("a", 0.5), ("b", 2.0), ("c", 9.0), ("d", 30.0))  # degrees; each divides 180
MOST = 48  # cells asked for at once: beyond, the next size costs less
MARGIN = 1e-9  # radians: rounding never leaves out a cell that the circle touches

Point = tuple[float, float, float]


def point(latitude: float, longitude: float) -> Point:
    """The place as a point on the unit sphere, for a latitude and longitude in degrees.

    Rounded to some nanometres, so that every name of a pole or of a place on the date line is the same point.
    """
    phi, lam = radians(latitude), radians(longitude)
    return round(cos(phi) * cos(lam), 15), round(cos(phi) * sin(lam), 15), round(sin(phi), 15)


def reach(kilometres: float) -> float:
    """The squared straight distance between points of the unit sphere that lie `kilometres` apart on the Earth.

    It is four times the haversine, and grows with the distance, so that comparing it needs no trigonometry.
    """
    return 5.0 if kilometres >= pi * RADIUS_KM else 4 * sin(kilometres / RADIUS_KM / 2) ** 2


def kilometres(reach: float) -> float:
    """The distance along the great circle for a squared straight distance on the unit sphere."""
    return 2 * RADIUS_KM * asin(min(1.0, sqrt(reach) / 2))


def cells(latitude: float, longitude: float) -> tuple[str, ...]:
    """The cell of each size that a place lies in."""
    return tuple(
        f"{letter}{row(latitude, size)}x{floor((longitude + 180) / size) % int(360 / size)}" for letter, size in SIZES
    )


def row(latitude: float, size: float) -> int:
    return min(max(floor((latitude + 90) / size), 0), int(180 / size) - 1)


def covering(latitude: float, longitude: float, radius_km: float) -> tuple[str, ...] | None:
    """The cells that hold every place within the circle and few others; None when that is as good as all of them."""
    for letter, size in SIZES:
        found = tuple(touched(latitude, longitude, radius_km / RADIUS_KM + MARGIN, letter, size))
        if len(found) <= MOST:
            return found
    return None


def touched(latitude: float, longitude: float, angle: float, letter: str, size: float) -> Iterator[str]:
    """The cells of one size that the circle of the given angle (radians) touches; ends early once they are too many."""
    phi, columns, given = radians(latitude), int(360 / size), 0
    low, high = latitude - degrees(angle), latitude + degrees(angle)
    for line in range(row(low, size), row(high, size) + 1):
        half = degrees(half_width(phi, angle, radians(line * size - 90), radians((line + 1) * size - 90)))
        first, last = floor((longitude - half + 180) / size), floor((longitude + half + 180) / size)
        if last - first + 1 >= columns:
            first, last = 0, columns - 1
        for column in range(first, last + 1):
            yield f"{letter}{line}x{column % columns}"
        given += last - first + 1
        if given > MOST:
            return


def half_width(phi: float, angle: float, south: float, north: float) -> float:
    """How far east of its centre the circle reaches between two parallels, in radians; pi when it holds a pole there.

    `phi` is the centre's latitude. The circle is widest where sin(latitude) = sin(phi) / cos(angle); on either side of
    that it narrows, so the widest place of a band is there or at the edge next to it.
    """
    if angle >= pi / 2:
        return pi
    widest = sin(phi) / cos(angle)
    level = asin(widest) if abs(widest) < 1 else (inf if widest > 0 else -inf)
    edge = min(max(level, south), north)
    across = cos(phi) * cos(edge)
    if across < 1e-12:
        return pi
    ratio = (cos(angle) - sin(phi) * sin(edge)) / across
    if ratio >= 1:
        return MARGIN
    return pi if ratio <= -1 else acos(ratio) + MARGIN
