"""Where everyone of a crowd stands: in circles that hold each other, or on earth. Pure, and the same each time."""

from math import pi, sqrt

import numpy as np
from numpy.typing import NDArray

from network.maps.graph import Floats, Indices

GOLDEN = pi * (3 - sqrt(5))
ROOM = 0.6  # map units: one organisation's share of its circle's radius, by the square root of how many stand in it
GAP = 0.35  # between circles, as a share of the smaller one's radius, and at least this much
LEAST, SHARE, MOST = 8, 2000, 120  # a network stands by itself from so many, from one in so many; so many at most

WIDTH = 800.0  # map units around the earth, as `static/maps/geography.js` draws it for many
TURNED = 11.0  # degrees of longitude in the middle: the cut severs no land
SOUTH = -56.0  # degrees: below stand those of whom no place is known
APART = 0.012  # map units between those that share a place
NOWHERE_APART = 0.3  # between those without a place


def groups(
    network: NDArray[np.int32], country: NDArray[np.int16], countries: int, networks: int
) -> tuple[Indices, Indices]:
    """For each organisation the group that it stands in, and the smaller one within that. Countries are numbered first,
    then networks. A large network is a group, divided by country; the others of a country are one, divided by network.
    """
    sizes = np.bincount(network[network >= 0], minlength=networks)
    large = sizes >= max(LEAST, len(network) // SHARE)
    large[MOST:] = False
    member = network >= 0
    alone = member & np.append(large, False)[network]
    top = np.where(alone, countries + network, country).astype(np.int64)
    sub = np.where(alone | ~member, country, countries + network).astype(np.int64)
    return top, sub


def gathered(top: Indices, sub: Indices) -> tuple[Floats, Floats]:
    """Points in circles of the smaller groups, those in circles of the groups, and these around (0, 0)."""
    if not len(top):
        return np.zeros(0), np.zeros(0)
    pairs, inverse, counts = np.unique(np.stack([top, sub]), axis=1, return_inverse=True, return_counts=True)
    inverse = inverse.ravel()
    radii = ROOM * np.sqrt(counts)
    centres = np.zeros((len(counts), 2))
    tops = np.unique(pairs[0])
    across = np.zeros(len(tops))
    for place, group in enumerate(tops):
        own = np.flatnonzero(pairs[0] == group)
        centres[own], across[place] = packed(radii[own])
    middle, _whole = packed(across)
    centres += middle[np.searchsorted(tops, pairs[0])]
    order = np.argsort(inverse, kind="stable")
    rank = np.empty(len(top))
    rank[order] = np.arange(len(top)) - np.repeat(np.cumsum(counts) - counts, counts)
    x, y = sunflower(rank, ROOM)
    return centres[inverse, 0] + x, centres[inverse, 1] + y


def sunflower(rank: Floats, room: float) -> tuple[Floats, Floats]:
    """Points that fill a circle evenly from its middle."""
    away = room * np.sqrt(rank + 0.5) * 0.92
    away[rank == 0] = 0
    return away * np.cos(rank * GOLDEN), away * np.sin(rank * GOLDEN)


def packed(radii: Floats) -> tuple[Floats, float]:
    """Middles for circles, so that none lies on another: the largest in the middle; and how far all of them reach."""
    padded = radii * (1 + GAP / 4) + GAP
    if len(radii) == 1:
        return np.zeros((1, 2)), float(padded[0])
    many = min(6000, 400 + 40 * len(radii))
    reach = 1.7 * float(np.sqrt((padded**2).sum())) + float(padded.max())
    rank = np.arange(many, dtype=float)
    away = reach * np.sqrt(rank / many)
    spots = np.stack([away * np.cos(rank * GOLDEN), away * np.sin(rank * GOLDEN)], axis=1)
    free = np.full(many, np.inf)  # how large a circle may be at each spot
    centres = np.zeros((len(radii), 2))
    for one in np.argsort(-padded, kind="stable"):
        fits = free >= padded[one]
        spot = int(fits.argmax())
        at = spots[spot] if fits[spot] else np.array([reach + padded[one], 0.0])
        if not fits[spot]:
            reach += 2 * float(padded[one])
        centres[one] = at
        free = np.minimum(free, np.hypot(*(spots - at).T) - padded[one])
    return centres, float((np.hypot(*centres.T) + padded).max())


def on_earth(latitude: Floats, longitude: Floats) -> tuple[Floats, Floats]:
    """Points of the Equal Earth projection; those at one place stand around it, those without one in a circle below."""
    known = ~np.isnan(latitude)
    x, y = equal_earth(np.where(known, longitude, 0.0), np.where(known, latitude, 0.0))
    where = np.round(np.where(known, latitude, 0) * 100) * 100_000 + np.round(np.where(known, longitude, 0) * 100)
    _places, inverse, counts = np.unique(where, return_inverse=True, return_counts=True)
    order = np.argsort(inverse, kind="stable")
    rank = np.empty(len(x))
    rank[order] = np.arange(len(x)) - np.repeat(np.cumsum(counts) - counts, counts)
    aside, below = sunflower(rank, APART)
    x, y = x + aside, y + below
    without = np.flatnonzero(~known)
    aside, below = sunflower(np.arange(len(without), dtype=float), NOWHERE_APART)
    away = NOWHERE_APART * sqrt(len(without)) + 6
    bottom = float(equal_earth(np.zeros(1), np.full(1, SOUTH))[1][0])
    x[without], y[without] = aside + away - WIDTH / 2, below + bottom + away
    return x, y


def equal_earth(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """The projection of `projections.equal_earth` for columns of degrees, the whole earth WIDTH map units across."""
    a1, a2, a3, a4, m = 1.340264, -0.081106, 0.000893, 0.003796, sqrt(3) / 2
    turned = (longitude - TURNED + 180) % 360 - 180
    lift = np.arcsin(m * np.sin(np.radians(latitude)))
    square = lift * lift
    sixth = square**3
    across = np.radians(turned) * np.cos(lift) / (m * (a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)))
    unit = WIDTH / 2 * m * a1 / pi
    return across * unit, -lift * (a1 + a2 * square + sixth * (a3 + a4 * square)) * unit
