"""Where a point of the earth stands on a flat map, its areas kept. Pure; the plane's y points downwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt

Degrees = tuple[float, float]  # longitude, latitude
Spot = tuple[float, float]
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = sqrt(3) / 2


def turned(longitude: float, centre: float) -> float:
    """The longitude, turned by whole turns until it lies within half a turn of `centre`."""
    return (longitude - centre + 180) % 360 - 180 + centre


def equal_earth(longitude: float, latitude: float) -> Spot:
    """The Equal Earth projection (Šavrič, Patterson and Jenny 2018) of a point: degrees from the map's middle."""
    lift = asin(M * sin(radians(latitude)))
    square = lift * lift
    sixth = square**3
    across = radians(longitude) * cos(lift) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    return across, -lift * (A1 + A2 * square + sixth * (A3 + A4 * square))


def azimuthal(longitude: float, latitude: float, middle: float) -> Spot:
    """Lambert's azimuthal equal-area projection about (0, middle); what is opposite comes to lie on the rim."""
    turn, rise, centre = radians(longitude), radians(latitude), radians(middle)
    near = sin(centre) * sin(rise) + cos(centre) * cos(rise) * cos(turn)
    stretch = sqrt(2 / max(1e-6, 1 + near))
    across = stretch * cos(rise) * sin(turn)
    return across, -stretch * (cos(centre) * sin(rise) - sin(centre) * cos(rise) * cos(turn))


@dataclass(frozen=True)
class Projection:
    """A way to flatten the earth: `whole` shows all of it, cut opposite `middle`; else a part about the middle."""

    middle: Degrees
    whole: bool

    def at(self, point: Degrees) -> Spot:
        longitude = turned(point[0], self.middle[0]) - self.middle[0]
        return equal_earth(longitude, point[1]) if self.whole else azimuthal(longitude, point[1], self.middle[1])

    def within(self, point: Degrees) -> Spot:
        """The same for a longitude that was unwrapped: the cut is not crossed."""
        return equal_earth(point[0] - self.middle[0], point[1]) if self.whole else self.at(point)


WORLD_FROM = 70  # degrees of longitude or latitude beyond which the whole earth is shown


def strip(longitudes: Sequence[float]) -> tuple[float, float]:
    """The shortest strip that holds all longitudes, on whichever side of the date line: its middle and its width."""
    ordered = sorted({turned(longitude, 0) for longitude in longitudes})
    if not ordered:
        return 0, 360
    gap, start = ordered[0] + 360 - ordered[-1], ordered[0]
    for before, after in zip(ordered, ordered[1:], strict=False):
        if after - before > gap:
            gap, start = after - before, after
    return turned(start + (360 - gap) / 2, 0), 360 - gap


def fitting(points: Sequence[Degrees]) -> Projection:
    """The projection that shows these points best: the earth, or the part of it where they are."""
    middle, width = strip([longitude for longitude, _latitude in points])
    latitudes = [latitude for _longitude, latitude in points] or [0.0]
    if width > WORLD_FROM or max(latitudes) - min(latitudes) > WORLD_FROM:
        return Projection((11 if width > 200 else middle, 0), True)
    return Projection((middle, (max(latitudes) + min(latitudes)) / 2), False)


def scale_at(project: Callable[[Degrees], Spot], point: Degrees) -> float:
    """How many units of the plane a degree of latitude takes at a point."""
    (x1, y1), (x2, y2) = project((point[0], point[1] - 0.5)), project((point[0], point[1] + 0.5))
    return hypot(x2 - x1, y2 - y1)
