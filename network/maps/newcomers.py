"""Where new organisations stand on a map that is drawn already: near their ties, and nobody else moves. Pure."""

from collections.abc import Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

from network.maps.graph import NONE, Floats, Indices, Ties, components, members, plain
from network.maps.layout import laid_out, shapes
from network.maps.packing_components import cluster, packed
from network.maps.spacing import GOLDEN, LEAST, rooms

ROOMY = 2.0  # how far the nearest mark should be
CROWDED = 4.0  # how much further away one rather stands than closer than that
NARROW, WIDENING = 0.4, 4000  # between the spots that are tried, and after how many it is twice as much
TRIED = 512  # spots at once


def placed_near(known: Floats, source: Sequence[int], target: Sequence[int], seed: int = 1) -> Floats:
    """Positions (count, 2) of everyone: those of `known` as they are, and a place for each row that is NaN there.

    Newcomers stand by the middle of those they are tied to, where there is room; newcomers without such ties stand by
    those who have none either, or at the drawing's edge.
    """
    positions = np.array(known, dtype=float).reshape(-1, 2)
    new: NDArray[np.bool_] = np.isnan(positions).any(axis=1)
    if new.all():
        return laid_out(len(positions), source, target, seed)
    ties = plain(source, target)
    degrees = ties.degrees(len(positions))
    room = rooms(degrees)
    by_their_ties(positions, neighbours(ties, new), room)
    alone = (degrees == 0) & ~np.isnan(positions).any(axis=1)
    if alone.any():
        for one in np.flatnonzero(new & (degrees == 0)):
            positions[one] = free(positions[alone].mean(axis=0), positions, room, room[one])
    at_the_edge(positions, ties, seed)
    return np.where(new[:, None], np.round(positions, 2) + 0.0, known)


def placed(positions: Floats) -> Indices:
    """Who has a position."""
    return np.flatnonzero(~np.isnan(positions).any(axis=1))


def neighbours(ties: Ties, new: NDArray[np.bool_]) -> dict[int, list[int]]:
    """The ties of each newcomer that has some, by index."""
    found: dict[int, list[int]] = {}
    for one, other in zip(ties.source.tolist(), ties.target.tolist(), strict=True):
        for here, there in ((one, other), (other, one)):
            if new[here]:
                found.setdefault(here, []).append(there)
    return found


def by_their_ties(positions: Floats, tied: dict[int, list[int]], room: Floats) -> None:
    """Place who is tied to somebody placed, those with most such ties first; then who is tied to these, and so on."""
    waiting = set(tied)
    while waiting:
        stand = set(placed(positions).tolist())
        ready = {one: [other for other in tied[one] if other in stand] for one in sorted(waiting)}
        ready = {one: others for one, others in ready.items() if others}
        if not ready:
            return
        for one in sorted(ready, key=lambda one: (-len(ready[one]), one)):
            positions[one] = free(positions[ready[one]].mean(axis=0), positions, room, room[one])
        waiting -= ready.keys()


def free(wish: Floats, positions: Floats, room: Floats, own: float) -> Floats:
    """The nearest spot to a wished one where a mark has room; a roomy one a little further rather than a narrow one."""
    stands = placed(positions)
    away = np.hypot(*(positions[stands] - wish).T)
    for begin in count(0, TRIED):
        number = np.arange(begin, begin + TRIED)
        far = NARROW * np.sqrt(number) * (1 + number / WIDENING)
        spots = wish + far[:, None] * np.stack([np.cos(number * GOLDEN), np.sin(number * GOLDEN)], axis=1)
        reach = ROOMY + own + room[stands]
        close = stands[(away > far[0] - reach) & (away < far[-1] + reach)]
        between = np.hypot(*(spots[:, None] - positions[close]).transpose(2, 0, 1))
        spare = (between - room[close] - own).min(axis=1, initial=np.inf)
        cost = far + np.where(spare < ROOMY - LEAST, CROWDED, 0.0)
        cost[spare < 0] = np.inf
        if np.isfinite(cost).any():
            return spots[cost.argmin()]
    raise AssertionError("beyond the drawing there is room")


def at_the_edge(positions: Floats, ties: Ties, seed: int) -> None:
    """Place who is still without a place close around the drawing: those without ties together, the others as they
    are tied among themselves."""
    left = np.setdiff1d(np.arange(len(positions)), placed(positions))
    if not len(left):
        return
    stands = placed(positions)
    middle = (positions[stands].max(axis=0) + positions[stands].min(axis=0)) / 2
    drawn = (positions[stands] - middle, among(ties, stands, len(positions)))
    own = among(ties, left, len(positions))
    groups = members(components(len(left), own))
    pieces = list(shapes(groups, own, len(left), seed))
    lone = np.setdiff1d(np.arange(len(left)), np.concatenate(groups)) if groups else np.arange(len(left))
    if len(lone):
        groups.append(lone)
        pieces.append((cluster(len(lone)), NONE))
    for group, points in zip(groups, packed([drawn, *pieces])[1:], strict=True):
        positions[left[group]] = points + middle


def among(ties: Ties, some: Indices, all: int) -> Ties:
    """The ties among some organisations, by their index there."""
    index = np.full(all, -1)
    index[some] = np.arange(len(some))
    return ties.at(np.flatnonzero((index[ties.source] >= 0) & (index[ties.target] >= 0)), index)
