"""Squares of a quarter of a degree, numbered row by row from the south pole: a neighbourhood is a few ranges."""

from collections.abc import Iterator
from math import cos, radians

PER_DEGREE = 4
ROWS, COLUMNS = 180 * PER_DEGREE, 360 * PER_DEGREE
KM_PER_DEGREE = 111.1  # a little less than the true 111.195, so that a range is never too small


def row_of(latitude: float) -> int:
    return min(ROWS - 1, max(0, int((latitude + 90) * PER_DEGREE)))


def column_of(longitude: float) -> int:
    return int(((longitude + 180) % 360) * PER_DEGREE) % COLUMNS


def cell_of(latitude: float, longitude: float) -> int:
    """The number of the square in which a point in degrees lies."""
    return row_of(latitude) * COLUMNS + column_of(longitude)


def ranges_around(latitude: float, longitude: float, kilometres: float) -> Iterator[tuple[int, int]]:
    """Ranges of cells, ends included, that hold every point within so many kilometres."""
    up = kilometres / KM_PER_DEGREE
    furthest = min(90.0, abs(latitude) + up)
    aside = up / cos(radians(furthest)) if furthest < 89.5 else 360.0
    if aside >= 180:
        yield row_of(latitude - up) * COLUMNS, row_of(latitude + up) * COLUMNS + COLUMNS - 1
        return
    first, last = column_of(longitude - aside), column_of(longitude + aside)
    for row in range(row_of(latitude - up), row_of(latitude + up) + 1):
        start = row * COLUMNS
        if first <= last:
            yield start + first, start + last
        else:
            yield start + first, start + COLUMNS - 1
            yield start, start + last
