"""Networks of many shapes: how many organisations, and who is tied to whom."""

import random

Network = tuple[int, list[int], list[int]]


def tied(count: int, pairs: list[tuple[int, int]]) -> Network:
    return count, [one for one, _other in pairs], [other for _one, other in pairs]


def star(leaves: int) -> Network:
    return tied(leaves + 1, [(0, leaf) for leaf in range(1, leaves + 1)])


def path(count: int) -> Network:
    return tied(count, [(at, at + 1) for at in range(count - 1)])


def complete(count: int) -> Network:
    return tied(count, [(one, other) for one in range(count) for other in range(one)])


def pairs(count: int) -> Network:
    return tied(2 * count, [(2 * at, 2 * at + 1) for at in range(count)])


def communities(many: int, size: int, seed: int = 1, lone: int = 0, between: int | None = None) -> Network:
    """Groups whose members are mostly tied among themselves, and some without ties."""
    chance = random.Random(seed)
    found = []
    for first in range(0, many * size, size):
        found += [(one, chance.randrange(first, one)) for one in range(first + 1, first + size)]
        found += [(chance.randrange(first, first + size), chance.randrange(first, first + size)) for _ in range(size)]
    ends = [chance.randrange(many * size) for _ in range(2 * (many if between is None else between))]
    return tied(many * size + lone, found + list(zip(ends[::2], ends[1::2], strict=True)))


SHAPES = {
    "nobody": tied(0, []),
    "one": tied(1, []),
    "two": tied(2, []),
    "a pair": path(2),
    "a pair tied twice and to itself": tied(2, [(0, 1), (1, 0), (0, 1), (1, 1)]),
    "all lone": tied(150, []),
    "a star": star(40),
    "a star of two thousand": star(2000),
    "a path": path(60),
    "a long path": path(700),
    "a complete graph": complete(30),
    "many pairs": pairs(200),
    "communities": communities(6, 20, lone=7),
    "communities that are not tied": communities(9, 12, between=0, lone=30),
    "a large network": communities(40, 30, lone=100),
}
