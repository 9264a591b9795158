"""Which place is likelier meant when several share a name."""

from math import log10

DECADE = 1000
"""The rank that ten times the population is worth."""
ALTERNATE = -DECADE
KINDS = {"town": 0, "country": -DECADE // 10, "region": -DECADE * 7 // 10}
CAPITAL = DECADE * 2 // 5


def rank(kind: str, population: int, alternate: bool = False, capital: bool = False) -> int:
    """The more people the likelier; the place's own name before another; a country before a region called like it."""
    return round(DECADE * log10(max(0, population) + 10)) + KINDS[kind] + ALTERNATE * alternate + CAPITAL * capital
