"""Where organisations stand on the partner map, by their ties; the same every time. Pure.

Positions are in the map's units, y downwards: a mark is about 1 across, a tie mostly 4 to 8 long, centred on (0, 0).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from network.maps import forces, spacing
from network.maps.graph import NONE, Floats, Indices, Ties, components, members, plain
from network.maps.packing_components import HIGH, WIDE, cluster, packed

TIE = 4.5  # how long the ties of a small network are
NEIGHBOUR = 2.2  # how far the nearest mark is
SPREAD, SPARSE = 10.0, 40.0  # the area for each in a dense network, and in any
STRETCH = 1.15  # at most, each way
EXACT = 300  # organisations up to which every pair is looked at by itself
ROUNDS, TINY_ROUNDS = 300, 100
TINY = 12  # organisations
WORK = 2e8  # pairs looked at in all rounds


def laid_out(
    count: int,
    source: Sequence[int],
    target: Sequence[int],
    seed: int = 1,
    weights: Sequence[float] | None = None,
) -> Floats:
    """Positions (count, 2) of organisations that are tied `source[i]` to `target[i]` (indices), by the ties' weights.

    The same input and seed give the same bytes. Marks don't lie on one another, parts that no tie joins don't mix,
    those without ties stand together, and the whole fills a frame of about four to three.
    """
    if not count:
        return np.zeros((0, 2))
    ties = plain(source, target, weights)
    groups = members(components(count, ties))
    pieces = list(shapes(groups, ties, count, seed))
    lone = np.setdiff1d(np.arange(count), np.concatenate(groups)) if groups else np.arange(count)
    if len(lone):
        behind = min(1, len(groups))
        groups.insert(behind, lone)
        pieces.insert(behind, (cluster(len(lone)), NONE))
    positions = np.empty((count, 2))
    for group, points in zip(groups, packed(pieces), strict=True):
        positions[group] = points
    positions -= (positions.max(axis=0) + positions.min(axis=0)) / 2
    return np.round(positions, 2) + 0.0


def shapes(groups: Sequence[Indices], ties: Ties, count: int, seed: int) -> Iterator[tuple[Floats, Ties]]:
    """The drawing of each group by itself, with its ties; groups that are tied alike look alike."""
    number, index = np.zeros(count, np.int64), np.zeros(count, np.int64)
    for at, group in enumerate(groups):
        number[group], index[group] = at, np.arange(len(group))
    of = number[ties.source]
    order = np.argsort(of, kind="stable")
    ends = np.searchsorted(of[order], np.arange(len(groups) + 1))
    own = [ties.at(order[begin:end], index) for begin, end in pairwise(ends.tolist())]
    alike = [(len(group), *(part.tobytes() for part in mine)) for group, mine in zip(groups, own, strict=True)]
    different = {key: (len(group), mine) for key, group, mine in zip(alike, groups, own, strict=True)}
    drawings = dict(zip(different, balanced(list(different.values()), seed), strict=True))
    finished = {key: finish(drawings[key], mine, key == alike[0]) for key, (_size, mine) in different.items()}
    for key, mine in zip(alike, own, strict=True):
        yield finished[key], mine


def balanced(graphs: Sequence[tuple[int, Ties]], seed: int) -> list[Floats]:
    """Each graph's points where its forces balance; small ones of equal size at once, by every pair."""
    found: dict[int, Floats] = {}
    sizes: dict[int, list[int]] = {}
    for number, (size, _ties) in enumerate(graphs):
        sizes.setdefault(size, []).append(number)
    for size, numbers in sizes.items():
        loose = [forces.loosened(graphs[number][1], size) for number in numbers]
        begun = [forces.start(size, ties, seed) for ties in loose]
        if size > EXACT:
            done = [forces.settled(points, ties, ROUNDS) for points, ties in zip(begun, loose, strict=True)]
        else:
            done = list(forces.settled_exactly(np.stack(begun), loose, rounds(size, len(numbers))))
        found.update(zip(numbers, done, strict=True))
    return [found[number] for number in range(len(graphs))]


def rounds(size: int, many: int) -> int:
    """How long to look for the balance: less for what is tiny, and for a great many at once."""
    enough = TINY_ROUNDS if size < TINY else ROUNDS
    return max(TINY_ROUNDS, min(enough, int(WORK / (many * size**2))))


def finish(points: Floats, ties: Ties, first: bool) -> Floats:
    """A drawing in the map's units, lying across, with room for every mark; the first takes the shape of the frame."""
    length = float(np.median(np.hypot(*(points[ties.source] - points[ties.target]).T)))
    reach = 4 * float(np.ptp(points, axis=0).max()) / np.sqrt(len(points))
    near = float(np.median(spacing.nearest(points, reach)))
    points = upright(points)
    each = 4 * np.pi * max(float(points.std(axis=0).prod()), 1e-9) / len(points)
    points *= min(max(TIE / length, min(NEIGHBOUR / near, np.sqrt(SPREAD / each))), np.sqrt(SPARSE / each))
    return spacing.apart(shaped(points) if first else points, spacing.rooms(ties.degrees(len(points))))


def upright(points: Floats) -> Floats:
    """Turned so that its longest way lies across, centred."""
    x, y = (points - points.mean(axis=0)).T
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    cosine, sine = np.cos(angle), np.sin(angle)
    turned = np.stack([x * cosine + y * sine, y * cosine - x * sine], axis=1)
    return turned - (turned.max(axis=0) + turned.min(axis=0)) / 2


def shaped(points: Floats) -> Floats:
    """Stretched a little towards the frame of four to three."""
    wide, high = np.maximum(np.ptp(points, axis=0), 1e-9)
    stretch = float(np.clip(np.sqrt(WIDE / HIGH * high / wide), 1 / STRETCH, STRETCH))
    return points * np.array([stretch, 1 / stretch])
