"""The fewest partners that together meet the most of some needs. Pure, exact for small sets."""

from collections.abc import Hashable, Mapping, Sequence, Set
from itertools import combinations
from typing import TypeVar

Need = TypeVar("Need", bound=Hashable)
Partner = TypeVar("Partner", bound=Hashable)
EXACT = 18  # partners up to which every combination is looked at


def cover(
    needs: Set[Need], meets: Mapping[Partner, Set[Need]], most: int = 5
) -> tuple[tuple[Partner, ...], frozenset[Need]]:
    """The smallest set of at most `most` partners that covers the most needs, and the needs that stay open.

    Of equal sets the first in the order of `meets` is taken.
    """
    useful = [partner for partner in meets if meets[partner] & needs]
    reach = frozenset(need for partner in useful for need in meets[partner]) & needs
    if len(useful) > EXACT:
        return step_by_step(needs, meets, useful, most)
    best: tuple[Partner, ...] = ()
    covered: frozenset[Need] = frozenset()
    for size in range(1, min(most, len(useful)) + 1):
        for some in combinations(useful, size):
            met = frozenset(need for partner in some for need in meets[partner]) & needs
            if len(met) > len(covered):
                best, covered = some, met
        if covered == reach:
            break
    return best, frozenset(needs) - covered


def step_by_step(
    needs: Set[Need], meets: Mapping[Partner, Set[Need]], useful: Sequence[Partner], most: int
) -> tuple[tuple[Partner, ...], frozenset[Need]]:
    """The same for many partners, each time the one that adds most."""
    chosen: list[Partner] = []
    left = set(needs)
    while left and len(chosen) < most:
        best = max(useful, key=lambda partner: len(meets[partner] & left))
        if not meets[best] & left:
            break
        chosen.append(best)
        left -= meets[best]
    return tuple(chosen), frozenset(left)
