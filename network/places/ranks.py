"""Which place is likelier meant when several share a name."""

from math import log10

DECADE = 1000
"""The rank that ten times the population is worth."""
ALTERNATE = -DECADE // 2
KINDS = {"town": 0, "country": -DECADE // 10, "region": -DECADE * 6 // 5}


def rank(kind: str, population: int, alternate: bool = False) -> int:
    """The more people the likelier; the place's own name before another; a town before the region called like it.

    New York means the city although its state has more people, and Georgia the country.
    """
    return round(DECADE * log10(max(0, population) + 10)) + KINDS[kind] + (ALTERNATE if alternate else 0)
