"""Room for every mark: which are too close, and how they make way. Pure."""

import numpy as np

from network.maps.graph import Floats, Indices

LEAST = 1.5  # between the middles of two marks
BROAD = 0.25  # how much more room there is around those with many ties
ROUNDS = 120
GOLDEN = 2.399963  # the angle that never repeats


def close_pairs(points: Floats, reach: float) -> tuple[Indices, Indices]:
    """Every pair of points at most about `reach` apart, each once, and some that are up to three times as far."""
    cells = np.floor((points - points.min(axis=0)) / reach).astype(np.int64) if len(points) else np.zeros((0, 2), int)
    rows = int(cells[:, 1].max(initial=0)) + 3
    key = cells[:, 0] * rows + cells[:, 1]
    order = np.argsort(key, kind="stable")
    key = key[order]
    firsts, seconds = [], []
    here = np.arange(len(key))
    for begin, end in (
        (here + 1, np.searchsorted(key, key + 1, "right")),  # the rest of its cell and the next
        (np.searchsorted(key, key + rows - 1), np.searchsorted(key, key + rows + 1, "right")),
    ):
        many = np.maximum(end - begin, 0)
        first = np.repeat(here, many)
        firsts.append(first)
        seconds.append(np.arange(len(first)) - np.repeat(np.cumsum(many) - many, many) + begin[first])
    return order[np.concatenate(firsts)], order[np.concatenate(seconds)]


def rooms(degrees: Floats) -> Floats:
    """How much room each needs around it: half of LEAST, and more around those with very many ties."""
    return LEAST / 2 * (1 + BROAD * np.log2(1 + degrees / 8))


def nearest(points: Floats, reach: float) -> Floats:
    """How far each point's nearest is; infinity beyond `reach`."""
    one, other = close_pairs(points, reach)
    between = np.hypot(*(points[one] - points[other]).T)
    found = np.full(len(points), np.inf)
    np.minimum.at(found, np.concatenate([one, other]), np.concatenate([between, between]))
    found[found > reach] = np.inf
    return found


def apart(points: Floats, room: Floats, rounds: int = ROUNDS) -> Floats:
    """The points, moved as little as it takes for any two to be as far apart as both their rooms together."""
    reach = 2 * float(room.max(initial=0.0))
    points = points.copy()
    for turn in range(rounds):
        one, other = close_pairs(points, reach)
        between = points[one] - points[other]
        far = np.sqrt(between[:, 0] ** 2 + between[:, 1] ** 2)
        lack = room[one] + room[other] - far
        tight = lack > 1e-3
        if not tight.any():
            break
        one, other, between, far, lack = one[tight], other[tight], between[tight], far[tight], lack[tight]
        same = far < 1e-6
        between[same] = np.stack([np.cos(one[same] * GOLDEN), np.sin(one[same] * GOLDEN)], axis=1)
        far[same] = 1.0
        # a little more than what lacks, or a crowd would take forever to open
        way = between * (lack * (0.5 if turn % 2 else 0.6) / far)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(one, way[:, axis], len(points))
            points[:, axis] -= np.bincount(other, way[:, axis], len(points))
    return points
