"""A crowd as clusters within clusters, and what of them is shown at each depth. Pure, and the same each time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from network.maps.graph import Floats, Indices

MOST = 600  # things on a tile
CLOSED = 14  # a cluster opens where it reaches farther than this part of a tile
DEEPEST = 16
TIES = 150  # on a tile, the heaviest first
GRID = 16  # times that a group is divided in four


class Tile(NamedTuple):
    """What stands on one square: the numbers of the things, and ties from them as (thing, other thing, weight)."""

    items: Indices
    ties: Indices


@dataclass(frozen=True, eq=False)
class Tree:
    """Organisations (numbered first, in the crowd's order), and clusters of them. `side` is of the square around (0, 0)
    that holds all. Within a cluster nothing reaches farther than the cluster itself.
    """

    parent: NDArray[np.int32]  # of the whole, itself
    x: NDArray[np.float32]
    y: NDArray[np.float32]
    reach: NDArray[np.float32]  # map units from the middle; 0 for an organisation
    above: NDArray[np.float32]  # the reach of the parent; endless for the whole
    count: NDArray[np.int32]
    shares: NDArray[np.int32]  # of clusters alone: how many of each category
    top: NDArray[np.int32]  # the group that it stands in, or -1 for what holds several
    sub: NDArray[np.int32]
    side: float
    limits: tuple[float, ...]  # for each depth: what reaches farther is open

    @property
    def organizations(self) -> int:
        return len(self.x) - len(self.shares)

    @property
    def deepest(self) -> int:
        """The depth at which every organisation stands by itself, or the last one."""
        return len(self.limits) - 1

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of where anybody stands, in whole map units."""
        if not len(self.x):
            return -1, -1, 1, 1
        low = [int(np.floor(at.min())) for at in (self.x, self.y)]
        high = [int(np.ceil(at.max())) for at in (self.x, self.y)]
        return low[0], low[1], high[0], high[1]

    def shown(self, depth: int) -> Indices:
        """What stands on all tiles of a depth together: every organisation is in exactly one of these things."""
        limit = self.limits[depth]
        return np.flatnonzero((self.reach <= limit) & (self.above > limit))

    def tile(self, depth: int, column: int, row: int, source: Indices, target: Indices) -> Tile:
        """One square of a depth; the ties are those of the crowd, summed up between what is shown."""
        side = self.side / 2**depth
        items = self.shown(depth)
        inside = (np.floor((self.x[items] + self.side / 2) / side) == column) & (
            np.floor((self.y[items] + self.side / 2) / side) == row
        )
        items = items[inside]
        items = items[np.lexsort((items, -self.count[items]))]
        return Tile(items, self.tied(items, self.limits[depth], source, target))

    def tied(self, items: Indices, limit: float, source: Indices, target: Indices) -> Indices:
        """The heaviest ties between some of what is shown and all that is shown."""
        ends = np.stack([self.above_closed(source, limit), self.above_closed(target, limit)], axis=1)
        here = np.zeros(len(self.x), dtype=bool)
        here[items] = True
        ends = ends[(ends[:, 0] != ends[:, 1]) & here[ends].any(axis=1)]
        ends = np.where(here[ends[:, 0]][:, None], ends, ends[:, ::-1])
        both = here[ends].all(axis=1)
        ends[both] = np.sort(ends[both], axis=1)
        pairs, weight = np.unique(ends, axis=0, return_counts=True)
        first = np.lexsort((pairs[:, 1], pairs[:, 0], -weight))[:TIES]
        return np.column_stack([pairs[first], weight[first]]).astype(np.int64)

    def above_closed(self, things: Indices, limit: float) -> Indices:
        """What is shown in place of each of some things."""
        found = things.astype(np.int64)
        while (closed := self.above[found] <= limit).any():
            found = np.where(closed, self.parent[found], found)
        return found


def grown(x: Floats, y: Floats, top: Indices, sub: Indices, category: Indices, categories: int) -> Tree:
    """The clusters of organisations at some points: the whole, groups, smaller groups, and then squares in squares."""
    count = len(x)
    side = 2.0 ** np.ceil(np.log2(2.05 * max(1.0, float(np.abs(x).max(initial=0)), float(np.abs(y).max(initial=0)))))
    inside = np.zeros(count, dtype=np.int64)  # the smallest cluster of each so far
    parents, columns, shares = [], [], []
    sizes, made = np.zeros(0, dtype=np.int64), 0
    for key in keys(x, y, top, sub, side):
        _keys, begin, inverse, many = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
        kept = (many > 1) & (many < sizes[inside[begin]]) if made else np.ones(len(many), dtype=bool)
        if not kept.any():
            continue
        number = np.where(kept, made + np.cumsum(kept) - 1, -1)
        parents.append(inside[begin[kept]] if made else np.zeros(len(many), dtype=np.int64))
        columns.append(measured(x, y, top, sub, inverse, many)[:, kept])
        by = np.bincount(inverse * categories + category, minlength=len(many) * categories)
        shares.append(by.reshape(-1, categories)[kept])
        inside = np.where(kept[inverse], number[inverse], inside)
        sizes, made = np.concatenate([sizes, many[kept]]), made + int(kept.sum())
    if not made:
        return empty(categories)
    of = np.concatenate([inside, *parents]) + count
    middle = np.concatenate(columns, axis=1)
    reach = np.concatenate([np.zeros(count), middle[2]])
    above = reach[of]
    above[count] = np.inf
    tree = Tree(
        parent=of.astype(np.int32),
        x=np.concatenate([x, middle[0]]).astype(np.float32),
        y=np.concatenate([y, middle[1]]).astype(np.float32),
        reach=reach.astype(np.float32),
        above=above.astype(np.float32),
        count=np.concatenate([np.ones(count), sizes]).astype(np.int32),
        shares=np.concatenate(shares).astype(np.int32),
        top=np.concatenate([top, middle[3]]).astype(np.int32),
        sub=np.concatenate([sub, middle[4]]).astype(np.int32),
        side=float(side),
        limits=(),
    )
    object.__setattr__(tree, "limits", limits(tree))
    return tree


def keys(x: Floats, y: Floats, top: Indices, sub: Indices, side: float) -> Iterator[Indices]:
    """For each step of dividing the crowd, what those of one cluster have in common."""
    yield np.zeros(len(x), dtype=np.int64)
    yield top
    _pairs, both = np.unique(np.stack([top, sub]), axis=1, return_inverse=True)
    both = both.ravel().astype(np.int64)
    yield both
    for depth in range(1, GRID + 1):
        column, row = (np.floor((at + side / 2) / side * 2**depth).astype(np.int64) for at in (x, y))
        yield ((both << depth) + column << depth) + row


def measured(x: Floats, y: Floats, top: Indices, sub: Indices, inverse: Indices, many: Indices) -> Floats:
    """Of each set of organisations: its middle, how far it reaches, and the groups that all of it stands in, or -1."""
    order = np.argsort(inverse, kind="stable")
    begin = np.cumsum(many) - many

    def least(column: Floats | Indices) -> Floats:
        return np.minimum.reduceat(column[order], begin).astype(float)

    wide, high = -least(-x) - least(x), -least(-y) - least(y)
    one = [np.where(least(group) == -least(-group), least(group), -1) for group in (top, sub)]
    middle = [np.bincount(inverse, at) / many for at in (x, y)]
    return np.stack([*middle, np.hypot(wide, high) / 2, *one])


def limits(tree: Tree) -> tuple[float, ...]:
    """How far what is closed may reach at each depth, so that no tile holds too many things; until all are open."""
    found: list[float] = []
    for depth in range(DEEPEST + 1):
        side = tree.side / 2**depth
        limit = side / CLOSED if depth < DEEPEST else 0.0
        while (shown := fullest(tree, side, limit))[0] > MOST:
            limit = max(limit * 1.2, side / 1000)
        found.append(limit)
        if shown[1]:
            break
    return tuple(found)


def fullest(tree: Tree, side: float, limit: float) -> tuple[int, bool]:
    """How many things the fullest tile has, and whether all things are organisations."""
    items = np.flatnonzero((tree.reach <= limit) & (tree.above > limit))
    column, row = (np.floor((at[items] + tree.side / 2) / side).astype(np.int64) for at in (tree.x, tree.y))
    _tiles, many = np.unique((column << 20) + row, return_counts=True)
    return int(many.max(initial=0)), bool((items < tree.organizations).all())


def empty(categories: int) -> Tree:
    none, nobody = np.zeros(0, np.float32), np.zeros(0, np.int32)
    shares = np.zeros((0, categories), np.int32)
    return Tree(nobody, none, none, none, none, nobody, shares, nobody, nobody, 1.0, (1.0,))
